from django.urls import re_path

from . import views

urlpatterns = [
    re_path(r"^exports/(?P<name>[a-z]+)\.(?P<form>xlsx|csv)$", views.list_export, name="list-export"),
]
