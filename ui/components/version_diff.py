"""Two versions side by side: clauses with their words marked, the procedure part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from plans_repo.plan_difference import ProcedureChange
from plans_repo.text.difference import Change, ClauseChange, RequiredProcess, Requirement
from plans_repo.text.tokens import Op
from sim.procedure import Procedure
from ui.components.badges import MARKS, badge
from ui.components.clause_diff import clause_diff
from ui.components.html import Html, join, link, table, tag
from ui.components.plan_names import CHANGES, PROCESSES, told
from ui.components.promises import after_words, duration_words, need_words
from ui.wording import _, duration_text, later, n_, share_text

OPS = {Op.EQUAL: "keep", Op.INSERT: "insert", Op.DELETE: "delete"}
PARTS = {"task": later("任务"), "pool": later("力量与资源"), "target": later("目标"), "level": later("响应级别")}
FIELDS = {
    "": later("整项"),
    "title": later("名称"),
    "title_en": later("英文名称"),
    "label": later("名称"),
    "limit_min": later("时限"),
    "assurance": later("要求把握"),
    "proposed": later("确认状态"),
    "share": later("覆盖比例"),
    "clause": later("条款"),
    "duration": later("用时"),
    "units": later("数量"),
    "after": later("前序任务"),
    "needs": later("占用力量"),
    "lead": later("牵头单位"),
    "support": later("配合单位"),
    "source": later("出处"),
    "mark": later("标记"),
    "conditions": later("启动条件"),
    "decided_by": later("决定人"),
}


def requirement_words(requirement: Requirement) -> str:
    """Which process the revision needs, in one sentence."""
    if requirement.process is RequiredProcess.NONE:
        return _("两个版本的正文没有差别，无须履行修订程序。")
    process = _(PROCESSES[requirement.process])
    if requirement.because:
        return n_("须履行{process}：有 {count} 条改动涉及以下条款。", len(requirement.because), process=process)
    return _("可按{process}修订：改动未涉及指挥体系与职责、响应程序、主要措施和分级标准。", process=process)


def requirement_clauses(requirement: Requirement, cited: Mapping[str, str], address: str) -> Html:
    """The clauses that demand the full process, as links."""
    links = (link(cited.get(clause, _("未编号条款")), f"{address}&clause={clause}") for clause in requirement.because)
    return tag("div", join(links, _("、")), cls="yy-because")


def clause_change(change: ClauseChange, cited: Mapping[str, str]) -> Html:
    """One changed clause with its words marked."""
    word, tone = CHANGES[change.change]
    notes = [badge(_(word), tone)]
    if change.moved and change.change is not Change.MOVED:
        notes.append(badge(_(CHANGES[Change.MOVED][0]), CHANGES[Change.MOVED][1]))
    if change.renumbered and change.change is not Change.RENUMBERED and change.old and change.new:
        notes.append(tag("span", f"{change.old.number or '—'} → {change.new.number or '—'}", cls="yy-dim"))
    title = change.present.heading or cited.get(change.clause, "")
    head = tag("div", tag("b", title), " ", join(notes, " "), cls="yy-change-head")
    return tag("section", head, clause_diff((OPS[token.op], token.text) for token in change.tokens), cls="yy-change")


def procedure_table(
    changes: tuple[ProcedureChange, ...], before: Procedure | None, after: Procedure | None, cited: Mapping[str, str]
) -> Html:
    """What became of the procedure, a field a row."""
    rows = []
    for change in changes:
        old, new = _part(before, change), _part(after, change)
        rows.append(
            [
                _(PARTS[change.kind]),
                _title(new if new is not None else old),
                _(FIELDS.get(change.field, later("其他设定"))),
                _said(old, change.field, before, cited) if change.field or new is None else "—",
                _said(new, change.field, after, cited) if change.field or old is None else "—",
            ]
        )
    return table([_("部分"), _("名称"), _("字段"), _("原为"), _("改为")], rows)


def _part(procedure: Procedure | None, change: ProcedureChange) -> Any:
    parts = getattr(procedure, f"{change.kind}s", ())
    return next((part for part in parts if part.id == change.id), None)


def _title(part: Any) -> str:
    return str(getattr(part, "label", "")) or told(part.title, part.title_en)


def _said(part: Any, field: str, procedure: Procedure | None, cited: Mapping[str, str]) -> str:
    """The value of a field as one reads it."""
    if part is None or procedure is None:
        return "—"
    if not field:
        return _title(part)
    value = getattr(part, field)
    if field in _IN_PROCEDURE:
        return _IN_PROCEDURE[field](part, procedure) or "—"
    return _value(field, value, cited) or "—"


_IN_PROCEDURE: dict[str, Callable[[Any, Procedure], str]] = {"after": after_words, "needs": need_words}


_BY_FIELD: dict[str, Callable[[Any], str]] = {
    "duration": duration_words,
    "limit_min": duration_text,
    "assurance": lambda value: share_text(value, digits=0),
    "share": lambda value: share_text(value, digits=0),
    "proposed": lambda value: _("拟议，待确认") if value else _("已确认"),
    "mark": lambda value: _(MARKS[value.value][0]),
    "conditions": lambda value: _("；").join(condition.text for condition in value),
    "support": lambda value: _("、").join(value),
}


def _value(field: str, value: Any, cited: Mapping[str, str]) -> str:
    """A value outside the procedure's own net, as one reads it; settings nobody reads are only said to differ."""
    if field == "clause":
        return cited.get(value, "")
    if field in _BY_FIELD:
        return _BY_FIELD[field](value)
    return str(value) if field in FIELDS else _("已改动")
