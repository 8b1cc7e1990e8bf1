"""Papers as they were issued, scans of what lies in the folder, the numbers an office reserved, and texts of forms put right."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Penned

from .candidacy import Candidacy
from .paper import Paper


class IssuedPaper(Penned):
    """A paper as it was issued: never changed, printed again from its bytes (`IssuedFile`).

    form, edition: the form and the rule set whose edition it is. subject: which of several copies, "introduction:12" (the
    kind and id of the Paper, or the Letter, it is about), "" for a form of which there is one. committee: the body of the
    tree in whose name it goes out, None for one outside (a youth union, a class); issuer: its name that day. number, on:
    as on the paper. signer, receivers, copies: for the register of documents sent. said: {field: text} of all it says, so
    that what has changed since can be told. corrects: the paper it stands for from now on, and reason why.
    withdrawn_on: it was issued by mistake and nothing stands for it."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="issued")
    form = models.CharField(_("Mẫu"), max_length=40)
    edition = models.CharField(max_length=20)
    title = models.CharField(_("Tên văn bản"), max_length=200)
    subject = models.CharField(max_length=40, blank=True)
    committee = models.ForeignKey(Committee, null=True, on_delete=models.PROTECT, related_name="issued")
    issuer = models.CharField(_("Nơi ban hành"), max_length=160, blank=True)
    number = models.CharField(_("Số"), max_length=40, blank=True)
    on = models.DateField(_("Ngày"))
    signer = models.CharField(_("Người ký"), max_length=80, blank=True)
    receivers = models.CharField(_("Nơi nhận"), max_length=300, blank=True)
    copies = models.PositiveSmallIntegerField(_("Số bản"), default=1)
    said = models.JSONField(default=dict)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    reason = models.CharField(_("Lý do"), max_length=300, blank=True)
    withdrawn_on = models.DateField(_("Ngày thu hồi"), null=True)
    withdrawn_why = models.CharField(_("Lý do thu hồi"), max_length=300, blank=True)

    class Meta(Penned.Meta):
        indexes = [models.Index(fields=["candidacy", "form"], name="issued_by_candidacy")]


class IssuedFile(Penned):
    """The bytes of an issued paper in one form. Made by `bulk_create`, so that the journal keeps their digest (sha256,
    hexadecimal) and no copy."""

    class Form(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word"

    issued = models.ForeignKey(IssuedPaper, on_delete=models.PROTECT, related_name="files")
    form = models.CharField(max_length=4, choices=Form.choices)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta(Penned.Meta):
        constraints = [models.UniqueConstraint(fields=["issued", "form"], name="issued_file_once")]


class Scan(Penned):
    """A picture of a paper of the folder: of a recorded Paper, of what was issued (signed), or of another one that `title`
    names. form: the form it is of, "" for none. kind: what its bytes are; digest: of the bytes as kept. dropped_at: it was
    put there by mistake; its bytes are gone."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        JPEG = "jpeg", "JPEG"
        PNG = "png", "PNG"

    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="scans")
    # A paper taken back leaves its picture in the folder, under its title.
    paper = models.ForeignKey(Paper, null=True, on_delete=models.SET_NULL, related_name="scans")
    issued = models.ForeignKey(IssuedPaper, null=True, on_delete=models.PROTECT, related_name="scans")
    form = models.CharField(_("Mẫu"), max_length=40, blank=True)
    title = models.CharField(_("Tên giấy tờ"), max_length=200)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    pages = models.PositiveSmallIntegerField(_("Số trang"))
    size = models.PositiveIntegerField(_("Dung lượng"))
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    dropped_at = models.DateTimeField(null=True)
    dropped_why = models.CharField(_("Lý do bỏ"), max_length=300, blank=True)


class ScanFile(Penned):
    """The bytes of a scan, cleaned of what they told of their making. In the database: no folder a server could give out or
    run, one transaction with the journal, one back-up. Made by `bulk_create`; read for one scan at a time."""

    scan = models.OneToOneField(Scan, on_delete=models.PROTECT, related_name="file")
    content = models.BinaryField()


class NumberBlock(Penned):
    """Numbers of documents a body's clerk reserved: `first` to `last`, both inclusive, written with `suffix` after them
    ("-QĐ/HU"), for documents dated from `since` on. sign: the letters of their type ("QĐ"). skipped: [n] that were given to
    other documents. ended_on: no number is taken from it from that day on."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="number_blocks")
    sign = models.CharField(_("Loại văn bản"), max_length=8)
    suffix = models.CharField(_("Phần sau số"), max_length=30)
    first = models.PositiveIntegerField(_("Từ số"))
    last = models.PositiveIntegerField(_("Đến số"))
    since = models.DateField(_("Dùng từ ngày"))
    note = models.CharField(_("Ghi chú"), max_length=200, blank=True)
    skipped = models.JSONField(default=list)
    ended_on = models.DateField(null=True)

    class Meta(Penned.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="block_has_numbers"),
        ]


class FormText(Penned):
    """The text of a form put right by an administrator: the whole file as `papers.template` reads it, in place of the one
    that came with the program, for papers dated from `since` on. citation: where the right text was seen; taken_back_on: it
    no longer stands."""

    form = models.CharField(_("Mẫu"), max_length=40)
    since = models.DateField(_("Áp dụng từ ngày"))
    text = models.TextField(_("Nội dung mẫu"), max_length=20_000)
    citation = models.CharField(_("Căn cứ"), max_length=300)
    taken_back_on = models.DateField(null=True)

    class Meta(Penned.Meta):
        indexes = [models.Index(fields=["form", "since"], name="form_text_by_form")]
