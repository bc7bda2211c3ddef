"""``yuyan study choose | weak | doubt`` and the warning of a comparison: JSON keys and plain sentences."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plans_repo import analyses
from plans_repo.packs import reading as packs
from sim.question import Question
from sim.scenario import ResourceSet
from sim.weak_points import Loss, LossKind, losses_of
from tests.sim.builders import a_procedure, a_task
from tests.ui.test_command_line import PLAN
from ui.command_line import main
from ui.components.analysis_words import loss_words

OWN = ResourceSet(id="own", title="own")
SCENARIO = "river-plain-night"
Ask = Callable[..., tuple[int, Any]]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with one plan in it."""
    folder = tmp_path_factory.mktemp("analyses")
    file = folder / "plan.txt"
    file.write_text(PLAN, encoding="utf-8")
    assert main(["--data", str(folder / "data"), "plan", "import", str(file)]) == 0
    return folder / "data"


@pytest.fixture
def ask(data: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Ask about the plan; the exit code, and the document or what was printed."""

    def asked(name: str, *words: str, as_json: bool = True, lang: str = "zh") -> tuple[int, Any]:
        capsys.readouterr()
        options = ["--data", str(data), "--lang", lang, *(["--json"] if as_json else [])]
        code = main([*options, "study", name, "防汛", *words])
        told = capsys.readouterr()
        return code, (json.loads(told.out) if as_json and told.out else told.out + told.err)

    return asked


def test_weak_points_are_listed_with_their_clause_and_interval(ask: Ask):
    code, found = ask("weak", SCENARIO, "--runs", "200", "--failures", "1", "--seed", "1")
    assert code == 0
    assert {"breaking", "weakening", "not_kept", "resilience", "tried", "seed"} <= set(found)
    assert {"kind": "absent", "of": "commander"} in found["tried"]
    points = [*found["breaking"], *found["weakening"]]
    assert points
    assert all(
        point["change_low"] <= point["change"] <= point["change_high"] or not point["change"] for point in points
    )
    assert "二（二）" in {point["clause_number"] for point in points}
    assert [step["failures"] for step in found["resilience"]] == [0, 1]


def test_a_choice_says_what_is_chosen_or_that_nothing_is(ask: Ask):
    code, found = ask("choose", SCENARIO, "--offer", "commander=0:1:1", "--target", "F6-limit", "--most-runs", "100")
    assert code == 0
    assert found["sets"] == 2
    assert found["guarantee"] in {"cheapest", "open", "none", "unknown"}
    assert found["ruled_out"][0]["units"] == {"commander": 0}  # nobody decides without a commander


@pytest.mark.parametrize(
    ("words", "said"),
    [
        *(
            (("choose", "--offer", word), "须写作 力量=最少:最多:单价")
            for word in (
                "commander",
                "commander=1",
                "commander=1:2:",
                "commander=1:2:3:4",
                "commander=a:b:c",
                "bus=3:1:5",
                "bus=1:3:nan",
                "bus=1:3:-1",
            )
        ),
        *((("sensitivity", "--parameter", f"a={word}"), "须写作 参数=下限:上限") for word in ("2:1", "1:inf", "1:1")),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage_said_in_a_sentence(
    ask: Ask, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
):
    with pytest.raises(SystemExit) as ended:
        ask(words[0], SCENARIO, *words[1:])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_a_parameter_is_told_by_its_title(ask: Ask):
    asked = ("--runs", "4", "--target", "F2-limit", "--parameter", "arrival_sigma=0.1:0.5")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analyses, "ranges_of", lambda question: ())
        code, told = ask("sensitivity", SCENARIO, *asked, as_json=False)
    assert code == 0
    assert "arrival_sigma" not in told


@pytest.mark.parametrize(
    ("gate", "said"), [("road", "条件“道路通行”始终不具备"), ("second:gas", "条件“气体达标（二次爆炸）”始终不具备")]
)
def test_a_gate_that_stays_shut_is_told_as_the_condition_it_is(gate: str, said: str):
    events = {"second": "二次爆炸"}
    assert loss_words(Loss(kind=LossKind.SHUT, of=gate), a_procedure(a_task("a", 5)), events) == said


@pytest.mark.parametrize(
    ("kind", "pool", "said"),
    [
        (LossKind.ONE_UNIT, "fire_engine@NS1", "城区消防救援站消防车少一辆"),
        (LossKind.ALL_UNITS, "fire_crew@NS2", "开发区消防救援站消防战斗班全部失去"),
        (LossKind.ONE_UNIT, "crew_there", "已到场的战斗班少一班（不论哪一班）"),
        (LossKind.ONE_UNIT, "ambulance", "救护车少一辆（不论哪一辆）"),
    ],
)
def test_a_loss_names_its_station_or_says_that_it_is_anybodys(kind: LossKind, pool: str, said: str):
    event = packs.scenario("residential-building-night")
    question = Question(procedure=packs.template("building").procedure, scenario=event, resources=OWN)
    assert Loss(kind=kind, of=pool) in losses_of(question.network)
    assert loss_words(Loss(kind=kind, of=pool), question.procedure) == said


def test_an_offer_of_an_unknown_pool_or_target_is_refused_in_a_sentence(ask: Ask):
    assert ask("choose", SCENARIO, "--offer", "plane=0:1:1", as_json=False)[0] == 1
    code, told = ask("weak", SCENARIO, "--runs", "10", "--target", "nothing", as_json=False)
    assert (code, "没有可推演的目标“nothing”" in told) == (1, True)


def test_the_doubt_of_guessed_durations_asks_for_drills_where_runs_are_many(ask: Ask):
    code, found = ask("doubt", SCENARIO, "--target", "F2-limit", "--runs", "100000", "--draws", "20")
    assert code == 0
    (split,) = found["targets"]
    assert split["advice"] == "drills"
    assert split["runs_share"] + split["inputs_share"] == pytest.approx(1.0)


def test_a_comparison_with_more_units_lists_where_more_is_slower(ask: Ask):
    code, found = ask("compare", "1", "1", SCENARIO, "--runs", "20", "--units", "commander=3")
    (differs,) = found["forces"]["differing"]
    assert (differs["pool"], differs["after"]["units"], differs["after"]["ground"]) == ("commander", 3, "given")
    assert code == 0
    assert all({"target", "worse", "runs", "low", "high"} == set(one) for one in found["anomalies"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_run_says_what_falls_short_in_one_sentence(ask: Ask, lang: str):
    code, found = ask("run", SCENARIO, "--runs", "100", lang=lang)
    assert code == 0
    short = [item["id"] for item in found["targets"] if item["verdict"] == "not_adequate"]
    assert [item["target"] for item in found["shortfalls"]] == short
    assert all(item["said"].endswith("。" if lang == "zh" else ".") for item in found["shortfalls"])
