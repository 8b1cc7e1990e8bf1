from django.urls import path

from . import register_views, views

urlpatterns = [
    path("courses/", views.course_list, name="course-list"),
    path("courses/new/", views.course_new, name="course-new"),
    path("courses/<int:pk>/", views.course, name="course"),
    path("courses/<int:pk>/edit/", views.course_edit, name="course-edit"),
    path("courses/<int:pk>/invite/", views.course_invite, name="course-invite"),
    path("courses/<int:pk>/attendance/", views.course_attendance, name="course-attendance"),
    path("courses/<int:pk>/results/", views.course_results, name="course-results"),
    path("courses/<int:pk>/completion/", views.course_completion, name="course-completion"),
    path("courses/<int:pk>/certificates/", views.course_certificates, name="course-certificates"),
    path(
        "courses/<int:pk>/certificates/undo/", views.course_certificates_undo, name="course-certificates-undo"
    ),
    path("certificates/", register_views.certificate_register, name="certificate-register"),
    path("certificates/sheet/", register_views.certificate_sheet, name="certificate-sheet"),
]
