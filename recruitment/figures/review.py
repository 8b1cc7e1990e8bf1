"""A report of ours looked over before anybody signs it: do its parts make its totals, do its percentages hold over their
fractions, does it print last year's figures as they were printed then, what jumped, does it agree with the levels below and
above. Knows no database; takes anything with the shape of `reports.base.Report`.

A doubt is no refusal: whoever sends the report sees it, and puts it right or says why it is so.
"""

from fractions import Fraction

from committees.vietnamese import number, percent_text

from .doubts import CHILD, JUMP, LAST_YEAR, PARENT, PART, PERCENT, SUM, TEXT, Book, Doubt, is_number, written
from .printed import judge
from .prose import fractions
from .review_terms import terms

NOW, BEFORE = "now", "before"  # what the keys of this year's and of last year's numbers end with


def review(report, *, before=None, children=(), parent=None):
    """[Doubt] of a report, contradictions first, then in the order of its sheets.

    before: the report of the same committee and span a year earlier, as it was printed then (frozen), or None.
    children: [(code, report)] of the units directly below, as they sent them. parent: (own code, report of the committee
    above), or None. Sheets and rows are matched by their keys; what only one of two reports has is not compared. No query.
    """
    asked, book = terms(), Book(report)
    doubts = [*_ties(book, asked), *_parts(book, asked), *_shares(book, asked), *_prose(report)]
    if before is not None:
        doubts += _last_year(book, Book(before))
    doubts += _jumps(book, asked)
    for code, child in children:
        doubts += _levels(book, Book(child), code, CHILD, asked)
    if parent is not None:
        code, above = parent
        doubts += _levels(Book(above), book, code, PARENT, asked)
    return sorted(doubts, key=lambda doubt: not doubt.contradicts)


def against(above, below, code):
    """[Doubt] of what the report of the level above prints of the unit of this code against the unit's own, in the cells of the
    one above: `said` is its number, `other` the unit's. Both with the shape of a Report."""
    return list(_levels(Book(above), Book(below), code, CHILD, terms()))


# The report against itself --------------------------------------------------------------------------------


def _ties(book, asked):
    for tie in asked.ties:
        one, other = book.number(*tie.one), book.number(*tie.other)
        if None not in (one, other) and one != other:
            words = f"{book.place(*tie.one)}: {written(one)}; {_lower(book.place(*tie.other))}: {written(other)}. Hai số cùng là {tie.what}."
            yield Doubt(*tie.one, SUM, one, other, words)


def _lower(place):
    return place[0].lower() + place[1:]


def _parts(book, asked):
    """Every count against what it is a part of: the row it is set under, the totals that close its list, and what the data
    say. Once a cell."""
    for sheet in book.sheets:
        wholes = {**_closing(book.sheets[sheet]), **_under(book, sheet), **_said_within(book, sheet, asked)}
        for row, column, value in book.counts(sheet):
            for whole in wholes.get(row.key, ()):
                most = book.number(sheet, whole, column.key)
                if most is None or book.kind(sheet, whole, column.key) != "whole" or value <= most:
                    continue
                where = book.place(sheet, row.key, column.key)
                words = f"{where}: {written(value)}, lớn hơn “{book.name(sheet, whole)}” ({written(most)})."
                yield Doubt(sheet, row.key, column.key, PART, value, most, words)
                break


def _closing(sheet):
    """{row: keys of the totals that close the list it stands in}: those standing together right after it."""
    found, totals, after_total = {}, [], False
    for row in reversed(sheet.rows):
        if row.look == "total":
            totals = [*totals, row.key] if after_total else [row.key]
        elif row.look == "part":
            totals = []
        elif totals:
            found[row.key] = tuple(totals)
        after_total = row.look == "total"
    return found


def _under(book, sheet):
    """{row: (key of the row it is set under,)} by the levels of the rows, where that one counts something too."""
    found, above = {}, []
    for row in book.sheets[sheet].rows:
        while above and above[-1].level >= row.level:
            above.pop()
        if above and above[-1].look != "total":
            found[row.key] = (above[-1].key,)
        above.append(row)
    return found


def _said_within(book, sheet, asked):
    return {
        row.key: (within.whole,)
        for within in asked.within
        if within.sheet == sheet
        for row in book.sheets[sheet].rows
        if row.key.startswith(within.rows)
    }


def _shares(book, asked):
    """Percentages that stand as plain numbers, against the columns they are the share of. One worked out from cells of its
    own sheet cannot differ."""
    known = {(share.sheet, share.column): share for share in asked.shares}
    for key, sheet in book.sheets.items():
        for row in sheet.rows:
            for column in sheet.columns:
                said = row.cells.get(column.key)
                if not is_number(said) or sheet.kind(row, column) != "percent":
                    continue
                share = known.get((key, column.key))
                cells = (
                    [book.number(key, row.key, name) for name in (share.part, share.whole)]
                    if share
                    else [None]
                )
                where = book.place(key, row.key, column.key)
                shown = percent_text(Fraction(said) * 100)
                if None in cells or not cells[1]:
                    yield Doubt(
                        key,
                        row.key,
                        column.key,
                        PERCENT,
                        said,
                        None,
                        f"{where}: {shown} không kèm tử số, mẫu số.",
                    )
                elif abs(Fraction(said) - Fraction(cells[0]) / Fraction(cells[1])) >= Fraction(1, 20_000):
                    right = Fraction(cells[0]) / Fraction(cells[1])
                    words = f"{where}: ghi {shown}, tính lại {written(cells[0])}/{written(cells[1])} = {percent_text(right * 100)}."
                    yield Doubt(key, row.key, column.key, PERCENT, said, right, words)


def _prose(report):
    """Fractions with a percentage in the sentences of the report and the notes of its sheets."""
    texts = [(TEXT, text) for text in (report.finding, *report.notices)]
    texts += [(sheet.key, note) for sheet in report.sheets for note in sheet.notes]
    for sheet, text in texts:
        for said in fractions(text):
            value = said.value
            if value is None or judge(said.printed, value) not in ("exact", "rounded", "truncated"):
                right = (
                    "mẫu số bằng 0"
                    if value is None
                    else f"{number(said.part)}/{number(said.whole)} = {percent_text(value)}"
                )
                words = f"Trong câu “{said.text}”: {right}."
                yield Doubt(sheet, "", "", PERCENT, said.printed.number / 100, value and value / 100, words)


# Against another time and another level ---------------------------------------------------------------------


def _beginnings(sheet):
    """Pairs of what says last year's number and what says this year's, among the rows and the columns of a sheet."""
    rows, columns = {row.key for row in sheet.rows}, {column.key for column in sheet.columns}
    for keys in (rows, columns):
        yield {
            key: key[: -len(BEFORE)] + NOW
            for key in keys
            if key.endswith(BEFORE) and key[: -len(BEFORE)] + NOW in keys
        }


def _pairs(book):
    """(sheet, (row, column) of last year's number, (row, column) of this year's) of every sheet that prints both."""
    for key, sheet in book.sheets.items():
        rows, columns = _beginnings(sheet)
        for row in sheet.rows:
            for column in sheet.columns:
                if column.key in columns:
                    yield key, (row.key, column.key), (row.key, columns[column.key])
                elif row.key in rows:
                    yield key, (row.key, column.key), (rows[row.key], column.key)


def _last_year(book, before):
    for sheet, then, now in _pairs(book):
        if book.kind(sheet, *then) != "whole" or not before.has(sheet, *now):
            continue
        said, printed = book.number(sheet, *then), before.number(sheet, *now)
        # A sum of no rows is empty where it once was 0: the same.
        if printed is not None and said != printed and (said is not None or printed):
            words = f"{book.place(sheet, *then)}: {written(said)}; báo cáo kỳ trước đã in {written(printed)}."
            yield Doubt(sheet, *then, LAST_YEAR, said, printed, words)


def _jumps(book, asked):
    """Numbers that moved far from last year's. A total that only says once more what another row has said is passed over."""
    told = set()
    for sheet, then, now in _pairs(book):
        jump = asked.jump(sheet)
        if jump is None or book.kind(sheet, *now) != "whole":
            continue
        before, said = book.number(sheet, *then), book.number(sheet, *now)
        if None in (before, said) or not jump.holds(said, before):
            continue
        if (said, before) in told and book.look(sheet, now[0]) != "plain":
            continue
        told.add((said, before))
        way = "tăng" if said > before else "giảm"
        share = f" {percent_text(Fraction(abs(said - before) * 100) / before)}" if before else ""
        place, ago = book.place(sheet, *now), written(before)
        words = f"{place}: {written(said)}, cùng kỳ {ago}, {way}{share}. Cần nói rõ nguyên nhân."
        yield Doubt(sheet, *now, JUMP, said, before, words)


def _levels(above, below, code, kind, asked):
    """What the level above prints of the unit of this code against what the unit prints of itself, in the report of `kind`:
    CHILD of the one above, PARENT of the unit's own."""
    same_plan = above.value(*asked.plan) == below.value(*asked.plan)
    for sheet in above.sheets:
        for column in above.sheets[sheet].columns:
            cell, whole = (sheet, code, column.key), (sheet, asked.whole, column.key)
            if not (above.has(*cell) and below.has(*whole)) or above.kind(*cell) != "whole":
                continue
            if column.key in asked.of_plan and not same_plan:
                continue
            if sheet in asked.headed and above.headings(sheet, column.key) != below.headings(
                sheet, column.key
            ):
                continue
            theirs, own = above.number(*cell), below.number(*whole)
            if theirs == own or None in (theirs, own):
                continue
            if kind == CHILD:
                words = f"{above.place(*cell)}: {written(theirs)}; đơn vị ấy báo cáo {written(own)}."
                yield Doubt(*cell, CHILD, theirs, own, words)
            else:
                words = f"{below.place(*whole)}: {written(own)}; cấp trên đang ghi {written(theirs)}."
                yield Doubt(*whole, PARENT, own, theirs, words)
