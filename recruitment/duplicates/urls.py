from django.urls import path

from . import views

urlpatterns = [
    path("duplicates/", views.duplicate_list, name="duplicate-list"),
    path("duplicates/<int:kept>/<int:gone>/", views.duplicate, name="duplicate"),
    path("duplicates/<int:one>/<int:other>/apart/", views.duplicate_apart, name="duplicate-apart"),
    path("duplicates/<int:one>/<int:other>/doubt/", views.duplicate_doubt, name="duplicate-doubt"),
    path("merges/<int:pk>/undo/", views.merge_undo, name="merge-undo"),
]
