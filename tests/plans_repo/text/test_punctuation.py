"""A plan typed with half-width commas, colons and brackets says what it says with full-width ones."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from importlib.resources import files

import pytest

from plans_repo.store.work import new_uuid
from plans_repo.text.clause import Clause
from plans_repo.text.finding.drill_intervals import drill_intervals
from plans_repo.text.finding.levels import levels
from plans_repo.text.finding.limits import time_limits
from plans_repo.text.finding.sums import wrong_sums
from plans_repo.text.quantities import quantities
from plans_repo.text.reading import read_plan

HALF_WIDTH = str.maketrans("，；：（）", ",;:()")
PLANS = {one.name: one.read_text(encoding="utf-8") for one in files("ui.demo.plans").iterdir() if one.suffix == ".md"}
READERS: dict[str, Callable[[Sequence[Clause]], Iterable[object]]] = {
    "levels": levels,
    "limits": time_limits,
    "quantities": quantities,
    "sums": wrong_sums,
    "drills": lambda clauses: drill_intervals(clauses, kind="special", title="某县防汛应急预案", maker="某县人民政府"),
}


@pytest.mark.parametrize("name", sorted(PLANS))
def test_what_is_found_does_not_depend_on_the_width_of_signs(name: str) -> None:
    clauses = read_plan(PLANS[name].encode(), name, new_id=new_uuid).clauses
    half = [replace(one, title=narrow(one.title), text=narrow(one.text)) for one in clauses]
    for what, read in READERS.items():
        found, again = (list(map(repr, read(each))) for each in (clauses, half))
        assert list(map(narrow, found)) == list(map(narrow, again)), what


@pytest.mark.parametrize("name", sorted(PLANS))
def test_the_outline_does_not_depend_on_the_width_of_signs(name: str) -> None:
    found, again = (
        [
            (one.level, one.kind, one.number, narrow(one.title))
            for one in read_plan(text.encode(), name, new_id=new_uuid).clauses
        ]
        for text in (PLANS[name], narrow(PLANS[name]))
    )
    assert found == again


def test_a_condition_is_told_in_the_words_it_was_typed_in() -> None:
    text = "某县防汛应急预案\n1 应急响应\n1.1 Ⅱ级响应\n启动条件:\n(1)死亡3人以上,10人以下(含失踪);\n"
    clauses = read_plan(text.encode(), "a.txt", new_id=new_uuid).clauses
    (level,) = levels(clauses)
    assert [one.text for one in level.conditions] == ["死亡3人以上,10人以下(含失踪)"]
    assert (level.conditions[0].at_least, level.conditions[0].below) == (3.0, 10.0)


def narrow(text: str) -> str:
    return text.translate(HALF_WIDTH)
