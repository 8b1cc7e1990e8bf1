"""Lists in units of U, at any depth, searched, and against a stock table; files against the library people would take."""

import io
import random
import time
from datetime import timedelta

import django_tables2
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from openpyxl import Workbook
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from committees import vietnamese
from committees.access import Access
from committees.models import Committee
from recruitment.models import Candidacy
from recruitment.pipeline.lists import candidacies
from recruitment.quotas.listing import MORE_ROWS, ROWS
from recruitment.reports.base import DAY, TEXT, WHOLE, Column, Report, Row, Sheet
from recruitment.sheets import pdf
from recruitment.sheets.xlsx import write_rows

from .client import opened, signed_in
from .measure import interleaved, row
from .scratch import LAST, person

# A fiftieth of the list of the goal (60,000 × 20): both writers' cost grows with the rows, and fifteen rounds end.
SHEET_ROWS, SHEET_COLUMNS = 1_200, 20
PAPER_ROWS, ROWS_A_PAGE = 900, 45  # twenty pages
SEARCHED = ("nguyen van an", "thi hanh", "phuong", "khong co ai")


class StockTable(django_tables2.Table):
    """What the library gives by itself: its own template, a queryset, a paginator that counts."""

    person__full_name = django_tables2.Column("Họ và tên", order_by="person__sort_key")
    person__born = django_tables2.DateColumn(verbose_name="Sinh ngày", format="d/m/Y")
    cell__code = django_tables2.Column("Chi bộ")
    stage = django_tables2.Column("Bước")
    entered_on = django_tables2.DateColumn(verbose_name="Vào nguồn", format="d/m/Y")

    class Meta:
        template_name = "django_tables2/table.html"


def pages(world):
    """The candidate list: 25 and 100 rows in U, its last page against its first, a stock table and a search."""
    client = signed_in(Committee.objects.get(code=world.committee))
    first = reverse("recruitment:candidacy-list")
    last, more = f"{first}?before=end", f"{first}?rows={MORE_ROWS}"
    stock = Template("{% load django_tables2 %}{% render_table table %}")
    request = RequestFactory().get(first)

    def by_the_book():
        rows = Candidacy.objects.select_related("person", "cell").exclude(stage="closed")
        table = StockTable(rows, order_by="person__full_name")
        table.paginate(page=1, per_page=ROWS, paginator_class=Paginator)
        return stock.render(Context({"table": table, "request": request}))

    took = interleaved(
        {
            "U": lambda: opened(client, reverse("help")),
            "first": lambda: opened(client, first),
            "last": lambda: opened(client, last),
            "more": lambda: opened(client, more),
            "stock": by_the_book,
        }
    )
    yield row("list_page_u", took["first"] / took["U"], "U", at_most=6)
    yield row("list_page_100_u", took["more"] / took["U"], "U")
    yield row("list_last_over_first", took["last"] / took["first"], "×", at_most=1.2)
    # A stock page: its table in an empty page. Ours has its conditions, its columns and its files besides.
    yield row("tables2_over_list", (took["stock"] + took["U"]) / took["first"], "×", at_least=3)
    account = get_user_model().objects.get(username="bench")
    searches = interleaved({words: lambda w=words: _searched(account, w) for words in SEARCHED})
    yield row("search_ms", max(searches.values()), "ms", at_most=10)


def _searched(account, words):
    """The exact count of those who bear the words, and their first page; without the page's HTML."""
    found = candidacies(Access(account), {"q": words})
    return found.count, found.data.window()


def files(world):
    """A list to .xlsx in processor time against openpyxl's streaming writer; a report to .pdf against a bare canvas."""
    dice = random.Random(3)  # noqa: S311 - repeatable, no secret
    rows = [_cells(dice, k) for k in range(SHEET_ROWS)]
    headings = [f"Cột {k}" for k in range(SHEET_COLUMNS)]

    def ours():
        write_rows(io.BytesIO(), "Danh sách", headings, rows)

    def theirs():
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Danh sách")
        sheet.append(headings)
        for cells in rows:
            sheet.append(cells)
        book.save(io.BytesIO())

    took = interleaved({"ours": ours, "theirs": theirs}, clock=time.process_time)
    yield row("xlsx_over_write_only", took["ours"] / took["theirs"], "×", at_most=0.2)
    people = [person(dice, k) for k in range(PAPER_ROWS)]
    report = _report(people)
    took = interleaved(
        {
            "ours": lambda: pdf.write_pdf(io.BytesIO(), report),
            "canvas": lambda: _canvas(people),
        }
    )
    yield row("pdf_over_canvas", took["ours"] / took["canvas"], "×", at_most=1.5)


def _cells(dice, k):
    human = person(dice, k)
    born, day = human.born, LAST - timedelta(k)
    cells = [
        k,
        human.full_name,
        born,
        "Nữ",
        human.ethnicity,
        human.occupation,
        day,
        k % 97,
        f"{k:04}-QĐ/HU",
        "",
    ]
    return cells * (SHEET_COLUMNS // len(cells))


COLUMNS = (
    Column("n", "TT", WHOLE, 6),
    Column("name", "Họ và tên", TEXT, 30),
    Column("born", "Sinh ngày", DAY, 12),
    Column("work", "Nghề nghiệp", TEXT, 24),
)


def _report(people):
    rows = [
        Row(str(k), {"n": k + 1, "name": human.full_name, "born": human.born, "work": human.occupation})
        for k, human in enumerate(people)
    ]
    sheet = Sheet("list", "Danh sách", "Danh sách", COLUMNS, rows)
    return Report("bench", "Đo", "Tỉnh ủy", "2020", "", [sheet])


def _canvas(people):
    """The same words at fixed places. Ours ran before and made the font known."""
    canvas = Canvas(io.BytesIO(), pagesize=A4)
    for k, human in enumerate(people):
        if k % ROWS_A_PAGE == 0:
            if k:
                canvas.showPage()
            canvas.setFont(pdf.FONT, 11)
        top = 780 - 16 * (k % ROWS_A_PAGE)
        for x, text in (
            (60, str(k + 1)),
            (90, human.full_name),
            (300, vietnamese.day(human.born)),
            (380, human.occupation),
        ):
            canvas.drawString(x, top, text)
        canvas.line(60, top - 4, 540, top - 4)
    canvas.save()
