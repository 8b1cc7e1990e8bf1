"""What an account keeps of a list: filters under names of its own, and the columns it likes to see."""

from django.http import QueryDict

from committees import journal

from ..models import SavedList

LONGEST, MOST = 1000, 50


class TooMuch(ValueError):
    """It cannot be kept; the message says why, in Vietnamese."""


def keep(*, account, of, name, query):
    """Keep a query under a name for the list `of`, in the place of what had that name; without a name, the columns. Other
    accounts' are never touched. Raises TooMuch."""
    if len(query) > LONGEST:
        raise TooMuch("Bộ lọc này dài quá, không lưu được. Bỏ bớt điều kiện rồi lưu lại.")
    with journal.pen(account, "list-keep", about=of):
        mine = SavedList.objects.filter(account=account, list=of)
        if name and mine.exclude(query="").exclude(name__in=["", name]).count() >= MOST:
            raise TooMuch(f"Đã có {MOST} bộ lọc. Xóa bớt một bộ lọc cũ rồi lưu lại.")
        saved = mine.filter(name=name).first() or SavedList(account=account, list=of, name=name)
        saved.query = query
        saved.save()
    return saved


def drop(*, account, of, name):
    """Forget what is kept under a name. The row stays, empty: a deleted one would make every process read its whole
    snapshot anew."""
    with journal.pen(account, "list-drop", about=of):
        for saved in SavedList.objects.filter(account=account, list=of, name=name).exclude(query=""):
            saved.query = ""
            saved.save()


def tidy(query, **changed):
    """A list's query as it is kept: without empty parameters and without where in the list it stood."""
    asked = QueryDict(query[: 4 * LONGEST], mutable=True)
    for name in [name for name in asked if name in {"after", "before", "page"} or not asked[name]]:
        del asked[name]
    for name, value in changed.items():
        asked[name] = value
    return asked.urlencode()
