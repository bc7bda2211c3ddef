"""The library as a tree: areas, in each the bodies that made plans, of each the kinds; with the counts of a reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from plans_repo import access
from plans_repo.standpoint import Standpoint
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.tables.sides import SideRow
from plans_repo.store.work import Work
from plans_repo.wanted import NOBODY, Wanted, fitting, with_words


@dataclass(frozen=True, kw_only=True, order=True)
class Shelf:
    """How many plans of one kind one body has in one area; *organisation* is ``NOBODY`` for plans of no body.

    A joint plan stands in the area of every side: *beside* are the areas in which it stands already, so that an area
    around several of them counts it once.
    """

    area: str
    organisation: str
    kind: PlanKind
    plans: int
    beside: tuple[str, ...] = ()

    def is_counted_in(self, area: str) -> bool:
        """Whether it lies in *area* and has not been counted there already."""
        return self.area.startswith(area) and not any(other.startswith(area) for other in self.beside)


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A part of the tree: an area, a body in it (*organisation*), or a kind of that body; with what lies below.

    *plans* is how many plans the list has when these three are asked for.
    """

    area: str
    organisation: str = ""
    kind: PlanKind | None = None
    plans: int
    branches: tuple[Branch, ...] = ()


def shelves(work: Work, wanted: Wanted) -> tuple[Shelf, ...]:
    """What the actor sees of the plans that fit, counted; area, body and kind of *wanted* do not matter."""
    work.require(Action.READ_PLAN)
    here = access.standpoint(work)
    free = replace(wanted, area="", organisation="", kind=None)
    condition = fitting(work, here, free)
    plan = PlanRow.__table__.c  # type: ignore[attr-defined]
    place = (plan.area, plan.organisation_id, plan.kind)
    fit = frozenset(with_words(work, here, free, condition)) if wanted.text else None
    if fit is not None:
        rows = work.session.execute(select(plan.id, *place).where(condition))
        counts = Counter((area, body or NOBODY, kind) for ident, area, body, kind in rows if ident in fit)
    else:
        grouped = work.session.execute(select(*place, func.count()).where(condition).group_by(*place))
        counts = Counter({(area, body or NOBODY, kind): count for area, body, kind, count in grouped})
    found = [Shelf(area=at[0], organisation=at[1], kind=at[2], plans=count) for at, count in counts.items()]
    return tuple(sorted((*found, *_of_sides(work, here, condition, fit))))


def _of_sides(
    work: Work, here: Standpoint, condition: ColumnElement[bool], fit: frozenset[str] | None
) -> Iterator[Shelf]:
    """The joint plans that fit, once more in the area of each other side registered here."""
    plan = PlanRow.__table__.c  # type: ignore[attr-defined]
    query = (
        select(plan.id, plan.area, plan.organisation_id, col(SideRow.area))
        .join(CourseRow, col(CourseRow.plan_id) == plan.id)
        .join(SideRow, col(SideRow.course_id) == col(CourseRow.id))
        .where(condition, plan.kind == PlanKind.JOINT, here.courses_seen(), col(SideRow.area) != "")
        .distinct()
        .order_by(plan.id, col(SideRow.area))
    )
    stands: dict[str, tuple[str, ...]] = {}
    for ident, area, body, side in work.session.execute(query):
        if fit is None or ident in fit:
            before = stands.setdefault(ident, (area,))
            yield Shelf(area=side, organisation=body or NOBODY, kind=PlanKind.JOINT, plans=1, beside=before)
            stands[ident] = (*before, side)


def tree(found: Iterable[Shelf], places: Iterable[str]) -> tuple[Branch, ...]:
    """The branches of the outermost areas; what lies in no area of *places* stands beside them.

    >>> shelf = Shelf(area="/s/x/", organisation="7", kind=PlanKind.SPECIAL, plans=3)
    >>> (city,) = tree([shelf], ["/s/", "/s/x/"])
    >>> city.plans, city.branches[0].area, city.branches[0].branches[0].organisation
    (3, '/s/x/', '7')
    """
    return tuple(_Grove(found, places).below(""))


class _Grove:
    """Shelves by the innermost area they lie in and by body, and areas by the next one around them."""

    def __init__(self, every: Iterable[Shelf], places: Iterable[str]) -> None:
        self._areas = frozenset(("", *places))
        self._at: dict[str, list[Shelf]] = {}
        self._of_body: dict[str, list[Shelf]] = {}
        self._inside: dict[str, list[str]] = {}
        self._shared: list[Shelf] = []
        for shelf in every:
            self._at.setdefault(self._around(shelf.area), []).append(shelf)
            self._of_body.setdefault(shelf.organisation, []).append(shelf)
            self._shared += [shelf] if shelf.beside else []
        for area in sorted(self._areas - {""}):
            self._inside.setdefault(self._around(_outer(area)), []).append(area)

    def below(self, area: str) -> Iterator[Branch]:
        """The bodies of an area, and the areas next within it that hold a plan."""
        for body in sorted({shelf.organisation for shelf in self._at.get(area, ())}):
            yield self._body(area, body)
        for inner in self._inside.get(area, ()):
            branches = tuple(self.below(inner))
            if branches:
                own = sum(shelf.plans for shelf in self._at.get(inner, ()))
                inside = sum(each.plans + self._twice(each.area) for each in branches if not each.organisation)
                yield Branch(area=inner, plans=own + inside - self._twice(inner), branches=branches)

    def _twice(self, area: str) -> int:
        """How many plans stand in an area more than once."""
        lying = (shelf for shelf in self._shared if shelf.area.startswith(area))
        return sum(shelf.plans for shelf in lying if not shelf.is_counted_in(area))

    def _body(self, area: str, body: str) -> Branch:
        kinds: Counter[PlanKind] = Counter()
        for shelf in self._of_body[body]:
            if shelf.is_counted_in(area):
                kinds[shelf.kind] += shelf.plans
        leaves = (
            Branch(area=area, organisation=body, kind=kind, plans=kinds[kind]) for kind in PlanKind if kind in kinds
        )
        return Branch(area=area, organisation=body, plans=kinds.total(), branches=tuple(leaves))

    def _around(self, area: str) -> str:
        """The innermost of the areas that contains *area*."""
        while area not in self._areas:
            area = _outer(area)
        return area


def _outer(area: str) -> str:
    """The path one step out: ``/s/x/`` → ``/s/``, and nothing around ``/``."""
    return area[: area.rstrip("/").rfind("/") + 1]
