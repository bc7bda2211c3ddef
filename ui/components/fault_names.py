"""What a verification found, in words; a place is named by its identifiers, and a thing by its plan and its name."""

from __future__ import annotations

from plans_repo.store.audit import Fault, Verification
from ui.components.row_names import FIELDS, THINGS
from ui.wording import _, later, n_

WHY = {
    "altered": later("内容被改动"),
    "was-altered": later("曾被改动，其后办理沿用了改动后的内容"),
    "missing": later("缺失"),
    "not-linked": later("与前一条不衔接"),
    "signature-wrong": later("签名不符"),
    "not-the-head-remembered": later("与另存的链首不一致"),
    "cut-off": later("末尾被截断"),
    "not-in-heads": later("没有写入总链"),
    "without-event": later("没有对应的事件"),
    "returned": later("删除后又出现"),
    "not-guarded": later("防改动措施已被去除"),
    "unreadable": later("无法读取"),
    "part-missing": later("缺少组成部分"),
    "file-missing": later("所附文件缺失"),
}


def why_words(why: str) -> str:
    """A fault in words; what it names beside its kind stays as it is.

    >>> why_words("altered"), why_words("part-missing 9f3a")
    ('内容被改动', '缺少组成部分 9f3a')
    """
    kind, _space, rest = why.partition(" ")
    return " ".join(filter(None, (_(WHY[kind]) if kind in WHY else kind, rest)))


def fault_words(fault: Fault) -> str:
    """What does not fit, of which plan, in which fields.

    >>> fault_words(Fault(where="course 9f3a", why="altered", table="course", fields=("stage",), about="某县防汛预案"))
    '《某县防汛预案》的流转情况：办理环节被改动（course 9f3a）'
    >>> fault_words(Fault(where="plan:9f3a#2", why="altered"))
    'plan:9f3a#2（内容被改动）'
    """
    why = why_words(fault.why)
    if fault.table not in THINGS:
        return _("{where}（{why}）", where=fault.where, why=why)
    thing = _(THINGS[fault.table])
    if fault.about:
        thing = _("《{plan}》的{thing}", plan=fault.about, thing=thing)
    if fault.fields:
        why = _("{fields}被改动", fields=_("、").join(field_words(name) for name in fault.fields))
    return _("{thing}：{why}（{where}）", thing=thing, why=why, where=fault.where)


def field_words(name: str) -> str:
    """What a column is called.

    >>> field_words("issued_on"), field_words("of_a_later_release")
    ('印发日期', 'of_a_later_release')
    """
    return _(FIELDS[name]) if name in FIELDS else name


def found_lines(found: Verification) -> list[str]:
    """What a verification without faults vouches for, and what not."""
    events = n_("已核验 {count} 条事件", found.events)
    lines = [n_("{events}及其所证的 {count} 行业务数据，全部相符", found.rows - found.unvouched, events=events)]
    if found.taken_over:
        lines.append(n_("其中 {count} 行为升级时按当时状态登记，此后改动可查，此前改动无从核验", found.taken_over))
    if found.unvouched:
        lines.append(
            n_("另有 {count} 行由旧版本写入，尚无事件为证，未能核验；升级后首次写入时按当时状态登记", found.unvouched)
        )
    return lines
