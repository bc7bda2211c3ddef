"""The footing of a duration says how far it may be off; what is not kept is said in one sentence."""

from __future__ import annotations

import pytest

from plans_repo.analyses import doubts_of, factor_of, ranges_of
from plans_repo.shortfalls import often, promise
from plans_repo.word.wording import Wording
from sim.durations import Duration, Fixed
from sim.figure import Footing, Mark
from sim.procedure import TargetKind
from tests.sim.asking import a_question, a_target
from tests.sim.builders import a_task


def test_the_weaker_the_footing_the_wider_the_range_and_none_is_called_published():
    factors = [factor_of(footing) for footing in Footing]
    assert [factor.value for factor in factors] == sorted({factor.value for factor in factors})
    assert {factor.mark for factor in factors} == {Mark.TO_BE_CONFIRMED}


def test_every_task_that_takes_time_has_its_range_and_doubt():
    tasks = (
        a_task("ride", Duration(law=Fixed(minutes=10), footing=Footing.CALIBRATED)),
        a_task("guess", Duration(law=Fixed(minutes=10), footing=Footing.TEMPLATE)),
        a_task("end", 0, "ride", "guess"),
    )
    question = a_question(*tasks, targets=(a_target("end", 15),))
    ride, guess = ranges_of(question)
    assert (ride.name, guess.name) == ("ride", "guess")
    assert ride.high < guess.high
    assert ride.low * ride.high == pytest.approx(1.0)
    doubts = doubts_of(question)
    assert doubts[1].factor(0.975) == pytest.approx(guess.high, rel=1e-3)


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "3.2条写1小时内完成“到场”"), ("en", "Clause 3.2: “到场” within 1 h")]
)
def test_a_promise_is_said_with_its_clause_and_limit(language: str, said: str):
    target = a_target("ride", 60, title="到场", clause="c1")
    assert promise(Wording(language), target, {"c1": "3.2"}) == said


def test_a_margin_is_said_before_its_clock_and_a_target_without_clause_is_the_procedures():
    target = a_target("ride", 30, title="转移", kind=TargetKind.MARGIN, clock="water")
    assert promise(Wording("zh"), target, {}) == "处置程序写在洪水到达前30分钟完成“转移”"


@pytest.mark.parametrize(
    ("met", "runs", "said"),
    [
        (60, 100, "missed 4 times in 10"),
        (0, 100, "missed in every one of 100 runs"),
        (58, 100, "missed about 4 times in 10"),
    ],
)
def test_how_often_is_said_in_tens(met: int, runs: int, said: str):
    assert often(Wording("en"), met, runs, 0.9) == said
