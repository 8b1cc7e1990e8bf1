from django.urls import path

from . import views

urlpatterns = [
    path("admissions/", views.admission_list, name="admission-list"),
    path("candidacies/", views.candidacy_list, name="candidacy-list"),
    path("people/<int:pk>/", views.person, name="person"),
]
