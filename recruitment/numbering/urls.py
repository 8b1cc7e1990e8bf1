from django.urls import path

from . import views

urlpatterns = [
    path("numbers/", views.number_book, name="number-book"),
    path("numbers/new/", views.number_block_new, name="number-block-new"),
    path("numbers/<int:pk>/", views.number_block, name="number-block"),
]
