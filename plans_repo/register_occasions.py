"""A change of the register as an occasion to revise: noted once for every plan in force that names what changed.

What an occasion says lies in a chain, so it never holds a number or a person's name: it tells whose telephone
changed and in which clauses the old one stands.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sqlmodel import col, select

from plans_repo import versions
from plans_repo.course import courses, occasions
from plans_repo.course.occasions import OccasionSource, OccasionTold
from plans_repo.course.stages import EFFECTIVE
from plans_repo.packs.reading import pack
from plans_repo.register_words import Swap, has, texts_of
from plans_repo.search.holders import holders
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.replacements import ChangedKind
from plans_repo.store.tables.versions import Trigger, VersionRow
from plans_repo.store.work import Work
from plans_repo.text.citation import citations
from plans_repo.text.clause import Clause
from sim.figure import Figure, Mark

MOST_CITED = 6
SHORTEST_NAME = 4
"""Characters a resource's name must have to be looked for in a text: 帐篷 stands everywhere."""


@dataclass(frozen=True, kw_only=True)
class ResourceBefore:
    """A resource as it was before a change, and what the change leaves of it; *pool_now* counts all of its kind."""

    id: str
    revision: int
    title: str
    shown: str
    area: str
    pool: str
    unit: str
    place: str
    quantity: int
    ready_units: int
    after_title: str
    after_place: str
    after_quantity: int
    after_ready_units: int
    pool_now: int
    is_retired: bool

    @property
    def name(self) -> str:
        """The title as texts use it: without what stands in brackets."""
        return self.title.partition("（")[0].partition("(")[0].strip()


def note_words(work: Work, change_id: str, swap: Swap, *, whose: str, area: str) -> int:
    """Note a changed number, holder, post or name of a body; how many plans it concerns."""
    sentence = _sentence(swap, whose)

    def told(clauses: Sequence[Clause], plan: PlanRow) -> OccasionTold | None:
        return _told(sentence, [one for one in clauses if has(one, swap)], clauses, Trigger.COMMAND, change_id)

    return _note(work, holders(work.session, swap.olds), area, told)


def note_resource(work: Work, before: ResourceBefore) -> int:
    """Note a resource that left the register, was renamed or moved, or became materially less."""
    said = [*_named(before), *_less(before)]
    if not said:
        return 0
    source = f"{before.id}@{before.revision}"
    left = pool_left(before)

    def told(clauses: Sequence[Clause], plan: PlanRow) -> OccasionTold | None:
        name = before.name
        naming = [one for one in clauses if any(name in text for text in texts_of(one))] if _is_name(name) else []
        sentence = f"应急资源变动：{before.shown}{'，'.join(said)}"
        if not naming and left is not None and before.area.startswith(plan.area):
            naming = _drawing(work, plan, clauses, before.pool)
            sentence = f"应急资源变动：{before.shown}{'，'.join(said)}，同类力量由{left[0]}个单元减至{left[1]}个"
        return _told(sentence, naming, clauses, Trigger.RESOURCES, source)

    texts = holders(work.session, [before.name]) if _is_name(before.name) else frozenset()
    drawing = _plans_at(work, before.area) if left is not None else frozenset()
    return _note(work, texts | drawing, before.area, told)


@cache
def material_share() -> Figure:
    """From which share lost a resource counts as materially changed.

    >>> material_share().unit
    'share'
    """
    rule = pack("rules", "register")["material"]
    return Figure(value=rule["value"], unit=rule["unit"], source=rule["source"], mark=Mark(rule["mark"]))


def pool_left(before: ResourceBefore) -> tuple[int, int] | None:
    """Units of the pool before and now in the resource's area, where that is materially less; else None."""
    lost = before.ready_units - before.after_ready_units
    had = before.pool_now + lost
    return (had, before.pool_now) if before.pool and 0 < lost >= material_share().value * had else None


def _named(before: ResourceBefore) -> Iterator[str]:
    if before.is_retired:
        yield "已退出台账"
        return
    if before.after_title != before.title and before.shown == before.title:
        yield f"已更名为{before.after_title}"
    if before.after_place != before.place and before.place:
        yield f"存放（驻地）地点由{before.place}改为{before.after_place or '未填'}"


def _less(before: ResourceBefore) -> Iterator[str]:
    if before.is_retired:
        return
    if _is_material(before.quantity, before.after_quantity):
        yield f"数量由{before.quantity}{before.unit}减至{before.after_quantity}{before.unit}"
    elif _is_material(before.ready_units, before.after_ready_units):
        yield "可随时调用的数量减少"


def _is_material(had: int, has_now: int) -> bool:
    lost = had - has_now
    return lost > 0 and lost >= material_share().value * had


def _is_name(words: str) -> bool:
    return len(words) >= SHORTEST_NAME


def _sentence(swap: Swap, whose: str) -> str:
    """What changed, without the number or the person."""
    about = whose or "一名联系人"
    if swap.kind is ChangedKind.BODY:
        old, new = swap.pairs[0]
        return f"机构更名：{old}更名为{new}"
    if swap.kind is ChangedKind.POST:
        old, new = swap.pairs[0]
        return f"通讯台账变动：{about.removesuffix(new).strip() or '有关单位'}的职务“{old}”改为“{new}”"
    what = "任职人员" if swap.kind is ChangedKind.HOLDER else "电话"
    return f"通讯台账变动：{about}的{what}已变更"


def _told(
    sentence: str, naming: Sequence[Clause], clauses: Sequence[Clause], trigger: Trigger, source: str
) -> OccasionTold | None:
    if not naming:
        return None
    cited = citations(clauses)
    places = list(dict.fromkeys(filter(None, (cited.get(one.id, "") for one in naming))))
    where = "、".join(places[:MOST_CITED]) + (f"等{len(places)}处" if len(places) > MOST_CITED else "")
    return OccasionTold(
        trigger=trigger,
        summary=f"{sentence}；正文{where or '有关条款'}涉及，须核对是否修订",
        source=OccasionSource.REGISTER,
        source_id=source,
        clauses=tuple(one.id for one in naming),
    )


Told = Callable[[Sequence[Clause], PlanRow], OccasionTold | None]


def _note(work: Work, plans: Collection[str], area: str, told: Told) -> int:
    """Ask of every plan in force near the area what there is to tell, and note it."""
    count = 0
    for plan, course in _in_force(work, plans):
        if plan.area.startswith(area) or area.startswith(plan.area):
            row = work.session.get_one(VersionRow, courses.current_version_id(work, course.id))
            said = told(versions.clauses(work, row), plan)
            count += said is not None and occasions.note(work, plan.id, said)
    return count


def _in_force(work: Work, plans: Iterable[str]) -> Iterator[tuple[PlanRow, CourseRow]]:
    for plan_id in sorted(plans):
        course = courses.effective(work, plan_id)
        if course is not None:
            yield work.session.get_one(PlanRow, plan_id), course


def _plans_at(work: Work, area: str) -> frozenset[str]:
    """The plans in force of an area and those above it: whose procedure may draw on what is there."""
    parts = area.strip("/").split("/")
    above = ["/", *(f"/{'/'.join(parts[: count + 1])}/" for count in range(len(parts)))]
    query = select(PlanRow.id).join(CourseRow, col(CourseRow.plan_id) == col(PlanRow.id))
    return frozenset(work.session.exec(query.where(col(PlanRow.area).in_(above), col(CourseRow.stage).in_(EFFECTIVE))))


def _drawing(work: Work, plan: PlanRow, clauses: Sequence[Clause], pool: str) -> list[Clause]:
    """The clauses whose tasks draw on a pool."""
    course = courses.effective(work, plan.id)
    assert course is not None
    row = work.session.get_one(VersionRow, courses.current_version_id(work, course.id))
    procedure = versions.procedure(work, row)
    if procedure is None:
        return []
    bound = {task.clause for task in procedure.tasks if any(need.pool == pool for need in task.needs)}
    return [one for one in clauses if one.id in bound]
