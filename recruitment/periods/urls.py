from django.urls import path, re_path

from . import unit_views, views

urlpatterns = [
    path("reports/", views.hub, name="report-hub"),
    path("periods/", views.period_list, name="period-list"),
    path("periods/new/", views.period_new, name="period-new"),
    path("periods/<int:pk>/", views.period, name="period"),
    re_path(r"^periods/(?P<pk>[0-9]{1,18})/(?P<form>xlsx|csv)/$", views.period_export, name="period-export"),
    path("periods/<int:pk>/edit/", views.period_edit, name="period-edit"),
    path("periods/<int:pk>/drop/", views.period_drop, name="period-drop"),
    path("periods/<int:pk>/units/<str:code>/", unit_views.period_unit, name="period-unit"),
    path("periods/<int:pk>/units/<str:code>/submit/", unit_views.period_submit, name="period-submit"),
    path(
        "periods/<int:pk>/units/<str:code>/take-back/", unit_views.period_take_back, name="period-take-back"
    ),
    path("periods/<int:pk>/units/<str:code>/judge/", unit_views.period_judge, name="period-judge"),
    path("periods/<int:pk>/units/<str:code>/allow/", unit_views.period_allow, name="period-allow"),
    path("periods/<int:pk>/units/<str:code>/changes/", unit_views.period_changes, name="period-changes"),
    path("periods/<int:pk>/units/<str:code>/<int:number>/", unit_views.period_report, name="period-report"),
    re_path(
        r"^periods/(?P<pk>[0-9]{1,18})/units/(?P<code>[^/]+)/(?P<number>[0-9]{1,4})/(?P<form>xlsx|pdf)/$",
        unit_views.period_file,
        name="period-file",
    ),
    path("allowances/<int:pk>/end/", unit_views.allowance_end, name="allowance-end"),
]
