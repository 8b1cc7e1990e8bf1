"""By which tree a plan's own pages are looked at."""

from django import forms

from .forms import TreeField


class TreeForm(forms.Form):
    """Bound to the address; what cannot be read is as if it was not said."""

    tree_on = TreeField()

    def __init__(self, data, *, today):
        super().__init__(data)
        self.fields["tree_on"].offer(self.data.get("tree_on"), today)


def tree_of(access, params):
    """The day of the tree that an address asks for; None where it names none, or none that can be read."""
    form = TreeForm(params, today=access.today)
    return form.cleaned_data["tree_on"] if form.is_valid() else None
