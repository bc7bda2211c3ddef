"""A sheet with one row for each village and one column for each field of a template: out, filled in, and in again."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from plans_repo.archives import DAMAGED
from plans_repo.errors import PlansRepoError
from plans_repo.writing.template import Field, Template

MOST_BYTES = 10_000_000
MOST_EXPANDED_BYTES = 100_000_000
MOST_ROWS = 2000
VILLAGE = "村（社区）名称"
DERIVED = ("place", "township")
"""Fields that the name of the village and its township answer."""
_WIDE, _NARROW = 34, 18
_SHADE = PatternFill("solid", fgColor="EDEDED")
_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetRow:
    """One filled row: its number in the sheet (the head is row 1), the village, and answers by field id."""

    number: int
    village: str
    answers: Mapping[str, str]


def asked(template: Template) -> tuple[Field, ...]:
    """The fields that have a column."""
    return tuple(field for field in template.fields if field.id not in DERIVED)


def empty_sheet(template: Template, rows: Iterable[tuple[str, Mapping[str, str]]] = ()) -> bytes:
    """The sheet to be filled in, as .xlsx: heads, a row of hints, and what is known of each village."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = template.title[:31]
    fields = asked(template)
    page.append([VILLAGE, *(field.label for field in fields)])
    page.append([_HINT, *(field.hint or field.suggestion for field in fields)])
    for village, known in rows:
        page.append([village, *(known.get(field.id, "") for field in fields)])
    for at in range(1, len(fields) + 2):
        page.column_dimensions[get_column_letter(at)].width = _NARROW if at == 1 else _WIDE
        page.cell(1, at).font = Font(bold=True)
        page.cell(1, at).fill = _SHADE
        page.cell(2, at).font = Font(italic=True, color="666666")
        for row in (1, 2):
            page.cell(row, at).alignment = Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = "B3"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_HINT = "（填写说明，此行不导入）"


def rows_of(data: bytes, name: str, template: Template) -> tuple[SheetRow, ...]:
    """The filled rows of an .xlsx or .csv sheet; empty rows and the row of hints are passed over.

    Refuses a file that is no such sheet, one without rows or with too many, and columns the template does not know.
    """
    if len(data) > MOST_BYTES:
        raise _refusal("sheet-too-large", name, rule=f"must have at most {MOST_BYTES} bytes", value=len(data))
    lines = list(_csv_lines(data, name) if name.lower().endswith(".csv") else _xlsx_lines(data, name))
    if not lines:
        raise _refusal("sheet-without-rows", name, rule="must have a row for each village")
    columns = _columns(lines[0], name, template)
    rows = tuple(_rows(lines, columns))
    if not rows:
        raise _refusal("sheet-without-rows", name, rule="must have a row for each village")
    return rows


def _columns(heads: Sequence[str], name: str, template: Template) -> list[str]:
    """The field of each column; "" for the village, which must be there."""
    ids = {field.label: field.id for field in asked(template)} | {VILLAGE: ""}
    odd = next((head for head in heads if head and head not in ids), "")
    if odd or VILLAGE not in heads:
        raise _refusal("sheet-columns", name, rule=f"needs the column {VILLAGE}", value=odd or VILLAGE)
    twice = next((head for head in heads if head and list(heads).count(head) > 1), "")
    if twice:
        raise _refusal("sheet-column-twice", name, rule="needs every column once", value=twice)
    return [ids.get(head, "?") for head in heads]


def _rows(lines: Sequence[Sequence[str]], columns: Sequence[str]) -> Iterator[SheetRow]:
    for number, line in enumerate(lines[1:], start=2):
        cells = dict(zip(columns, line, strict=False))
        village = cells.pop("", "")
        cells.pop("?", None)
        answers = {name: cell for name, cell in cells.items() if cell}
        if village != _HINT and (village or answers):
            yield SheetRow(number=number, village=village, answers=answers)


def _csv_lines(data: bytes, name: str) -> Iterator[list[str]]:
    for at, line in enumerate(csv.reader(io.StringIO(_decoded(data, name)))):
        _check_rows(at, name)
        yield [" ".join(cell.split()) for cell in line]


_BROKEN: tuple[type[Exception], ...] = (
    *DAMAGED,
    InvalidFileException,
    SyntaxError,
    IndexError,
    TypeError,
    AttributeError,
)
"""What a damaged sheet makes its reader raise; SyntaxError is XML that is not well formed."""


def _decoded(data: bytes, name: str) -> str:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refusal("sheet-unreadable", name, rule="must be UTF-8 or GB18030")


def _xlsx_lines(data: bytes, name: str) -> Iterator[list[str]]:
    for line in xlsx_cells(data, name):
        yield ["" if cell is None else " ".join(str(cell).split()) for cell in line]


def xlsx_cells(
    data: bytes, name: str, *, pages: Sequence[str] = (), most_rows: int = MOST_ROWS
) -> Iterator[tuple[object, ...]]:
    """The rows of a page of an .xlsx sheet, cells as they are: the first one, or the one that bears one of the titles.

    Refused where it is no sheet, has no such page, or is too large.
    """
    if len(data) > MOST_BYTES:
        raise _refusal("sheet-too-large", name, rule=f"must have at most {MOST_BYTES} bytes", value=len(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            expanded = sum(info.file_size for info in archive.infolist())
        if expanded > MOST_EXPANDED_BYTES:
            raise _refusal("sheet-too-large", name, rule=f"must unpack to {MOST_EXPANDED_BYTES} bytes", value=expanded)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        titled = [page for page in book.worksheets if not pages or page.title in pages]
        if not titled:
            raise _refusal("sheet-without-page", name, rule=f"needs a page {pages[0]}", value=pages[0])
        for at, line in enumerate(titled[0].iter_rows(values_only=True)):
            _check_rows(at, name, most_rows)
            yield tuple(line)
    except _BROKEN as error:
        raise _refusal("sheet-unreadable", name, rule="must be an .xlsx or .csv sheet") from error


def _check_rows(at: int, name: str, most_rows: int = MOST_ROWS) -> None:
    if at > most_rows:
        raise _refusal("sheet-too-long", name, rule=f"must have at most {most_rows} rows", value=at)


def _refusal(code: str, name: str, *, rule: str, value: object = "") -> PlansRepoError:
    return PlansRepoError(code, thing=f"file {name}", file=name, rule=rule, value=value)
