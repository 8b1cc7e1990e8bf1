"""A form and a candidacy make a document; what the form asks and nobody told refuses it, by name. No empty field is ever
shown: not as a blank, not as dots (office_practice.md §4, fault 5)."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from ..rules.papers import KINDS
from ..sheets.document import BREAK, WIDE, Document, Grid, Line, Sides
from . import bodies, catalogue, compare, contents
from .counts import contradictions, lost, short
from .grounds import grounds
from .said import as_grid, long_day, names_body, plain
from .terms import FIELD, GROUNDS, LABELS, dotted

_SHAPES = {"**": {"bold": True}, "//": {"italic": True}, "__": {"bold": True, "rule": True}}


class Refused(ValueError):
    """No paper comes of it. missing: {field: what it is called}; wrong: sentences that say what contradicts."""

    def __init__(self, missing, wrong=()):
        super().__init__(", ".join(missing) or "; ".join(wrong))
        self.missing, self.wrong = missing, list(wrong)

    def faults(self, form):
        """A line for each: what is missing, by its name and the field's, and what contradicts."""
        lacking = (_("%(form)s: thiếu “%(label)s” (%(name)s)") % {"form": form, "label": label, "name": name}
                   for name, label in self.missing.items())  # fmt: skip
        return [*lacking, *(f"{form}: {words}" for words in self.wrong)]


def edition_for(case, form):
    """The `catalogue.Edition` of a form for a candidacy's paper, the case dated by it. Refused where the paper's day is
    not known."""
    name = catalogue.forms()[form][-1].on
    on = case.told(name)
    if on is None and (each := catalogue.forms()[form][-1].each):
        copies = case.copies(each)
        on = copies[-1].told(name) if copies else None
    if on is None:
        raise Refused({name: LABELS[name]})
    case.dated(on)
    return catalogue.edition(form, on, case.snapshot.statute, texts=case.snapshot.form_texts)


def fill(case, edition):
    """The Document of a form for a case. Refused names every field that is missing and every count or fact that
    contradicts another. No query."""
    return filled(case, edition)[0]


def filled(case, edition, note=""):
    """(the Document of a form for a case, {field: text} of all it says: "" for what it would say if it were known). note:
    a sentence of its own before the signature. A case that chose one of several papers (`Case.chosen`) gives the copy about
    that one alone. Refused and cost as `fill`."""
    template = edition.template
    alone = not template.each or template.each in case.chosen
    copies = [case] if alone else case.copies(template.each)
    if not copies:
        kind = KINDS.get(template.each)
        raise Refused({template.each: kind.label if kind else LABELS["letter.to"]})
    blocks, missing, wrong, said = [], {}, [], {}
    for k, copy in enumerate(copies):
        one = _Filled(copy, edition, note)
        if k:
            blocks.append(BREAK)
        blocks += one.blocks()
        missing |= one.missing
        said |= one.told
        wrong += [words for words in one.wrong if words not in wrong]
    if missing or wrong:
        raise Refused(missing, wrong)
    corner = _("Mẫu %s") % template.form if template.layout == "organisation" else ""
    title = f"{template.title}: {case.person.full_name}"
    return Document(title, tuple(blocks), edition.printed.layout, corner), said


def receivers(case, edition):
    """The "Nơi nhận" of a paper in one line, "" where it names nobody. For a case that was filled."""
    return "; ".join(_Filled(case, edition).receivers())


class _Filled:
    """One copy of a form: its blocks, and what was told and what missing while they were made."""

    def __init__(self, case, edition, note=""):
        self.edition, self.template, self.note, self.told = edition, edition.template, note, {}
        on = case.told(self.template.on)
        self.case = case.dated(on, self.template.issuer) if on else case
        self.missing, self.wrong = {}, []
        if on is None:
            self.missing[self.template.on] = LABELS[self.template.on]

    def blocks(self):
        """What stands on the pages, in order."""
        self.wrong += self._counts()
        signed = any(one.text == "@signed" for one in self.template.body)
        return [*self._head(), *self._body(), *([] if signed else self._end())]

    # ---- text

    def text(self, text):
        """The text with its fields filled; fixed words with the tone where this office puts it."""
        fixed, said, end = [], [], 0
        for found in FIELD.finditer(text):
            fixed.append(text[end : found.start()])
            said.append(self._said(found[1], found[2]))
            end = found.end()
        fixed.append(text[end:])
        fixed = [bodies.toned(part, last=settings.TONE_ON_LAST) for part in fixed]
        return "".join(part for pair in zip(fixed, [*said, ""], strict=True) for part in pair)

    def _said(self, name, way):
        value = self.case.told(name)
        if value is None or value == "":
            self.missing[name] = LABELS[name]
            return ""
        self.told[name] = plain(value)
        self._written_out(name)
        value = long_day(value) if way == "long" and isinstance(value, date) else self.told[name]
        if settings.TONE_ON_LAST and names_body(name):
            value = bodies.toned(value, last=True)
        if way == "upper":
            return value.upper()
        if way in {"cap", "low"}:
            first = value[:1].upper() if way == "cap" else value[:1].lower()
            return first + value[1:]
        return value

    def _written_out(self, name):
        """Dots that came from the register are no text either."""
        if dotted(self.told[name]):
            words = _("%(label)s còn dấu chấm chờ điền: “%(text)s”. Viết thành lời rồi lập lại.")
            words %= {"label": LABELS[name], "text": self.told[name]}
            self.wrong += [words] if words not in self.wrong else []

    # ---- parts of a page

    def _head(self):
        left, right = self.template.left, self.template.right
        if not left and not right:
            return
        yield Sides(
            tuple(self._upper(one) for one in left if self._applies(one)),
            tuple(self._upper(one) for one in right if self._applies(one)),
            share=0.4,
        )

    def _upper(self, one):
        text, size = self.text(one.text), 0
        if one.look == "__":
            size = self.edition.printed.party
        elif one.look == "//" and one in self.template.left:
            size = 12  # what a letter is about stands below its number, small
        shape = _SHAPES.get(one.look, {})
        return Line(text, "center", size=size, whole=bodies.territory(text), **shape)

    def _body(self):
        table = []
        for one in self.template.body:
            if one.look == ">" or not self._applies(one):
                continue
            if one.look == "|":
                table.append(tuple(self.text(cell.strip()) for cell in one.text.split("|")))
                continue
            if table:
                yield as_grid(table)
                table = []
            yield from self._each(one) if one.each else self._paragraph(one)
        if table:
            yield as_grid(table)

    def _each(self, one):
        """A paragraph for each record. What several said is kept as one text: a field has one value."""
        whole, found, several = self.case, [], []
        copies = whole.standing(one.each) or [whole]
        for self.case in copies:
            found += self._paragraph(one)
            if len(copies) > 1:
                names = [name for name in self.told if name.startswith(f"{one.each}.")]
                several.append(", ".join(self.told.pop(name) for name in names))
        self.case = whole
        if several:
            self.told[one.each] = "; ".join(several)
        return found

    def _applies(self, one):
        if one.only and not self._known(one.only):
            return False
        return not (one.unless and self._known(one.unless))

    def _known(self, name):
        value = self.case.told(name)
        self.told[name] = plain(value)
        return value not in (None, "", 0, False)

    def _paragraph(self, one):
        indent = bool(self.edition.printed.layout.indent)
        if one.look == "@":
            yield from self._end() if one.text == "@signed" else getattr(self, f"_{one.text[1:]}")()
        elif one.look == "=":
            yield Line(self.text(one.text).upper(), "center", bold=True, size=16, before=16)
        elif one.look == "==":
            yield Line(self.text(one.text), "center", bold=True)
            below = self.edition.printed.under
            if below and one is [line for line in self.template.body if line.look == "=="][-1]:
                yield Line(below, "center")
        elif one.look.startswith("^"):
            yield Line(self.text(one.text), "center", before=6, **_SHAPES.get(one.look[1:], {}))
        else:
            yield Line(self.text(one.text), indent=indent, before=4, **_SHAPES.get(one.look, {}))

    def _grounds(self):
        """A line for each document this paper stands on, by the rule set of its day."""
        rules = self.case.snapshot.statute.on(self.case.on) if self.case.on else {}
        texts = grounds(rules, self.template.rules, self.case.on) if rules else []
        self.told[GROUNDS] = "; ".join(texts)
        for text in texts:
            yield Line(f"{_('Căn cứ')} {text};", italic=True, indent=True, before=4)

    def _dossier(self):
        rows = (
            tuple(bodies.toned(cell, last=settings.TONE_ON_LAST) for cell in row)
            for row in contents.rows(self.case)
        )
        yield Grid(contents.headings(), tuple(rows), (1, 7, 4, 3))

    def _wide(self):
        yield WIDE

    def _compare(self):
        rows, against = compare.rows(self.case)
        self.wrong += against
        yield Grid(compare.headings(), tuple(rows), (4, 6, 5))

    def _end(self):
        if self.note:
            yield Line(self.note, indent=bool(self.edition.printed.layout.indent), before=4)
        yield from self._signed()

    def receivers(self):
        """Who gets the paper, a text each."""
        return [self.text(one.text) for one in self.template.body if one.look == ">" and self._applies(one)]

    def _signed(self):
        template, case = self.template, self.case
        to, left = self.receivers(), []
        if to:
            ends = [","] * (len(to) - 1) + ["."]
            lines = (Line(f"- {text}{end}", "left", size=12) for text, end in zip(to, ends, strict=True))
            left = [Line(_("Nơi nhận:"), "left", rule=True), *lines]
        elif template.beside:
            left = self._signature("", template.beside[0], template.beside[1])
        if not (template.authority or template.position):
            if left:
                yield Sides(tuple(left), (), before=14)
            return
        position = case.told("position") or template.position
        self.told["position"] = plain(position)
        self._written_out("position")
        yield Sides(
            tuple(left),
            tuple(self._signature(template.authority, position, template.signer or "signer")),
            0.5,
            14,
        )

    def _signature(self, authority, position, name):
        """Lines of who signs: the body, the position, room for the hand, the name. A form of the Organisation Department
        leaves the name to the hand where it is not known; any other paper prints it."""
        found = [Line(self.text(authority), "center", bold=True)] if authority else []
        found.append(Line(self.text(position).upper(), "center", bold=self.edition.printed.position_bold))
        who = self.case.told(name)
        if who is None and self.template.layout != "office":
            self.told[name] = ""
            return [*found, Line(_("(Ký, ghi rõ họ và tên)"), "center", italic=True)]
        return [*found, Line(self.text(f"{{{name}}}"), "center", bold=True, before=64)]

    # ---- what cannot be

    def _counts(self):
        """Sentences on what cannot be: counts that contradict each other in a paper the form speaks of; a vote that was
        lost, where the form is its resolution."""
        book, own = self.case.snapshot.book, self.template.on.partition(".")[0]
        kinds = {
            name.partition(".")[0] for text in self.template.lines() for name, _way in FIELD.findall(text)
        }
        each = {one.each for one in self.template.body if one.each}
        for kind in sorted(kinds & set(KINDS)):
            if kind in each:
                rows = [copy.paper(kind) for copy in self.case.standing(kind)]
            else:
                rows = [self.case.paper(kind)]
            for row in filter(None, rows):
                yield from contradictions(kind, row, book)
                if kind == own and (words := lost(kind, row, book)):
                    yield words
            if kind in each and own in KINDS:
                yield from short(own, self.case.paper(own), filter(None, rows))
