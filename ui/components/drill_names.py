"""The names of everything about drills: states, types, steps, blackouts, obstacles, trades."""

from __future__ import annotations

from collections.abc import Iterable

from drills.drill import Blindness, Content, Drill, DrillType, Form, Purpose, State, Step, Trade
from drills.due import DueState
from drills.duty import Basis
from drills.programme import Standing
from drills.scheduling import BlackoutKind, Days, Obstacle
from drills.store.tables import ProgrammeState
from ui.components.badges import badge
from ui.components.html import Html
from ui.components.plan_names import told
from ui.wording import _, later

STATES = {
    State.PLANNED: (later("已列入计划"), "open"),
    State.SCHEDULED: (later("已排期"), "blue"),
    State.RUNNING: (later("进行中"), "orange"),
    State.ENDED: (later("已结束"), "warn"),
    State.EVALUATED: (later("已评估"), "warn"),
    State.CLOSED: (later("已闭环"), "good"),
    State.CANCELLED: (later("已取消"), "plain"),
}
"""Every state a drill can be in that may be known."""
STEPS = {
    Step.SCHEDULE: later("排期"),
    Step.START: later("开始演练"),
    Step.END: later("结束演练"),
    Step.EVALUATE: later("完成评估"),
    Step.CLOSE: later("闭环"),
    Step.CANCEL: later("取消演练"),
}
CONTENTS = {Content.SINGLE: later("单项演练"), Content.COMPREHENSIVE: later("综合演练")}
FORMS = {Form.TABLETOP: later("桌面推演"), Form.LIVE: later("实战演练"), Form.CALL_OUT: later("拉动")}
PURPOSES = {
    Purpose.TEST: later("检验性"),
    Purpose.DEMONSTRATION: later("示范性"),
    Purpose.RESEARCH: later("研究性"),
}
BLINDNESS = {
    Blindness.DATE: later("不告知时间"),
    Blindness.PLACE: later("不告知地点"),
    Blindness.CONTENT: later("不告知情景与内容"),
    Blindness.UNITS: later("不告知参演单位"),
    Blindness.EVALUATOR: later("不告知评估人员"),
}
BLACKOUTS = {
    BlackoutKind.EXAMINATION: later("考试"),
    BlackoutKind.FESTIVAL: later("节日"),
    BlackoutKind.MEETING: later("重要会议"),
    BlackoutKind.ACTIVITY: later("重大活动和保障"),
    BlackoutKind.SEASON: later("主汛期、高火险期"),
    BlackoutKind.STAFFING: later("人员轮训"),
    BlackoutKind.WARNING: later("实际预警生效"),
    BlackoutKind.OTHER: later("其他原因"),
}
DAYS = {Days.WORKING: later("工作日"), Days.REST: later("休息日"), Days.ANY: later("不限")}
OBSTACLES = {
    Obstacle.PAST: later("早于最早可安排日"),
    Obstacle.REST_DAY: later("非工作日"),
    Obstacle.WORKING_DAY: later("工作日"),
    Obstacle.BLACKOUT: later("禁演期"),
    Obstacle.WARNING: later("预警生效"),
    Obstacle.GAP: later("与同一单位另一次演练相隔不足"),
    Obstacle.SAME_WEEK: later("同一单位同周已有演练"),
    Obstacle.SEASON: later("不宜实战的月份"),
}
TRADES = {
    Trade.COAL_MINE: later("煤矿"),
    Trade.OTHER_MINE: later("非煤矿山"),
    Trade.CHEMICAL: later("危险化学品"),
    Trade.CONSTRUCTION: later("建筑施工"),
    Trade.TRANSPORT: later("交通运输"),
    Trade.CROWDED_PLACE: later("人员密集场所"),
    Trade.SCHOOL: later("学校"),
    Trade.HOSPITAL: later("医院"),
    Trade.INDUSTRY: later("工贸企业"),
    Trade.TOWNSHIP: later("乡镇（街道）"),
    Trade.VILLAGE: later("村（社区）"),
    Trade.GOVERNMENT: later("机关"),
    Trade.OTHER: later("其他行业"),
}
DUE_STATES = {
    DueState.DUE: (later("本年到期"), "blue"),
    DueState.EARLIER: (later("上年到期，尚未演练"), "warn"),
    DueState.LATER: (later("以后年度到期"), "blue"),
    DueState.OVERDUE: (later("已超期"), "bad"),
    DueState.CANNOT_TELL: (later("无法判断"), "open"),
    DueState.HELD: (later("已演练"), "good"),
}
STANDINGS = {
    Standing.HELD: (later("已演练"), "good"),
    Standing.ARRANGED: (later("已安排"), "good"),
    Standing.PROPOSED: (later("建议安排"), "warn"),
    Standing.OPEN: (later("未安排"), "bad"),
}
BASES = {
    Basis.DRILL: later("自此前最近一次演练（{day}）起算"),
    Basis.ISSUE: later("此前未演练，自印发之日（{day}）起算"),
    Basis.PLANNED: later("若 {day} 的演练如期举行，自该日起算"),
    Basis.ASSUMED: later("前一次尚未安排，假定在 {day} 举行"),
    Basis.UNKNOWN: later("没有演练和印发日期"),
}
PROGRAMMES = {
    ProgrammeState.DRAFT: (later("已拟订，待批准"), "warn"),
    ProgrammeState.APPROVED: (later("已批准"), "good"),
}


def drill_title(drill: Drill) -> str:
    """The title of a drill in the reader's language."""
    return told(drill.title, drill.title_en)


def state_word(state: State) -> str:
    """A state as people say it."""
    return _(STATES[state][0])


def state_badge(state: State) -> Html:
    """A state as word and colour."""
    return badge(state_word(state), STATES[state][1])


def type_words(kind: DrillType) -> str:
    """The three axes of a type in one line.

    >>> type_words(DrillType())
    '单项演练 · 桌面推演 · 检验性'
    """
    return " · ".join((_(CONTENTS[kind.content]), _(FORMS[kind.form]), _(PURPOSES[kind.purpose])))


def blindness_words(blindness: Iterable[Blindness]) -> str:
    """What participants are not told, in the order of the table."""
    held = frozenset(blindness)
    return _("、").join(_(words) for one, words in BLINDNESS.items() if one in held)
