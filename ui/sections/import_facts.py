"""What a file is taken for, set right before it is kept: name, kind, hazard, and the body it is of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from plans_repo import plans
from plans_repo.import_facts import Facts
from plans_repo.organisations import Organisation
from plans_repo.plans import PlanKind
from plans_repo.text.clause import outline
from plans_repo.text.reading import Part, PartKind, Reading
from sim.procedure import Hazard
from ui.components.choice import choose
from ui.components.import_record import facts_set_right
from ui.components.plan_names import hazard_name, kind_name, told
from ui.identity import reading
from ui.sections.import_state import Pending, decide
from ui.wording import _, later

PARTS = {
    PartKind.COMPREHENSIVE: later("综合（总体）预案"),
    PartKind.SPECIAL: later("专项预案"),
    PartKind.ON_SITE: later("现场处置方案"),
}
NONE = ""
"""In the place of a hazard: a plan of no single one."""
HAZARDS = (NONE, *(one.value for one in Hazard))


def show_facts(found: Pending) -> None:
    """The fields with what was recognised; what a person sets right is said beside what was read."""
    name, kind, hazard, maker = st.columns([4, 2, 2, 3])
    now = found.facts
    title = name.text_input(_("预案名称"), value=now.title, key=f"import-title-{found.name}", max_chars=300)
    kinds, of_hazard = list(PlanKind), HAZARDS.index(now.hazard or NONE)
    facts = Facts(
        title=title.strip() or now.title,
        kind=choose(kind, _("类别"), kinds, kind_name, key="import-as-kind", index=kinds.index(now.kind)),
        hazard=_hazard_of(choose(hazard, _("灾种"), HAZARDS, hazard_name, key="import-as-hazard", index=of_hazard)),
    )
    with reading() as asked:
        makers = plans.makers_for(asked, facts.kind)
    body = _choose_maker(maker, makers, found.maker)
    if facts != now or body != found.maker:
        decide(found, facts=facts, maker=body)
        st.rerun()
    said = [_("{field} {was} → {now}", field=one, was=was, now=now)
            for one, was, now in facts_set_right(found.read, facts)]  # fmt: skip
    if said:
        st.caption(_("已更正：{what}", what=_("；").join(said)))


def _hazard_of(code: str) -> Hazard | None:
    return Hazard(code) if code else None


def _choose_maker(place: Any, makers: Sequence[Organisation], chosen: str) -> str:
    """The body the plan is of; the own one where there is no choice."""
    if len(makers) < 2:
        return chosen if any(body.id == chosen for body in makers) else ""
    ids = [body.id for body in makers]
    by_id = {body.id: body for body in makers}
    index = ids.index(chosen) if chosen in ids else 0
    return choose(
        place,
        _("编制单位"),
        ids,
        lambda one: told(by_id[one].name, by_id[one].name_en),
        key="import-maker",
        index=index,
    )


def show_parts(found: Pending) -> None:
    """The plans of one file, each with what it is taken for; every line can be set right."""
    rows = part_rows(found.reading, found.apart)
    columns = st.column_config
    written = st.data_editor(
        rows, key=f"import-parts-{found.revision}", hide_index=True, width="stretch",
        column_config={
            "part": columns.TextColumn(_("识别为"), disabled=True),
            "title": columns.TextColumn(_("预案名称"), required=True, max_chars=300),
            "kind": columns.SelectboxColumn(_("类别"), options=[kind_name(one) for one in PlanKind], required=True),
            "hazard": columns.SelectboxColumn(
                _("灾种"), options=[hazard_name(one) for one in HAZARDS], required=True
            ),
            "clauses": columns.NumberColumn(_("条款"), disabled=True),
            "signs": columns.NumberColumn(_("字数"), disabled=True),
        },
    )  # fmt: skip
    apart = tuple(written_facts(one, row) for one, row in zip(found.apart, written, strict=True))
    if apart != found.apart:
        decide(found, apart=apart)
        st.rerun()
    st.caption(_("名称、类别和灾种可在表中更正，分别保存时生效。"))


def part_rows(read: Reading, apart: Sequence[Facts]) -> list[dict[str, Any]]:
    """A line for each plan of a file, in words a person edits."""
    return [_part_row(read, part, facts) for part, facts in zip(read.parts, apart, strict=True)]


def _part_row(read: Reading, part: Part, facts: Facts) -> dict[str, Any]:
    inside = read.clauses[part.first : part.end]
    return {
        "part": _(PARTS[part.kind]),
        "title": facts.title,
        "kind": kind_name(facts.kind),
        "hazard": hazard_name(facts.hazard or ""),
        "clauses": len(outline(inside)),
        "signs": sum(clause.char_count for clause in inside),
    }


def written_facts(before: Facts, row: Mapping[str, Any]) -> Facts:
    """What a line of the table says; what it does not say stays."""
    kinds = {kind_name(one): one for one in PlanKind}
    hazards = {hazard_name(one): _hazard_of(one) for one in HAZARDS}
    return Facts(
        title=(row["title"] or "").strip() or before.title,
        kind=kinds.get(row["kind"], before.kind),
        hazard=hazards.get(row["hazard"], before.hazard),
    )
