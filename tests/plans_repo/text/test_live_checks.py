"""Slips told while a clause is being written."""

from __future__ import annotations

import pytest

from plans_repo.text.clause import Cell, Clause, ClauseKind, Table
from plans_repo.text.live_checks import Slip, slips
from tests.plans_repo.builders import a_procedure
from tests.plans_repo.text.builders import a_clause


def told(text: str) -> list[tuple[Slip, str]]:
    others = [a_clause("x", number="3.2", title="报告"), a_clause("y", number="附件1", title="通讯录")]
    return [(one.slip, one.words) for one in slips([a_clause("a", text=text), *others])]


@pytest.mark.parametrize("text", [
    "值班电话：0999-1234567、（0999）7654321，手机13912345678，119。",
    "举报热线12345，400-123-4567。",
    "按照本预案3.2执行，详见附件1。",
    "水位超过9.20米，按3.5米控制。",
    "联系电话：待定。",
])  # fmt: skip
def test_what_is_right_is_left_alone(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(("text", "expected"), [
    ("值班电话：0999-12345。", (Slip.TELEPHONE, "0999-12345")),
    ("联系人手机1391234567。", (Slip.TELEPHONE, "1391234567")),
    ("详见附件3。", (Slip.ATTACHMENT, "详见附件3")),
    ("具体见本预案4.1。", (Slip.CLAUSE, "见本预案4.1")),
])  # fmt: skip
def test_a_slip_is_told_with_its_words(text: str, expected: tuple[Slip, str]) -> None:
    assert told(text) == [expected]


def test_a_column_of_telephones_is_read() -> None:
    rows = (("单位", "联系电话"), ("县应急局", "0999-1234567"), ("县水利局", "0999-12"))
    table = Table(rows=tuple(tuple(Cell(content=(word,)) for word in row) for row in rows))
    (found,) = slips([Clause(id="t", kind=ClauseKind.TABLE, table=table)])
    assert (found.slip, found.words) == (Slip.TELEPHONE, "0999-12")


def test_a_target_whose_clause_is_gone_is_told() -> None:
    (found,) = slips([a_clause("other", text="无关。")], a_procedure())
    assert (found.slip, found.words) == (Slip.TARGET, "到岗时限")
