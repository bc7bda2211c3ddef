"""What must stand before a stage is left, besides papers and signatures: each condition by its name in the paths."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from plans_repo.course import courses
from plans_repo.course.paths import Path, Station
from plans_repo.course.stages import SIGNING, Stage
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work


@dataclass(frozen=True, kw_only=True)
class Unmet:
    """A condition that does not hold yet: its code, worded like a refusal, and the fields of that sentence."""

    code: str
    fields: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, kw_only=True)
class Case:
    """What a condition looks at: the plan, its course, the version to be moved and the path it is on."""

    work: Work
    plan: PlanRow
    course: CourseRow
    version: VersionRow
    path: Path

    @property
    def station(self) -> Station:
        """Where the course stands on its path."""
        return self.path.at(self.course.stage)


Condition = Callable[[Case], Iterator[Unmet]]

_conditions: dict[str, Condition] = {}


def condition(name: str) -> Callable[[Condition], Condition]:
    """Register a condition under the name by which a path asks for it."""

    def registered(check: Condition) -> Condition:
        _conditions[name] = check
        return check

    return registered


def unmet(work: Work, plan: PlanRow, course: CourseRow, version: VersionRow) -> tuple[Unmet, ...]:
    """What is still unmet before the course may go on from its stage; nothing once it is issued."""
    path = courses.path_of(work, plan, course)
    if course.stage not in path.stages:
        return ()
    case = Case(work=work, plan=plan, course=course, version=version, path=path)
    known = conditions()
    names = (*case.station.asks, *(("duties_asked",) if _is_signed_after_consultation(case) else ()))
    return tuple(one for name in names for one in known[name](case))


def _is_signed_after_consultation(case: Case) -> bool:
    """Whether a change of the text could still give a duty to somebody who was never asked."""
    return case.course.stage in SIGNING and Stage.CONSULTATION in case.path.stages


def conditions() -> dict[str, Condition]:
    """Every condition a path may name; each stands in the module of what it asks about."""
    for module in ASKING:
        importlib.import_module(f"plans_repo.course.{module}")
    return dict(_conditions)


ASKING = ("consultation_conditions", "countersigning", "explanation", "inputs", "panel_result", "working_group")
