"""The forms in which the author confirms, changes, adds and drops targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from plans_repo import plans, targets
from plans_repo.errors import StaleRevision
from plans_repo.packs.cases import made_for, run_start
from plans_repo.packs.naming import name_of
from plans_repo.proposals import cases_of, unbound_limits
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from plans_repo.text.clause import Clause
from plans_repo.text.finding.limits import FoundLimit
from sim.circumstance import Circumstance
from sim.figure import Mark
from sim.plain import digest
from sim.procedure import ALARM, CLOCK_PREFIX, Procedure, Target, TargetKind
from ui.components.promises import promise, target_title, task_title
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.opened import OpenedVersion
from ui.wording import _, language, later, limit_text, n_, sentence

KINDS = {
    TargetKind.LIMIT: later("限时完成"),
    TargetKind.MARGIN: later("赶在灾害时刻之前"),
    TargetKind.SHARE: later("一定比例的对象赶在灾害时刻之前"),
}
BY_HAND = "by-hand"
BUTTONS = (
    "confirm", "save-target", "add-target",
    "take-owner", "take-level", "take-task", "save-tasks", "save-pool", "save-needs",
)  # fmt: skip
DEFAULT_ASSURANCE = 0.90
QUOTED = 40


@dataclass(frozen=True, kw_only=True)
class TargetForms:
    """The forms for the targets of one procedure, with the clauses it is bound to and how they are cited."""

    opened: OpenedVersion
    procedure: Procedure
    clauses: Sequence[Clause]
    cited: Mapping[str, str]

    def confirmation(self, actor: Actor) -> None:
        """Which proposals stand as they are; those the text does not word have to be picked one by one."""
        self._refuse_outdated()
        proposed = {target.id: target for target in self.procedure.targets if target.proposed}
        if not proposed:
            return
        st.warning(n_("{count} 项目标为系统拟出，尚未确认；确认前的仿真结论都标“拟议”。", len(proposed)))
        if not (self.opened.is_newest and actor.may(Action.CONFIRM_PROCEDURE)):
            return
        with st.form(self._key("confirmation"), border=False):
            picked = st.multiselect(
                _("按现状确认"),
                list(proposed),
                default=[name for name, target in proposed.items() if target.mark is Mark.PLAN and target.clause],
                format_func=lambda name: self._told(proposed[name]),
                help=_("正文写明的已经选上；取自灾种模板的须核对后逐项选取。"),
                key=self._key("confirm-which"),
            )
            is_confirmed = st.form_submit_button(_("确认所选目标"), key=self._key("confirm"), type="primary")
        if is_confirmed and not picked:
            st.error(_("请先选取要确认的目标。"))
        elif is_confirmed:
            with answered():
                guard(Action.CONFIRM_PROCEDURE)
                with work() as asked:
                    made = plans.confirm(asked, self.opened.plan.id, picked, seen=self.opened.version.id)
                _go_to(made.id)

    def change(self) -> None:
        """One target at a time; saving makes a new version with the same words."""
        if not self.procedure.targets:
            return
        with st.expander(_("修改目标"), key="targets-open"):
            st.caption(_("保存后形成新的版本；正文不变，现行版本不受影响。"))
            names = {target.id: target for target in self.procedure.targets}
            chosen = names[
                st.selectbox(_("目标"), list(names), format_func=lambda name: self._told(names[name]), key="target")
            ]
            key = self._key(chosen.id)
            with st.form(f"target-{key}", border=False):
                entered = self._fields(chosen, key)
                fate = st.radio(
                    _("处理"),
                    ["keep", "drop"],
                    format_func=lambda word: _("保留") if word == "keep" else _("删去此目标"),
                    horizontal=True,
                    key=f"fate-{key}",
                )
                reason = _reason(key)
                is_saving = st.form_submit_button(_("保存目标"), key=self._key("save-target"))
            if is_saving:
                fresh = None if fate == "drop" else targets.changed(chosen, entered, reason)
                self._save(lambda procedure: targets.with_changed(procedure, chosen.id, fresh), reason)

    def add(self) -> None:
        """A target the system did not propose: for a limit of the text, or entered by hand."""
        with st.expander(_("新增目标"), key="targets-add"):
            limits: dict[str, FoundLimit | None] = {BY_HAND: None}
            limits |= {_name(limit): limit for limit in unbound_limits(self.procedure, self.clauses)}
            place = st.selectbox(
                _("依据"),
                list(limits),
                format_func=lambda name: self._quoted(limits[name]),
                key=self._key("new-from"),
            )
            limit = limits[place]
            kinds = list(KINDS) if self._clocks() else [TargetKind.LIMIT]
            kind = st.radio(
                _("目标种类"),
                kinds,
                format_func=lambda each: _(KINDS[each]),
                horizontal=True,
                key=self._key("new-kind"),
            )
            blank, key = self._blank(kind, limit), self._key(f"new-{place}-{kind}")
            with st.form(key, border=False):
                title = st.text_input(_("名称"), key=f"title-{key}", max_chars=60)
                entered = self._fields(blank, key)
                reason = _reason(key)
                is_saving = st.form_submit_button(_("增加目标"), key=self._key("add-target"))
            if is_saving:
                with answered():
                    fresh = targets.added(
                        replace(entered, title=title.strip()), limit, reason, (blank.levels, blank.circumstances)
                    )
                    self._save(lambda procedure: targets.with_added(procedure, fresh), reason)

    def _fields(self, target: Target, key: str) -> Target:
        """The target with what is entered for it in the widgets named by *key*."""
        tasks = [task.id for task in self.procedure.tasks]
        left, right = st.columns(2)
        task = left.selectbox(
            _("对应任务"),
            tasks,
            index=tasks.index(target.task),
            format_func=lambda name: task_title(self.procedure, name),
            key=f"task-{key}",
        )
        start, clock = self._counted(right, target, key)
        left, right = st.columns(2)
        limit = left.number_input(
            _("提前量（分钟）") if target.clock else _("时限（分钟）"),
            value=float(target.limit_min),
            step=5.0,
            key=f"limit-{key}",
        )
        assurance = right.number_input(
            _("要求把握（%）"), 50.0, 99.9, value=target.assurance * 100, step=1.0, key=f"assurance-{key}"
        )
        share = target.share
        if target.kind is TargetKind.SHARE:
            share = st.number_input(
                _("不少于多少对象（%）"), 1.0, 100.0, value=target.share * 100, step=1.0, key=f"share-{key}"
            )
            share = round(share / 100, 4)
        levels, circumstances = self._cases(target, key)
        clauses = ["", *(name for name in self.cited)]
        clause = st.selectbox(
            _("依据条款"),
            clauses,
            index=clauses.index(target.clause) if target.clause in clauses else 0,
            format_func=lambda name: self.cited[name] if name else _("未绑定"),
            key=f"clause-{key}",
        )
        return replace(
            target,
            task=task,
            starts=start,
            clock=clock,
            limit_min=limit,
            assurance=round(assurance / 100, 4),
            share=share,
            levels=levels,
            circumstances=circumstances,
            clause=clause,
        )

    def _counted(self, column: DeltaGenerator, target: Target, key: str) -> tuple[str, str]:
        """What the limit is counted from, and the clock it is kept before."""
        clocks = self._clocks()
        if target.clock:
            clock = column.selectbox(
                _("赶在何时之前"),
                clocks,
                index=clocks.index(target.clock),
                format_func=lambda name: name_of("clock", name, language()),
                key=f"clock-{key}",
            )
            return target.starts, clock
        starts = [ALARM, *(task.id for task in self.procedure.tasks), *(f"{CLOCK_PREFIX}{name}" for name in clocks)]
        start = column.selectbox(
            _("自何时起"),
            starts,
            index=starts.index(target.starts),
            format_func=self._start_told,
            key=f"start-{key}",
        )
        return start, ""

    def _start_told(self, start: str) -> str:
        if start == ALARM:
            return run_start(self.procedure, language())
        if start.startswith(CLOCK_PREFIX):
            return name_of("clock", start.removeprefix(CLOCK_PREFIX), language())
        return _("“{task}”结束", task=task_title(self.procedure, start))

    def _cases(self, target: Target, key: str) -> tuple[tuple[str, ...], tuple[Circumstance, ...]]:
        labels = [level.label for level in sorted(self.procedure.levels, key=lambda level: -level.rank)]
        levels = (
            st.multiselect(
                _("适用的响应级别"),
                labels,
                default=list(target.levels),
                format_func=lambda label: made_for((label,), (), language()),
                placeholder=_("各级响应"),
                key=f"levels-{key}",
            )
            if labels
            else []
        )
        circumstances = st.multiselect(
            _("适用的情形"),
            list(Circumstance),
            default=list(target.circumstances),
            format_func=lambda each: made_for((), (each,), language()),
            placeholder=_("各种情形"),
            key=f"circumstances-{key}",
        )
        return tuple(levels), tuple(circumstances)

    def _blank(self, kind: TargetKind, limit: FoundLimit | None) -> Target:
        """What the form for a new target begins with."""
        minutes = limit.minutes if limit else (0.0 if kind is not TargetKind.LIMIT else 60.0)
        levels, circumstances = cases_of(self.procedure, limit, self.clauses) if limit else ((), ())
        return Target(
            id=targets.OWN,
            title=_("新目标"),
            task=self.procedure.tasks[0].id,
            kind=kind,
            limit_min=minutes,
            clock=self._clocks()[0] if kind is not TargetKind.LIMIT else "",
            share=0.95 if kind is TargetKind.SHARE else 1.0,
            assurance=DEFAULT_ASSURANCE,
            levels=levels,
            circumstances=circumstances,
            clause=limit.clause if limit else "",
        )

    def _clocks(self) -> list[str]:
        """The clocks of the hazard that tasks and targets ask for."""
        named = [name for task in self.procedure.tasks for name in (task.release, task.until)]
        named += [name for target in self.procedure.targets for name in (target.clock, target.start_clock)]
        return sorted({name for name in named if name})

    def _quoted(self, limit: FoundLimit | None) -> str:
        if limit is None:
            return _("自行填写")
        words = limit.text if len(limit.text) <= QUOTED else limit.text[:QUOTED] + "…"
        return _(
            "{clause} {time}：{words}",
            clause=self.cited.get(limit.clause, "—"),
            time=limit_text(limit.minutes),
            words=words,
        )

    def _told(self, target: Target) -> str:
        return _("{title}（{promise}）", title=target_title(target), promise=promise(target, self.procedure))

    def _key(self, name: str) -> str:
        """The key of a widget of this version; what was entered for one version never counts for another."""
        return f"{name}-{self.opened.version.id}"

    def _refuse_outdated(self) -> None:
        """Say so if what was sent belongs to a version that was the newest when it was shown, and is no more."""
        versions = {version.id for version in self.opened.versions}
        seen = next((name for name in versions for button in BUTTONS if st.session_state.get(f"{button}-{name}")), "")
        if seen and seen != self.opened.versions[-1].id:
            try:
                with reading() as asked:
                    plans.require_newest(asked, self.opened.plan.id, seen)
            except StaleRevision as error:
                st.error(sentence(error))
                st.toast(sentence(error))

    def _save(self, changed: Callable[[Procedure], Procedure], reason: str) -> None:
        """Keep the procedure with changed targets as a new version of the one this page shows."""
        seen = self.opened.version.id
        with answered():
            guard(Action.EDIT_PLAN)
            with work() as asked:
                procedure = plans.procedure_of(asked, self.opened.plan.id, seen)
                assert procedure is not None
                made = plans.set_procedure(asked, self.opened.plan.id, changed(procedure), reason=reason, seen=seen)
            _go_to(made.id)


def _reason(name: str) -> str:
    return st.text_input(_("理由"), key=f"reason-{name}", placeholder=_("写入版本说明，必填"))


def _name(limit: FoundLimit) -> str:
    """What a limit is called among the widgets, wherever it stands in the list."""
    return digest([limit.clause, limit.at, limit.minutes, limit.text])[:12]


def _go_to(version: str) -> None:
    """Show the version just made."""
    st.query_params["v"] = version
    st.rerun()
