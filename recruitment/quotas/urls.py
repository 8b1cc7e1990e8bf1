from django.urls import path

from . import views

urlpatterns = [
    path("quotas/", views.quota_list, name="quota-list"),
    path("units/", views.unit_list, name="unit-list"),
]
