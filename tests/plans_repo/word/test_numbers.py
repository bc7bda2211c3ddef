"""How numbers are printed: nothing promised is rounded, nothing uncertain looks certain."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans_repo.errors import PlansRepoError
from plans_repo.packs import reading as packs
from plans_repo.word import numbers
from plans_repo.word.wording import Wording
from sim.figure import Figure, Mark
from tests.plans_repo.word.builders import a_target

ZH, EN = Wording("zh"), Wording("en")
shares = st.floats(min_value=0, max_value=1, allow_nan=False)


def as_share(text: str) -> Decimal:
    return Decimal(text.rstrip("%")) / 100


@given(shares)
def test_only_certainty_prints_as_0_or_100_percent(value: float) -> None:
    if numbers.percent(value) in ("0%", "100%"):
        assert min(value, 1 - value) < 1e-8


@given(shares)
def test_a_share_is_printed_to_a_tenth_of_a_percent_or_better(value: float) -> None:
    assert abs(as_share(numbers.percent(value)) - Decimal(repr(value))) <= Decimal("0.0005")


@given(st.tuples(shares, shares).map(sorted))
def test_a_printed_interval_holds_the_true_one(ends: list[float]) -> None:
    low, high = ends
    shown = numbers.interval(ZH, low, high, 0.95).removeprefix("95%置信区间").split("～")
    assert as_share(shown[0]) <= Decimal(repr(low))
    assert as_share(shown[1]) >= Decimal(repr(high))


@given(st.integers(min_value=0, max_value=100_000))
def test_a_limit_is_never_rounded(tenths: int) -> None:
    shown = numbers.limit(ZH, tenths / 10)
    hours, _, rest = shown.rpartition("小时") if "小时" in shown else ("0", "", shown)
    minutes = Decimal(rest.removesuffix("钟").removesuffix("分") or "0")
    assert Decimal(hours) * 60 + minutes == Decimal(tenths) / 10


def test_times_read_as_one_says_them() -> None:
    assert [numbers.minutes(ZH, value) for value in (95, 59.96, 0.04, 1440, None)] == [
        "1小时35分", "1小时", "0分钟", "24小时", "超出推演时长",
    ]  # fmt: skip
    assert numbers.minutes(EN, 95) == "1 h 35 min"


def test_dates_have_no_leading_zero_and_are_those_of_china() -> None:
    assert numbers.day(ZH, datetime(2026, 2, 28, 16, 30, tzinfo=UTC)) == "2026年3月1日"


@pytest.mark.parametrize("mark", [mark for mark in Mark if mark not in numbers.CERTAIN])
def test_every_uncertain_mark_is_printed_beside_its_number(mark: Mark) -> None:
    shown = numbers.figure(ZH, Figure(value=0.5, unit="min", source="x", mark=mark))
    assert shown == f"0.5分钟〔{ZH.say(f'mark.{mark}')}〕"


def test_a_proposed_limit_says_so() -> None:
    assert numbers.promise(ZH, a_target(proposed=True)) == "自县防指下达命令起1小时内完成〔拟议〕"
    assert numbers.promise(ZH, a_target()) == "自县防指下达命令起1小时内完成"


def test_a_margin_is_early_or_late() -> None:
    target = a_target(kind="margin", clock="洪水到达", limit_min=30)
    assert numbers.promise(ZH, target) == "早于洪水到达不少于30分钟"
    assert numbers.promise(ZH, replace(target, limit_min=0)) == "在洪水到达前完成"
    share = replace(target, kind="share", share=0.95, limit_min=0)
    assert numbers.promise(ZH, share).startswith("95%在洪水到达前完成")
    assert [numbers.lead(ZH, target, value) for value in (88.0, -12.5)] == ["提前1小时28分", "晚12.5分钟"]


def test_an_interval_of_another_confidence_is_given_in_full() -> None:
    target = a_target(confidence=0.99375)
    assert numbers.met_cell(ZH, target, 0.95) == "60%（99.4%置信区间55.5%～64.3%）"
    assert numbers.met_cell(ZH, a_target(), 0.95) == "60%\n55.5%～64.3%"


@given(st.integers(min_value=1, max_value=1000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_misses_in_words_are_near_the_share(counts: tuple[int, int]) -> None:
    met, runs = counts
    shown = numbers.misses(ZH, met / runs)
    if met in (0, runs):
        assert shown == ("每次都做到" if met else "每次都做不到")
        return
    times, _, rest = shown.replace("约", "").partition("次有")
    spoken = Decimal(rest.removesuffix("次做不到")) / Decimal(times)
    assert abs(spoken - (1 - Decimal(met) / Decimal(runs))) <= Decimal("0.01")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(PlansRepoError, match="report-language-unknown"):
        Wording("fr")


def test_every_unit_of_the_scenarios_has_its_name() -> None:
    units = {each.figure.unit for scenario in packs.scenarios() for each in scenario.parameters}
    assert {unit for unit in units if not ZH.has(f"unit.{unit}")} == set()
