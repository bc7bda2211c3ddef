"""Timings as a sheet: out with what is kept, filled in, and in again with every fault by its row.

A row says both the turnout and one timing. Rows that say what is kept already are passed over, so the same sheet may
come in twice; a row that says otherwise is a correction and needs its reason in the last column.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from plans_repo import plans
from plans_repo.errors import PlansRepoError
from plans_repo.store.work import Work
from plans_repo.timings import keeping
from plans_repo.timings.keeping import MOST_TIMINGS
from plans_repo.timings.values import Recorded, Timing, TimingEnd, TimingSubject, Turnout, TurnoutKind
from plans_repo.word.numbers import SHOWN_IN
from plans_repo.writing.sheet import xlsx_cells
from sim.errors import CodedError
from sim.procedure import Procedure

KIND, TITLE, ZERO, PLACE, RECORDER, ANNOUNCED = "类别", "名称", "零时", "地点", "记录人", "是否事先通知"
SUBJECT, CODE, WHAT, ENTITY, ATTEMPT = "计时对象", "编号", "事项", "何处", "第几次"
START, END, ENDING, QUANTITY, NOTE, REASON = "开始", "结束", "结果", "数量", "备注", "更正理由"
HEADS = (
    KIND, TITLE, ZERO, PLACE, RECORDER, ANNOUNCED, SUBJECT, CODE, WHAT, ENTITY, ATTEMPT, START, END, ENDING, QUANTITY,
    NOTE, REASON,
)  # fmt: skip
NEEDED = (KIND, TITLE, ZERO, RECORDER, CODE, START, END)
KINDS = {"演练": TurnoutKind.DRILL, "拉动": TurnoutKind.CALL_OUT, "实战": TurnoutKind.INCIDENT}
SUBJECTS = {"任务": TimingSubject.TASK, "目标": TimingSubject.TARGET}
ENDS = {"完成": TimingEnd.DONE, "未成功": TimingEnd.FAILED, "中止时未完成": TimingEnd.STOPPED}
YES_NO = {"是": True, "否": False}
WRITTEN = "%Y-%m-%d %H:%M:%S"
_MOMENTS = (WRITTEN, "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M")
_CLOCKS = ("%H:%M:%S", "%H:%M")
_SHADE = PatternFill("solid", fgColor="EDEDED")
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class RowFault:
    """What is wrong with one row (the head is row 1): the code of a refusal and its fields."""

    number: int
    code: str
    fields: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row as it was understood."""

    number: int
    turnout: Turnout
    timing: Timing
    reason: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The rows of a sheet, and the faults that keep all of it from being taken."""

    plan: str
    lines: tuple[Line, ...]
    faults: tuple[RowFault, ...]


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What a sheet came to."""

    turnouts: int
    added: int
    corrected: int
    unchanged: int


# ---- out -------------------------------------------------------------------------------------------------------------


def export(work: Work, plan_id: str, turnout_id: str = "") -> bytes:
    """The timings of a plan, or of one turnout, as .xlsx; a second page lists the codes of tasks and targets."""
    found = keeping.turnouts(work, plan_id)
    kept = [one for one in found if turnout_id in ("", one.turnout.id)]
    procedure = plans.procedure_of(work, plan_id)
    return _written(kept, procedure)


def _written(kept: Sequence[Recorded], procedure: Procedure | None) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "实测用时"
    page.append(list(HEADS))
    titles = _titles(procedure)
    for one in kept:
        for timing in one.timings:
            page.append(_cells(one.turnout, timing, titles))
    _dress(page, [8, 24, 20, 16, 10, 12, 9, 12, 26, 14, 8, 20, 20, 14, 8, 20, 20])
    codes = book.create_sheet("编号")
    codes.append([SUBJECT, CODE, WHAT, "说明"])
    for line in _codes(procedure):
        codes.append(line)
    _dress(codes, [9, 14, 36, 60])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _dress(page: Any, widths: Sequence[int]) -> None:
    for at, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(at)].width = width
        page.cell(1, at).font = Font(bold=True)
        page.cell(1, at).fill = _SHADE
    page.freeze_panes = "A2"


def _titles(procedure: Procedure | None) -> dict[tuple[TimingSubject, str], str]:
    if procedure is None:
        return {}
    tasks = {(TimingSubject.TASK, task.id): task.title for task in procedure.tasks}
    return tasks | {(TimingSubject.TARGET, target.id): target.title for target in procedure.targets}


def _codes(procedure: Procedure | None) -> Iterator[list[str]]:
    if procedure is None:
        return
    for task in procedure.tasks:
        if not task.duration.is_state:
            per = f"按数量计时，“数量”列须填（{task.duration.times}）" if task.duration.times else ""
            yield ["任务", task.id, task.title, per]
    for target in procedure.targets:
        yield ["目标", target.id, target.title, "“开始”填计时起点，“结束”填达到时刻"]


def _cells(turnout: Turnout, timing: Timing, titles: Mapping[tuple[TimingSubject, str], str]) -> list[object]:
    return [
        _word(KINDS, turnout.kind),
        _safe(turnout.title),
        _local(turnout.began_at),
        _safe(turnout.place),
        _safe(turnout.recorder),
        _word(YES_NO, turnout.is_announced),
        _word(SUBJECTS, timing.subject),
        timing.name,
        titles.get((timing.subject, timing.name), ""),
        _safe(timing.entity),
        timing.attempt,
        _local(timing.started_at),
        _local(timing.ended_at),
        _word(ENDS, timing.ending),
        timing.quantity,
        _safe(timing.note),
        "",
    ]


def _safe(text: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@" and text else text


def _local(at: datetime) -> str:
    return at.astimezone(SHOWN_IN).strftime(WRITTEN)


def _word(words: Mapping[str, T], value: T) -> str:
    return next(word for word, each in words.items() if each == value)


# ---- in --------------------------------------------------------------------------------------------------------------


def read(work: Work, plan_id: str, data: bytes, name: str) -> Sheet:
    """What a sheet says and where it cannot be taken; nothing is kept yet."""
    lines: list[Line] = []
    faults: list[RowFault] = []
    checks: dict[Any, keeping.Checking] = {}
    for number, cells in list(_filled(data, name)):  # all of them first: too many are refused at once
        try:
            line = _line(number, plan_id, cells, name)
            if line.turnout.key not in checks:
                checks[line.turnout.key] = keeping.checking(work, line.turnout)
            lines.append(replace(line, timing=checks[line.turnout.key](line.timing)))
        except CodedError as error:
            faults.append(RowFault(number=number, code=error.code, fields=error.fields))
    faults += _unfit(work, lines)
    if not lines and not faults:
        raise PlansRepoError("timing-sheet-empty", thing=f"file {name}", file=name, rule="needs a filled row")
    return Sheet(plan=plan_id, lines=tuple(lines), faults=tuple(sorted(faults, key=lambda one: one.number)))


def take(work: Work, sheet: Sheet) -> Taken:
    """Keep a sheet whole; one faulty row refuses all of it."""
    if sheet.faults:
        first = sheet.faults[0]
        raise PlansRepoError(
            "timing-sheet-unfit", thing=f"row {first.number}", value=first.number, count=len(sheet.faults)
        )
    groups: dict[tuple[Any, ...], list[Line]] = {}
    for line in sheet.lines:
        groups.setdefault(line.turnout.key, []).append(line)
    added = corrected = unchanged = 0
    for some in groups.values():
        standing = {each.key: each for each in keeping.present_in(work, some[0].turnout)}
        changed = [line for line in some if _is_other(line, standing)]
        kept = keeping.record(work, some[0].turnout, [line.timing for line in some if line not in changed])
        for line in changed:
            present = standing[line.timing.key]
            renewed = replace(line.timing, turnout=present.turnout, revision=present.revision)
            keeping.correct(work, renewed, reason=line.reason)
        added, unchanged, corrected = added + kept.added, unchanged + kept.unchanged, corrected + len(changed)
    return Taken(turnouts=len(groups), added=added, corrected=corrected, unchanged=unchanged)


def _is_other(line: Line, standing: Mapping[Any, Timing]) -> bool:
    present = standing.get(line.timing.key)
    return present is not None and not present.says_the_same_as(line.timing)


def _unfit(work: Work, lines: Sequence[Line]) -> Iterator[RowFault]:
    """Rows twice over, and rows that say otherwise than what is kept without a reason."""
    standing: dict[Any, dict[Any, Timing]] = {}
    seen: set[Any] = set()
    for line in lines:
        whole = (line.turnout.key, line.timing.key)
        if whole in seen:
            yield _fault(line, "timing-twice")
        seen.add(whole)
        if line.turnout.key not in standing:
            standing[line.turnout.key] = {each.key: each for each in keeping.present_in(work, line.turnout)}
        if _is_other(line, standing[line.turnout.key]) and not line.reason:
            yield _fault(line, "timing-recorded-otherwise")


def _fault(line: Line, code: str) -> RowFault:
    fields = {"thing": line.turnout.title, "field": "name", "value": line.timing.name}
    return RowFault(number=line.number, code=code, fields=fields)


def _filled(data: bytes, name: str) -> Iterator[tuple[int, dict[str, object]]]:
    """The rows with something in them, cells by head."""
    heads: list[str] = []
    for number, cells in enumerate(xlsx_cells(data, name), start=1):
        if number == 1:
            heads = [_text(cell) for cell in cells]
            _check_heads(heads, name)
            continue
        if number > MOST_TIMINGS + 1:
            raise PlansRepoError(
                "timings-too-many", thing=f"file {name}", field="rows", rule=f"at most {MOST_TIMINGS}", value=number,
                most=MOST_TIMINGS,
            )  # fmt: skip
        found = {head: cell for head, cell in zip(heads, cells, strict=False) if head}
        if any(_text(found.get(head)) for head in (START, END)):
            yield number, found


def _check_heads(heads: Sequence[str], name: str) -> None:
    for head in heads:
        if head and (head not in HEADS or heads.count(head) > 1):
            raise PlansRepoError("timing-sheet-columns", thing=f"file {name}", file=name, value=head)
    missing = [head for head in NEEDED if head not in heads]
    if missing:
        raise PlansRepoError("timing-sheet-columns", thing=f"file {name}", file=name, value=missing[0])


def _line(number: int, plan_id: str, cells: Mapping[str, object], name: str) -> Line:
    zero = moment(cells.get(ZERO), ZERO)
    turnout = Turnout(
        plan=plan_id,
        kind=_coded(cells, KIND, KINDS, None),
        title=_text(cells.get(TITLE)),
        began_at=zero,
        place=_text(cells.get(PLACE)),
        recorder=_text(cells.get(RECORDER)),
        is_announced=_coded(cells, ANNOUNCED, YES_NO, fallback=True),
        source_file=name[:255],
    )
    start = moment(cells.get(START), START, zero)
    timing = Timing(
        subject=_coded(cells, SUBJECT, SUBJECTS, TimingSubject.TASK),
        name=_text(cells.get(CODE)),
        entity=_text(cells.get(ENTITY)),
        attempt=_whole(cells.get(ATTEMPT)),
        started_at=start,
        ended_at=moment(cells.get(END), END, start),
        ending=_coded(cells, ENDING, ENDS, TimingEnd.DONE),
        quantity=_number(cells.get(QUANTITY)),
        note=_text(cells.get(NOTE)),
    )
    return Line(number=number, turnout=turnout, timing=timing, reason=_text(cells.get(REASON)))


def moment(cell: object, field: str, after: datetime | None = None) -> datetime:
    """The instant a cell or a word says in local time; a clock alone is the first such moment from *after* on.

    >>> from datetime import UTC
    >>> moment("00:10", "end", moment("2026-06-01 23:50", "start")).astimezone(UTC).isoformat()
    '2026-06-01T16:10:00+00:00'
    """
    found = cell if isinstance(cell, datetime | time) else _spoken(" ".join(_text(cell).split()))
    if isinstance(found, datetime):
        return found if found.tzinfo else found.replace(tzinfo=SHOWN_IN)
    if isinstance(found, time) and after is not None:
        local = after.astimezone(SHOWN_IN)
        same_day = local.replace(hour=found.hour, minute=found.minute, second=found.second, microsecond=0)
        return same_day if same_day >= local else same_day + timedelta(days=1)
    raise PlansRepoError(
        "timing-moment-unreadable", thing=field, field=field, rule="2026-06-01 14:05:00", value=_text(cell)
    )


def _spoken(text: str) -> datetime | time | None:
    for form in _MOMENTS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=SHOWN_IN)
        except ValueError:
            continue
    for form in _CLOCKS:
        try:
            return datetime.strptime(text, form).time()  # noqa: DTZ007 - a clock alone has no zone
        except ValueError:
            continue
    return None


def _coded(cells: Mapping[str, object], head: str, words: Mapping[str, T], fallback: T | None) -> T:
    text = _text(cells.get(head))
    found = words.get(text, fallback if not text else None)
    if found is None:
        raise PlansRepoError(
            "timing-word-unknown", thing=head, field=head, rule="、".join(words), value=text, known=tuple(words)
        )
    return found


def _whole(cell: object) -> int:
    text = _text(cell)
    if not text:
        return 1
    if not re.fullmatch(r"\d{1,6}(\.0)?", text):
        raise PlansRepoError("timing-number-unreadable", thing=ATTEMPT, field=ATTEMPT, value=text)
    return int(float(text))


def _number(cell: object) -> float | None:
    text = _text(cell)
    if not text:
        return None
    try:
        return float(text)
    except ValueError as error:
        raise PlansRepoError("timing-number-unreadable", thing=QUANTITY, field=QUANTITY, value=text) from error


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date | time):
        return str(cell)
    text = str(cell).strip()
    return text[1:] if text[:1] == "'" and text[1:2] in "=+-@" else text
