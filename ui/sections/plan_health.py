"""体检: what a plan suffers from, right after its import and whenever asked; as a Word report for a leader."""

from __future__ import annotations

import streamlit as st

from plans_repo.health.defect import Severity
from plans_repo.health.examination import HealthReport, health
from ui import downloads
from ui.components.counters import Counter, show_counters, show_empty
from ui.components.health_table import KINDS, SEVERITIES, health_table
from ui.components.html import link, show, tag
from ui.components.notice import show_notice
from ui.components.refusal import answered
from ui.identity import reading
from ui.sections.opened import OpenedVersion, plan_address
from ui.sections.plan_replacements import show_replacements
from ui.wording import _, language

SEVERITY = "severity"
"""In the address: of which severity the defects are listed."""
TONES = {Severity.GRAVE: "late", Severity.MODERATE: "soon"}


def show_health(opened: OpenedVersion) -> None:
    """The health report of an opened version."""
    with answered():
        with reading() as work:
            report = health(work, opened.plan.id, opened.version.id, language=language())
        show_notice()
        show_report(report, f"{opened.address}&part=health")
        show_replacements(opened)


def show_report(report: HealthReport, address: str = "") -> None:
    """Counts by severity, a filter by kind, the defects, and the way to the Word report.

    On the page at *address* a count leads to its defects.
    """
    show_counters(
        [
            Counter(
                label=_(SEVERITIES[severity][0]),
                count=count,
                tone=TONES.get(severity, ""),
                href=f"{address}&{SEVERITY}={severity}" if address else "",
            )
            for severity, count in report.counts.items()
        ]
    )
    word = downloads.address("health-report", report.plan, version=report.version)
    show(tag("div", link(_("下载体检报告（Word）"), word), cls="yy-account"))
    if not report.complaints:
        show_empty(_("没有发现问题"), _("机构名称、依据、时限、引用、章节、联系方式以及与相关预案是否一致均已检查。"))
        return
    present = [kind for kind in KINDS if report.of_kind(kind)]
    wanted = st.pills(
        _("类别"),
        present,
        selection_mode="multi",
        default=present,
        format_func=lambda kind: f"{_(KINDS[kind])} {len(report.of_kind(kind))}",
        key=f"health-kinds-{report.version}",
    )
    chosen = [one for one in report.complaints if one.kind in (wanted or present)]
    severity = st.query_params.get(SEVERITY, "") if address else ""
    if severity in set(Severity):
        chosen = [one for one in chosen if one.severity == severity]
        said = _("只列“{group}”。", group=_(SEVERITIES[Severity(severity)][0]))
        show(tag("div", said, " ", link(_("列出全部"), address), cls="yy-account"))
    if chosen:
        show(health_table(chosen, plan_address(report.plan, report.version)))
    else:
        show_empty(_("没有这类事项"), _("列出全部，或看其他事项。"))
    st.caption(_("机构名称和依据的变化来自规则包，多为待确认；书名号内的名称和说明沿革的句子不计。"))
