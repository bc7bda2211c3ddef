"""The demo plans: imported, given a procedure, confirmed, registered as in force, one under revision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from plans_repo import plans
from plans_repo.course.passage import move
from plans_repo.course.stages import Move, PaperKind
from plans_repo.importing import OpenedPlan
from plans_repo.intake import take_file
from plans_repo.organisations import organisation
from plans_repo.proposals import procedure_for
from plans_repo.store.roles import Role
from plans_repo.store.tables.plans import PlanKind, RelationKind
from plans_repo.store.work import Work
from sim.figure import Mark
from sim.procedure import Hazard, Procedure
from ui.demo.bodies import Bodies
from ui.demo.papers import paper
from ui.demo.sources import plan_text

As = Callable[[Role, str, date], Work]
"""The same transaction in the name of somebody with that role at a place, on a day."""


@dataclass(frozen=True, kw_only=True)
class Text:
    """A demo plan: its source, whose it is, when and under which number it was issued."""

    name: str
    place: str
    kind: PlanKind
    hazard: Hazard | None
    issued_on: date
    number: str
    upper: str = ""
    maker: str = ""  # of the register of the place; the government where empty
    forces: Mapping[str, int] = field(default_factory=dict)  # units by pool, where the text names its own


TEXTS = (
    Text(
        name="yunling-overall",
        place="yunling",
        kind=PlanKind.OVERALL,
        hazard=None,
        issued_on=date(2025, 9, 12),
        number="云发〔2025〕18号",
    ),
    Text(
        name="qingchuan-overall",
        place="qingchuan",
        kind=PlanKind.OVERALL,
        hazard=None,
        issued_on=date(2025, 11, 20),
        number="清发〔2025〕21号",
        upper="yunling-overall",
    ),
    Text(
        name="qingchuan-flood",
        place="qingchuan",
        kind=PlanKind.SPECIAL,
        hazard=Hazard.FLOOD,
        issued_on=date(2026, 3, 18),
        number="清政办发〔2026〕9号",
        upper="qingchuan-overall",
    ),
    Text(
        name="qingchuan-building-fire",
        place="qingchuan",
        kind=PlanKind.SPECIAL,
        hazard=Hazard.FIRE,
        issued_on=date(2024, 5, 21),
        number="清政办发〔2024〕16号",
        upper="qingchuan-overall",
    ),
    Text(
        name="shiling-coal-mine",
        place="shiling",
        kind=PlanKind.SPECIAL,
        hazard=Hazard.MINE,
        issued_on=date(2025, 6, 10),
        number="石政办发〔2025〕14号",
        upper="yunling-overall",
    ),
    Text(
        name="shiling-forest-fire",
        place="shiling",
        kind=PlanKind.SPECIAL,
        hazard=Hazard.FIRE,
        issued_on=date(2024, 10, 15),
        number="石政办发〔2024〕27号",
        upper="yunling-overall",
    ),
    Text(
        name="shiling-chemical",
        place="shiling",
        kind=PlanKind.SPECIAL,
        hazard=None,
        issued_on=date(2016, 9, 1),
        number="石政办发〔2016〕8号",
        upper="yunling-overall",
    ),
    Text(
        name="shiling-mine-site",
        place="shiling",
        kind=PlanKind.UNIT,
        hazard=Hazard.MINE,
        issued_on=date(2026, 8, 3),
        number="青杠坪煤发〔2026〕11号",
        upper="shiling-coal-mine",
        maker="青杠坪煤矿",
    ),
    Text(
        name="shuangdi-flood",
        place="qingchuan",
        kind=PlanKind.TOWNSHIP,
        hazard=Hazard.FLOOD,
        issued_on=date(2025, 4, 16),
        number="双政发〔2025〕7号",
        upper="qingchuan-flood",
        maker="G04",
        forces={
            "phone_line": 3,
            "bus": 24,
            "boat": 4,
            "rescue_crew": 2,
            "dike_labour": 378,
            "dike_expert": 2,
            "excavator": 4,
            "relief_truck": 4,
            "relief_staff": 16,
            "shelter_place": 3200,
        },
    ),
)
"""The township's plan is older than the county's of 2026 and does not follow it: it reports later, and it counts a
team of the county as its own, with more people than the county has in it.
"""


BESIDE = {
    "qingchuan-building-fire": (("qingchuan-flood", RelationKind.LINKED),),
    "shiling-forest-fire": (("shiling-coal-mine", RelationKind.LINKED),),
    "shuangdi-flood": (("qingchuan-overall", RelationKind.UPPER),),
}
"""Further ties of a plan, each to those made before it in the list."""


def make_texts(on: As, bodies: Bodies) -> dict[str, str]:
    """The plans by name of their source."""
    made: dict[str, str] = {}
    for text in TEXTS:
        made[text.name] = _make(on, bodies, text)
        if text.upper:
            work = on(Role.PLAN_AUTHOR, text.maker or text.place, text.issued_on)
            plans.relate(work, made[text.name], made[text.upper], RelationKind.UPPER)
        for other, kind in BESIDE.get(text.name, ()):
            work = on(Role.PLAN_AUTHOR, text.maker or text.place, text.issued_on)
            plans.relate(work, made[text.name], made[other], kind)
    return made


def _make(on: As, bodies: Bodies, text: Text) -> str:
    writer = text.maker or text.place  # nobody of the demo writes for a township or a mine: the administrator enters it
    work = on(Role.PLAN_AUTHOR, writer, text.issued_on)
    opened = take_file(
        work,
        plan_text(text.name),
        f"{text.name}.md",
        kind=text.kind,
        hazard=text.hazard,
        organisation=bodies.of(text.place, text.maker) if text.maker else bodies.government(text.place),
        propose=procedure_for,
    ).first
    version = confirmed(work, opened, text.forces, reason="按本预案第六章核定力量")
    issuer = organisation(work, bodies.of(text.place, text.maker) if text.maker else bodies.government(text.place))
    office = issuer.name if text.maker else f"{issuer.name}办公室"
    scan = paper(PaperKind.ISSUED_DOCUMENT, opened.title, office, text.issued_on, number=text.number)
    move(
        on(Role.FILING_OFFICER, writer, text.issued_on),
        version,
        Move.REGISTER,
        reason="系统建设前已印发，补录",
        attachments=[replace(scan, name=f"{text.number}《{opened.title}》印发件.docx")],
        document_number=text.number,
        on=text.issued_on,
    )
    return opened.plan


def confirmed(work: Work, opened: OpenedPlan, forces: Mapping[str, int], *, reason: str) -> str:
    """The version in which the procedure read from a text is confirmed, with the units the text names; as read without.

    *reason* says by which chapter the units were counted.
    """
    if opened.procedure is None:
        return opened.version
    if forces:
        plans.set_procedure(work, opened.plan, _with_forces(opened.procedure, forces), reason=reason)
    return plans.confirm(work, opened.plan).id


def _with_forces(procedure: Procedure, forces: Mapping[str, int]) -> Procedure:
    """The procedure with these units instead of those of a county of middling size."""
    pools = (
        replace(pool, units=forces[pool.id], source="本预案应急保障一章（演示数据）", mark=Mark.DEMO)
        if pool.id in forces
        else pool
        for pool in procedure.pools
    )
    return replace(procedure, pools=tuple(pools))
