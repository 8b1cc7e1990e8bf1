"""What is told of the numbers of a class's decisions once they stand: given before, or not as that committee writes them."""

from django.contrib import messages

from ..numbering import telling

_NUMBERS = {
    "course_opening": ("opening_number", "opened_on"),
    "course_completion": ("completion_number", "completed_on"),
}


def tell(request, course, kind):
    """Messages about the number of the decision that opened a class ("course_opening"), or recognised who completed it
    ("course_completion"). Ten queries where there is a number."""
    number, on = (getattr(course, name) for name in _NUMBERS[kind])
    if number and on:
        for words in telling.told(
            number, committee_id=course.committee_id, on=on, structure=request.access.structure, but=course, kind=kind,
            access=request.access,
        ):  # fmt: skip
            messages.warning(request, words)
