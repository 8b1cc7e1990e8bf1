from django.urls import path

from . import admission_views, candidate_views, today_views, views

urlpatterns = [
    path("admissions/", views.admission_list, name="admission-list"),
    path("admissions/new/", admission_views.admission_new, name="admission-new"),
    path("admissions/<int:pk>/edit/", admission_views.admission_edit, name="admission-edit"),
    path("admissions/<int:pk>/cancel/", admission_views.admission_cancel, name="admission-cancel"),
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
    path("today/", today_views.today, name="today"),
    path("desk/", today_views.desk, name="desk"),
]
