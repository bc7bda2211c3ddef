"""A confirmed target stands as long as its sentence stands, and what the author set of it stays his."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plans_repo.standing import reconsidered
from plans_repo.text.clause import Cell, Clause, ClauseKind, Table
from sim.circumstance import Circumstance
from sim.figure import Mark
from sim.procedure import Level, Procedure, Target
from tests.plans_repo.builders import a_clause, a_procedure

SAID = "接到预警后30分钟内到岗。"


def promising(source: str = SAID, **more: object) -> Procedure:
    """A procedure whose one target is confirmed and bound to clause c2."""
    target = replace(a_procedure().targets[0], clause="c2", source=source, proposed=False, **more)
    return replace(a_procedure(), targets=(target,))


def after(procedure: Procedure, new: Clause, *, old: Clause | None = None, fresh: Procedure | None = None) -> Target:
    kept = reconsidered(procedure, [old or a_clause("c2", SAID)], [new], fresh)
    assert kept is not None
    return kept.targets[0]


def row(minutes: int) -> Clause:
    """A clause that is a table, as the finding of limits quotes it: cells joined by commas."""
    cells = tuple(Cell(content=(words,)) for words in ("保障组", f"{minutes}分钟内送达"))
    return Clause(id="c2", kind=ClauseKind.TABLE, table=Table(rows=(cells,)))


def test_what_the_author_set_stays_and_what_the_text_says_is_taken_over():
    fresh = promising("接到预警后40分钟内到岗。", limit_min=40)
    reopened = after(promising(limit_min=30, assurance=0.99), a_clause("c2", "接到预警后40分钟内到岗。"), fresh=fresh)
    assert (reopened.limit_min, reopened.assurance, reopened.proposed) == (40, 0.99, True)
    assert reopened.source == "接到预警后40分钟内到岗。"


def test_a_goal_of_the_template_does_not_take_the_place_of_a_promise():
    fresh = replace(promising(), targets=(replace(promising().targets[0], clause="", limit_min=360, source="模板"),))
    reopened = after(promising(limit_min=30), a_clause("c2", "接到预警后及时到岗。"), fresh=fresh)
    assert (reopened.limit_min, reopened.clause, reopened.proposed) == (30, "c2", True)


def test_a_changed_row_of_a_table_opens_its_target_again():
    confirmed = promising("保障组，30分钟内送达")
    assert after(confirmed, row(90), old=row(30)).proposed
    assert not after(confirmed, row(30), old=row(30)).proposed


@pytest.mark.parametrize(("source", "is_open"), [(SAID, False), ("", True)], ids=["quoted", "quoted by nobody"])
def test_words_beside_the_sentence_open_only_what_nobody_quoted(source: str, is_open: bool):
    assert after(promising(source), a_clause("c2", f"{SAID}并签到。")).proposed is is_open


def test_a_clause_taken_out_opens_its_target_again():
    assert after(promising(), a_clause("c3", SAID)).proposed


# ---- Parts of a promise ----------------------------------------------------------------------------------------------

PLAIN = "接报后2小时内向市报告。"
REFINED = "接报后1小时内向市报告，重大险情30分钟内报告。"
GRAVE = (Circumstance.GRADE_MAJOR, Circumstance.GRADE_EXCEPTIONAL)


def parts(*said: tuple[str, float, tuple[Circumstance, ...]], source: str, **more: object) -> Procedure:
    """A procedure whose targets are these parts of one promise: id, minutes and circumstances."""
    whole = promising(source, **more)
    return replace(
        whole,
        targets=tuple(
            replace(whole.targets[0], id=name, limit_min=minutes, circumstances=cases) for name, minutes, cases in said
        ),
    )


def test_a_promise_that_now_tells_cases_apart_is_judged_by_none_of_its_old_figures():
    old = parts(("report", 120, ()), source=PLAIN, assurance=0.99)
    fresh = parts(("report.rest", 60, (Circumstance.GRADE_ORDINARY,)), ("report.grave", 30, GRAVE), source=REFINED)
    kept = reconsidered(old, [a_clause("c2", PLAIN)], [a_clause("c2", REFINED)], fresh)
    assert kept is not None
    assert [(each.id, each.limit_min, each.proposed) for each in kept.targets] == [
        ("report.rest", 60, True),
        ("report.grave", 30, True),
    ]
    assert {each.assurance for each in kept.targets} == {0.99}
    back = reconsidered(fresh, [a_clause("c2", REFINED)], [a_clause("c2", PLAIN)], old)
    assert back is not None
    assert [(each.id, each.limit_min, each.proposed) for each in back.targets] == [("report", 120, True)]


def test_a_part_whose_sentence_stands_stays_confirmed():
    other = replace(promising("另一句。").targets[0], id="report.grave", limit_min=30, clause="c9", circumstances=GRAVE)
    old = parts(("report.rest", 120, (Circumstance.GRADE_ORDINARY,)), source=PLAIN)
    old = replace(old, targets=(*old.targets, other))
    fresh = parts(("report.rest", 60, (Circumstance.GRADE_ORDINARY,)), source=REFINED)
    fresh = replace(fresh, targets=(*fresh.targets, other))
    ninth = a_clause("c9", "另一句。")
    kept = reconsidered(old, [a_clause("c2", PLAIN), ninth], [a_clause("c2", REFINED), ninth], fresh)
    assert kept is not None
    assert [(each.id, each.limit_min, each.proposed) for each in kept.targets] == [
        ("report.rest", 60, True),
        ("report.grave", 30, False),
    ]


def test_an_older_procedure_takes_the_new_figure_and_keeps_the_start_it_knows():
    old = parts(("report", 120, ()), source=PLAIN)
    fresh = parts(("report", 60, ()), source=REFINED)
    newer = replace(fresh.tasks[0], id="newer")
    fresh = replace(fresh, tasks=(*fresh.tasks, newer), targets=(replace(fresh.targets[0], starts="newer"),))
    kept = reconsidered(old, [a_clause("c2", PLAIN)], [a_clause("c2", REFINED)], fresh)
    assert kept is not None
    assert [(each.limit_min, each.starts) for each in kept.targets] == [(60, old.targets[0].starts)]


def test_a_level_an_older_procedure_does_not_have_is_not_taken_over():
    old = parts(("report", 120, ()), source=PLAIN)
    level = Level(id="L1", label="Ⅰ级", rank=1)
    fresh = parts(("report", 60, ()), source=REFINED)
    fresh = replace(fresh, levels=(level,), targets=(replace(fresh.targets[0], levels=("Ⅰ级",)),))
    kept = reconsidered(old, [a_clause("c2", PLAIN)], [a_clause("c2", REFINED)], fresh)
    assert kept is not None
    assert [(each.limit_min, each.proposed) for each in kept.targets] == [(120, True)]


def test_what_a_person_entered_is_opened_again_and_never_overwritten():
    old = parts(("report", 75, ()), source="县水利局来函", mark=Mark.EXPERT)
    fresh = parts(("report", 90, ()), source=REFINED)
    kept = reconsidered(old, [a_clause("c2", PLAIN)], [a_clause("c2", REFINED)], fresh)
    assert kept is not None
    assert [(each.limit_min, each.source, each.proposed) for each in kept.targets] == [(75, "县水利局来函", True)]
