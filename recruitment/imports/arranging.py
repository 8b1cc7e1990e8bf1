"""How an uploaded workbook is read is said, remembered for whoever sends such files, and forgotten. The deeds."""

from dataclasses import dataclass
from io import BytesIO

from django.db.models import QuerySet

from committees import journal
from committees.vietnamese import fold, number

from ..models import Layout, Upload
from ..sheets.package import SheetError
from . import desk, edits
from .layout import EVERY
from .load import read
from .sight import Sight, signature

MOST_LOOKED_AT = 50  # of what is remembered of a sender and KIND


@dataclass(frozen=True)
class Found:
    """A Layout that fits a workbook. choices: as remembered, with sheet and headings where they now stand; asks: whether
    somebody has to look at them first, because a value of that one file belongs to them or their sheet is not there."""

    layout: Layout
    choices: dict
    asks: bool


def remembered(sender_id, kind, content):
    """The Found of a workbook of that sender and KIND, or None. One query; each sheet that is remembered by name is looked
    at. Raises SheetError."""
    if sender_id is None:
        return None
    known = Layout.objects.filter(committee_id=sender_id, kind=kind).order_by("-stamp", "-pk")
    sheets, places, fallback = (), {}, None
    for layout in known[:MOST_LOOKED_AT]:
        if not places:
            first = Sight(content)
            sheets, places = first.sheets, {first.sheet: first.signatures()}
        wanted = layout.choices.get("sheet") or ""
        sheet = next((name for name in sheets if fold(name) == fold(wanted)), first.sheet)
        if sheet not in places:
            places[sheet] = Sight(content, sheet).signatures()
        if layout.signature not in places[sheet]:
            continue
        row, rows = places[sheet][layout.signature]
        values = dict.fromkeys(layout.choices.get("values", ()), "")
        said = {"sheet": EVERY if wanted == EVERY else sheet, "row": row, "rows": rows, "values": values}
        elsewhere = wanted != EVERY and fold(wanted) != fold(sheet) and len(sheets) > 1
        found = Found(layout, {**layout.choices, **said}, bool(values) or elsewhere)
        if not elsewhere:
            return found
        fallback = fallback or found
    return fallback


def layouts(upload):
    """What is remembered of the KIND for the upload's sender, newest first."""
    sender = upload.choices.get("sender")
    return Layout.objects.filter(committee_id=sender, kind=upload.kind).order_by("-stamp", "-pk")


def arrange(upload, choices, *, by, remember):
    """Read the upload as the Choices say from now on, and remember them for its sender if told to. What was mended goes
    with its row, and stays where the file still says the same in that cell; how many edits could not stay is returned.
    Raises SheetError where it cannot be read so, or was read otherwise on another page meanwhile, and desk.Gone."""
    said = {**choices.as_json(), "sender": upload.choices.get("sender")}
    source = read(upload.kind, BytesIO(upload.content), upload.name, said)
    if not source.rows:
        raise SheetError(
            "Dưới dòng tiêu đề không có dòng dữ liệu nào. Chọn dòng tiêu đề hoặc trang tính khác."
        )
    if len(source.rows) > desk.MOST_LINES:
        most, found = number(desk.MOST_LINES), number(len(source.rows))
        raise SheetError(
            f"Có {found} dòng; ở đây nhận nhiều nhất {most} dòng một lần. Chia tệp rồi nhập từng phần."
        )
    before = desk.as_sent(upload) if upload.edits else None
    with journal.pen(by, "upload-columns", about=f"batch:{upload.kind}", file=upload.name) as pen:
        row = QuerySet(Upload).filter(pk=upload.pk, account=by)
        stands = row.values_list("edits", "choices").first()
        if stands is None:
            raise desk.Gone
        made, read_so = stands
        if read_so != upload.choices:
            raise SheetError("Tệp vừa được ghép cột ở một trang khác. Mở lại trang này rồi chọn tiếp.")
        # What another page mended since this one was read is lost to nobody: it was read in the same way.
        before = before or (desk.as_sent(upload) if made else None)
        kept, gone = edits.moved(made, before, source) if made else ({}, 0)
        row.update(choices=said, digest=source.digest, edits=kept)
        if remember and said["sender"]:
            _remember(said, upload.kind)
        pen.note(sheet=choices.sheet, heading_row=choices.row, edits_gone=gone)
    return gone


def _remember(said, kind):
    kept = {name: value for name, value in said.items() if name not in ("sender", "layout")}
    kept["values"] = dict.fromkeys(said["values"], "")  # the day or the unit of this one file: asked for anew
    mark = signature(said["texts"])
    layout = Layout.objects.filter(committee_id=said["sender"], kind=kind, signature=mark).first()
    layout = layout or Layout(committee_id=said["sender"], kind=kind, signature=mark)
    layout.choices = kept
    layout.save()


def forget(layout, *, by):
    """Propose it no more. Uploads read so already stay as they are."""
    with journal.pen(by, "layout-forget", about=f"batch:{layout.kind}", committee=layout.committee):
        layout.delete()
