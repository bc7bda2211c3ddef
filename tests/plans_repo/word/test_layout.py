"""Lines and characters of a page as LibreOffice lays it out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.word.layout import with_layout
from plans_repo.word.measuring import measure
from plans_repo.word.plan_document import PlanIdentity, plan_document

LONG = "县应急管理局接到报告后立即核实情况并通知有关部门和乡镇赶赴现场"


@pytest.mark.libreoffice
def test_short_lines_between_long_ones_do_not_make_a_page_of_few_lines() -> None:
    clauses = [
        Clause(id=f"c{place}", kind=ClauseKind.BODY, text=f"{LONG}处置。\n一、会商。\n二、报告。") for place in range(8)
    ]
    identity = PlanIdentity(
        plan="p", version="v", root_hash="0", title="临河县防汛应急预案", made_at=datetime(2026, 5, 1, tzinfo=UTC)
    )
    data = plan_document(identity, clauses, contents=False).data
    found = with_layout(measure(data, "预案.docx"), data)
    assert (found.lines_per_page, found.characters_per_line) == (22, 28)
