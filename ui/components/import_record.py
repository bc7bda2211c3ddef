"""What a file was read as, and what was set right before it was kept, as it is remembered with its version."""

from __future__ import annotations

from plans_repo.import_facts import Facts, ImportRecord, Mended
from plans_repo.text.clause import SemanticType
from plans_repo.text.reading.corrections import CorrectionKind
from ui.components.html import Html, join, table
from ui.components.plan_names import SEMANTICS, hazard_name, kind_name
from ui.wording import _, later, n_

CORRECTIONS = {
    CorrectionKind.HEADING: later("把一行文字改为标题"),
    CorrectionKind.TITLE: later("改标题的止处"),
    CorrectionKind.LEVEL: later("改层级"),
    CorrectionKind.BODY: later("改为正文"),
    CorrectionKind.MERGE: later("并入上一条"),
    CorrectionKind.FRONT: later("列入前置部分"),
    CorrectionKind.SEMANTIC: later("改内容类型"),
}
"""What was done to a clause."""


def facts_set_right(read: Facts, kept: Facts) -> list[tuple[str, str, str]]:
    """What is kept otherwise than it was recognised: the field, what was read, what is kept."""
    pairs = (
        (_("名称"), read.title or _("（未识别出标题）"), kept.title),
        (_("类别"), kind_name(read.kind), kind_name(kept.kind)),
        (_("灾种"), hazard_name(read.hazard or ""), hazard_name(kept.hazard or "")),
    )
    return [pair for pair in pairs if pair[1] != pair[2]]


def import_record(record: ImportRecord) -> Html:
    """Two tables: the facts that were set right, and the clauses in the order they were."""
    facts = facts_set_right(record.read, record.kept)
    clauses = [[one.words or "—", _(CORRECTIONS[one.what]), _value(one)] for one in record.mended]
    parts = []
    if facts:
        parts.append(table([_("项目"), _("识别为"), _("保存为")], facts))
    if clauses:
        parts.append(table([_("更正前的条款"), _("更正"), _("改为")], clauses))
    return join(parts)


def record_title(record: ImportRecord) -> str:
    """How much was set right, as the title of what tells it."""
    count = len(facts_set_right(record.read, record.kept)) + len(record.mended)
    return n_("导入时更正 {count} 处", count)


def _value(one: Mended) -> str:
    if one.what is CorrectionKind.SEMANTIC:
        return _(SEMANTICS[SemanticType(one.value)])
    if one.what is CorrectionKind.LEVEL:
        return _("第 {level} 级", level=one.value)
    if one.what is CorrectionKind.HEADING:
        return _("第 {line} 行", line=int(one.value) + 1) if one.value.isdigit() else "—"
    return one.value or "—"
