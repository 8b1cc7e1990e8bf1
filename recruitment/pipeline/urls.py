from django.urls import path

from . import candidate_views, views

urlpatterns = [
    path("admissions/", views.admission_list, name="admission-list"),
    path("candidacies/", views.candidacy_list, name="candidacy-list"),
    path("people/<int:pk>/", candidate_views.person, name="person"),
]
