"""Many villages at once: a filled sheet in, a plan for each village out, all of them or none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import select

from plans_repo import access
from plans_repo.checks.register_rules import is_phone
from plans_repo.errors import PlansRepoError
from plans_repo.organisations import Organisation, OrganisationKind, organisation, organisations
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.work import Work
from plans_repo.villages import place_name, register_village, village_name
from plans_repo.writing.beginning import Begun, begin_plan, checked_answers
from plans_repo.writing.known import known_answers
from plans_repo.writing.sheet import SheetRow, empty_sheet
from plans_repo.writing.template import Template, template

TEMPLATE = "village"
PHONES = re.compile(r"[、，,；;/\s]+|或者?")
WITHIN = re.compile(r"立即|第一时间|[\d一二两三四五六七八九十半]\s*个?(?:分钟|小时|刻钟)")


def _are_phones(answer: str) -> bool:
    """Whether an answer is telephone numbers and nothing else that reads as one; a name may stand before each.

    >>> _are_phones("0571-87654321、张山 13812345678"), _are_phones("找村长"), _are_phones("1381234")
    (True, False, False)
    """
    numbers = [part for part in PHONES.split(answer) if re.search(r"\d", part)]
    return bool(numbers) and all(is_phone(re.sub(r"^[^\d]+", "", part)) for part in numbers)


FORMS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "head_phone": (_are_phones, "row-head-phone"),
    "duty_phone": (_are_phones, "row-duty-phone"),
    "first_report_limit": (lambda answer: bool(WITHIN.search(answer)), "row-first-report-limit"),
}
"""Fields of the sheet whose answers have a form, what tells it, and the refusal of another."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RowFault:
    """What is wrong with one row of a sheet: the code of a refusal and its fields."""

    number: int
    village: str
    code: str
    fields: Mapping[str, object]


def village_sheet(work: Work, township: str) -> bytes:
    """The sheet of a township, with the villages it has registered and what is known of each."""
    made_from = template(TEMPLATE)
    home = place_name(organisation(work, township).name)
    rows = [
        (village.name.removeprefix(home), known_answers(work, made_from, village.id, None))
        for village in _villages(work, township).values()
    ]
    return empty_sheet(made_from, rows)


def faults(work: Work, township: str, rows: Iterable[SheetRow]) -> tuple[RowFault, ...]:
    """What keeps rows from becoming plans: no name, a name twice, an answer unfit, a plan that is there already."""
    return tuple(_faults(work, organisation(work, township), tuple(rows)))


def begin_village_plans(work: Work, township: str, rows: Iterable[SheetRow]) -> tuple[Begun, ...]:
    """A plan for each row, of the village itself; villages not yet registered are. One bad row refuses them all."""
    work.require(Action.EDIT_PLAN)
    wanted = tuple(rows)
    if found := faults(work, township, wanted):
        first = found[0]
        raise PlansRepoError(
            "sheet-row-unfit", thing=first.village or f"row {first.number}", value=first.number, count=len(found)
        )
    return tuple(_begin(work, township, row) for row in wanted)


def _begin(work: Work, township: str, row: SheetRow) -> Begun:
    village = register_village(work, row.village, township=township)
    return begin_plan(work, TEMPLATE, row.answers, organisation=village.id)


def _faults(work: Work, township: Organisation, rows: tuple[SheetRow, ...]) -> Iterator[RowFault]:
    made_from, known = template(TEMPLATE), _villages(work, township.id)
    planned = _planned(work)
    seen: set[str] = set()
    for row in rows:
        name = village_name(row.village, township.name)
        if not row.village:
            yield _fault(row, "village-without-name")
        elif name in seen:
            yield _fault(row, "village-twice")
        elif name in known and known[name].id in planned:
            yield _fault(row, "village-plan-exists")
        seen.add(name)
        yield from _unfit_answers(made_from, row)


def _unfit_answers(made_from: Template, row: SheetRow) -> Iterator[RowFault]:
    try:
        checked_answers(made_from, row.answers)
    except PlansRepoError as error:
        yield RowFault(number=row.number, village=row.village, code=error.code, fields=error.fields)
    for name, (is_fit, code) in FORMS.items():
        answer = row.answers.get(name, "").strip()
        if answer and not is_fit(answer):
            fields = {"thing": row.village, "field": made_from.field(name).label, "value": row.number, "given": answer}
            yield RowFault(number=row.number, village=row.village, code=code, fields=fields)


def _fault(row: SheetRow, code: str) -> RowFault:
    fields = {"thing": row.village or f"row {row.number}", "value": row.number}
    return RowFault(number=row.number, village=row.village, code=code, fields=fields)


def _villages(work: Work, township: str) -> dict[str, Organisation]:
    """The registered villages of a township by their full name."""
    home = organisation(work, township)
    if home.kind is not OrganisationKind.TOWNSHIP:
        raise PlansRepoError("not-a-township", thing=home.name, field="kind", rule="must be a township")
    found = (body for body in organisations(work) if body.kind is OrganisationKind.VILLAGE)
    return {body.name: body for body in found if body.area.startswith(home.area)}


def _planned(work: Work) -> frozenset[str | None]:
    """The villages that have a plan the actor may see."""
    rows = work.session.exec(select(PlanRow).where(PlanRow.kind == PlanKind.VILLAGE))
    here = access.standpoint(work)
    return frozenset(row.organisation_id for row in rows if here.sees(row, access.stages_of(work, row.id)))
