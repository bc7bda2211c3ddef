"""Check a version of a plan: collect what is seen, judge every rule, say it in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plans_repo.checks.collection import collect
from plans_repo.checks.deciding import Names, decide
from plans_repo.checks.dossier import Dossier, DrillFacts, FileMeasure
from plans_repo.checks.elements import ElementForm, element_forms
from plans_repo.checks.installed import rules_of
from plans_repo.checks.local_packs import LocalPack, rules_for
from plans_repo.checks.result import CheckResult, Outcome, counts
from plans_repo.checks.rule import Rule
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.work import Work


@dataclass(frozen=True, kw_only=True)
class CheckReport:
    """Every rule on one version on one day; an enterprise plan has its element forms beside."""

    plan: str
    version: str
    label: str
    title: str
    checked_on: date
    results: tuple[CheckResult, ...]
    forms: tuple[ElementForm, ...]
    packs: tuple[str, ...]

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many rules turned out in which way."""
        return counts(self.results)


def check(
    work: Work,
    plan_id: str,
    version: str = "",
    *,
    drills: DrillFacts | None = None,
    packs: Sequence[LocalPack] = (),
    file: FileMeasure | None = None,
    language: str = "zh",
    names: Names = str,
) -> CheckReport:
    """The results of every rule on a version (the newest unless given), as far as the actor may see what they need.

    *drills* is what the floor above knows of the plan's drills, *packs* the local packs of the
    installation, *file* the measure of an exported Word file.
    """
    dossier = collect(work, plan_id, version, drills=drills, file=file, language=language)
    return report(dossier, packs=packs, rules=rules_of(work, packs), language=language, names=names)


def report(
    dossier: Dossier,
    *,
    packs: Sequence[LocalPack] = (),
    rules: Sequence[Rule] = (),
    language: str = "zh",
    names: Names = str,
) -> CheckReport:
    """The report on a dossier; by the national rules and those of *packs* unless *rules* are given."""
    results = decide(dossier, rules=rules or rules_for(packs), language=language, names=names)
    return CheckReport(
        plan=dossier.plan,
        version=dossier.version,
        label=dossier.label,
        title=dossier.title,
        checked_on=dossier.today,
        results=results,
        forms=element_forms(dossier) if dossier.kind is PlanKind.UNIT else (),
        packs=tuple(pack.id for pack in packs),
    )
