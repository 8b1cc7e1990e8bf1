from django.urls import path

from . import check_views, gap_views, views

urlpatterns = [
    path("sources/", views.sources, name="sources"),
    path("figures/", check_views.check, name="figure-check"),
    path("figures/template/", check_views.template, name="figure-template"),
    path("figures/file/", check_views.file, name="figure-file"),
    path("figures/keep/", check_views.keep, name="figure-keep"),
    path("figures/drop/", check_views.drop, name="figure-drop"),
    path("discrepancies/", gap_views.gap_list, name="gap-list"),
    path("discrepancies/<str:code>/<str:key>/", gap_views.gap, name="gap"),
]
