from django.urls import path

from . import views

app_name = "committees"
urlpatterns = [
    path("committees/", views.tree, name="tree"),
    path("committees/suggest/", views.suggest, name="suggest"),
    path("journal/", views.journal_list, name="journal"),
    path("journal/<slug:chain>/<int:number>/", views.entry, name="entry"),
    path("accounts/", views.account_list, name="account-list"),
    path("accounts/<int:pk>/code/", views.account_code, name="account-code"),
    path("accounts/mandates/<int:pk>/end/", views.mandate_end, name="mandate-end"),
]
