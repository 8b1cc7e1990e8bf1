from django.urls import path

from . import views

urlpatterns = [path("dashboards/<str:code>/", views.dashboard, name="dashboard")]
