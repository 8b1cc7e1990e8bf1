"""A whole dossier as one PDF: made at once where it is short, else in the background as a long list is (`filing`)."""

from dataclasses import dataclass

from committees.models import Committee

from ..papers import folder_sheets
from ..papers.folder import Folder
from ..papers.folder_pages import opened, with_corrected
from .annual_file import plain
from .exports import Unanswered

NAME = "folder"
# Pages past which it is made in the background: about two seconds on a small machine.
LONG = 60


@dataclass(frozen=True)
class FolderFile:
    """A Folder as `filing` takes it, like an Export: bound only when it is written. count: its pages without the contents."""

    folder: Folder

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
        """Write it into an open file, telling (pages done, pages in all); how many pages it has. `folder.Damaged`,
        `binder.Unbindable`."""
        return folder_sheets.whole(file, self.folder, told)


def of_page(access, params):
    """The FolderFile of the candidacy and the choice an address names. Http404, PermissionDenied as its page; Unanswered
    where no file is made of it."""
    found, _snapshot = opened(access, _number(params.get("candidacy")), corrected=with_corrected(params))
    if found.too_much or not found.bound:
        raise Unanswered
    return FolderFile(found)


def _number(text):
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
