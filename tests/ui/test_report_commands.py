"""``yuyan study report`` and ``study review``, and the same on the page: told alike, refused with one sentence."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import organisations
from plans_repo.assessing import service
from plans_repo.assessing.moves import State
from plans_repo.assessment import command
from plans_repo.store import accounts
from plans_repo.store.actor import local_actor
from plans_repo.store.roles import Role
from plans_repo.studies import Request, Study, run, studies, study
from tests.ui.conftest import PASSWORD, Clock
from tests.ui.planned import furnish
from ui.command_line import main
from ui.installation import Installation, open_installation

Ask = Callable[..., tuple[int, Any]]
RUNS = 8


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The flood plan, one study of it run by its author, and a deputy head who may sign assessments."""
    data = tmp_path_factory.mktemp("reported")
    opened = furnish(data)
    installation = open_installation(data, clock=Clock())
    with installation.store.work(local_actor("tests")) as work:
        bureau = organisations.organisations(work)[0]
        accounts.create_account(
            work, "deputy", PASSWORD, display_name="deputy", roles=[Role.LEADER], organisation=bureau.id,
            must_change=False,
        )  # fmt: skip
    request = Request(plan=opened.plan, version=opened.version, scenario="river-plain-night", runs=RUNS)
    run(installation.store, accounts.actor_named(installation.store, "author"), request)
    installation.store.close()
    return data


@pytest.fixture
def found(installation: Installation) -> Study:
    with installation.store.reading(accounts.actor_named(installation.store, "author")) as work:
        return study(work, studies(work)[0].id)


@pytest.fixture
def ask(installation: Installation, capsys: pytest.CaptureFixture[str]) -> Ask:
    """A command in the name of an account: the exit code, and the document or what was printed."""

    def asked(who: str, *words: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = main(["--data", str(installation.store.data), "--as", who, "--json", "study", *words])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else told.err.strip()

    return asked


def test_a_study_is_assessed_submitted_returned_and_signed_out_by_commands(
    ask: Ask, found: Study, tmp_path: Path
) -> None:
    review = ("review",)
    code, told = ask("evaluator", *review, "show", found.id)
    assert (code, told["state"]) == (0, "not_begun")
    code, said = ask("evaluator", *review, "tick", found.id, "rest")
    assert (code, "复核依据" in said) == (1, True)
    key = told["figures"][0]["figure"]
    ask("evaluator", *review, "object", found.id, key, "--note", "与台账不符")
    rest = ask("evaluator", *review, "tick", found.id, "rest", "--basis", "逐项核对")[1]
    assert (rest["open_figures"], rest["open_objections"]) == (0, [key])
    code, said = ask("evaluator", *review, "submit", found.id, "--post", "副科长")
    assert (code, "异议没有答复也没有撤回" in said) == (1, True)
    assert ask("evaluator", *review, "answer", found.id, key, "--note", "已核实")[1]["open_objections"] == []
    for target, verdict in [*told["computed"].items(), ("", "")]:
        word = verdict or service.computed(found, "").value
        said = {"undecided": "insufficient"}.get(word, word)
        words = ("--target", target, "--verdict", said, "--reason", "与推演一致")
        assert ask("evaluator", *review, "verdict", found.id, *words)[0] == 0
    assert ask("evaluator", *review, "submit", found.id, "--post", "副科长")[1]["state"] == "submitted"
    code, said = ask("evaluator", *review, "sign-out", found.id, "--post", "副科长")
    assert (code, "不能审签" in said) == (1, True)
    code, draft = ask("evaluator", "report", found.id, "--out", str(tmp_path / "draft.docx"))
    assert (draft["final"], draft["stress"]["missing"]) == (False, [])
    assert ask("deputy", *review, "return", found.id, "--reason", "再核")[1]["state"] == "returned"
    ask("evaluator", *review, "submit", found.id, "--post", "副科长")
    assert ask("deputy", *review, "sign-out", found.id, "--post", "副局长")[1]["state"] == "signed_out"
    paths = [tmp_path / name for name in ("one.docx", "two.docx")]
    first, second = (ask("deputy", "report", found.id, "--out", str(path))[1] for path in paths)
    assert first["final"]
    assert first["sha256"] == second["sha256"]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    head = docx.Document(io.BytesIO(paths[0].read_bytes())).sections[0].header.paragraphs[0].text
    assert head.startswith("正式稿　评估：evaluator（副科长）　审签：deputy（副局长）")


def test_norms_are_counted_by_the_figures_entered_and_the_last_entry_counts(
    ask: Ask, found: Study, installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    def norms(*words: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = main(["--data", str(installation.store.data), "--as", "evaluator", "--json", "norms", *words])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else told.err.strip()

    def ambulances() -> dict[str, Any]:
        return next(each for each in ask("evaluator", "norms", found.id)[1]["norms"] if each["id"] == "ambulances")

    before = ambulances()
    assert (before["needed"], before["outcome"]) == (None, "unknown")
    code, said = norms("county_population", "300000")
    assert (code, "出自哪份文件" in said) == (1, True)
    assert norms("county_population", "300000", "--source", "年鉴")[0] == 0
    assert ambulances()["needed"] == 30
    assert norms("县域人口", "561300", "--source", "统计公报")[0] == 0
    assert ambulances()["needed"] == 57
    norms("suburb_area_km2", "14.5", "--source", "规划")
    only = norms("county_population")[1]["figures"]
    assert [(each["key"], each["value"]) for each in only] == [("county_population", 561300)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("report", "nothing"), "没有编号为"),
        (("review", "tick", "{study}", "duration:none"), "没有编号为“duration:none”的数据"),
        (("review", "object", "{study}", "units:bus"), "请填写异议说明"),
        (("review", "verdict", "{study}", "--reason", "好"), "请填写评估结论"),
        (("review", "submit", "{study}", "--post", "副科长"), "不能办理“报送审签”"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(ask: Ask, found: Study, words: tuple[str, ...], said: str) -> None:
    code, told = ask("evaluator", *(word.format(study=found.id) for word in words))
    assert code == 1
    assert said in told
    assert "\n" not in told


def test_the_command_printed_in_the_report_gives_the_same_bytes_on_one_worker_and_on_two(
    ask: Ask, found: Study, installation: Installation
) -> None:
    words = command(found).split()[4:]
    again = [ask("author", *words, "--workers", workers)[1]["study"] for workers in ("1", "2")]
    with installation.store.reading(accounts.actor_named(installation.store, "author")) as work:
        digests = {study(work, name).result_digest for name in (found.id, *again)}
    assert len({found.id, *again}) == 3
    assert digests == {found.result_digest}


def test_a_study_of_an_earlier_release_lacks_what_was_not_recorded(found: Study) -> None:
    assert found.made_with is not None
    assert found.made_with.code
    assert replace(found, made_with=None) == found


def test_the_page_takes_the_steps_the_commands_take(
    app: Callable[..., AppTest], found: Study, installation: Installation
) -> None:
    at = app("evaluator", "study_page.py", id=found.id)
    assert "评估意见" in [each.value for each in at.subheader]
    at.checkbox(key="look-rest").check()
    at.text_input(key="look-basis").input("与处置程序逐项核对")
    at.button(key="look-do").click().run()
    at.text_input(key="object-note").input("与台账不符")
    at.button(key="object-do").click().run()
    at.text_input(key="answer-words").input("已核实")
    at.button(key="answer-do").click().run()
    at.text_area(key="judge-reason").input("与推演一致")
    at.button(key="judge-do").click().run()
    assert not at.exception
    with installation.store.reading(accounts.actor_named(installation.store, "evaluator")) as work:
        now = service.assessment(work, found.id)
    assert (now.state, now.open_items, len(now.conclusions)) == (State.OPEN, (), 1)
    assert [(look.note, look.answer) for look in now.objections] == [("与台账不符", "已核实")]


def test_who_may_not_assess_sees_the_assessment_and_no_form(app: Callable[..., AppTest], found: Study) -> None:
    at = app("reviewer", "study_page.py", id=found.id)
    assert "评估意见" in [each.value for each in at.subheader]
    assert "look-do" not in {each.key for each in at.button}
