from django.urls import path, re_path

from . import (
    annex_views,
    annual_views,
    exchange_views,
    extract_views,
    file_views,
    flow_form_views,
    folder_views,
    register_views,
    views,
)

urlpatterns = [
    re_path(r"^exports/(?P<name>[a-z]+)\.(?P<form>xlsx|csv)$", views.list_export, name="list-export"),
    re_path(r"^registers/(?P<name>[a-z]+)/pdf/$", register_views.register_pdf, name="register-pdf"),
    path("exchange/", exchange_views.exchange, name="exchange"),
    path("files/", file_views.file_list, name="file-list"),
    path("files/<int:pk>/", file_views.file, name="file"),
    path("files/<int:pk>/fetch/", file_views.file_fetch, name="file-fetch"),
    path("reports/annual/<str:code>/", annual_views.report, name="report-annual"),
    re_path(
        r"^reports/annual/(?P<code>[^/]+)/(?P<form>xlsx|pdf|docx)/$",
        annual_views.report_file,
        name="report-annual-file",
    ),
    path("candidacies/<int:pk>/folder/whole/", folder_views.folder_whole, name="candidacy-folder-file"),
    path("candidacies/<int:pk>/folder/inventory/", folder_views.folder_list, name="candidacy-inventory"),
    re_path(r"^flows/(?P<form>xlsx|pdf)/$", flow_form_views.flow_form_file, name="flow-form"),
    path("allotments/<int:pk>/annex/", annex_views.annex, name="allotment-annex"),
    re_path(
        r"^allotments/(?P<pk>[0-9]{1,19})/annex/(?P<form>xlsx|pdf)/$",
        annex_views.annex_file,
        name="allotment-annex-file",
    ),
    re_path(
        r"^desk/(?P<queue>[a-z-]+)/(?P<form>xlsx|pdf)/$", extract_views.queue_extract, name="queue-extract"
    ),
    re_path(
        r"^courses/(?P<pk>[0-9]{1,19})/(?P<form>xlsx|pdf)/$",
        extract_views.course_extract,
        name="course-extract",
    ),
]
