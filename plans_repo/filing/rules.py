"""The rules of publication and filing for one plan: limits, deemed filing, papers, routes, lateness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache, cached_property
from typing import Any

from plans_repo.checks.articles import article_words, cited
from plans_repo.checks.local_packs import LocalPack, packs_of, rules_for
from plans_repo.checks.rule import Rule
from plans_repo.course.side import Side, sides_of_issued
from plans_repo.course.stages import ClockKind, PaperKind
from plans_repo.filing import local_figures
from plans_repo.filing.local_figures import LocalFigure
from plans_repo.organisations import Organisation, OrganisationKind, organisations
from plans_repo.packs.reading import pack
from plans_repo.store.tables.accounts import OrganisationRow
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.work import Work
from sim.figure import Mark

LOCAL_KEY = {
    ClockKind.PUBLICATION: local_figures.PUBLICATION,
    ClockKind.FILING: local_figures.FILING,
    ClockKind.RECEIPT: local_figures.RECEIPT,
}

CHECKED_BY = {ClockKind.PUBLICATION: "L02", ClockKind.FILING: "L03", ClockKind.RECEIPT: "L06"}
"""The rule check that judges whether a clock was kept."""
WORKING_DAY = "working_day"


@dataclass(frozen=True, kw_only=True)
class Limit:
    """So many working days from issue, publication or sending, and the text that says so."""

    kind: ClockKind
    working_days: int
    starts: str
    title: str
    title_en: str
    source: str
    source_en: str
    mark: Mark


@dataclass(frozen=True, kw_only=True)
class Route:
    """With which offices a plan is filed, to which it is sent straight, which get a copy; codes of offices."""

    id: str
    title: str
    title_en: str
    file: tuple[str, ...]
    send: tuple[str, ...]
    copy: tuple[str, ...]
    source: str
    source_en: str
    mark: Mark


@dataclass(frozen=True, kw_only=True)
class PaperRule:
    """The papers that go with the text."""

    papers: tuple[PaperKind, ...]
    title: str
    title_en: str
    source: str
    source_en: str
    mark: Mark


@dataclass(frozen=True, kw_only=True)
class LetterRule:
    """Why a filing goes by a document of its kind."""

    title: str
    title_en: str
    source: str
    source_en: str
    mark: Mark


@dataclass(frozen=True, kw_only=True)
class Escalation:
    """What is said of something late by so many working days."""

    from_working_days: int
    title: str
    title_en: str
    source: str
    mark: Mark


class Reader(StrEnum):
    """Who reads what is said of something late."""

    UNIT = "unit"  # 承办单位
    BUREAU = "bureau"  # 本级应急管理部门自己
    SUPERVISOR = "supervisor"  # 上级，督促下级
    SENDER = "sender"  # 报备单位，等候备案机关的回执


def maker_kind(work: Work, plan: PlanRow) -> OrganisationKind | None:
    """What sort of body wrote the plan; None when it is of none."""
    row = work.session.get(OrganisationRow, plan.organisation_id) if plan.organisation_id else None
    return row.kind if row else None


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What the rules look at beside a plan, read once for many: bodies, figures of the place, local packs.

    *sides* are the other sides of joint plans, by plan.
    """

    bodies: tuple[Organisation, ...]
    figures: tuple[LocalFigure, ...]
    packs: tuple[LocalPack, ...]
    sides: Mapping[str, tuple[Side, ...]] = field(default_factory=dict)

    def maker_kind(self, plan: PlanRow) -> OrganisationKind | None:
        """As ``maker_kind``."""
        return self._kinds.get(plan.organisation_id or "")

    def local(self, plan: PlanRow) -> dict[str, LocalFigure]:
        """The figures that count in the area of a plan, by key."""
        return local_figures.counting(self.figures, plan.area)

    @cached_property
    def _kinds(self) -> dict[str, OrganisationKind]:
        return {body.id: body.kind for body in self.bodies}


def surroundings(work: Work) -> Surroundings:
    """Those of the installation."""
    return Surroundings(
        bodies=organisations(work),
        figures=local_figures.every_figure(work),
        packs=packs_of(work),
        sides=sides_of_issued(work),
    )


def limit(work: Work, kind: ClockKind, plan: PlanRow) -> Limit | None:
    """The limit of a clock for a plan: that of the rules, or of a local pack; a shorter local figure counts.

    It is the one by which the rule checks judge.
    """
    return limit_in(surroundings(work), kind, plan)


def limit_in(around: Surroundings, kind: ClockKind, plan: PlanRow) -> Limit | None:
    """As ``limit``, for lists of many plans."""
    maker = around.maker_kind(plan)
    found = next(iter(_fitting("clock", plan.kind, maker, kind=kind.value)), None)
    if found is None:
        return None
    asked = Limit(
        kind=kind,
        working_days=found["value"],
        starts=found["from"],
        title=found["title"],
        title_en=found["title_en"],
        source=found["source"],
        source_en=found["source_en"],
        mark=Mark(found["mark"]),
    )
    ruled = _of_pack(around, CHECKED_BY[kind], plan, maker)
    if ruled is not None:
        source = cited(ruled.source.zh, ruled.article)
        source_en = cited(ruled.source.en, article_words(ruled.article, "en"))
        days = ruled.number("limit")
        asked = replace(asked, working_days=days, source=source, source_en=source_en, mark=ruled.mark)
    local = around.local(plan).get(LOCAL_KEY[kind])
    if local is None or local.value >= asked.working_days:
        return asked
    return replace(
        asked,
        working_days=local.value,
        source=_with_local(asked.source, local),
        source_en=_with_local(asked.source_en, local),
        mark=Mark.TO_BE_CONFIRMED,
    )


def _of_pack(around: Surroundings, base: str, plan: PlanRow, maker: OrganisationKind | None) -> Rule | None:
    """The rule of a local pack that decides for a plan, where it is not the national one that does."""
    listed = [rule for rule in rules_for(around.packs) if rule.base == base]
    holding = [rule for rule in listed if rule.holds_for(plan.kind, maker, plan.area)]
    overridden = {rule.overrides for rule in holding}
    counting = [rule for rule in holding if rule.id not in overridden and rule.parameters["limit"].unit == WORKING_DAY]
    decides = min(counting, key=lambda rule: rule.number("limit"), default=None)
    return decides if decides is not None and decides.pack else None


def is_deemed_filed(around: Surroundings, plan: PlanRow) -> bool:
    """Whether the silence of the receiver past the limit means that the plan is filed."""
    local = around.local(plan).get(local_figures.DEEMED)
    if local is not None:
        return bool(local.value)
    return any(item["value"] for item in _fitting("deemed", plan.kind, around.maker_kind(plan)))


def is_separated() -> bool:
    """Whether somebody else than its author sends a text for filing."""
    return bool(_rules()["separation"]["value"])


def paper_rule(plan_kind: PlanKind, maker: OrganisationKind | None) -> PaperRule:
    """The papers that go with such a plan."""
    item = next(iter(_fitting("papers", plan_kind, maker)))
    return PaperRule(papers=tuple(map(PaperKind, item["papers"])), **_told(item))


def required_papers(plan_kind: PlanKind, maker: OrganisationKind | None) -> tuple[PaperKind, ...]:
    """As ``paper_rule``, the kinds alone.

    >>> [kind.value for kind in required_papers(PlanKind.SPECIAL, OrganisationKind.GOVERNMENT)]
    ['filing_report', 'explanation']
    """
    return paper_rule(plan_kind, maker).papers


def text_papers() -> tuple[PaperKind, ...]:
    """The papers that are the issued text itself."""
    return tuple(map(PaperKind, _rules()["package"]["issued_text"]))


def internal_papers() -> frozenset[PaperKind]:
    """Papers of the house: minutes, sheets, opinions of bodies on the way to the decision.

    >>> PaperKind.PARTY_MINUTES in internal_papers(), PaperKind.EXPLANATION in internal_papers()
    (True, False)
    """
    return frozenset(map(PaperKind, _rules()["package"]["internal"]))


def of_the_answer() -> frozenset[PaperKind]:
    """Papers the receiver has sent back: they belong to no package."""
    return frozenset(map(PaperKind, _rules()["package"]["of_the_answer"]))


def words_for(kind: PaperKind) -> tuple[str, ...]:
    """Words by which a paper of that kind is asked for, beside its name."""
    return tuple(_rules()["package"]["words"].get(kind, ()))


def electronic_words() -> tuple[str, ...]:
    """Words for the electronic text, the usual one first; it always comes, and may still be unreadable."""
    return tuple(_rules()["package"]["electronic_words"])


def supplement_working_days() -> int:
    """Working days the sender has to bring what is missing."""
    return int(_rules()["supplement"]["value"])


def letter_rule(kind: str) -> LetterRule:
    """Why a filing goes by a document of this kind (a ``LetterKind``).

    >>> letter_rule("letter").title[:2]
    '函：'
    """
    return LetterRule(**_told(next(item for item in _rules()["letter"] if item["kind"] == kind)))


def routes(plan_kind: PlanKind, maker: OrganisationKind | None) -> tuple[Route, ...]:
    """The routes that fit a kind of plan; the first is the one that fits its maker best.

    >>> [route.id for route in routes(PlanKind.UNIT, OrganisationKind.ENTERPRISE)][:2]
    ['enterprise', 'central-unit-local']
    """
    return tuple(map(_route, _fitting("route", plan_kind, maker, in_order=True)))


def lead_words(title: str, hazard: str = "") -> tuple[str, ...]:
    """Words by which the lead department of a plan is known, best first: by its title, else by its hazard.

    >>> lead_words("清川县抗旱应急预案", "flood")[0], lead_words("清川县低温雨雪冰冻灾害应急预案")[0]
    ('水利', '应急')
    """
    for item in _rules()["lead"]:
        if any(word in title for word in item["about"]):
            return tuple(item["departments"])
    return tuple(next((item["departments"] for item in _rules()["lead"] if hazard and hazard in item["hazards"]), ()))


def escalation(working_days_late: int, reader: Reader = Reader.UNIT) -> Escalation | None:
    """What is said of something so late, to whom it concerns; None when it is not late.

    >>> escalation(30).title, escalation(30, Reader.BUREAU).title
    ('提请本级应急管理部门通报，列入年度考核', '由本部门通报，列入年度考核')
    """
    steps = [item for item in _rules()["escalation"] if item["value"] <= working_days_late]
    if not steps:
        return None
    item = max(steps, key=lambda step: int(step["value"]))
    return Escalation(
        from_working_days=item["value"],
        title=item.get(f"title_{reader}", item["title"]),
        title_en=item.get(f"title_{reader}_en", item["title_en"]),
        source=item["source"],
        mark=Mark(item["mark"]),
    )


def notice_working_days() -> int:
    """Working days a notice to a body that is late gives it."""
    return int(_rules()["notice"]["value"])


def soon_working_days() -> int:
    """Working days before a limit in which it counts as due soon."""
    return int(_rules()["ahead"]["value"])


def _fitting(
    table: str, plan_kind: PlanKind, maker: OrganisationKind | None, *, in_order: bool = False, **wanted: str
) -> Iterator[dict[str, Any]]:
    """The entries of a table that fit; those that name the maker before those for any."""
    items = [
        item
        for item in _rules()[table]
        if (not item["kinds"] or plan_kind in item["kinds"])
        and (not item["makers"] or (maker is not None and maker in item["makers"]))
        and all(item[key] == value for key, value in wanted.items())
    ]
    yield from items if in_order else sorted(items, key=lambda item: not item["makers"])


def _route(item: dict[str, Any]) -> Route:
    return Route(
        id=item["id"], file=tuple(item["file"]), send=tuple(item["send"]), copy=tuple(item["copy"]), **_told(item)
    )


def _told(item: dict[str, Any]) -> dict[str, Any]:
    words = {key: item[key] for key in ("title", "title_en", "source", "source_en")}
    return {**words, "mark": Mark(item["mark"])}


def _with_local(source: str, local: LocalFigure | None) -> str:
    return f"{local.source}（{source}）" if local else source


@cache
def _rules() -> dict[str, Any]:
    return pack("rules", "filing")
