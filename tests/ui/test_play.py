"""A drill played on its page and by ``yuyan play``: console, seat, stop word; what each may see and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from drills import register
from plans_repo.store import accounts
from tests.ui.conftest import Clock
from tests.ui.staged import TITLE, UNIT, furnish
from ui.command_line import main
from ui.duties import Duty, PlayDuty, perform
from ui.installation import Installation, occupy

Open = Callable[..., AppTest]
Ask = Callable[..., tuple[int, Any]]


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("played")
    furnish(data)
    return data


@pytest.fixture
def ask(installation: Installation, capsys: pytest.CaptureFixture[str]) -> Ask:
    """A command in the name of an account: the exit code, and the document or what was said."""

    def asked(who: str, *words: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = main(["--data", str(installation.store.data), "--as", who, "--json", *words])
        occupy(installation)  # the command ended with an installation of its own
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out else said.err.strip()

    return asked


@pytest.fixture
def release(installation: Installation) -> Callable[[], bool]:
    """One round of what releases by the clock, with a memory of its own."""
    return partial(perform, installation, Duty(name="play", every_s=1, do=PlayDuty()))


@pytest.fixture
def drill_id(installation: Installation) -> str:
    with installation.store.reading(accounts.actor_named(installation.store, "organiser")) as work:
        return register.list_drills(work)[0].id


def page_words(at: AppTest) -> str:
    assert not at.exception
    shown = [*at.markdown, *at.caption, *at.warning, *at.success, *at.error, *at.header, *at.subheader]
    return "\n".join(str(each.value) for each in shown) + "".join(str(each.proto.body) for each in at.get("html"))


def keys(at: AppTest) -> set[str]:
    return {str(one.key) for one in at.button}


def begun(app: Open, drill_id: str) -> AppTest:
    at = app("organiser", "play_page.py", id=drill_id)
    at.button("begin-now").click().run()
    return at


def test_the_console_begins_releases_takes_down_and_ends(
    app: Open, release: Callable[[], bool], clock: Clock, drill_id: str
) -> None:
    at = app("organiser", "play_page.py", id=drill_id)
    assert "脚本有 3 条注入" in page_words(at)
    at.selectbox("begin-speed").select(5.0)
    at.button("begin-now").click().run()
    assert "进行中" in page_words(at)
    assert "时钟5倍" in page_words(at)
    assert release()
    at.run()
    assert "已下达1条，共3条" in page_words(at)
    clock.forward(seconds=30)
    at.run()
    assert "0:02:30" in page_words(at)
    at.button("done-a1").click().run()
    assert "按时完成，用时0:02:30" in page_words(at)
    at.button("send-i4").click().run()
    at.text_input("note-text").set_value("广播不响")
    at.button("note-now").click().run()
    assert "广播不响" in page_words(at)
    at.checkbox("end-sure").check().run()
    at.button("turn-end").click().run()
    words = page_words(at)
    assert "已结束" in words
    assert "演练实录" in words
    assert "turn-end" not in keys(at)
    assert "演练结束" in words


def test_pause_jump_postpone_and_skip(app: Open, clock: Clock, drill_id: str) -> None:
    at = begun(app, drill_id)
    at.button("turn-pause").click().run()
    clock.forward(minutes=10)
    at.run()
    assert "0:00:00" in page_words(at)
    at.button("turn-resume").click().run()
    at.button("later-i2").click().run()
    assert "0:35:00" in page_words(at)
    at.button("skip-i2").click().run()
    assert "skip-i2" not in keys(at)
    at.number_input("jump-minute").set_value(40.0)
    at.button("jump-now").click().run()
    assert "请写明缘由" in "".join(str(each.value) for each in at.error)
    at.number_input("jump-minute").set_value(40.0)
    at.text_input("jump-why").set_value("前段已经看过")
    at.button("jump-now").click().run()
    assert "0:40:00" in page_words(at)


def test_a_unit_sees_what_is_released_to_it_and_nothing_of_the_script(
    app: Open, release: Callable[[], bool], drill_id: str
) -> None:
    at = begun(app, drill_id)
    assert release()
    seat = app("water", "play_page.py", id=drill_id)
    words = page_words(seat)
    assert "堤脚出现渗漏" in words
    assert [word for word in ("渗漏扩大", "等巡查员到位", "道路中断", "预期行动") if word in words] == []
    next(one for one in seat.button if str(one.key).startswith("received-")).click().run()
    assert "已收到" in page_words(seat)
    seat.text_area("seat-report").set_value("已派12人上堤")
    seat.button("seat-report-now").click().run()
    assert "已报告" in page_words(seat)
    at.run()
    assert "已派12人上堤" in page_words(at)


def test_a_unit_stops_play_and_only_control_lifts_it(app: Open, drill_id: str) -> None:
    at = begun(app, drill_id)
    seat = app("water", "play_page.py", id=drill_id)
    seat.text_input("stop-why").set_value("有人落水")
    seat.button("stop-now").click().run()
    assert "有人落水" in page_words(seat)
    at.run()
    assert "已叫停：有人落水" in page_words(at)
    assert {"turn-pause", "turn-resume", "send-i2"} & keys(at) == set()
    at.text_input("clear-why").set_value("人已救起").run()
    at.button("turn-clear").click().run()
    assert "已暂停" in page_words(at)


def test_an_evaluator_takes_down_and_turns_nothing(app: Open, release: Callable[[], bool], drill_id: str) -> None:
    begun(app, drill_id)
    assert release()
    at = app("judge", "play_page.py", id=drill_id)
    assert keys(at) >= {"note-now", "done-a1", "stop-now"}
    assert {"turn-pause", "send-i2", "skip-i2", "jump-now", "improvise-now"} & keys(at) == set()


def test_who_is_not_in_it_sees_neither_script_nor_log(app: Open, drill_id: str) -> None:
    begun(app, drill_id)
    words = page_words(app("author", "play_page.py", id=drill_id))
    assert "您不在本次演练中" in words
    assert [word for word in ("渗漏", "演练实录", "安全叫停") if word in words] == []


def test_an_unknown_drill_and_none_are_told_in_a_sentence(app: Open) -> None:
    assert "没有指明哪一次演练" in page_words(app("organiser", "play_page.py"))
    at = app("organiser", "play_page.py", id="no-such")
    assert "".join(str(each.value) for each in at.error)


def test_the_page_in_english_has_no_chinese_interface_word(app: Open, drill_id: str) -> None:
    begun(app, drill_id)
    words = page_words(app("organiser", "play_page.py", lang="en", id=drill_id))
    assert "Expected actions" in words
    assert [word for word in ("预期行动", "演练实录", "进行中", "时限") if word in words] == []


def test_played_from_start_to_end_by_commands(ask: Ask, release: Callable[[], bool], clock: Clock) -> None:
    assert ask("organiser", "play", "begin", TITLE, "--speed", "10")[1]["phase"] == "running"
    clock.now = datetime.now(UTC)  # commands go by the clock on the wall
    assert release()
    code, shown = ask("organiser", "play", "show", TITLE)
    assert (code, shown["sent"], shown["speed"]) == (0, ["1"], 10.0)
    messages = ask("water", "play", "seat", TITLE)[1]["messages"]
    assert [one["text"] for one in messages] == ["堤脚出现渗漏。"]
    assert ask("water", "play", "receive", TITLE, messages[0]["id"])[0] == 0
    assert ask("water", "play", "report", TITLE, "已派12人上堤")[0] == 0
    for words in (
        ("done", TITLE, "A1", "--text", "沙袋到位"),
        ("note", TITLE, "联络通畅", "--about", "A1"),
        ("postpone", TITLE, "2", "300", "--reason", "等专家"),
        ("skip", TITLE, "2", "--reason", "不再需要"),
        ("release", TITLE, "4"),
        ("improvise", TITLE, UNIT, "请报告人数"),
        ("pause", TITLE, "--reason", "点评"),
        ("resume", TITLE),
        ("jump", TITLE, "60", "--reason", "快进"),
    ):
        assert ask("organiser", "play", *words)[0] == 0, words
    assert ask("water", "play", "stop", TITLE, "--reason", "有人受伤")[1]["phase"] == "stopped"
    assert ask("organiser", "play", "clear", TITLE, "--reason", "已送医")[1]["phase"] == "paused"
    told_log = ask("judge", "play", "log", TITLE)[1]
    place = 1 + next(at for at, one in enumerate(told_log["entries"]) if one["text"] == "联络通畅")
    assert ask("organiser", "play", "void", TITLE, str(place), "--reason", "记错")[0] == 0
    assert ask("organiser", "play", "end", TITLE)[1]["phase"] == "ended"
    code, last = ask("organiser", "play", "log", TITLE)
    assert (code, last["changed"], last["entries"][-1]["kind"]) == (0, None, "ended")
    assert ask("organiser", "drill", "list")[1]["drills"][0]["state"] == "ended"


def test_a_form_goes_out_and_its_file_comes_back_by_commands(ask: Ask, drill_id: str, tmp_path: Path) -> None:
    form, file = tmp_path / "form.html", tmp_path / "file.json"
    assert ask("judge", "play", "form", TITLE, str(form))[0] == 0
    words = form.read_text(encoding="utf-8")
    assert [word for word in ("离线记录表", "A1", "堤脚出现渗漏") if word not in words] == ["堤脚出现渗漏"]
    assert ask("organiser", "play", "begin", TITLE)[0] == 0
    lines = [{"id": "1", "kind": "noted", "at": datetime.now(UTC).isoformat(), "about": "", "text": "联络通畅"}]
    told = {"format": "yuyan-field/1", "drill": drill_id, "device": "a", "observer": "陆平章", "checks": []}
    file.write_text(json.dumps(told | {"lines": lines}), encoding="utf-8")
    assert ask("judge", "play", "merge", TITLE, str(file))[1]["added"] == 1
    assert ask("judge", "play", "merge", TITLE, str(file))[1]["added"] == 0
    file.write_text("{", encoding="utf-8")
    code, answer = ask("judge", "play", "merge", TITLE, str(file))
    assert (code, "这不是离线记录表导出的文件" in answer) == (1, True), answer


@pytest.mark.parametrize(
    ("who", "words", "said"),
    [
        ("organiser", ("pause", TITLE, "--reason", "x"), "现在不能进行这一步"),
        ("organiser", ("begin", TITLE, "--speed", "nan"), "倍"),
        ("organiser", ("begin", TITLE, "--speed", "-1"), "倍"),
        ("organiser", ("begin", "没有这次演练"), "没有编号为"),
        ("organiser", ("release", TITLE, "99"), "99"),
        ("organiser", ("done", TITLE, "Z9"), "Z9"),
        ("judge", ("begin", TITLE), "无权"),
        ("water", ("show", TITLE), "导演组"),
        ("author", ("seat", TITLE), "无权"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(ask: Ask, who: str, words: tuple[str, ...], said: str) -> None:
    code, answer = ask(who, "play", *words)
    assert (code, said in answer) == (1, True), answer
