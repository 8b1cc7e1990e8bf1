from django.urls import path

from . import account_views, act_views, many_views, reorganisation_views, views

app_name = "committees"
urlpatterns = [
    path("committees/", views.tree, name="tree"),
    path("committees/chart/", views.chart, name="chart"),
    path("committees/suggest/", views.suggest, name="suggest"),
    path("reorganisations/", reorganisation_views.reorganisation_list, name="reorganisation-list"),
    path("reorganisations/new/", reorganisation_views.reorganisation_new, name="reorganisation-new"),
    path("reorganisations/pick/", many_views.act_many, name="act-many"),
    path("reorganisations/<int:pk>/", reorganisation_views.reorganisation, name="reorganisation"),
    path(
        "reorganisations/<int:pk>/edit/", reorganisation_views.reorganisation_edit, name="reorganisation-edit"
    ),
    path(
        "reorganisations/<int:pk>/apply/",
        reorganisation_views.reorganisation_apply,
        name="reorganisation-apply",
    ),
    path(
        "reorganisations/<int:pk>/undo/", reorganisation_views.reorganisation_undo, name="reorganisation-undo"
    ),
    path(
        "reorganisations/<int:pk>/drop/", reorganisation_views.reorganisation_drop, name="reorganisation-drop"
    ),
    path(
        "reorganisations/<int:pk>/copy/", reorganisation_views.reorganisation_copy, name="reorganisation-copy"
    ),
    path("reorganisations/<int:pk>/acts/", act_views.act_list, name="act-list"),
    path("reorganisations/<int:pk>/acts/new/", act_views.act_new, name="act-new"),
    path("reorganisations/<int:pk>/acts/level/", many_views.act_level, name="act-level"),
    path("reorganisations/<int:pk>/acts/<int:number>/", act_views.act_edit, name="act-edit"),
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
