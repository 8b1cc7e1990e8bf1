"""A whole dossier as one PDF: made at once where it is short, else in the background as a long list is (`filing`)."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy

from committees.models import Committee

from ..papers import folder_sheets
from ..papers.folder import Damaged, Folder, mark_of
from ..papers.folder_pages import opened, with_corrected
from ..sheets.binder import Unbindable
from .annual_file import plain
from .exports import Unanswered, Unmakeable

NAME = "folder"
# Pages past which it is made in the background: about two seconds on a small machine.
LONG = 60
WRONG = {
    "damaged": gettext_lazy(
        "Bản lưu “%s” không còn khớp dấu nhận dạng lúc ghi vào sổ: không in. Báo quản trị để khôi phục từ bản sao lưu."
    ),
    "unreadable": gettext_lazy("Không đọc được bản quét “%s”. Mở giấy ấy, thay bằng bản quét khác."),
}


@dataclass(frozen=True)
class FolderFile:
    """A Folder as `filing` takes it, like an Export: bound only when it is written. count: its pages without the contents;
    stood: which papers lay there before it was laid out (`folder.mark_of`); beside: committees besides its cell whose people
    it names."""

    folder: Folder
    stood: str = ""
    beside: tuple = ()

    name = NAME

    @property
    def count(self):
        return self.folder.pages

    @property
    def committee(self):
        cell = self.folder.candidacy.cell
        return Committee(id=cell.pk, code=cell.code)

    @property
    def said(self):
        return {"candidacy": self.folder.candidacy.pk, "corrected": self.folder.corrected}

    def file_name(self, form):
        return f"{plain(f'ho so {self.folder.candidacy.person.full_name}')}.{form}"

    def make(self, file, form, told):
        """Write it into an open file, telling (pages done, pages in all); how many pages it has. Unmakeable where a
        copy is not what was stored or cannot be read."""
        try:
            return folder_sheets.whole(file, self.folder, told)
        except Damaged as fault:
            entry, wrong = fault.entry, "damaged"
        except Unbindable as fault:
            entry = next(entry for entry in self.folder.bound if entry.title == str(fault))
            wrong = "unreadable"
        raise Unmakeable(WRONG[wrong] % entry.title, f"{wrong} {entry.ref}")

    def why_not(self, ref):
        """The words of the Unmakeable that bore that ref, while the paper lies here; "" else."""
        wrong, _space, of = ref.partition(" ")
        entry = next((entry for entry in self.folder.entries if entry.ref == of), None)
        return WRONG[wrong] % entry.title if entry else ""

    @property
    def mark(self):
        """The same, and which of them are not given out."""
        return " ".join([self.stood, *(entry.ref for entry in self.folder.entries if entry.held)])

    def moved(self):
        """Whether other papers lie there by now. Two queries."""
        return mark_of(self.folder.candidacy.pk) != self.stood


def of_page(access, params):
    """The FolderFile of the candidacy and the choice an address names. Http404, PermissionDenied as its page; Unanswered
    where no file is made of it."""
    pk = _number(params.get("candidacy"))
    stood = mark_of(pk)
    found, _snapshot = opened(access, pk, corrected=with_corrected(params))
    if found.too_much or not found.bound:
        raise Unanswered
    return FolderFile(found, stood, found.beside)


def page_of(args):
    """The address that makes anew the file a job's arguments ask for."""
    said = QueryDict(args["query"])
    address = reverse("recruitment:candidacy-folder-file", args=[_number(said.get("candidacy"))])
    return f"{address}?corrected=1" if with_corrected(said) else address


def _number(text):
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
