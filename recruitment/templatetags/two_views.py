"""The two views on a page: where a committee that ended is led on."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from committees.access import FIGURES

from ..quotas.two_views import NOW

register = template.Library()


@register.simple_tag(takes_context=True)
def heirs(context, form):
    """Buttons to the same question of those who answer for a committee that ended (`form.heirs`), by today's organisation;
    of those the reader may see. Nothing for a form that asks about no committee."""
    request = context["request"]
    access, match = request.access, request.resolver_match
    places = access.structure
    found = []
    for code, name in getattr(form, "heirs", ()):
        i = places.by_code.get(code)
        if i is None or not access.may(FIGURES, places.ids[i]):
            continue
        query = request.GET.copy()
        query["tree_on"] = query.get("tree_on") or NOW
        if "code" in match.kwargs:
            where = reverse(match.view_name, kwargs=match.kwargs | {"code": code})
        else:
            where, query["committee"] = request.path, code
        words = _("Xem %s, tổ chức kế thừa, theo tổ chức hiện nay") % name
        found.append((f"{where}?{query.urlencode()}", words))
    links = format_html_join(" ", '<a class="btn btn-2" href="{}">{}</a>', found)
    return format_html('<p class="acts">{}</p>', links) if found else ""
