from django.urls import path

from . import checklist_views, folder_views, issued_views, paper_views, views

urlpatterns = [
    path("candidacies/<int:pk>/checklist/", checklist_views.candidacy_checklist, name="candidacy-checklist"),
    path("candidacies/<int:pk>/folder/", folder_views.candidacy_folder, name="candidacy-folder"),
    path("candidacies/<int:pk>/papers/", views.candidacy_papers, name="candidacy-papers"),
    path("candidacies/<int:pk>/papers/<slug:form>/", paper_views.candidacy_paper, name="candidacy-paper"),
    path(
        "candidacies/<int:pk>/papers/<slug:form>/draft/<slug:kind>/",
        paper_views.paper_draft,
        name="paper-draft",
    ),
    path("issued/<int:pk>/", issued_views.issued_paper, name="issued-paper"),
    path("issued/<int:pk>/file/<slug:kind>/", issued_views.issued_file, name="issued-file"),
]
