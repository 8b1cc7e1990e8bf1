"""A report to a workbook as an office prints it: A4, headings that repeat, living formulas, bars, a chart.

Takes any object with the shape of a report (title, sheets of typed cells, formulas that name their cells) and knows no
domain. Small tables with looks: the library (openpyxl) is used; long plain lists go through `xlsx.write_rows`.
"""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.formatting.rule import DataBarRule
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from .filling import fill, held
from .looks import POINTS, clean, lines_of, name_styles, paper
from .naming import FIGURES, figure_name
from .xlsx import sheet_name

_FORMULA_STARTS = ("=", "+", "-", "@")
_BLUE = "FF7FA6CC"


def write_book(path_or_file, report, told=None):
    """Write the report as .xlsx. Formulas carry their value too, so that a phone or a program that does not calculate
    shows the same numbers; Excel and LibreOffice calculate them anew. told(n) hears of every n rows written."""
    book = Workbook()
    book.remove(book.active)
    name_styles(book)
    book.properties.title = book.properties.subject = clean(report.title)
    book.properties.creator = clean(report.committee)
    book.properties.language = "vi-VN"
    book.calculation.fullCalcOnLoad = True
    values = {}
    for k, sheet in enumerate(report.sheets):
        written = _Sheet(book, report, sheet, first=k == 0)
        values[len(book.worksheets)] = written.write()
        written.draw()
        if told:
            told(len(sheet.rows))
    unfilled = BytesIO()
    book.save(unfilled)
    fill(unfilled, path_or_file, values)


class _Sheet:
    """One sheet being written; `at` is the next free row."""

    def __init__(self, book, report, sheet, *, first):
        self.book, self.report, self.sheet, self.first = book, report, sheet, first
        self.page = book.create_sheet(sheet_name(sheet.title))
        self.columns = list(sheet.columns)
        self.last = len(self.columns)
        self.width = sum(column.width for column in self.columns)
        self.at, self.rows, self.values = 1, {}, {}

    def write(self):
        for place, column in enumerate(self.columns, 1):
            self.page.column_dimensions[get_column_letter(place)].width = column.width
        if self.first:
            self._head()
        elif self.sheet.headed:
            self._sides()
        self._said(self.sheet.heading.upper(), "title" if not self.first else "said")
        if not self.first:
            self._said(f"{self.report.committee}. {self.report.period}", "line")
        if self.sheet.prose:
            self._prose()
        else:
            head = self._headings()
            self._body()
            self._set_up(head)
        for note in self.sheet.notes:
            self._said(note, "notice")
        if self.sheet.signed:
            self._sign()
        return self.values

    def _put(self, row, place, value, style):
        cell = self.page.cell(row, place)
        if isinstance(value, str):
            value = clean(value)
            cell.value = value
            cell.data_type = "s"
            cell.style = style
            if value.startswith(_FORMULA_STARTS):
                cell.quotePrefix = True  # stays text even after someone opens the cell and presses Enter
        else:
            cell.value, cell.style = value, style
        return cell

    def _said(self, text, style, first=1, last=None, *, row=None):
        """A line over some columns (all by default), as high as its text needs."""
        at, last = row or self.at, last or self.last
        self._put(at, first, text, style)
        if last > first:
            self.page.merge_cells(start_row=at, end_row=at, start_column=first, end_column=last)
        room = sum(column.width for column in self.columns[first - 1 : last])
        lines = lines_of(text, room)
        height = max(self.page.row_dimensions[at].height or 0, lines * (POINTS + 3 * (style == "title")))
        self.page.row_dimensions[at].height = height
        if row is None:
            self.at += 1

    def _halves(self):
        """The column at which the page is halved for what stands side by side."""
        room = 0
        for place, column in enumerate(self.columns[:-1], 1):
            room += column.width
            if room * 2 >= self.width:
                return max(1, place if room * 2 - self.width < column.width else place - 1)
        return max(1, self.last - 1)

    def _sides(self):
        """The lines of the head, left and right."""
        report, half = self.report, self._halves()
        for k in range(max(len(report.left), len(report.right))):
            if k < len(report.left):
                self._said(
                    report.left[k], "head bold" if k == len(report.left) - 1 else "head", 1, half, row=self.at
                )
            if k < len(report.right):
                self._said(report.right[k], "place" if k else "head bold", half + 1, row=self.at)
            self.at += 1
        self.at += 1

    def _head(self):
        report = self.report
        self._sides()
        self._said(report.title.upper(), "title")
        self._said(report.committee, "line")
        self._said(report.period, "line")
        self.at += 1
        self._said(report.finding, "said")
        for notice in report.notices:
            self._said(notice, "notice")
        self.at += 1

    def _headings(self):
        """Write the headings; returns their first and last row."""
        first, shared = self.at, any(column.under for column in self.columns)
        merge, place = self.page.merge_cells, 1
        names = first + 1 if shared else first
        while place <= self.last:
            column = self.columns[place - 1]
            self._put(names, place, column.heading, "heading")
            if shared and column.under:
                end = place
                while end < self.last and self.columns[end].under == column.under:
                    end += 1
                    self._put(names, end, self.columns[end - 1].heading, "heading")
                    self._put(first, end, None, "heading")
                self._put(first, place, column.under, "heading")
                if end > place:
                    merge(start_row=first, end_row=first, start_column=place, end_column=end)
                place = end
            elif shared:
                self._put(first, place, column.heading, "heading")
                self._put(names, place, None, "heading")
                merge(start_row=first, end_row=names, start_column=place, end_column=place)
            place += 1
        lines = max(lines_of(column.heading, column.width) for column in self.columns)
        self.page.row_dimensions[names].height = (lines + (not shared)) * POINTS
        last = names
        if any(column.number for column in self.columns):
            last += 1
            for place, column in enumerate(self.columns, 1):
                self._put(last, place, column.number or None, "heading")
        self.at = last + 1
        return first, last

    def _prose(self):
        for row in self.sheet.rows:
            self._said(row.cells["text"], "said" if row.look != "plain" else "prose")
        paper(self.page, self.report, wide=False)

    def _body(self):
        sheet = self.sheet
        if not sheet.rows:
            self._said(sheet.empty, "notice")
            return
        begin = self.at
        self.rows = {row.key: begin + k for k, row in enumerate(sheet.rows)}
        letters = {column.key: get_column_letter(place) for place, column in enumerate(self.columns, 1)}
        for row in sheet.rows:
            at = self.rows[row.key]
            lines = 1
            for place, column in enumerate(self.columns, 1):
                said = self._cell(row, column, at, place, letters)
                if isinstance(said, str):
                    lines = max(lines, lines_of(said, column.width - 2 * row.level * (place == 1)))
            if lines > 1:
                self.page.row_dimensions[at].height = lines * POINTS
            self._name_figures(row, at, letters)
        end = begin + len(sheet.rows) - 1
        self.at = end + 1
        self._name(sheet.key, f"$A${begin}:${get_column_letter(self.last)}${end}")
        for column in self.columns:
            if column.bars:
                where = f"{letters[column.key]}{begin}:{letters[column.key]}{end}"
                rule = DataBarRule(
                    start_type="num", start_value=0, end_type="num", end_value=1.6, color=_BLUE
                )
                self.page.conditional_formatting.add(where, rule)

    def _name_figures(self, row, at, letters):
        """A name for every figure of the row: another workbook may refer to it, wherever it stands next year."""
        for column in self.columns:
            if row.cells.get(column.key) is not None and self.sheet.kind(row, column) in FIGURES:
                where = f"${letters[column.key]}${at}"
                self._name(figure_name(self.sheet.key, row.key, column.key, self.book.defined_names), where)
                if row.name and column.kind == "whole" and row.name not in self.book.defined_names:
                    self._name(row.name, where)

    def _name(self, name, where):
        quoted = self.page.title.replace("'", "''")
        self.book.defined_names[name] = DefinedName(name, attr_text=f"'{quoted}'!{where}")

    def _cell(self, row, column, at, place, letters):
        sheet = self.sheet
        value, kind = sheet.value(row, column), sheet.kind(row, column)
        said = row.cells.get(column.key)
        words = isinstance(value, str) or kind == "text"
        level = min(row.level, 3) if place == 1 else 0
        style = f"{'text' if words else kind} {row.look} {level if words else 0}"
        if value is None:
            self._put(at, place, None, style)
        elif hasattr(said, "operation"):
            self._put(at, place, None, style).value = self._formula(said, row, column, letters)
            self.values[f"{letters[column.key]}{at}"] = held(value, kind)
        else:
            self._put(at, place, str(value) if words else held(value, kind), style)
        return value

    def _formula(self, said, row, column, letters):
        """A formula's text. A ratio is rounded where the eye would: 10 000·part is a whole number and its quotient by
        the whole is exact wherever it ends in a half, so that no binary fraction decides which way a half goes."""
        cells = []
        for ref in said.operands:
            its_row, its_column = self.sheet.find(ref, row, column)
            cells.append((letters[its_column.key], self.rows[its_row.key]))
        names = [f"{letter}{at}" for letter, at in cells]
        if said.operation == "ratio":
            part, whole = names
            return f'=IF({whole}>0,ROUND({part}*10000/{whole},0)/10000,"")'
        if said.operation == "difference":
            return f"={names[0]}-{names[1]}"
        numbers = [at for _, at in cells]
        together = len({letter for letter, _ in cells}) == 1 and numbers == list(
            range(numbers[0], numbers[0] + len(numbers))
        )
        return f"=SUM({names[0]}:{names[-1]})" if together and len(names) > 1 else f"=SUM({','.join(names)})"

    def _set_up(self, head):
        page, (first, last) = self.page, head
        page.print_title_rows = f"{first}:{last}"
        if not self.first:
            page.freeze_panes = f"{'C' if self.columns[0].kind == 'ordinal' else 'B'}{last + 1}"
        paper(page, self.report, wide=self.sheet.wide)

    def draw(self):
        """The sheet's chart on a page of its own: beside or below a table, paper would cut it."""
        drawn = self.sheet.chart
        if drawn is None:
            return
        chart = BarChart()
        chart.type, chart.style, chart.title = "bar", 10, clean(drawn.title)
        chart.legend, chart.gapWidth = None, 40
        chart.x_axis.delete = chart.y_axis.delete = False
        chart.x_axis.scaling.orientation = "maxMin"  # in the order of the table, from above
        chart.y_axis.scaling.min = 0
        if drawn.mark is None:
            chart.y_axis.majorGridlines = None
        else:
            chart.y_axis.majorUnit = float(drawn.mark) / 2
        first, last = self.rows[drawn.rows[0]], self.rows[drawn.rows[-1]]
        places = {column.key: place for place, column in enumerate(self.columns, 1)}
        for key in drawn.values:
            chart.add_data(Reference(self.page, min_col=places[key], min_row=first, max_row=last))
        chart.set_categories(Reference(self.page, min_col=places[drawn.labels], min_row=first, max_row=last))
        for series in chart.series:
            series.graphicalProperties.solidFill = "15508C"
            series.dLbls = DataLabelList(
                showVal=True, showSerName=False, showCatName=False, showLegendKey=False
            )
        chart.width, chart.height = 25, max(8, min(16, 3 + 0.75 * len(drawn.rows)))
        page = self.book.create_sheet("Biểu đồ")
        page.add_chart(chart, "A1")
        paper(page, self.report, wide=True, pages=1)

    def _sign(self):
        self.at += 1
        half, signs = self._halves(), self.sheet.signs or self.report.signs
        halves = zip(self.report.signers, signs, (1, half + 1), (half, self.last), strict=True)
        for text, below, first, last in halves:
            self._said(text, "head bold", first, last, row=self.at)
            self._said(below, "place", first, last, row=self.at + 1)
        self.at += 6
