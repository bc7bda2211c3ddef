"""``yuyan scenario``: a story from copy to study, and refusals in one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ui.test_command_line import PLAN
from ui.command_line import main

Ask = Callable[..., tuple[int, Any]]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with one plan in it and one scenario somebody made."""
    folder = tmp_path_factory.mktemp("scenarios")
    file = folder / "plan.txt"
    file.write_text(PLAN, encoding="utf-8")
    assert main(["--data", str(folder / "data"), "plan", "import", str(file)]) == 0
    words = ["scenario", "copy", "river-plain-night", "own", "--title", "本县夜间洪水"]
    assert main(["--data", str(folder / "data"), *words]) == 0
    return folder / "data"


@pytest.fixture
def ask(data: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """The exit code, and the document or the sentence."""

    def asked(*words: str, lang: str = "zh") -> tuple[int, Any]:
        capsys.readouterr()
        code = main(["--data", str(data), "--lang", lang, "--json", *words])
        told = capsys.readouterr()
        return code, (json.loads(told.out) if told.out else told.err)

    return asked


def test_changed_shown_and_handed_on(ask: Ask, tmp_path: Path):
    before = ask("scenario", "history", "own")[1]["versions"][0]
    code, saved = ask("scenario", "set", "own", "parameter.bus_seats=50", "--fail", "road:R01:60:120", "--reason", "改")
    assert (code, saved["number"]) == (0, before["number"] + 1)
    _, shown = ask("scenario", "show", "own")
    assert next(one for one in shown["parameters"] if one["name"] == "bus_seats")["value"] == 50
    assert shown["failures"] == [{"kind": "road", "of": "R01", "from_min": 60, "until_min": 120, "units": 0}]
    _, old = ask("scenario", "show", f"own@{before['number']}")
    assert (old["hash"], old["failures"]) == (before["hash"], [])
    file = tmp_path / "own.toml"
    assert ask("scenario", "export", "own", "--out", str(file))[1]["hash"] == saved["hash"]
    code, again = ask("scenario", "import", str(file))
    assert (code, again) == (0, saved)  # the same again is no new version
    assert ask("scenario", "check", str(file))[1]["valid"]
    assert ask("scenario", "import", str(file), "--id", "second")[1]["number"] == 1


def test_curves_are_listed_and_one_is_told_point_by_point(ask: Ask):
    _, every = ask("scenario", "curves", "own", "--draws", "5")
    names = {curve["name"] for curve in every["curves"]}
    assert {"clock:water", "people:water", "gate:road"} <= names
    assert all(curve["said"].endswith(("。", ".")) for curve in every["curves"])
    code, one = ask("scenario", "curves", "own", "--draws", "5", "--curve", "people:water", lang="en")
    assert code == 0
    assert [curve["name"] for curve in one["curves"]] == ["people:water"]
    assert len(one["curves"][0]["points"][0]) == 4


def test_several_events_in_one_study(ask: Ask):
    parts = ["--part", "=own", "--part", "more=river-plain-day+water@R01+30"]
    assert ask("scenario", "compound", "pair", "--title", "接连两次洪水", *parts)[0] == 0
    _, shown = ask("scenario", "show", "pair")
    assert [part["id"] for part in shown["parts"]] == ["", "more"]
    assert shown["parts"][1]["start_min"] > 30
    assert [part["follows"] for part in shown["parts"]] == [False, True]
    failing = ("--fail", "commander:commander:0:60", "--fail", "road:R02@more:10")
    assert ask("scenario", "compound", "pair", *parts, *failing)[1]["number"] == 2
    _, shown = ask("scenario", "show", "pair")
    assert [(one["of"], one["from_min"], one["until_min"]) for one in shown["failures"]] == [
        ("commander", 0, 60), ("more:R02", 10, None),
    ]  # fmt: skip
    assert ask("scenario", "set", "pair", "title=两次洪水", "--unfail", "2")[1]["number"] == 3
    _, again = ask("scenario", "show", "pair")
    assert (again["title"], again["failures"]) == ("两次洪水", shown["failures"][:1])
    code, study = ask("study", "run", "防汛", "pair", "--runs", "3", "--part", "more=防汛")
    assert code == 0, study
    assert study["scenario_version"] == "pair@3"
    assert [part["part"] for part in study["parts"]] == ["", "more"]
    assert all(part["targets"] for part in study["parts"])
    assert {target["id"] for target in study["targets"]} == {
        name for part in study["parts"] for name in part["targets"]
    }


@pytest.mark.parametrize(
    "words",
    [
        ("set", "own", "parameter.bus_seats=nan"),
        ("set", "own", "horizon_min=1e300"),
        ("set", "own", "place.R01.people=-1"),
        ("set", "own", "title="),
        ("set", "own", "nothing=1"),
        ("set", "own", "--fail", "road:R01:inf"),
        ("set", "own", "--fail", "machine:nobody:-5"),
        ("set", "own", "--unfail", "99"),
        ("set", "river-plain-day", "title=x"),
        ("copy", "own", "own"),
        ("copy", "own", "Über alles"),
        ("copy", "nowhere", "there"),
        ("new", "../x", "--spread", "river", "--title", "x"),
        ("compound", "p", "--title", "x", "--part", "=own", "--part", "=own"),
        ("compound", "p", "--title", "x", "--part", "=own", "--part", "a=own+never@R01"),
        ("compound", "p", "--title", "x", "--part", "=own", "--part", "a=own+-5"),
        ("compound", "p", "--title", "x", "--horizon", "nan", "--part", "=own"),
        ("compound", "p", "--title", "x", "--part", "=own", "--fail", "road:R01@nobody"),
        ("compound", "p", "--title", "x", "--part", "=own", "--part", "b=own", "--fail", "road:R99@b"),
        ("curves", "own", "--curve", "nothing"),
        ("history", "nowhere"),
        ("show", "own@99"),
        ("import", "/nowhere/at/all.toml"),
    ],
    ids=" ".join,
)
def test_a_refusal_is_one_sentence_and_exit_code_one(ask: Ask, words: tuple[str, ...]):
    before = ask("scenario", "history", "own")
    code, said = ask("scenario", *words)
    assert code == 1
    assert said.count("\n") == 1
    assert "Traceback" not in said
    assert ask("scenario", "history", "own") == before  # nothing was stored


@pytest.mark.parametrize("words", [("set", "own", "title"), ("new", "x", "--spread", "storm", "--title", "x"),
                                   ("set", "own", "--fail", "plague:x")], ids=" ".join)  # fmt: skip
def test_wrong_usage_is_exit_code_two(ask: Ask, words: tuple[str, ...]):
    with pytest.raises(SystemExit) as ended:
        ask("scenario", *words)
    assert ended.value.code == 2
