"""Numbers that open the list behind them, and charts drawn from their geometry."""

from functools import cache, lru_cache

from django import template
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from committees import vietnamese

register = template.Library()


@register.simple_tag(takes_context=True)
def opens(context, value, link="", **narrower):
    """A number as a link to what lies behind it (`links` of the context decides), or as plain text where nothing may
    be opened. link: admissions | candidacies | units | quotas | dashboard."""
    text = value if isinstance(value, str) else vietnamese.number(value)
    address = getattr(context["links"], link)(**narrower) if link and value != 0 else ""
    if not address:
        return text
    mark = "" if link == "dashboard" else mark_safe(' class="n"')
    return format_html('<a{} href="{}">{}</a>', mark, address, text)


@register.simple_tag
def chart(name, geometry, finding=""):
    """A small chart (bullet, share, years) from templates/charts; nothing where there is nothing to draw."""
    return "" if geometry is None else _drawn(name, geometry, finding)


@lru_cache(maxsize=8192)
def _drawn(name, geometry, finding):
    # A page holds a hundred of them, alike from one request to the next: a template each would cost most of the page.
    return get_template(f"charts/{name}.svg").render({"chart": geometry, "finding": finding})


@register.simple_tag
@cache
def state(code):
    """The tag of a unit's state: shape, word and colour."""
    return get_template("recruitment/quotas/_state.html").render({"state": code})


@register.filter
def signed(value):
    """349 -> "+349"; nothing for None."""
    return "" if value is None else vietnamese.signed(value)


@register.filter
def percent(value):
    """Decimal("103.73") -> "103,73 %"; a dash for None."""
    return "–" if value is None else vietnamese.percent_text(value)
