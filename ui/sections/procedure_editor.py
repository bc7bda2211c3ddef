"""The author's hands on a procedure: checks, graph, suggestions of the text, table of tasks, forces, levels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from plans_repo import plans
from plans_repo.procedures import edits, table
from plans_repo.procedures.checks import checked
from plans_repo.procedures.suggestions import Suggestion, SuggestionKind, suggestions
from plans_repo.store.roles import Action
from plans_repo.text.clause import Clause
from plans_repo.text.recognition import levels as levels_in
from sim.figure import Mark
from sim.procedure import After, Level, Need, Pool, PoolKind, Procedure, Task
from ui.components.choice import choose
from ui.components.counters import show_empty
from ui.components.html import show, tag
from ui.components.procedure_faults import fault_table, marks
from ui.components.procedure_graph import graph, leading_to
from ui.components.procedure_tables import POOL_KINDS
from ui.components.promises import pool_title, target_title, task_title
from ui.components.refusal import answered
from ui.identity import guard, work
from ui.sections.opened import OpenedVersion
from ui.wording import _, later, n_

MOST_SUGGESTIONS = 100
SUGGESTED = {
    SuggestionKind.TASK: later("新增任务"),
    SuggestionKind.OWNER: later("改牵头单位"),
    SuggestionKind.LIMIT: later("时限"),
    SuggestionKind.LEVEL: later("响应级别"),
}


@dataclass(frozen=True, kw_only=True)
class ProcedureEditor:
    """The editor of one version's procedure, with its text and how clauses are cited."""

    opened: OpenedVersion
    procedure: Procedure
    clauses: Sequence[Clause]
    cited: Mapping[str, str]

    def findings(self) -> None:
        """What the checks found."""
        found = checked(self.procedure, {clause.id for clause in self.clauses})
        st.subheader(_("检查"))
        if not found:
            st.success(_("没有发现问题。"))
            return
        st.caption(n_("发现 {count} 处。“不可行”的不改，仿真必然达不到；“待核对”的请逐项看过。", len(found)))
        with st.expander(_("查看检查结果"), key="findings-open", expanded=bool(marks(found, self.procedure))):
            show(fault_table(found, self.procedure))

    def picture(self) -> None:
        """The procedure as a graph, whole or what leads to one target."""
        found = marks(checked(self.procedure, {clause.id for clause in self.clauses}), self.procedure)
        with st.expander(_("流程图"), key="graph-open"):
            targets = {target.id: target for target in self.procedure.targets}
            chosen = st.selectbox(
                _("显示"),
                list(targets),
                index=None,
                format_func=lambda name: _("通向“{target}”的各步", target=target_title(targets[name])),
                placeholder=_("全部任务"),
                key="graph-of",
            )
            only = leading_to(self.procedure, targets[chosen]) if chosen else ()
            st.graphviz_chart(graph(self.procedure, only=only, faults=found), width="stretch")
            st.caption(
                _(
                    "方框为任务，椭圆为行进，菱形为决策；虚线框自所标级别起执行；"
                    "◎ 为目标及时限；红色为检查出的不可行之处。"
                )
            )

    def suggested(self) -> None:
        """What the text orders and the procedure does not hold, to be taken over one by one."""
        found = suggestions(self.procedure, self.clauses, levels_in(self.clauses))
        with st.expander(_("正文中的建议（{count}）", count=len(found)), key="suggestions-open"):
            st.caption(_("由正文逐句识别，供编制人取舍；采纳后仍绑定原条款，保存为新的版本。"))
            if not found:
                show_empty(_("没有新的建议"), _("正文所写的任务、单位、时限和级别都已在处置程序中。"))
                return
            one = choose(
                st.container(), _("建议"), found[:MOST_SUGGESTIONS], self._suggestion, key=self._key("suggestion")
            )
            show(tag("blockquote", one.quote))
            self._take_over(one)

    def _suggestion(self, one: Suggestion) -> str:
        kind, clause = _(SUGGESTED[one.kind]), self.cited.get(one.clause, "—")
        if one.kind is SuggestionKind.OWNER:
            words = _("“{task}”由{unit}牵头", task=task_title(self.procedure, one.task), unit=one.unit)
        else:
            words = "　".join(filter(None, (one.unit, one.title or one.quote[:40])))
        return _("{kind}　{clause}　{words}", kind=kind, clause=clause, words=words)

    def _take_over(self, one: Suggestion) -> None:
        if one.kind is SuggestionKind.LIMIT:
            st.info(_("请在上面的“新增目标”中选取这个时限。"))
        elif one.kind is SuggestionKind.OWNER:
            if st.button(_("采纳"), key=self._key("take-owner"), type="primary"):
                reason = _("按正文{clause}改牵头单位为{unit}", clause=self.cited.get(one.clause, ""), unit=one.unit)
                self._save(
                    lambda former: edits.with_task(former, replace(former.task(one.task), lead=one.unit)), reason
                )
        elif one.kind is SuggestionKind.LEVEL:
            if st.button(_("采纳"), key=self._key("take-level"), type="primary"):
                reason = _("按正文{clause}增列{level}", clause=self.cited.get(one.clause, ""), level=one.title)
                self._save(lambda former: _with_level(former, one), reason)
        else:
            self._new_task(one)

    def _new_task(self, one: Suggestion) -> None:
        key = self._key(f"new-{one.key}")
        with st.form(key, border=False):
            title = st.text_input(_("任务"), value=one.title, max_chars=60, key=f"title-{key}")
            lead = st.text_input(_("牵头单位"), value=one.unit, max_chars=60, key=f"lead-{key}")
            after = st.multiselect(
                _("前序任务"),
                [task.id for task in self.procedure.tasks],
                format_func=lambda name: task_title(self.procedure, name),
                key=f"after-{key}",
            )
            minutes = _minutes_inputs(key)
            source = st.text_input(_("用时依据"), key=f"source-{key}", placeholder=_("演练记录、专家意见等，必填"))
            is_saving = st.form_submit_button(_("采纳为任务"), key=self._key("take-task"), type="primary")
        if is_saving:
            with answered():
                duration = edits.expert_duration(minutes, source)
                name = edits.next_id(task.id for task in self.procedure.tasks)
                fresh = Task(
                    id=name,
                    title=title,
                    lead=lead,
                    duration=duration,
                    clause=one.clause,
                    after=tuple(After(task=each) for each in after),
                )
                self._save(lambda former: edits.with_task(former, fresh), _("增列任务“{title}”", title=title))

    def tasks(self) -> None:
        """Every task in a table that can be typed in."""
        with st.expander(_("编辑任务表"), key="tasks-open"):
            st.caption(
                _(
                    "可直接改、增、删行。前序任务填编号，用顿号隔开；删去的任务，其后续任务接到它的前序任务之后。"
                    "用时三项填了即按专家估计记入，没填的保持原来的分布。"
                )
            )
            labels = _labels(self.cited)
            frame = pd.DataFrame(table.rows_of(self.procedure, labels), columns=list(table.COLUMNS))
            entered = st.data_editor(
                frame,
                num_rows="dynamic",
                hide_index=True,
                key=self._key("tasks"),
                column_config={
                    "id": st.column_config.TextColumn(_("编号"), disabled=True, width="small"),
                    "title": st.column_config.TextColumn(_("任务"), max_chars=60),
                    "lead": st.column_config.TextColumn(_("牵头"), max_chars=60),
                    "support": st.column_config.TextColumn(_("配合单位")),
                    "after": st.column_config.TextColumn(_("前序任务")),
                    "clause": st.column_config.SelectboxColumn(_("条款"), options=list(labels.values())),
                    "from_level": st.column_config.SelectboxColumn(
                        _("最低级别"), options=[level.label for level in self.procedure.levels]
                    ),
                    "low_min": st.column_config.NumberColumn(_("最短（分钟）"), min_value=0.0),
                    "mode_min": st.column_config.NumberColumn(_("最可能（分钟）"), min_value=0.0),
                    "high_min": st.column_config.NumberColumn(_("最长（分钟）"), min_value=0.0),
                },
            )
            with st.form(self._key("tasks-form"), border=False):
                reason = st.text_input(_("理由"), key=self._key("tasks-reason"), placeholder=_("写入版本说明，必填"))
                is_saving = st.form_submit_button(_("保存任务表"), key=self._key("save-tasks"), type="primary")
            if is_saving:
                with answered():
                    lines = table.lines_of(entered.to_dict("records"), labels, self.procedure)
                    self._save(lambda former: edits.with_lines(former, lines, source=reason), reason)

    def forces(self) -> None:
        """The pools, and which of them a task takes."""
        with st.expander(_("编辑力量与占用"), key="forces-open"):
            left, right = st.columns(2)
            with left:
                self._pool()
            with right:
                self._needs()

    def _pool(self) -> None:
        names = ["", *(pool.id for pool in self.procedure.pools)]
        name = choose(
            st.container(), _("力量与资源"), names,
            lambda one: pool_title(self.procedure, one) if one else _("（新增）"), key=self._key("pool"),
        )  # fmt: skip
        pool = self.procedure.pool(name) if name else None
        key = self._key(f"pool-{name}")
        with st.form(key, border=False):
            title = st.text_input(_("名称"), value=pool.title if pool else "", max_chars=60, key=f"title-{key}")
            kinds = list(PoolKind)
            kind = st.selectbox(
                _("类别"),
                kinds,
                index=kinds.index(pool.kind) if pool else 0,
                format_func=lambda one: _(POOL_KINDS[one]),
                key=f"kind-{key}",
            )
            units = st.number_input(_("数量"), 0, 1_000_000, value=pool.units if pool else 1, key=f"units-{key}")
            reason = st.text_input(_("依据"), key=f"reason-{key}", placeholder=_("台账、编制文件等，必填"))
            fate = st.checkbox(_("删去此项"), key=f"drop-{key}") if pool else False
            is_saving = st.form_submit_button(_("保存"), key=self._key("save-pool"))
        if is_saving and pool and fate:
            self._save(lambda former: edits.without_pool(former, pool.id), reason)
        elif is_saving:
            with answered():
                base = pool or Pool(
                    id=edits.next_id(one.id for one in self.procedure.pools), title=title, units=int(units)
                )
                source, mark = (base.source, base.mark) if int(units) == base.units and pool else (reason, Mark.EXPERT)
                fresh = replace(
                    base,
                    title=title,
                    title_en=base.title_en if title == base.title else "",
                    kind=kind,
                    units=int(units),
                    source=source,
                    mark=mark,
                )
                self._save(lambda former: edits.with_pool(former, fresh), reason)

    def _needs(self) -> None:
        names = [task.id for task in self.procedure.tasks]
        name = choose(
            st.container(), _("任务"), names, lambda one: task_title(self.procedure, one), key=self._key("need-task")
        )
        task = self.procedure.task(name)
        key = self._key(f"needs-{name}")
        held = {need.pool: need for need in task.needs}
        with st.form(key, border=False):
            pools = st.multiselect(
                _("占用力量"),
                [pool.id for pool in self.procedure.pools],
                default=list(held),
                format_func=lambda one: pool_title(self.procedure, one),
                key=f"pools-{key}",
            )
            units = {
                one: st.number_input(
                    _("{pool}（数量）", pool=pool_title(self.procedure, one)),
                    1,
                    100_000,
                    value=held[one].units,
                    key=f"units-{one}-{key}",
                )
                for one in held
            }
            reason = st.text_input(_("理由"), key=f"reason-{key}", placeholder=_("写入版本说明，必填"))
            is_saving = st.form_submit_button(_("保存占用"), key=self._key("save-needs"))
        if is_saving:
            with answered():
                needs = tuple(_need(held.get(one), one, int(units.get(one, 1))) for one in pools)
                self._save(lambda former: edits.with_task(former, replace(former.task(name), needs=needs)), reason)

    def _save(self, changed: Callable[[Procedure], Procedure], reason: str) -> None:
        """Keep the changed procedure as a new version of the one this page shows."""
        seen = self.opened.version.id
        with answered():
            guard(Action.EDIT_PLAN)
            with work() as asked:
                former = plans.procedure_of(asked, self.opened.plan.id, seen)
                assert former is not None
                made = plans.set_procedure(asked, self.opened.plan.id, changed(former), reason=reason, seen=seen)
            st.query_params["v"] = made.id
            st.rerun()

    def _key(self, name: str) -> str:
        """The key of a widget of this version; what was entered for one version never counts for another."""
        return f"{name}-{self.opened.version.id}"


def _need(held: Need | None, pool: str, units: int) -> Need:
    return replace(held, units=units) if held else Need(pool=pool, units=units)


def _minutes_inputs(key: str) -> tuple[float, float, float]:
    columns = st.columns(3)
    low, mode, high = (
        column.number_input(_(label), 0.0, 100_000.0, value=value, key=f"{label}-{key}")
        for column, label, value in zip(
            columns,
            (later("最短（分钟）"), later("最可能（分钟）"), later("最长（分钟）")),
            (10.0, 20.0, 40.0),
            strict=True,
        )
    )
    return low, mode, high


def _labels(cited: Mapping[str, str]) -> dict[str, str]:
    """A label for each clause that no other has."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for clause, label in cited.items():
        name, number = label, 1
        while name in taken:
            number += 1
            name = f"{label}（{number}）"
        taken.add(name)
        found[clause] = name
    return found


def _with_level(procedure: Procedure, one: Suggestion) -> Procedure:
    assert one.level is not None
    taken = {level.rank for level in procedure.levels}
    fresh = Level(
        id=edits.next_id(level.id for level in procedure.levels),
        label=one.title,
        rank=one.level.rank if one.level.rank not in taken else max(taken) + 1,
        conditions=tuple(one.level.conditions),
        decided_by=one.level.decided_by,
        clause=one.clause,
    )
    return edits.with_levels(procedure, (*procedure.levels, fresh))
