"""The executable part of a version as tables: targets, tasks, pools, levels, each with mark and source."""

from __future__ import annotations

from collections.abc import Mapping

from plans_repo.packs.cases import level_name
from plans_repo.supplies import unit_of
from sim.procedure import Condition, Level, Pool, PoolKind, Procedure, Target, Task
from ui.components.badges import badge, mark
from ui.components.cells import card_table, sourced, unbroken
from ui.components.condition_words import number_words
from ui.components.duration_cells import grounds, how_long
from ui.components.html import Html, join, link, table, tag
from ui.components.plan_names import told
from ui.components.promises import after_words, need_words, promise, target_title, task_title
from ui.wording import _, figure_text, language, later, share_text

POOL_KINDS = {
    PoolKind.TEAM: later("队伍、人员"),
    PoolKind.VEHICLE: later("车辆、船艇"),
    PoolKind.DECISION: later("决策人"),
    PoolKind.LINE: later("通信席位"),
    PoolKind.PLACE: later("场所"),
    PoolKind.STOCK: later("物资"),
}


class ProcedureTables:
    """One procedure with the citations of its clauses and the address of a clause."""

    def __init__(self, procedure: Procedure, cited: Mapping[str, str], clause_address: str) -> None:
        self.procedure = procedure
        self.cited = cited
        self.clause_address = clause_address

    def targets(self) -> Html:
        """What the text promises."""
        heads = [_("目标"), _("承诺"), _("对应任务"), _("要求把握"), _("条款"), _("状态"), _("出处")]
        return card_table(heads, map(self._target, self.procedure.targets))

    def tasks(self) -> Html:
        """Who does what, after what, with whom and how long."""
        heads = [_("任务"), _("牵头"), _("前序任务"), _("占用力量"), _("用时"), _("用时依据"), _("条款")]
        return card_table(heads, map(self._task, self.procedure.tasks))

    def pools(self) -> Html:
        """What the tasks draw on."""
        return table([_("力量与资源"), _("类别"), _("数量"), _("标记与出处")], map(_pool, self.procedure.pools))

    def levels(self) -> Html:
        """The response levels, the gravest first."""
        ordered = sorted(self.procedure.levels, key=lambda level: -level.rank)
        return table([_("响应级别"), _("启动条件"), _("决定人"), _("条款")], map(self._level, ordered))

    def clause(self, clause_id: str) -> Html:
        """The citation of a clause, leading to it."""
        if not clause_id or clause_id not in self.cited:
            return tag("span", _("未绑定"), cls="yy-dim")
        return unbroken(link(self.cited[clause_id], f"{self.clause_address}&clause={clause_id}"))

    def _target(self, target: Target) -> list[object]:
        state = badge(_("拟议，待确认"), "warn") if target.proposed else badge(_("已确认"), "good")
        return [
            target_title(target),
            promise(target, self.procedure),
            task_title(self.procedure, target.task),
            share_text(target.assurance, digits=0),
            self.clause(target.clause),
            state,
            sourced(mark(target.mark, target.source), target.source),
        ]

    def _task(self, task: Task) -> list[object]:
        units = [task.lead, *task.support]
        duration = task.duration
        return [
            told(task.title, task.title_en),
            join([tag("div", unit, cls="" if place == 0 else "yy-dim") for place, unit in enumerate(units) if unit]),
            after_words(task, self.procedure) or "—",
            need_words(task, self.procedure) or "—",
            how_long(duration),
            grounds(duration),
            self.clause(task.clause),
        ]

    def _level(self, level: Level) -> list[object]:
        conditions = join(map(_condition, level.conditions))
        return [
            level_name(level.label, language()),
            conditions or "—",
            level.decided_by or "—",
            self.clause(level.clause),
        ]


def _pool(pool: Pool) -> list[object]:
    return [
        told(pool.title, pool.title_en),
        _(POOL_KINDS[pool.kind]),
        unbroken(_units(pool)),
        sourced(mark(pool.mark), pool.source),
    ]


def _units(pool: Pool) -> str:
    """How many; of what every place has for itself, that the event says how many each has."""
    if pool.per and pool.times:
        return _("各处自有，以情景为准")
    if pool.gathers:
        return _("各处到场的合计")
    return figure_text(pool.units, unit=unit_of(pool, language()))


def _condition(condition: Condition) -> Html:
    judged = " " + _("（研判）") if condition.judgement else ""
    own = "" if condition.clause else badge(_("模板"), "warn")
    number = number_words(condition)
    read = tag("div", _("按数字：{number}", number=number), cls="yy-dim") if number else ""
    return tag("div", condition.text, tag("span", judged, cls="yy-dim"), " ", own, read)
