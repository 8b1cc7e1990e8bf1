from django.urls import path, re_path

from . import (
    batch_views,
    checklist_views,
    folder_views,
    form_views,
    issued_views,
    paper_views,
    scan_views,
    views,
)

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
    path("issuing/", batch_views.issuing, name="issuing"),
    path("issuing/<int:pk>/", batch_views.issuing_job, name="issuing-job"),
    path("issuing/print/", batch_views.issuing_print, name="issuing-print"),
    path("issued/<int:pk>/", issued_views.issued_paper, name="issued-paper"),
    path("issued/<int:pk>/file/<slug:kind>/", issued_views.issued_file, name="issued-file"),
    path("forms/", form_views.form_list, name="form-list"),
    path("forms/texts/<int:pk>/take-back/", form_views.form_text_take_back, name="form-text-take-back"),
    path("forms/<str:form>/", form_views.form_text, name="form-text"),
    path("forms/<str:form>/edit/", form_views.form_text_edit, name="form-text-edit"),
    re_path(
        r"^forms/(?P<form>[^/]+)/sample\.(?P<ending>pdf|docx)$", form_views.form_sample, name="form-sample"
    ),
    path("candidacies/<int:pk>/scans/", scan_views.candidacy_scans, name="candidacy-scans"),
    path("scans/<int:pk>/", scan_views.scan, name="scan"),
    path("scans/<int:pk>/file/", scan_views.scan_file, name="scan-file"),
    path("scans/<int:pk>/replace/", scan_views.scan_replace, name="scan-replace"),
    path("scans/<int:pk>/drop/", scan_views.scan_drop, name="scan-drop"),
]
