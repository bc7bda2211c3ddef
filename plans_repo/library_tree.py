"""The library as a tree: areas, in each the bodies that made plans, of each the kinds; with the counts of a reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from plans_repo import access
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.work import Work
from plans_repo.wanted import NOBODY, Wanted, fitting, with_words


@dataclass(frozen=True, kw_only=True, order=True)
class Shelf:
    """How many plans of one kind one body has in one area; *organisation* is ``NOBODY`` for plans of no body."""

    area: str
    organisation: str
    kind: PlanKind
    plans: int


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
    if wanted.text:
        fit = frozenset(with_words(work, here, free, condition))
        rows = work.session.execute(select(plan.id, *place).where(condition))
        counts = Counter((area, body or NOBODY, kind) for ident, area, body, kind in rows if ident in fit)
    else:
        grouped = work.session.execute(select(*place, func.count()).where(condition).group_by(*place))
        counts = Counter({(area, body or NOBODY, kind): count for area, body, kind, count in grouped})
    found = (Shelf(area=at[0], organisation=at[1], kind=at[2], plans=count) for at, count in counts.items())
    return tuple(sorted(found))


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
        for shelf in every:
            self._at.setdefault(self._around(shelf.area), []).append(shelf)
            self._of_body.setdefault(shelf.organisation, []).append(shelf)
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
                inside = sum(branch.plans for branch in branches if not branch.organisation)
                yield Branch(area=inner, plans=own + inside, branches=branches)

    def _body(self, area: str, body: str) -> Branch:
        kinds: Counter[PlanKind] = Counter()
        for shelf in self._of_body[body]:
            if shelf.area.startswith(area):
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
