"""A script as a spreadsheet: out, worked on, and in again with every fault by its page and row.

The same script gives the same bytes. A row is known by its id, one without id by its number, so that a sheet may come
in twice without anything being there twice. What the sheet leaves out is told apart from what it changes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

import xlsxwriter

from drills.errors import DrillError
from drills.scripts.condition_text import Names, read, written
from drills.scripts.naming import names_of
from drills.scripts.script import START, Channel, ExpectedAction, Inject, Objective, Script, Standing, Timing
from plans_repo.packs.naming import codes_of, name_of
from plans_repo.writing.sheet import xlsx_cells
from sim.errors import CodedError

MOST_ROWS = 30_001
LANGUAGES = ("zh", "en")
INJECTS, ACTIONS, OBJECTIVES = "injects", "actions", "objectives"
_MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)  # so that the same script gives the same file
_JOIN = "；"
_SPLITS = str.maketrans("；;、，,\n", "\t" * 6)
_SIMULATED = ("p10_min", "p50_min", "p90_min", "met_share")
"""What a study found: shown in a sheet, never taken from it."""
_WIDE = {"text": 60, "text_en": 40, "title": 30, "condition": 30, "note": 30, "cue": 30, "to": 24, "sign": 30}
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Item = Inject | ExpectedAction | Objective

COLUMNS: dict[str, tuple[str, ...]] = {
    INJECTS: (
        "number", "timing", "at_min", "condition", "sender", "to", "channel", "title", "text", "expects", "objective",
        "clause", "controller", "cue", "note", "standing", "title_en", "text_en", "id",
    ),
    ACTIONS: (
        "number", "title", "unit", "limit_min", "since", "sign", "p10_min", "p50_min", "p90_min", "met_share",
        "objective", "clause", "task", "target", "title_en", "id",
    ),
    OBJECTIVES: (
        "who", "condition", "task", "standard", "effect", "measure", "value", "unit", "clause", "target", "id",
    ),
}  # fmt: skip
_HEADS = {(OBJECTIVES, "condition"): "given", (OBJECTIVES, "task"): "does"}
"""Columns of a page that have another head than the field's."""


@dataclass(frozen=True, kw_only=True)
class RowFault:
    """What is wrong with a row of a page (the head is row 1): the code of a refusal and its fields."""

    page: str
    number: int
    code: str
    fields: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What a sheet would make of a page: ids that are new, changed, unchanged, and those it does not mention."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet as read: the script it makes, None with faults, and the changes by page."""

    script: Script | None
    changes: Mapping[str, Changes]
    faults: tuple[RowFault, ...] = ()


def sheet_of(script: Script, *, language: str = "zh") -> bytes:
    """The .xlsx of a script: a page of injects in playing order, one of expected actions, one of objectives."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _MADE_AT})
    head = book.add_format({"bold": True, "bg_color": "#EDEDED", "text_wrap": True, "valign": "vcenter"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    show = _Showing(script, language)
    pages: dict[str, Sequence[Item]] = {
        INJECTS: script.in_order, ACTIONS: script.actions, OBJECTIVES: script.objectives,
    }  # fmt: skip
    for page, items in pages.items():
        sheet = book.add_worksheet(name_of("script_page", page, language))
        sheet.freeze_panes(1, 1)
        for column, field in enumerate(COLUMNS[page]):
            sheet.set_column(column, column, _WIDE.get(field, 14))
            sheet.write_string(0, column, _head(page, field, language), head)
        for row, item in enumerate(items, start=1):
            for column, field in enumerate(COLUMNS[page]):
                _write(sheet, row, column, show.cell(item, field), body)
    book.close()
    return target.getvalue()


def read_sheet(data: bytes, name: str, base: Script, *, new_id: Callable[[], str], drops: bool = False) -> Sheet:
    """What a sheet makes of a script; nothing is taken from it while one row is faulty.

    What the sheet does not mention stays, unless it *drops*. An approved inject whose content the sheet changes is a
    draft again. Refused whole: a file that is no sheet, a page without its columns.
    """
    pages = {page: list(_rows(data, name, page)) for page in COLUMNS}
    found = _Reading(base, pages, new_id, drops=drops)
    return found.sheet()


@dataclass(frozen=True)
class _Showing:
    script: Script
    language: str

    def cell(self, item: Item, field: str) -> object:
        """The cell of a field, as people read it."""
        value = getattr(item, field)
        if field == "condition" and isinstance(item, Inject):
            return written(item.condition, names_of(self.script), self.language)
        if field in _ENUMS:
            return name_of(_ENUMS[field][0], value, self.language)
        if field == "expects":
            return _JOIN.join(action.number for action in self.script.expected_of(item))  # type: ignore[arg-type]
        if field == "since":
            return _since_words(self.script, value)
        return _JOIN.join(value) if isinstance(value, tuple) else value


def _since_words(script: Script, since: str) -> str:
    """The number of what a limit counts from, "" for the start of play."""
    numbers = {inject.id: inject.number for inject in script.injects}
    numbers |= {action.id: action.number for action in script.actions}
    return numbers.get(since, "")


class _Reading:
    """One reading of a sheet against the script it is to change."""

    def __init__(self, base: Script, pages: Mapping[str, list[Row]], new_id: Callable[[], str], *, drops: bool) -> None:
        self._base = base
        self._pages = pages
        self._new_id = new_id
        self._drops = drops
        self._faults: list[RowFault] = []
        self._ids = {page: self._named(page) for page in COLUMNS}
        self._numbers = {page: self._numbered(page) for page in COLUMNS}
        for page, items in ((INJECTS, base.injects), (ACTIONS, base.actions)):
            kept = {one.number: one.id for one in items if not drops and one.id not in self._ids[page]}
            self._numbers[page] = kept | self._numbers[page]

    def sheet(self) -> Sheet:
        objectives = self._items(OBJECTIVES, self._base.objectives, self._objective)
        actions = self._items(ACTIONS, self._base.actions, self._action)
        injects = self._items(INJECTS, self._base.injects, self._inject)
        changes = {
            page: self._changes(page, before, after)
            for page, before, after in (
                (OBJECTIVES, self._base.objectives, objectives),
                (ACTIONS, self._base.actions, actions),
                (INJECTS, self._base.injects, injects),
            )
        }
        script = None
        if not self._faults:
            try:
                script = replace(self._base, objectives=objectives, actions=actions, injects=injects)
            except CodedError as error:
                self._faults.append(RowFault(page=INJECTS, number=self._row_of(error), code=error.code,
                                             fields=error.fields))  # fmt: skip
        return Sheet(script=script, changes=changes, faults=tuple(self._faults))

    def _row_of(self, error: CodedError) -> int:
        """The row of the inject a refusal names, 1 where it names none."""
        number = str(error.fields.get("thing", ""))
        return next((row for row, cells in self._pages[INJECTS] if _text(cells.get("number")) == number), 1)

    def _named(self, page: str) -> list[str]:
        """The id of every row: its own, that of its number, or a new one; "" where one comes twice."""
        items: Sequence[Any] = getattr(self._base, page)
        by_number = {getattr(one, "number", one.id): one.id for one in items}
        known = {one.id for one in items}
        seen: set[str] = set()
        found = []
        for row, cells in self._pages[page]:
            given = _text(cells.get("id"))
            name = given or by_number.get(_text(cells.get("number")), "") or self._new_id()
            if name in seen or (given and given not in known):
                code = "script-row-twice" if name in seen else "script-row-stray"
                fields = {"thing": _text(cells.get("number")) or given, "value": given or name, "field": "id"}
                self._faults.append(RowFault(page=page, number=row, code=code, fields=fields))
                name = ""
            seen.add(name)
            found.append(name)
        return found

    def _numbered(self, page: str) -> dict[str, str]:
        """The id of every number of a page."""
        rows = zip(self._pages[page], self._ids[page], strict=True)
        return {_text(cells.get("number")): name for (_row, cells), name in rows if name}

    def _items(self, page: str, before: tuple[T, ...], build: Callable[[str, T | None, Cells], T]) -> tuple[T, ...]:
        known = {one.id: one for one in before}  # type: ignore[attr-defined]
        found: dict[str, T] = {}
        for (row, cells), name in zip(self._pages[page], self._ids[page], strict=True):
            if not name:
                continue
            try:
                found[name] = build(name, known.get(name), cells)
            except CodedError as error:
                self._faults.append(RowFault(page=page, number=row, code=error.code, fields=error.fields))
        stays = (one for name, one in known.items() if name not in found and not self._drops)
        return (*found.values(), *stays)

    def _changes(self, page: str, before: Iterable[Any], after: Iterable[Any]) -> Changes:
        old = {one.id: one for one in before}
        new = {one.id: one for one in after if one.id in self._ids[page]}
        return Changes(
            added=tuple(name for name in new if name not in old),
            changed=tuple(name for name, one in new.items() if name in old and one != old[name]),
            unchanged=tuple(name for name, one in new.items() if old.get(name) == one),
            missing=tuple(name for name in old if name not in self._ids[page]),
        )

    # -- one row ---------------------------------------------------------------------

    def _inject(self, name: str, old: Inject | None, cells: Cells) -> Inject:
        condition = _text(cells.get("condition"))
        made = Inject(
            id=name,
            number=_text(cells.get("number")),
            title=_text(cells.get("title")),
            text=_text(cells.get("text")),
            timing=_coded(cells, "timing", Timing, Timing.CONDITIONAL if condition else Timing.TIMED),
            at_min=_number(cells, "at_min"),
            condition=read(condition, self._condition_names),
            to=_parts(cells.get("to")),
            channel=_coded(cells, "channel", Channel, Channel.MESSAGE),
            expects=tuple(self._id(ACTIONS, number) for number in _parts(cells.get("expects"))),
            standing=_coded(cells, "standing", Standing, Standing.DRAFT),
            origin=old.origin if old else "",
            **_texts(cells, "sender", "objective", "clause", "controller", "cue", "note", "title_en", "text_en"),
        )
        is_vouched = old is not None and old.standing is Standing.APPROVED and old.content == made.content
        return made if is_vouched else replace(made, standing=Standing.DRAFT)

    def _action(self, name: str, old: ExpectedAction | None, cells: Cells) -> ExpectedAction:
        since = _text(cells.get("since"))
        band = {field: getattr(old, field) for field in _SIMULATED} if old else {}
        return ExpectedAction(
            id=name,
            number=_text(cells.get("number")),
            title=_text(cells.get("title")),
            limit_min=_number(cells, "limit_min"),
            since=self._moment(since) if since else START,
            **band,
            **_texts(cells, "unit", "sign", "objective", "clause", "task", "target", "title_en"),
        )

    def _objective(self, name: str, _old: Objective | None, cells: Cells) -> Objective:
        texts = _texts(cells, *(each.name for each in fields(Objective) if each.name not in ("id", "value")))
        return Objective(id=name, value=_number(cells, "value"), **texts)

    @property
    def _condition_names(self) -> Names:
        states = names_of(self._base).states
        return Names(actions=self._numbers[ACTIONS], injects=self._numbers[INJECTS], states=states)

    def _id(self, page: str, number: str) -> str:
        if number not in self._numbers[page]:
            raise DrillError("script-number-unknown", thing=number, field=page, rule="must be in the sheet",
                             value=number)  # fmt: skip
        return self._numbers[page][number]

    def _moment(self, number: str) -> str:
        return self._numbers[INJECTS].get(number) or self._id(ACTIONS, number)


Cells = Mapping[str, object]
Row = tuple[int, Cells]
_ENUMS: dict[str, tuple[str, type[StrEnum]]] = {
    "timing": ("inject_timing", Timing),
    "channel": ("inject_channel", Channel),
    "standing": ("inject_standing", Standing),
}


def _rows(data: bytes, name: str, page: str) -> Iterator[Row]:
    """The filled rows of a page, cells by field."""
    by_head = {_head(page, field, language): field for field in COLUMNS[page] for language in LANGUAGES}
    titles = [name_of("script_page", page, language) for language in LANGUAGES]
    heads: list[str] = []
    for number, cells in enumerate(xlsx_cells(data, name, pages=titles, most_rows=MOST_ROWS), start=1):
        if number == 1:
            heads = [by_head.get(_text(cell), "") for cell in cells]
            _check_heads(heads, [_text(cell) for cell in cells], page, name)
            continue
        found = {head: cell for head, cell in zip(heads, cells, strict=False) if head}
        if any(_text(cell) for cell in found.values()):
            yield number, found


def _check_heads(heads: Sequence[str], given: Sequence[str], page: str, name: str) -> None:
    strays = [head for head, field in zip(given, heads, strict=True) if head and (not field or given.count(head) > 1)]
    lacking = [_head(page, field, "zh") for field in COLUMNS[page] if field not in heads]
    if strays or lacking:
        raise DrillError(
            "script-sheet-columns", thing=f"file {name}", file=name, field=page, value=(strays + lacking)[0],
            rule="must have the columns of an exported script",
        )  # fmt: skip


def _head(page: str, field: str, language: str) -> str:
    return name_of("script_column", _HEADS.get((page, field), field), language)


def _write(sheet: Any, row: int, column: int, value: object, style: Any) -> None:
    if isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, "" if value is None else str(value), style)


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _texts(cells: Cells, *names: str) -> dict[str, Any]:
    return {name: _text(cells.get(name)) for name in names}


def _parts(cell: object) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in _text(cell).translate(_SPLITS).split("\t"))))


def _number(cells: Cells, field: str) -> float | None:
    text = _text(cells.get(field))
    if not text:
        return None
    try:
        return float(text)
    except ValueError as error:
        raise DrillError("script-number-unreadable", thing=_text(cells.get("number")), field=field,
                         rule="must be a number", value=text) from error  # fmt: skip


def _coded(cells: Cells, field: str, kind: type[E], fallback: E) -> E:
    """The value a word stands for, in either language."""
    text = _text(cells.get(field))
    group = _ENUMS[field][0]
    found = {name_of(group, code, language): code for code in codes_of(group) for language in LANGUAGES}
    if text and text not in found:
        raise DrillError("script-word-unknown", thing=_text(cells.get("number")), field=field,
                         rule="must be one of the words", value=text, known=tuple(found))  # fmt: skip
    return kind(found[text]) if text else fallback
