"""Arguments by their names, usage in the reader's language, one clear sentence for what does not fit."""

from __future__ import annotations

import argparse
import ast
import inspect
import re
from collections.abc import Iterator

import pytest

from plans_repo.errors import NotAllowed, PlansRepoError
from plans_repo.organisations import OrganisationKind, enter_organisation
from plans_repo.packs.naming import name_of
from plans_repo.plan_keys import area_called
from plans_repo.store.actor import local_actor
from plans_repo.store.roles import Action, Role
from plans_repo.store.tables.accounts import AccountRoleRow
from tests.ui.test_command_line import Say, plan_file, say  # noqa: F401
from ui.command_line import choices, main
from ui.command_line.parser import parser
from ui.command_line.usage import Choice
from ui.installation import open_installation
from ui.wording import speaking
from ui.wording.catalogue import chinese
from ui.wording.codes import ACTIONS, MOVES, PAPERS
from ui.wording.errors import plain_sentence, sentence

WHEN_BUILDING = {
    "'required' is an invalid argument for positionals",
    "%r is not callable",
    ".__call__() not defined",
    'argument "-" with mode %r',
    "cannot have multiple subparser arguments",
    "cannot merge actions - two groups are named %r",
    "conflicting option string: %s",
    "conflicting subparser alias: %s",
    "conflicting subparser: %s",
    "dest= is required for options like %r",
    "invalid conflict_resolution value: %r",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "mutually exclusive arguments must be optional",
}
"""What argparse says to those who write a parser wrongly; no user reads it."""


def test_whatever_argparse_may_tell_a_user_has_chinese():
    tree = ast.parse(inspect.getsource(argparse))
    calls = [
        one for one in ast.walk(tree) if isinstance(one, ast.Call) and getattr(one.func, "id", "") in ("_", "ngettext")
    ]
    said = {one.args[0].value for one in calls if isinstance(one.args[0], ast.Constant)}
    assert not [words for words in said - WHEN_BUILDING if chinese().gettext(words) == words]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["bogus"], "没有 'bogus'"),
        (["plan", "clause"], "还须写明：预案, 条款"),
        (["plan", "move", "p", "nonsense"], "没有“nonsense”，可选：征求意见、"),
        (["plan", "move", "p", ""], "没有“”，可选：征求意见、"),
        (["plan", "attach", "p", "胡说", "f"], "没有“胡说”，可选：制修订工作计划、"),
        (["plan", "list", "--bogus"], "多余的或不认识的参数：--bogus"),
        (["study", "run", "p", "s", "--runs", "0"], "--runs：须为不小于 1 的整数，收到“0”"),
        (["study", "sensitivity", "p", "s", "--measure", "z"], "--measure：没有“z”，可选：达标概率、九成推演的用时"),
        (["drill", "draw", "--window", "x", "y"], "须为日期"),
        (["plan", "import"], "还须写明：文件"),
    ],
)
def test_wrong_usage_is_told_in_chinese(words: list[str], told: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main(words)
    error = capsys.readouterr().err
    assert ended.value.code == 2
    sentence, help_line = error.splitlines()
    assert sentence.startswith("用法有误：")
    assert told in sentence
    assert help_line.startswith("用法见：yuyan")
    assert help_line.endswith(" --help")
    assert words[0] == "bogus" or help_line.split()[-2] == words[1]


def test_in_english_argparse_speaks_its_own_words(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["--lang", "en", "plan", "clause"])
    assert "Wrong usage: the following arguments are required: PLAN, CLAUSE." in capsys.readouterr().err


def test_moves_and_papers_go_by_code_or_name():
    assert choices.MOVE("报送备案") == choices.MOVE("file") == "file"
    assert choices.PAPER(" 编制（修订）说明") == choices.PAPER("explanation") == "explanation"
    assert choices.ROLE("编制人") == "plan_author"


def test_a_name_of_two_codes_is_no_choice():
    with pytest.raises(argparse.ArgumentTypeError, match="甲、甲"):
        Choice(("a", "b"), lambda _code: "甲")("甲")


def test_no_code_of_an_action_is_left_without_a_name():
    assert set(ACTIONS) == set(Action)
    refusal = NotAllowed("action-not-allowed", thing="钱", action=Action.FILE_PLAN.value)
    assert plain_sentence(refusal) == "钱无权进行此操作（报送备案）。"
    assert "file_plan" not in sentence(refusal)


def test_the_pack_calls_papers_as_the_page_does():
    assert {kind: name_of("paper", kind, "zh") for kind in PAPERS} == PAPERS
    with speaking("en"):
        assert choices.MOVE.known().startswith(next(iter(MOVES)))


def test_a_body_is_named_and_a_short_name_is_answered_with_whole_ones(say: Say, tmp_path):  # noqa: F811
    say("plan", "list")
    store = open_installation(tmp_path / "data").store
    with store.work(local_actor("t")) as work:
        body = enter_organisation(work, "清川县应急管理局", kind=OrganisationKind.EMERGENCY_BUREAU, area="/q/")
    store.close()
    listed = say("organisations")[1]["organisations"]
    assert [(one["id"], one["name"]) for one in listed] == [(body.id, "清川县应急管理局")]
    create = ("account", "create", "zhaomin", "--role", "编制人", "--organisation")
    code, _, told = say(*create, "清川县应急局", stdin="a long enough word\n")
    assert (code, "名称相近的有：清川县应急管理局" in told) == (1, True)
    code, _, told = say(*create, "无此单位", stdin="a long enough word\n")
    assert (code, "没有名称或编号为“无此单位”的单位" in told, "FOREIGN" in told) == (1, True, False)
    assert say(*create, "清川县应急管理局", stdin="a long enough word\n")[0] == 0


def test_a_clause_is_named_by_number_heading_or_id(say: Say, plan_file):  # noqa: F811
    plan = say("plan", "import", str(plan_file))[1]["plan"]
    outline = {one["title"]: one["clause"] for one in say("plan", "show", plan)[1]["outline"]}
    for key in ("启动程序", "二(二)", "二、（二）", "（二）启动程序", outline["启动程序"]):
        code, told, error = say("plan", "comments", plan, "--add", key, "--text", "意见")
        assert (code, error) == (0, ""), key
        assert told["comments"][-1]["clause"] == outline["启动程序"]
    code, _, told = say("plan", "comments", plan, "--add", "（一）", "--text", "意见")
    assert (code, "可以指 2 条条款" in told, outline["编制目的"] in told) == (1, True, True)
    for key in ("9.9", " ", "、"):
        code, _, told = say("plan", "comments", plan, "--add", key, "--text", "意见")
        assert (code, told.startswith("“临江县防汛应急预案”中没有条号")) == (1, True), key


def test_a_row_that_names_nothing_is_told_as_that_and_not_as_a_race(say: Say, tmp_path):  # noqa: F811
    say("plan", "list")
    store = open_installation(tmp_path / "data").store
    with pytest.raises(PlansRepoError) as refused, store.work(local_actor("t")) as work:
        work.session.add(AccountRoleRow(account_id="无此账户", role=Role.REVIEWER))
    store.close()
    assert refused.value.code == "row-refers-to-nothing"
    assert "不存在" in plain_sentence(refused.value)
    assert "FOREIGN" not in plain_sentence(refused.value)


def test_a_plan_is_named_by_title_or_a_part_only_it_has(say: Say, plan_file):  # noqa: F811
    plan = say("plan", "import", str(plan_file))[1]["plan"]
    for key in (plan, "临江县防汛应急预案", "《临江县防汛应急预案》", "防汛"):
        code, told, error = say("plan", "show", key)
        assert (code, told["plan"], error) == (0, plan, ""), key
    for key in ("抗旱", "《》", "no-such"):
        code, _, error = say("plan", "show", key)
        assert (code, f"“{key}”" in error, "\n" in error.strip()) == (1, True, False), key
    other = say("plan", "import", str(plan_file))[1]["plan"]
    code, _, error = say("plan", "show", "防汛")
    assert (code, "可以指 2 件预案" in error) == (1, True)
    assert plan in error
    assert other in error
    assert say("plan", "show", other)[1]["plan"] == other


def test_a_version_is_named_by_number_label_and_short_label(say: Say, plan_file):  # noqa: F811
    plan = say("plan", "import", str(plan_file))[1]["plan"]
    first = say("plan", "show", plan)[1]["version"]
    label = say("plan", "versions", plan)[1]["versions"][0]["label"]
    for key in (first, "1", label, "第1稿"):
        assert say("plan", "show", plan, "--version", key)[1]["version"] == first, key
    for key in ("2026年版", "9", "清政办发〔2026〕1号"):
        code, _, error = say("plan", "show", plan, "--version", key)
        assert (code, key in error) == (1, True), key


def test_an_area_is_named_by_its_place_or_body(say: Say, tmp_path):  # noqa: F811
    say("plan", "list")
    store = open_installation(tmp_path / "data").store
    with store.work(local_actor("t")) as work:
        for name, kind, area in (
            ("清川县人民政府", OrganisationKind.GOVERNMENT, "/q/"),
            ("清川县双堤镇人民政府", OrganisationKind.TOWNSHIP, "/q/1/"),
            ("石岭县双堤镇人民政府", OrganisationKind.TOWNSHIP, "/s/1/"),
            ("清川县水利局", OrganisationKind.DEPARTMENT, "/q/"),
        ):
            enter_organisation(work, name, kind=kind, area=area)
    with store.reading(local_actor("t")) as work:
        called = {key: area_called(work, key) for key in ("", "/q/", "清川县", "清川县水利局", "清川县双堤镇")}
        assert called == {"": "", "/q/": "/q/", "清川县": "/q/", "清川县水利局": "/q/", "清川县双堤镇": "/q/1/"}
        with pytest.raises(PlansRepoError) as refused:
            area_called(work, "双堤镇")
    store.close()
    assert refused.value.code == "area-ambiguous"
    code, _, error = say("search", "防汛", "--area", "云水县")
    assert (code, "没有名为“云水县”的单位或地方" in error) == (1, True)


def test_the_language_of_a_usage_error_is_the_one_asked_for(capsys: pytest.CaptureFixture[str]):
    for words in (["--lang=en", "plan", "clause"], ["plan", "clause", "--lang", "en"]):
        with pytest.raises(SystemExit):
            main(words)
        assert "Wrong usage: the following arguments are required: PLAN, CLAUSE." in capsys.readouterr().err


def test_every_argument_has_a_chinese_name():
    with speaking("zh"):
        unnamed = [said for said in _argument_names(parser()) if re.search("[A-Z]{2,}|^[A-Z]$", said)]
    assert unnamed == []


def _argument_names(made: argparse.ArgumentParser) -> Iterator[str]:
    for action in made._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _argument_names(command)
        else:
            yield from [action.metavar] if isinstance(action.metavar, str) else action.metavar or ()


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_the_help_of_every_command_can_be_written(spoken: str):
    with speaking(spoken):
        assert all(made.format_help() for made in _commands(parser()))


def _commands(made: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield made
    for action in made._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _commands(command)


@pytest.mark.parametrize(
    "words", [("weak", "--runs"), ("sensitivity", "--runs"), ("doubt", "--draws"), ("choose", "--most-runs")]
)
def test_no_analysis_is_asked_for_more_runs_than_there_is_memory_for(
    words: tuple[str, str], capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit) as ended:
        main(["study", words[0], "p", "s", words[1], "99999999999"])
    assert (ended.value.code, f"{words[1]}：须为" in capsys.readouterr().err) == (2, True)
