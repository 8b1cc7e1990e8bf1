from django.urls import path

from . import candidate_views, views

urlpatterns = [
    path("admissions/", views.admission_list, name="admission-list"),
    path("candidacies/", views.candidacy_list, name="candidacy-list"),
    path("candidacies/new/", candidate_views.candidacy_new, name="candidacy-new"),
    path("candidacies/<int:pk>/step/", candidate_views.candidacy_step, name="candidacy-step"),
    path("candidacies/<int:pk>/retract/", candidate_views.candidacy_retract, name="candidacy-retract"),
    path("candidacies/<int:pk>/mentor/", candidate_views.candidacy_mentor, name="candidacy-mentor"),
    path(
        "candidacies/<int:pk>/certificate/",
        candidate_views.candidacy_certificate,
        name="candidacy-certificate",
    ),
    path("candidacies/<int:pk>/close/", candidate_views.candidacy_close, name="candidacy-close"),
    path("people/<int:pk>/", candidate_views.person, name="person"),
    path("people/<int:pk>/edit/", candidate_views.person_edit, name="person-edit"),
]
