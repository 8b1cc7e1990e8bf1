"""Pages of the site itself: where each role begins, signing in, the password, probes, words and help."""

from django.contrib import messages
from django.contrib.auth import views as auth
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from committees.access import OFFICE
from committees.editing import Overtaken
from committees.models import Role
from recruitment import digest, signin
from recruitment.forms import DigestForm, NewPasswordForm, SignInForm
from recruitment.glossary import GLOSSARY
from recruitment.models import Digest

# Where each role begins its day; a page the account may not open is never offered.
WORKPLACES = {
    Role.STAFF: "recruitment:desk",
    Role.SECRETARY: "recruitment:today",
    Role.STANDING: "recruitment:dashboard",
    Role.INSPECTOR: "committees:journal",
    Role.ADMINISTRATOR: "committees:account-list",
}


@require_safe
def home(request):
    """Leads each role to its own workplace; who holds no mandate today is told whom to ask."""
    role, code = request.access.home()
    if role is None:
        return render(request, "no_mandate.html")
    name = WORKPLACES[role]
    if name == "recruitment:dashboard":
        return redirect(name, code) if code else redirect("committees:tree")
    if role in {Role.STAFF, Role.SECRETARY} and not len(request.access.tree):
        return redirect("committees:tree")  # an empty register: it says how to begin
    return redirect(name)


class SignIn(auth.LoginView):
    form_class = SignInForm
    redirect_authenticated_user = True

    def dispatch(self, request, *args, **kwargs):
        request.access.public()
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        response = super().form_valid(form)
        signin.noted(form.get_user())
        return response

    def form_invalid(self, form):
        if form.non_field_errors() and signin.was_tried(self.request):
            signin.refused_noted(form.cleaned_data["username"])
        return super().form_invalid(form)


class SignOut(auth.LogoutView):
    def dispatch(self, request, *args, **kwargs):
        request.access.public()
        return super().dispatch(request, *args, **kwargs)


class NewPassword(auth.PasswordChangeView):
    template_name = "registration/password_change.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("home")

    def dispatch(self, request, *args, **kwargs):
        request.access.self_service()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context):
        may_ask = self.request.access.holds(OFFICE) and not self.request.user.must_change_password
        return super().get_context_data(digest=may_ask, **context)

    def form_valid(self, form):
        messages.success(self.request, _("Đã đổi mật khẩu. Các nơi khác đang dùng mật khẩu cũ đã bị thoát."))
        return super().form_valid(form)


@never_cache
@require_safe
def healthz(request):
    """Liveness: the process answers. Asks nothing of the database."""
    request.access.public()
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request):
    """Readiness: the database answers and no migration is pending; else 503. One query for the migrations."""
    request.access.public()
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HttpResponse("database away\n", status=503, content_type="text/plain")
    if pending:
        return HttpResponse("migrations pending\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


@require_safe
def glossary(request):
    """The words of the work, open to all."""
    request.access.public()
    return render(request, "glossary.html", {"sections": GLOSSARY})


@require_safe
def guide(request):
    """Help: how to read the figures, what each role may do, whom to call. Open to all."""
    request.access.public()
    return render(request, "help.html")


@require_http_methods(["GET", "HEAD", "POST"])
def day_digest(request):
    """Whether, and where, the account wants its desk's counts by e-mail: staff's own choice."""
    request.access.require(OFFICE)
    row = Digest.objects.filter(account=request.user).first()
    form = DigestForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_valid():
        try:
            row = digest.set_digest(request.user, by=request.user, **form.cleaned_data)
        except Overtaken as other:
            form.overtaken(other.fresh)
        else:
            said = _("Đã bật thư việc trong ngày; thư đầu tiên gửi sáng ngày làm việc tới.")
            messages.success(request, said if row.running else _("Đã tắt thư việc trong ngày."))
            return redirect("recruitment:digest")
    return render(request, "digest.html", {"form": form, "row": row}, status=form.status)
