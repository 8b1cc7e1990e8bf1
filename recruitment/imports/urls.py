from django.urls import path

from . import edit_views, layout_views, running_views, undo_views, views

urlpatterns = [
    path("imports/", views.import_list, name="import-list"),
    path("imports/templates/<slug:kind>.xlsx", views.blank, name="import-template"),
    path("imports/batches/<int:pk>/", undo_views.batch, name="import-batch"),
    path("imports/batches/<int:pk>/undo/", undo_views.undo, name="import-undo"),
    path("imports/jobs/<int:pk>/", running_views.job, name="import-job"),
    path("imports/<int:pk>/", views.upload, name="import"),
    path("imports/<int:pk>/apply/", views.apply, name="import-apply"),
    path("imports/<int:pk>/drop/", views.drop, name="import-drop"),
    path("imports/<int:pk>/columns/", layout_views.columns, name="import-columns"),
    path("imports/<int:pk>/columns/forget/", layout_views.forget, name="import-columns-forget"),
    path("imports/<int:pk>/edits/", edit_views.edit, name="import-edit"),
    path("imports/<int:pk>/rows/<int:number>/", edit_views.row, name="import-row"),
    path("imports/<int:pk>/mended/", edit_views.mended, name="import-mended"),
    path("imports/<int:pk>/faults.xlsx", views.faults, name="import-faults"),
]
