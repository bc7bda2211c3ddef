"""The rule pack of this floor as values: how often to drill, in which season, with which gaps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from drills.errors import DrillError
from plans_repo.organisations import OrganisationKind
from plans_repo.packs.reading import pack
from plans_repo.plans import PlanKind
from sim.figure import Figure, Mark
from sim.plain import unplain

MONTHS = {"month": 1, "year": 12}


class Counts(StrEnum):
    """Whether a rule looks at every plan by itself or at all matching plans of a unit together."""

    PLAN = "plan"
    MAKER = "maker"


class UnitPlan(StrEnum):
    """The three kinds of enterprise plan (Order 2, article 6)."""

    COMPREHENSIVE = "comprehensive"  # 综合应急预案
    SPECIAL = "special"  # 专项应急预案
    ON_SITE = "on_site"  # 现场处置方案


@dataclass(frozen=True, kw_only=True)
class Rule:
    """An interval with its source and mark, and the plans it applies to.

    Empty sets match everything. *production_safety* and *high_risk* ask for that fact when true.
    """

    id: str
    title: str
    title_en: str
    interval: Figure
    source_en: str = ""
    note: str = ""
    note_en: str = ""
    counts: Counts = Counts.PLAN
    kinds: frozenset[PlanKind] = frozenset()
    makers: frozenset[OrganisationKind] = frozenset()
    unit_plans: frozenset[UnitPlan] = frozenset()
    production_safety: bool = False
    high_risk: bool = False

    def __post_init__(self) -> None:
        if self.interval.unit not in MONTHS or self.months < 1:
            raise DrillError(
                "rule-interval-wrong", thing=f"rule {self.id}", field="interval", rule="must be whole months or years",
                value=f"{self.interval.value:g} {self.interval.unit}",
            )  # fmt: skip

    @property
    def months(self) -> int:
        """The interval in months."""
        return int(self.interval.value) * MONTHS[self.interval.unit]

    @property
    def source(self) -> str:
        """Where the interval stands."""
        return self.interval.source

    @property
    def mark(self) -> Mark:
        """How far the interval may be trusted."""
        return self.interval.mark


@dataclass(frozen=True, kw_only=True)
class Season:
    """Months in which a hazard's drills are best held, and months without its live drills."""

    hazard: str
    prefer_months: frozenset[int]
    avoid_months: frozenset[int]
    source: str
    mark: Mark


@dataclass(frozen=True, kw_only=True)
class RulePack:
    """Everything the programme and the scheduling keep to."""

    rules: tuple[Rule, ...]
    seasons: tuple[Season, ...]
    gap: Figure
    lead: Figure
    warning_hold: Figure
    catch_up: Figure

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of that id, or none."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def season(self, hazard: str) -> Season | None:
        """The season of a hazard, or none."""
        return next((season for season in self.seasons if season.hazard == hazard), None)

    @property
    def gap_days(self) -> int:
        """Days a unit rests between two drills."""
        return int(self.gap.value)

    @property
    def hold_days(self) -> int:
        """Days that a warning in force blocks ahead."""
        return int(self.warning_hold.value)


@cache
def rule_pack() -> RulePack:
    """The pack ``rules/drill_intervals``.

    >>> rule_pack().rule("order-708-two-years").months
    24
    """
    return rule_pack_from(pack("rules", "drill_intervals"))


def rule_pack_from(data: dict[str, Any]) -> RulePack:
    """A rule pack from the content of a TOML file, so that a province can bring its own."""
    figures = {name: _figure(item) for name, item in data["scheduling"].items()}
    return RulePack(
        rules=tuple(_rule(item) for item in data["rule"]),
        seasons=tuple(unplain(Season, item) for item in data.get("season", ())),
        **figures,
    )


def _rule(item: dict[str, Any]) -> Rule:
    rest = {key: value for key, value in item.items() if key not in ("value", "unit", "source", "mark")}
    return unplain(Rule, {**rest, "interval": _figure(item)})


def _figure(item: dict[str, Any]) -> Figure:
    return unplain(Figure, {key: item[key] for key in ("value", "unit", "source", "mark")})
