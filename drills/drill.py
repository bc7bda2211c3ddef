"""One drill, from idea to closed follow-up: its type, its blindness, its states and their moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from drills.errors import DrillError
from plans_repo.store.roles import Action


class Content(StrEnum):
    """What a drill covers (guide 62, 1.4)."""

    SINGLE = "single"  # 单项演练
    COMPREHENSIVE = "comprehensive"  # 综合演练


class Form(StrEnum):
    """How a drill is held."""

    TABLETOP = "tabletop"  # 桌面推演
    LIVE = "live"  # 实战演练
    CALL_OUT = "call_out"  # 拉动


class Purpose(StrEnum):
    """What a drill is for."""

    TEST = "test"  # 检验性
    DEMONSTRATION = "demonstration"  # 示范性
    RESEARCH = "research"  # 研究性


class Blindness(StrEnum):
    """What the participants are not told beforehand."""

    DATE = "date"  # 时间
    PLACE = "place"  # 地点
    CONTENT = "content"  # 情景与内容
    UNITS = "units"  # 参演单位
    EVALUATOR = "evaluator"  # 评估人员


DOUBLE_BLIND = frozenset({Blindness.DATE, Blindness.CONTENT})
"""Neither when nor what: the two dimensions of 双盲 (a convention; no national text defines it)."""


class State(StrEnum):
    """Where a drill stands."""

    PLANNED = "planned"  # 已列入计划
    SCHEDULED = "scheduled"  # 已排期
    SEALED = "sealed"  # 已封存；只存在于封存库内
    RUNNING = "running"  # 进行中
    ENDED = "ended"  # 已结束
    EVALUATED = "evaluated"  # 已评估
    CLOSED = "closed"  # 已闭环
    CANCELLED = "cancelled"  # 已取消


HELD = frozenset({State.ENDED, State.EVALUATED, State.CLOSED})
"""The drill took place: it counts towards the intervals."""

COMING = frozenset({State.PLANNED, State.SCHEDULED})


class Step(StrEnum):
    """A step from one state to another."""

    SCHEDULE = "schedule"  # 排期
    START = "start"  # 开始
    END = "end"  # 结束
    EVALUATE = "evaluate"  # 完成评估
    CLOSE = "close"  # 闭环
    CANCEL = "cancel"  # 取消


@dataclass(frozen=True, kw_only=True)
class Move:
    """One row of the table: from where to where, who may, and whether a reason is asked for."""

    step: Step
    source: State
    to: State
    action: Action
    needs_reason: bool = False


def _cancellation(source: State) -> Move:
    return Move(step=Step.CANCEL, source=source, to=State.CANCELLED, action=Action.PLAN_DRILL, needs_reason=True)


MOVES: tuple[Move, ...] = (
    Move(step=Step.SCHEDULE, source=State.PLANNED, to=State.SCHEDULED, action=Action.PLAN_DRILL),
    Move(step=Step.SCHEDULE, source=State.SCHEDULED, to=State.SCHEDULED, action=Action.PLAN_DRILL),
    Move(step=Step.START, source=State.SCHEDULED, to=State.RUNNING, action=Action.CONTROL_DRILL),
    Move(step=Step.START, source=State.SEALED, to=State.RUNNING, action=Action.SEAL_DRILL),
    Move(step=Step.END, source=State.RUNNING, to=State.ENDED, action=Action.CONTROL_DRILL),
    Move(step=Step.EVALUATE, source=State.ENDED, to=State.EVALUATED, action=Action.EVALUATE_DRILL),
    Move(step=Step.CLOSE, source=State.EVALUATED, to=State.CLOSED, action=Action.PLAN_DRILL),
    *(_cancellation(source) for source in (State.PLANNED, State.SCHEDULED, State.RUNNING)),
    Move(step=Step.CANCEL, source=State.SEALED, to=State.CANCELLED, action=Action.SEAL_DRILL, needs_reason=True),
)
"""Every move there is."""


def move_of(step: Step, state: State) -> Move | None:
    """The row for *step* out of *state*, or none.

    >>> move_of(Step.END, State.RUNNING).to
    <State.ENDED: 'ended'>
    >>> move_of(Step.START, State.PLANNED) is None
    True
    """
    return next((move for move in MOVES if move.step is step and move.source is state), None)


@dataclass(frozen=True, kw_only=True)
class DrillType:
    """The three axes of a drill's type.

    >>> DrillType(content=Content.SINGLE, form=Form.TABLETOP).rank < DrillType(
    ...     content=Content.COMPREHENSIVE, form=Form.TABLETOP).rank
    True
    """

    content: Content = Content.SINGLE
    form: Form = Form.TABLETOP
    purpose: Purpose = Purpose.TEST

    @property
    def rank(self) -> tuple[bool, bool]:
        """Orders single before comprehensive, then tabletop before live (guide 62, 1.5)."""
        return self.content is Content.COMPREHENSIVE, self.form is not Form.TABLETOP


SINGLE_TABLETOP = DrillType()
"""The easiest drill, where nothing else is said."""


@dataclass(frozen=True, kw_only=True)
class Drill:
    """One drill that may be known: planned, coming or past.

    *on* is missing while only the programme knows it; *by* is the day before which a rule
    wants it held, with that *rule*. *participants_count* is people, 参演人数.
    """

    id: str
    title: str
    title_en: str = ""
    plans: tuple[str, ...] = ()
    type: DrillType = SINGLE_TABLETOP
    blindness: frozenset[Blindness] = frozenset()
    organisation: str | None = None
    area: str = "/"
    state: State = State.PLANNED
    year: int
    on: date | None = None
    at: time | None = None
    duration_min: int = 0
    place: str = ""
    units: tuple[str, ...] = ()
    participants_count: int = 0
    scenario: str = ""
    by: date | None = None
    rule: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        _check(self.title.strip() != "", self, "title", "must not be blank", self.title)
        _check(self.participants_count >= 0, self, "participants_count", "must be >= 0", self.participants_count)
        _check(self.duration_min >= 0, self, "duration_min", "must be >= 0", self.duration_min)
        _check(self.area.startswith("/") and self.area.endswith("/"), self, "area", "must look like /a/b/", self.area)

    @property
    def is_double_blind(self) -> bool:
        """Whether participants are told neither when nor what."""
        return self.blindness >= DOUBLE_BLIND


class Trade(StrEnum):
    """The trades small drills are counted by."""

    COAL_MINE = "coal_mine"  # 煤矿
    OTHER_MINE = "other_mine"  # 非煤矿山
    CHEMICAL = "chemical"  # 危险化学品
    CONSTRUCTION = "construction"  # 建筑施工
    TRANSPORT = "transport"  # 交通运输
    CROWDED_PLACE = "crowded_place"  # 人员密集场所
    SCHOOL = "school"  # 学校
    HOSPITAL = "hospital"  # 医院
    INDUSTRY = "industry"  # 工贸企业
    TOWNSHIP = "township"  # 乡镇（街道）
    VILLAGE = "village"  # 村（社区）
    GOVERNMENT = "government"  # 机关
    OTHER = "other"  # 其他


@dataclass(frozen=True, kw_only=True)
class SmallDrills:
    """The small drills of one organisation in one month: how many 次数, with how many people 人次."""

    id: str
    organisation: str
    area: str
    trade: Trade
    form: Form
    month: date
    drills_count: int
    people_count: int
    note: str = ""

    def __post_init__(self) -> None:
        thing = f"{self.month:%Y-%m}"
        if self.month.day != 1:
            raise DrillError("month-malformed", thing=thing, field="month", rule="must be its first day")
        for field, value in (("drills_count", self.drills_count), ("people_count", self.people_count)):
            if value < 0:
                raise DrillError("count-negative", thing=thing, field=field, rule="must be >= 0", value=value)
        if self.people_count and not self.drills_count:
            raise DrillError("people-without-drills", thing=thing, field="people_count", value=self.people_count)


def _check(holds: bool, drill: Drill, field: str, rule: str, value: object) -> None:
    if not holds:
        raise DrillError("drill-field-wrong", thing=drill.title or drill.id, field=field, rule=rule,
                         value=value)  # fmt: skip
