"""Editions of the demo county's plans as they were issued: each from its file, with its day, number and reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from plans_repo import plans
from plans_repo.course.issuing import IssuingNotice
from plans_repo.course.passage import move
from plans_repo.course.stages import Move, PaperKind
from plans_repo.importing import OpenedPlan
from plans_repo.intake import take_file
from plans_repo.proposals import procedure_for
from plans_repo.store.roles import Role
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Work
from sim.procedure import Hazard
from ui.demo.bodies import Bodies
from ui.demo.papers import paper
from ui.demo.sources import former_text, plan_text
from ui.demo.texts import As, confirmed

PLACE = "qingchuan"
COUNTY = "清川县人民政府办公室"


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A text of a plan: its file, when and under which number it was issued, why it was written.

    *is_former* says that the file holds the next edition, from which this one differs in a few words; *is_played*
    that its procedure was confirmed, with the units of the text where it names *forces*.
    """

    name: str
    issued_on: date
    number: str
    hazard: Hazard | None = None
    trigger: Trigger = Trigger.FIRST
    reason: str = "首次编制"
    notice: IssuingNotice | None = None
    is_former: bool = False
    is_played: bool = False
    forces: Mapping[str, int] = field(default_factory=dict)

    @property
    def source(self) -> bytes:
        """What an importer gets."""
        return (former_text if self.is_former else plan_text)(self.name)


def _small_revision(
    name: str, first_number: str, issued_on: date, number: str, hazard: Hazard | None = None
) -> tuple[Edition, Edition]:
    """The edition of 2023 and the one that put its basis, names and telephones right."""
    first = Edition(
        name=name, issued_on=date(2023, 8, 1), number=first_number, hazard=hazard, is_former=True
    )  # fmt: skip
    reason = "更新编制依据，规范单位名称和联系电话"
    return first, Edition(
        name=name, issued_on=issued_on, number=number, hazard=hazard, trigger=Trigger.LAW, reason=reason
    )


FLASH_FLOODS = (
    Edition(
        name="qingchuan-flash-flood-defence-2020",
        issued_on=date(2020, 4, 10),
        number="清政办发〔2020〕11号",
        hazard=Hazard.FLOOD,
    ),
    Edition(
        name="qingchuan-flash-flood-defence-2023",
        issued_on=date(2023, 4, 18),
        number="清政办发〔2023〕14号",
        hazard=Hazard.FLOOD,
        trigger=Trigger.FINDING,
        reason="演练发现叫应时限偏长，予以修订",
    ),
    Edition(
        name="qingchuan-flash-flood-defence-2026",
        issued_on=date(2026, 11, 6),
        number="清政办发〔2026〕31号",
        hazard=Hazard.FLOOD,
        trigger=Trigger.DECISION,
        reason="评估认为叫应、转移时限与上级要求不一致，予以修订",
        notice=IssuingNotice(effective_on=date(2027, 1, 1)),
        is_played=True,
    ),
)
CROWDED_PLACES = Edition(
    name="qingchuan-crowded-fire", issued_on=date(2016, 6, 2), number="清政办发〔2016〕22号", hazard=Hazard.FIRE
)
HIGH_RISE = Edition(
    name="qingchuan-highrise-fire", issued_on=date(2024, 9, 3), number="清政办发〔2024〕25号", hazard=Hazard.FIRE
)
WATERLOGGING = Edition(
    name="qingchuan-waterlogging",
    issued_on=date(2025, 10, 30),
    number="清政办发〔2025〕33号",
    hazard=Hazard.FLOOD,
    notice=IssuingNotice(trial_until=date(2026, 10, 31)),
    is_played=True,
    forces={"pump_crew": 2, "road_guard": 4, "sandbag": 12_180},
)
SMALL_REVISIONS = (
    _small_revision("qingchuan-drought", "清政办发〔2023〕27号", date(2026, 6, 8), "清政办发〔2026〕18号"),
    _small_revision(
        "qingchuan-water-works",
        "清政办发〔2023〕25号",
        date(2026, 10, 30),
        "清政办发〔2026〕30号",
        Hazard.FLOOD,
    ),
    _small_revision("qingchuan-relief", "清政办发〔2023〕26号", date(2026, 10, 28), "清政办发〔2026〕29号"),
    _small_revision("qingchuan-snow", "清政办发〔2023〕24号", date(2026, 9, 21), "清政办发〔2026〕27号"),
)
EDITIONS = (*FLASH_FLOODS, CROWDED_PLACES, HIGH_RISE, WATERLOGGING, *(one for both in SMALL_REVISIONS for one in both))


def take(work: Work, bodies: Bodies, edition: Edition, *, plan: str = "") -> OpenedPlan:
    """The text taken in, as a new plan or as the next version of *plan*."""
    return take_file(
        work,
        edition.source,
        f"{edition.name}.md",
        kind=PlanKind.SPECIAL,
        hazard=edition.hazard,
        into=plan,
        organisation=bodies.government(PLACE),
        trigger=edition.trigger,
        reason=edition.reason,
        propose=procedure_for if edition.is_played else None,
    ).first


def enter(on: As, bodies: Bodies, edition: Edition, *, plan: str = "", notice: IssuingNotice | None = None) -> str:
    """The plan with an edition of which the installation learns after its issue."""
    day = edition.issued_on
    author = on(Role.PLAN_AUTHOR, PLACE, day)
    opened = take(author, bodies, edition, plan=plan)
    version = confirmed(author, opened, edition.forces, reason="按本预案应急保障一章核定力量")
    officer = on(Role.FILING_OFFICER, PLACE, day)
    notice = notice or edition.notice
    gone = [plans.plan(officer, one).title for one in notice.abolishes] if notice else []
    gone += notice.also_abolished if notice else ()
    scan = paper(PaperKind.ISSUED_DOCUMENT, opened.title, COUNTY, day, number=edition.number, abolished=gone)
    both = replace(officer.actor, roles=officer.actor.roles | {Role.GOVERNMENT_OFFICE})
    move(
        replace(officer, actor=both),
        version,
        Move.REGISTER,
        reason="系统建设前已印发，补录",
        attachments=[replace(scan, name=f"{edition.number}《{opened.title}》印发件.docx")],
        document_number=edition.number,
        on=day,
        notice=notice,
    )
    return opened.plan
