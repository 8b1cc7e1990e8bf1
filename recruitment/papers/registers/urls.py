from django.urls import path

from . import views

urlpatterns = [
    path("", views.hub, name="register-hub"),
    path("candidates/", views.book, {"name": "bookcandidates"}, name="book-candidates"),
    path("admissions/", views.book, {"name": "bookadmissions"}, name="book-admissions"),
    path("documents/", views.book, {"name": "bookdocuments"}, name="book-documents"),
    path("endings/", views.book, {"name": "bookendings"}, name="book-endings"),
]
