from django.urls import path

from . import draft_views, group_views, plan_views, sourceless_views, views, years_views

urlpatterns = [
    path("quotas/", views.quota_list, name="quota-list"),
    path("explanation/", views.explanation, name="explanation"),
    path("units/", views.unit_list, name="unit-list"),
    path("targets/", views.unit_targets, name="unit-targets"),
    path("lists/<slug:name>/", views.list_save, name="list-save"),
    path("plans/", plan_views.plan_list, name="plan-list"),
    path("plans/new/", plan_views.plan_new, name="plan-new"),
    path("plans/<str:code>/", plan_views.plan_page, name="plan"),
    path("plans/<str:code>/edit/", plan_views.plan_edit, name="plan-edit"),
    path("plans/<str:code>/years/", years_views.plan_years, name="plan-years"),
    path("plans/<str:code>/targets/new/", plan_views.quota_new, name="quota-new"),
    path("plans/<str:code>/targets/<str:committee>/", plan_views.quota_history, name="quota-history"),
    path("groups/", group_views.group_list, name="group-list"),
    path("groups/new/", group_views.group_new, name="group-new"),
    path("groups/<str:code>/", group_views.group, name="group"),
    path("plans/<str:code>/allotments/<str:committee>/", draft_views.allotment_list, name="allotment-list"),
    path("plans/<str:code>/allotments/<str:committee>/new/", draft_views.allotment_new, name="allotment-new"),
    path(
        "plans/<str:code>/allotments/<str:committee>/compare/",
        draft_views.allotment_compare,
        name="allotment-compare",
    ),
    path("plans/<str:code>/allotments/<str:committee>/more/", draft_views.hand_out, name="hand-out"),
    path("allotments/<int:pk>/", draft_views.allotment, name="allotment"),
    path("allotments/<int:pk>/copy/", draft_views.allotment_copy, name="allotment-copy"),
    path("allotments/<int:pk>/drop/", draft_views.allotment_drop, name="allotment-drop"),
    path("allotments/<int:pk>/issue/", draft_views.allotment_issue, name="allotment-issue"),
    path("allotments/<int:pk>/undo/", draft_views.allotment_undo, name="allotment-undo"),
    path("sourceless/", sourceless_views.sourceless_list, name="sourceless-list"),
    path("sourceless/new/", sourceless_views.sourceless_new, name="sourceless-new"),
    path("sourceless/<int:pk>/", sourceless_views.sourceless, name="sourceless"),
    path("idle/", sourceless_views.idle_list, name="idle-list"),
    path("quotas/<int:pk>/undo/", plan_views.quota_undo, name="quota-undo"),
]
