from django.db import models
from django.utils.translation import gettext_lazy as _

from committees import vietnamese
from committees.models import Penned


class Sex(models.TextChoices):
    FEMALE = "F", _("Nữ")
    MALE = "M", _("Nam")


class Traits(models.Model):
    """What may be said of a person and is counted. On the person: as known now. On the admission: a snapshot of that
    day, so that no figure of a past year changes when someone finishes a degree.

    Words are kept as typed; the form's rows are recognised when counting (`rules.form2`).
    """

    sex = models.CharField(_("Giới tính"), max_length=1, choices=Sex.choices)
    born = models.DateField(_("Sinh ngày"))
    ethnicity = models.CharField(_("Dân tộc"), max_length=40, blank=True)
    religion = models.CharField(_("Tôn giáo"), max_length=60, blank=True)
    education = models.CharField(_("Học vấn"), max_length=120, blank=True)
    qualification = models.CharField(_("Chuyên môn"), max_length=120, blank=True)
    occupation = models.CharField(_("Nghề nghiệp"), max_length=120, blank=True)
    union_member = models.BooleanField(_("Đoàn viên"), default=False)

    class Meta:
        abstract = True

    NAMES = (
        "sex", "born", "ethnicity", "religion", "education", "qualification", "occupation", "union_member",
    )  # fmt: skip

    def traits(self):
        return {name: getattr(self, name) for name in Traits.NAMES}


class Person(Traits, Penned):
    """A human being, one record for life, whatever happens to their candidacies."""

    full_name = models.CharField(_("Họ và tên"), max_length=80)
    search = models.CharField(max_length=80, editable=False, db_index=True)
    # Orders by given name under any database collation.
    sort_key = models.CharField(max_length=400, editable=False)
    citizen_id = models.CharField(
        _("Số định danh cá nhân"), max_length=12, null=True, blank=True, unique=True
    )
    # Told apart by it where names and birth dates agree; never counted.
    native_place = models.CharField(_("Quê quán"), max_length=160, blank=True)
    # The record of the same human being that this one was merged into (`duplicates`): nothing points here any more, and
    # whoever asks for this one is led there. Never a chain: that record was itself merged into none.
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")

    # (folded name, birth date), and the numbers, of records merged into this one, where somebody looked
    # (`pipeline.matching`).
    also = other_numbers = frozenset()

    class Meta(Penned.Meta):
        indexes = [models.Index(fields=["search", "born"], name="person_by_name_and_birth")]

    def __str__(self):
        return self.full_name

    @property
    def kept(self):
        """The record that stands for this human being: this one, or the one it was merged into."""
        return self.merged_into or self

    def named(self, full_name):
        """Set the name and what is derived from it for search and order."""
        self.full_name = full_name
        self.search = vietnamese.fold(full_name)
        self.sort_key = vietnamese.name_sort_key(full_name)[:400]
        return self

    def save(self, *args, **kwargs):
        self.named(self.full_name)
        return super().save(*args, **kwargs)


class Apart(Penned):
    """Somebody who looked said that two records are two people. one.pk < other.pk; said again of records merged since,
    it holds of the records that were kept."""

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta(Penned.Meta):
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="apart_once")]


class Merge(Penned):
    """Two records of one human being became one; deleted when that is undone.

    was: [[model label, values]] of every row it wrote, both persons among them, as they stood, with their stamps;
    dropped: the same of rows that said what a row of the kept record says, parts after their whole; made: [[model
    label, id]] of rows that came of it.
    """

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    gone = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    was = models.JSONField(default=list)
    dropped = models.JSONField(default=list)
    made = models.JSONField(default=list)
