from django.urls import path

from . import account_views, views

app_name = "committees"
urlpatterns = [
    path("committees/", views.tree, name="tree"),
    path("committees/suggest/", views.suggest, name="suggest"),
    path("journal/", views.journal_list, name="journal"),
    path("journal/<slug:chain>/<int:number>/", views.entry, name="entry"),
    path("accounts/", account_views.account_list, name="account-list"),
    path("accounts/new/", account_views.account_new, name="account-new"),
    path("accounts/<int:pk>/", account_views.account, name="account"),
    path("accounts/<int:pk>/code/", account_views.account_code, name="account-code"),
    path("accounts/<int:pk>/sessions/", account_views.account_sessions, name="account-sessions"),
    path("accounts/<int:pk>/close/", account_views.account_close, name="account-close"),
    path("accounts/<int:pk>/reopen/", account_views.account_reopen, name="account-reopen"),
    path("accounts/<int:pk>/mandates/new/", account_views.mandate_new, name="mandate-new"),
    path("accounts/mandates/<int:pk>/end/", account_views.mandate_end, name="mandate-end"),
]
