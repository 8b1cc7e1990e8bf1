"""All addresses: English, lower-case, noun first. Each room keeps its own list."""

from django.urls import include, path

from recruitment import errors, views

# One line a room, names under `recruitment:`; its page, templates and tests bear the room's name too.
rooms = [
    path("", include("recruitment.census.urls")),
    path("", include("recruitment.courses.urls")),
    path("", include("recruitment.dashboards.urls")),
    path("", include("recruitment.duplicates.urls")),
    path("", include("recruitment.figures.urls")),
    path("", include("recruitment.imports.urls")),
    path("", include("recruitment.numbering.urls")),
    path("", include("recruitment.papers.urls")),
    path("registers/", include("recruitment.papers.registers.urls")),
    path("", include("recruitment.periods.urls")),
    path("", include("recruitment.pipeline.urls")),
    path("", include("recruitment.quality.urls")),
    path("", include("recruitment.quotas.urls")),
    path("", include("recruitment.reports.urls")),
    path("", include("recruitment.rulebook.urls")),
    path("digest/", views.day_digest, name="digest"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("login/", views.SignIn.as_view(), name="login"),
    path("logout/", views.SignOut.as_view(), name="logout"),
    path("password/", views.NewPassword.as_view(), name="password-change"),
    path("glossary/", views.glossary, name="glossary"),
    path("help/", views.guide, name="help"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("", include((rooms, "recruitment"))),
    path("", include("committees.urls")),
]

handler400 = errors.bad_request
handler403 = errors.denied
handler404 = errors.missing
handler500 = errors.failed
