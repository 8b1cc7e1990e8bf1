from django.urls import path, re_path

from . import views

urlpatterns = [
    path("dashboards/<str:code>/", views.dashboard, name="dashboard"),
    path("forecast/", views.forecast_list, name="forecast-list"),
    re_path(r"^exports/children\.(?P<form>xlsx|csv)$", views.children_export, name="children-export"),
]
