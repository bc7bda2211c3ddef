"""Defects of a plan in a table: severity, place, quotation, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Iterable

from plans_repo.health.defect import DefectKind, Severity
from plans_repo.health.examination import Complaint
from ui.components.badges import badge
from ui.components.cells import card_table
from ui.components.html import Html, join, link, tag
from ui.wording import _, later, n_

SEVERITIES = {
    Severity.GRAVE: (later("严重"), "bad"),
    Severity.MODERATE: (later("一般"), "warn"),
    Severity.MINOR: (later("提示"), "open"),
}
KINDS = {
    DefectKind.BLANK: later("待填"),
    DefectKind.CHAPTER: later("章节"),
    DefectKind.LIMITS: later("时限与分级"),
    DefectKind.SUM: later("合计与分项"),
    DefectKind.CONTRADICTION: later("与相关预案不一致"),
    DefectKind.BODY: later("机构名称和职责"),
    DefectKind.LAW: later("编制依据"),
    DefectKind.REFERENCE: later("引用和附件"),
    DefectKind.UPPER: later("上位预案"),
    DefectKind.CONTACT: later("联系方式"),
}
MOST_ALSO = 10


def health_table(complaints: Iterable[Complaint], address: str) -> Html:
    """A row for every defect; clauses lead to their place in the text at *address*."""
    heads = [_("程度"), _("条款"), _("原文"), _("问题和建议")]
    return card_table(heads, (_row(one, address) for one in complaints), cls="yy-health")


def severity_badge(severity: Severity) -> Html:
    """How grave a defect is, as a badge."""
    word, tone = SEVERITIES[severity]
    return badge(_(word), tone)


def _row(one: Complaint, address: str) -> list[object]:
    return [
        join([severity_badge(one.severity), tag("small", _(KINDS[one.kind]), cls="yy-source")]),
        join(_places(one, address)),
        join(_quotations(one)),
        join([tag("div", one.found), tag("div", tag("small", _("建议：{words}", words=one.suggestion)))]),
    ]


def _quotations(one: Complaint) -> Iterable[object]:
    """The words here and, where they are at odds with another plan, the words there with the way to them."""
    yield tag("q", one.quotation) if one.quotation else "—"
    if one.there:
        where = f"/plan?id={one.there.plan}&part=text&clause={one.there.clause}"
        name = f"《{one.there.title}》{one.there.citation}"
        yield tag("div", join([link(name, where), "：", tag("q", one.there.quotation)]))


def _places(one: Complaint, address: str) -> Iterable[object]:
    if not one.clause:
        yield _("全文")
        return
    yield _to(one.clause, one.citation, address)
    if one.also:
        more = join((_to(*place, address) for place in one.also[:MOST_ALSO]), "、")
        yield tag("small", n_("另有{count}处：", len(one.also)), more, cls="yy-source")


def _to(clause: str, citation: str, address: str) -> Html:
    return link(citation or _("所在条款"), f"{address}&part=text&clause={clause}")
