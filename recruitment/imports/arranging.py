"""How an uploaded workbook is read is said, remembered for whoever sends such files, and forgotten. The deeds."""

from io import BytesIO

from django.db.models import QuerySet

from committees import journal
from committees.vietnamese import number

from ..models import Layout, Upload
from ..sheets.package import SheetError
from . import desk
from .layout import EVERY, Choices
from .load import read
from .sight import Sight, signature


def remembered(sender_id, kind, content):
    """(the Layout that fits a workbook of that sender and KIND, its choices with the headings where they now stand), or
    (None, None). One query. Raises SheetError."""
    if sender_id is None:
        return None, None
    sight = Sight(content)
    places = sight.signatures()
    found = (
        Layout.objects.filter(committee_id=sender_id, kind=kind, signature__in=places)
        .order_by("-stamp")
        .first()
    )
    if found is None:
        return None, None
    row, rows = places[found.signature]
    sheet = EVERY if found.choices.get("sheet") == EVERY else sight.sheet
    return found, {**found.choices, "sheet": sheet, "row": row, "rows": rows}


def layouts(upload):
    """What is remembered of the KIND for the upload's sender, newest first."""
    sender = upload.choices.get("sender")
    return Layout.objects.filter(committee_id=sender, kind=upload.kind).order_by("-stamp", "-pk")


def arrange(upload, choices, *, by, remember):
    """Read the upload as the Choices say from now on, and remember them for its sender if told to. What was mended in
    cells stays, unless other rows are read now. Raises SheetError where it cannot be read so, and desk.Gone."""
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
    before = Choices.of(upload.choices)
    same_rows = before is not None and (before.sheet, before.row) == (choices.sheet, choices.row)
    with journal.pen(by, "upload-columns", about=f"batch:{upload.kind}", file=upload.name) as pen:
        row = QuerySet(Upload).filter(pk=upload.pk, account=by)
        changed = {"choices": said, "digest": source.digest}
        if not row.update(**changed if same_rows else {**changed, "edits": {}}):
            raise desk.Gone
        if remember and said["sender"]:
            _remember(said, upload.kind)
        pen.note(sheet=choices.sheet, heading_row=choices.row)


def _remember(said, kind):
    kept = {name: value for name, value in said.items() if name not in ("sender", "layout")}
    mark = signature(said["texts"])
    layout = Layout.objects.filter(committee_id=said["sender"], kind=kind, signature=mark).first()
    layout = layout or Layout(committee_id=said["sender"], kind=kind, signature=mark)
    layout.choices = kept
    layout.save()


def forget(layout, *, by):
    """Propose it no more. Uploads read so already stay as they are."""
    with journal.pen(by, "layout-forget", about=f"batch:{layout.kind}", committee=layout.committee):
        layout.delete()
