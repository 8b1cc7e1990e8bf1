from django.urls import path

from . import folder_views

urlpatterns = [
    path("candidacies/<int:pk>/folder/", folder_views.candidacy_folder, name="candidacy-folder"),
]
