"""How things are written and drawn in templates: icons, fields, numbers and days. Knows no domain."""

from django import template
from django.utils.html import format_html, format_html_join

from committees import vietnamese

register = template.Library()


@register.simple_tag
def icon(name):
    """One of the symbols of includes/icons.html, for the eye only: a word always stands beside it."""
    return format_html('<svg class="ico" aria-hidden="true"><use href="#{}"/></svg>', name)


@register.filter
def widget(field, classes="in"):
    """The bound field's control with the stylesheet's classes; what its form set stays."""
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{classes} {own}".strip()})


@register.filter
def named(error, label):
    """An error in a summary begins with its field: said once, where the error names it itself."""
    return error if str(error).startswith(str(label)) else f"{label}: {error}"


@register.filter
def number(value):
    """9701 -> "9.701"; nothing for None."""
    return "" if value is None else vietnamese.number(value)


@register.filter
def decimal(value, places=2):
    """103.73 -> "103,73"; nothing for None."""
    return "" if value is None else vietnamese.decimal(value, places)


@register.filter
def day(value):
    """A date as 31/12/2015; nothing for None."""
    return "" if value is None else vietnamese.day(value)


@register.simple_tag
def cell_attrs(column, first=False):
    """The attributes of a table cell: what the column says, its role, and on phones the label before the value.

    A column that needs no label there (its value speaks for itself) says `attrs={"td": {"data-l": ""}}`.
    """
    attrs = dict(column.attrs["td"])
    attrs["role"] = "rowheader" if first else "cell"
    if first:
        attrs["scope"] = "row"
    label = "" if first else attrs.get("data-l", column.header)
    attrs.pop("data-l", None)
    if label:
        attrs["data-l"] = label
    return format_html_join(
        " ", '{}="{}"', ((key, value) for key, value in attrs.items() if value is not None)
    )


@register.simple_tag
def heading_attrs(column):
    """The attributes of a column's heading, with aria-sort where the table is sorted by it."""
    attrs = dict(column.attrs["th"]) | {"scope": "col", "role": "columnheader"}
    if column.is_ordered:
        attrs["aria-sort"] = "descending" if column.order_by_alias.is_descending else "ascending"
    return format_html_join(
        " ", '{}="{}"', ((key, value) for key, value in attrs.items() if value is not None)
    )


@register.simple_tag(takes_context=True)
def page_link(context, page, key=""):
    """The address of this list's page `page`, its filters and order kept."""
    query = context["request"].GET.copy()
    query[key or "page"] = page
    return "?" + query.urlencode()
