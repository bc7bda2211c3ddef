"""对照: what the words and the procedure became between two versions, and which process that needs."""

from __future__ import annotations

import streamlit as st

from plans_repo import clerk_tables, ledger, plan_difference, plans
from plans_repo.plans import VersionSummary
from plans_repo.text.citation import citations
from ui import downloads
from ui.components.address_choice import choose_one
from ui.components.counters import show_empty
from ui.components.html import join, link, show, tag
from ui.components.ledger_words import figure_list
from ui.components.plan_names import version_name
from ui.components.procedure_words import part_changes
from ui.components.version_diff import procedure_list, requirement_clauses, requirement_words
from ui.identity import reading
from ui.sections.comparison_changes import show_changes
from ui.sections.opened import OpenedVersion
from ui.sections.revision_reasons import show_revision_table
from ui.wording import _


def show_comparison(opened: OpenedVersion) -> None:
    """Choose two versions and read what lies between them."""
    if len(opened.versions) < 2:
        show_empty(_("只有一个版本"), _("形成第二个版本后，可在这里逐条对照正文和处置程序。"))
        return
    with reading() as work:
        earlier = clerk_tables.edition_compared(work, opened.plan.id, opened.version.id)
    before, after = _chosen(opened, earlier)
    if before.id == after.id:
        st.info(_("请选择两个不同的版本。"))
        return
    with reading() as work:
        found = plan_difference.difference(work, opened.plan.id, before.id, after.id)
        procedures = [plans.procedure_of(work, opened.plan.id, version.id) for version in (before, after)]
        figures = ledger.ledger_changes(work, opened.plan.id, before.id, after.id)
        cited = citations(plans.text_of(work, opened.plan.id, before.id)) | citations(
            plans.text_of(work, opened.plan.id, after.id)
        )
    address = f"{opened.plan_address}&v={after.id}"
    st.subheader(_("修订程序"))
    st.markdown(requirement_words(found.requirement))
    show(requirement_clauses(found.requirement, cited, address))
    marked = downloads.address("plan-document", opened.plan.id, version=after.id, against=before.id)
    remarked = f"{marked}&comments=1"
    links = [link(_("导出修订痕迹稿（Word）"), marked), link(_("导出带批注的修订痕迹稿（Word）"), remarked)]
    show(tag("div", join(links, " · "), cls="yy-account"))
    st.subheader(_("正文改动（{count}）", count=len(found.clauses)))
    if not found.clauses:
        st.caption(_("正文没有改动。"))
    else:
        show_changes(opened.plan.id, before.id, after.id, found.clauses, cited)
    show_revision_table(opened, before, after)
    st.subheader(_("数值改动（{count}）", count=len(figures)))
    if figures:
        show(figure_list(figures, cited, address))
    else:
        st.caption(_("时限、阈值、级别、电话和数量没有改动。"))
    st.subheader(_("处置程序改动（{count}）", count=len(found.procedure)))
    if found.procedure:
        show(procedure_list(part_changes(found.procedure, procedures[0], procedures[1], cited)))
    else:
        st.caption(_("处置程序没有改动。"))


def _chosen(opened: OpenedVersion, earlier: str | None) -> tuple[VersionSummary, VersionSummary]:
    """The older and the newer side; first the version shown, against the edition it revises or the one before it."""
    by_id = {version.id: version for version in opened.versions}
    ids = list(by_id)
    here = ids.index(opened.version.id)
    left, right = st.columns(2)

    def name(version: str) -> str:
        return version_name(by_id[version])

    first = choose_one(left, _("原版本"), ids, name, key="before", default=earlier or ids[max(0, here - 1)])
    second = choose_one(right, _("新版本"), ids, name, key="after", default=ids[here or 1])
    return by_id[first or ids[0]], by_id[second or ids[1]]
