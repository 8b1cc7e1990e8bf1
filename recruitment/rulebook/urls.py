from django.urls import path

from . import calendar_views, criteria_views, views

urlpatterns = [
    path("rules/", views.rule_set_list, name="rule-set-list"),
    path("rules/new/", views.rule_set_new, name="rule-set-new"),
    path("rules/changes/<int:pk>/undo/", views.rule_change_undo, name="rule-change-undo"),
    path("rules/<str:code>/", views.rule_set, name="rule-set"),
    path("rules/<str:code>/undo/", views.rule_set_undo, name="rule-set-undo"),
    path("rules/<str:code>/<slug:rule>/", views.rule_change, name="rule-change"),
    path("calendar/", calendar_views.calendar, name="calendar"),
    path("calendar/new/", calendar_views.holiday_new, name="holiday-new"),
    path("calendar/<int:pk>/", calendar_views.holiday_edit, name="holiday-edit"),
    path("calendar/<int:pk>/remove/", calendar_views.holiday_remove, name="holiday-remove"),
    path("criteria/", criteria_views.criterion_list, name="criterion-list"),
    path("criteria/new/", criteria_views.criterion_new, name="criterion-new"),
    path("criteria/<int:pk>/end/", criteria_views.criterion_end, name="criterion-end"),
]
