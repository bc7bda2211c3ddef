"""The script of a drill on its page and by ``yuyan script``: made, shown, out and in, approved, kept from players."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from streamlit.testing.v1 import AppTest

from drills.register import plan_drill
from drills.scripts import keeping
from drills.scripts.script import Standing
from drills.scripts.sheet import sheet_of
from plans_repo import plans
from plans_repo.errors import NotAllowed
from plans_repo.store import accounts
from tests.drills.scripts.making_scripts import edited
from tests.ui.conftest import Clock
from tests.ui.planned import furnish
from ui import downloads
from ui.command_line import main
from ui.installation import Installation, occupy, open_installation

Open = Callable[..., AppTest]
Ask = Callable[..., tuple[int, Any]]
TITLE, SCENARIO = "清川县防汛演练", "river-plain-night"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The flood plan, and a drill on it that has no script yet."""
    data = tmp_path_factory.mktemp("scripted")
    opened = furnish(data)
    installation = open_installation(data, clock=Clock())
    with installation.store.work(accounts.actor_named(installation.store, "organiser")) as work:
        plan_drill(work, TITLE, year=2026, plan_ids=(opened.plan,), on=date(2026, 12, 9))
    installation.store.close()
    return data


@pytest.fixture
def ask(installation: Installation, capsys: pytest.CaptureFixture[str]) -> Ask:
    """A command in the name of an account: the exit code, and the document or what was said."""

    def asked(who: str, *words: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = main(["--data", str(installation.store.data), "--as", who, "--json", *words])
        occupy(installation)  # the command ended with an installation of its own
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else told.err.strip()

    return asked


@pytest.fixture
def drill_id(ask: Ask) -> str:
    return str(ask("organiser", "drill", "list")[1]["drills"][0]["id"])


def page_words(at: AppTest) -> str:
    shown = [*at.markdown, *at.caption, *at.warning, *at.success, *at.error, *at.header, *at.subheader]
    return "\n".join(str(each.value) for each in shown) + "".join(str(each.proto.body) for each in at.get("html"))


def test_from_the_plan_to_an_approved_script_on_the_page(app: Open, installation: Installation, drill_id: str) -> None:
    at = app("organiser", "drill_page.py", id=drill_id)
    assert "还没有脚本" in page_words(at)
    assert not at.exception
    at.selectbox("script-scenario").select(SCENARIO)
    at.button("script-make-go").click().run()
    words = page_words(at)
    assert "脚本已生成（第1稿）。" in words
    assert "情况通报：平原河段夜间涨水" in words or "情况通报" in words
    assert "开始前必须补齐：" in words
    at.checkbox("script-approve-all").check().run()
    at.button("script-approve-go").click().run()
    assert "尚未审定" not in page_words(at)
    with installation.store.reading(accounts.actor_named(installation.store, "organiser")) as work:
        kept = keeping.script(work, drill_id)
    assert kept is not None
    assert (kept.revision, {one.standing for one in kept.script.injects}) == (2, {Standing.APPROVED})


def test_one_inject_is_changed_on_the_page_and_is_a_draft_again(app: Open, ask: Ask, drill_id: str) -> None:
    ask("organiser", "script", "make", TITLE, "--scenario", SCENARIO)
    ask("organiser", "script", "approve", TITLE)
    at = app("organiser", "drill_page.py", id=drill_id)
    at.selectbox("script-which").select("i:opening").run()
    at.text_area("inject-i:opening-2-text").set_value("水位站报告：水位已超警戒。")
    at.text_input("inject-i:opening-2-reason").set_value("写得更像报告")
    at.button("inject-i:opening-2-save").click().run()
    assert "注入1已保存（第3稿）。" in page_words(at)
    told = ask("organiser", "script", "show", TITLE)[1]
    standings = {one["number"]: one["standing"] for one in told["injects"]}
    assert (standings.pop("1"), set(standings.values())) == ("draft", {"approved"})


def test_a_condition_that_cannot_be_read_is_refused_and_nothing_is_kept(app: Open, ask: Ask, drill_id: str) -> None:
    ask("organiser", "script", "make", TITLE, "--scenario", SCENARIO)
    at = app("organiser", "drill_page.py", id=drill_id)
    at.selectbox("script-which").select("i:opening").run()
    at.selectbox("inject-i:opening-1-timing").select_index(2)
    at.text_input("inject-i:opening-1-condition").set_value("等水来了")
    at.text_input("inject-i:opening-1-reason").set_value("改")
    at.button("inject-i:opening-1-save").click().run()
    assert "读不懂" in "".join(str(each.value) for each in at.error)
    assert ask("organiser", "script", "history", TITLE)[1]["revisions"][0]["revision"] == 1


def test_made_exported_imported_and_approved_by_commands(ask: Ask, tmp_path: Path) -> None:
    code, made = ask("organiser", "script", "make", TITLE, "--scenario", SCENARIO, "--minutes", "600")
    assert (code, made["revision"], made["scenario"]) == (0, 1, SCENARIO)
    for name in ("script.xlsx", "script.json"):
        file = str(tmp_path / name)
        assert ask("organiser", "script", "export", TITLE, file)[1]["hash"] == made["hash"]
        assert ask("organiser", "script", "import", TITLE, file)[1]["revision"] == 1
    code, after = ask("organiser", "script", "approve", TITLE, "--number", "1")
    assert (code, after["revision"]) == (0, 2)
    assert [one["standing"] for one in after["injects"]].count("approved") == 1
    told = ask("organiser", "script", "show", TITLE)[1]
    assert [fault["lack"] for fault in told["faults"]].count("not_approved") == len(
        [one for one in told["injects"] if one["standing"] == "draft" and one["timing"] != "held"]
    )


def test_a_faulty_sheet_is_told_row_by_row_and_nothing_is_taken(ask: Ask, installation: Installation, drill_id: str,
                                                                tmp_path: Path) -> None:  # fmt: skip
    ask("organiser", "script", "make", TITLE, "--scenario", SCENARIO)
    with installation.store.reading(accounts.actor_named(installation.store, "organiser")) as work:
        kept = keeping.script(work, drill_id)
    assert kept is not None
    file = tmp_path / "script.xlsx"
    data = edited(sheet_of(kept.script), lambda book: setattr(book["情景注入"].cell(2, 3), "value", -1))
    file.write_bytes(data)
    code, told = ask("organiser", "script", "import", TITLE, str(file))
    assert (code, [(one["page"], one["row"]) for one in told["faults"]]) == (1, [("injects", 2)])
    assert "演练开始" in told["faults"][0]["why"]
    assert len(ask("organiser", "script", "history", TITLE)[1]["revisions"]) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", TITLE), "还没有脚本"),
        (("show", "没有这次演练"), "没有编号为"),
        (("make", TITLE), "还没有关联预案或情景"),
        (("make", TITLE, "--scenario", "residential-building-night"), "灾种与预案不符"),
        (("export", TITLE, "script.xlsx"), "还没有脚本"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(ask: Ask, words: tuple[str, ...], said: str) -> None:
    code, told = ask("organiser", "script", *words)
    assert (code, said in told) == (1, True), told


@pytest.mark.parametrize("name", ["author", "leader", "reviewer"])
def test_the_page_and_the_file_are_not_for_everybody(app: Open, ask: Ask, installation: Installation, drill_id: str,
                                                     name: str) -> None:  # fmt: skip
    ask("organiser", "script", "make", TITLE, "--scenario", SCENARIO)
    at = app(name, "drill_page.py", id=drill_id)
    assert TITLE in page_words(at)
    assert [word for word in ("情况通报", "情景注入", "脚本") if word in page_words(at)] == []
    with (
        installation.store.reading(accounts.actor_named(installation.store, name)) as work,
        pytest.raises(NotAllowed) as no,
    ):
        downloads.builder("script")(work, drill_id, {})
    assert no.value.code == "script-for-control"
    assert ask(name, "drill", "list")[1]["drills"][0]["script"] == 0


def test_the_file_of_the_page_is_the_file_of_the_command(
    ask: Ask, installation: Installation, drill_id: str, tmp_path: Path
) -> None:
    ask("organiser", "script", "make", TITLE, "--scenario", SCENARIO)
    ask("organiser", "script", "export", TITLE, str(tmp_path / "a.xlsx"))
    with installation.store.reading(accounts.actor_named(installation.store, "organiser")) as work:
        assert downloads.builder("script")(work, drill_id, {}).data == (tmp_path / "a.xlsx").read_bytes()
        assert plans.plan(work, keeping.make(work, drill_id, scenario=SCENARIO).plan).title == "清川县防汛应急预案"


def test_no_chinese_interface_word_is_left_on_the_english_page(app: Open, ask: Ask, drill_id: str) -> None:
    ask("organiser", "script", "make", TITLE, "--scenario", SCENARIO)
    at = app("organiser", "drill_page.py", lang="en", id=drill_id)
    words = page_words(at)
    assert "Expected actions" in words
    assert [word for word in ("预期行动", "情景注入", "待审", "完成后") if word in words] == []


@pytest.mark.parametrize("kind", ["script", "cards", "scheme"])
def test_a_paper_of_the_page_is_the_paper_of_the_command(
    ask: Ask, installation: Installation, drill_id: str, tmp_path: Path, kind: str
) -> None:
    ask("organiser", "script", "make", TITLE, "--scenario", SCENARIO)
    code, told = ask("organiser", "script", "paper", TITLE, kind, str(tmp_path / "a.docx"))
    assert (code, told["paper"]) == (0, kind)
    with installation.store.reading(accounts.actor_named(installation.store, "organiser")) as work:
        file = downloads.builder("drill-paper")(work, drill_id, {"paper": kind})
    words = [one.text for one in docx.Document(str(tmp_path / "a.docx")).paragraphs]
    assert words == [one.text for one in docx.Document(io.BytesIO(file.data)).paragraphs]
    assert file.name.startswith(TITLE)
    with (
        installation.store.reading(accounts.actor_named(installation.store, "leader")) as work,
        pytest.raises(NotAllowed),
    ):
        downloads.builder("drill-paper")(work, drill_id, {"paper": kind})


def test_actions_and_objectives_are_changed_added_and_taken_out_on_the_page(app: Open, ask: Ask, drill_id: str) -> None:
    before = ask("organiser", "script", "make", TITLE, "--scenario", SCENARIO)[1]
    at = app("organiser", "drill_page.py", id=drill_id)
    at.text_input("action-new-1-title").set_value("封闭沿江道路")
    at.text_input("action-new-1-unit").set_value("县公安局")
    at.number_input("action-new-1-limit").set_value(20.0)
    at.text_input("action-new-1-reason").set_value("增加封路")
    at.button("action-new-1-save").click().run()
    number = f"A{len(before['actions']) + 1}"
    assert f"预期行动{number}已保存（第2稿）。" in page_words(at)
    at.selectbox("action-which").select_index(len(before["actions"]) + 1).run()
    added = next(one.key for one in at.button if str(one.key).startswith("action-") and str(one.key).endswith("-leave"))
    at.text_input(added.replace("-leave", "-reason")).set_value("不封路了")
    at.button(added).click().run()
    assert f"预期行动{number}已删除（第3稿）。" in page_words(at)
    at.text_input("objective-new-3-who").set_value("县公安局")
    at.text_input("objective-new-3-task").set_value("封路")
    at.text_input("objective-new-3-reason").set_value("增加目标")
    at.button("objective-new-3-save").click().run()
    told = ask("organiser", "script", "show", TITLE)[1]
    assert (told["revision"], len(told["actions"])) == (4, len(before["actions"]))
    assert [one["about"] for one in told["faults"] if one["lack"] == "objective_part"] == ["封路"]


def test_what_others_refer_to_is_not_taken_out_on_the_page(app: Open, ask: Ask, drill_id: str) -> None:
    ask("organiser", "script", "make", TITLE, "--scenario", SCENARIO)
    at = app("organiser", "drill_page.py", id=drill_id)
    at.selectbox("action-which").select("a:F1").run()
    at.text_input("action-a:F1-1-reason").set_value("删")
    at.button("action-a:F1-1-leave").click().run()
    assert "还被" in "".join(str(each.value) for each in at.error)
    assert len(ask("organiser", "script", "history", TITLE)[1]["revisions"]) == 1
