"""The contract of the command line: JSON keys, exit codes, one sentence when refused, nothing stored."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from drills.register import plan_drill
from plans_repo.store.actor import local_actor
from tests.plans_repo.test_intake import FILE, PARTS
from tests.ui.conftest import Clock
from tests.ui.drilled import furnish
from ui.command_line import main
from ui.installation import open_installation

PLAN = """临江县防汛应急预案

一、总则

（一）编制目的。为做好洪涝灾害防范应对工作，制定本预案。

二、应急响应

（一）响应分级

发生下列情况之一的，启动Ⅰ级响应：死亡10人以上。由县长决定。

发生下列情况之一的，启动Ⅱ级响应：死亡5人以上、10人以下。由指挥长决定。

（二）启动程序

自达到启动条件起30分钟内完成会商、批准和通知。

（三）组织转移

达到触发条件后，指挥长在15分钟内下达转移指令。
"""
Say = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """Run a command with --json in a fresh data directory; answers exit code, document and what stderr said."""

    def run(*words: str, stdin: str = "", lang: str = "zh") -> tuple[int, Any, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        capsys.readouterr()
        code = main(["--data", str(tmp_path / "data"), "--lang", lang, "--json", *words])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out.strip() else None, told.err.strip()

    return run


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    """A small flood plan as text."""
    path = tmp_path / "临江 防汛.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_import_tells_what_was_kept_and_what_was_found(say: Say, plan_file: Path):
    code, told, _ = say("plan", "import", str(plan_file))
    assert code == 0
    assert told["chars_in"] == told["chars_kept"] > 100
    assert told["hazard"] == "flood"
    assert [item["title"] for item in told["outline"]][:2] == ["总则", "编制目的"]
    assert [level["level"] for level in told["levels"]] == ["Ⅰ级", "Ⅱ级"]
    assert {limit["minutes"] for limit in told["time_limits"]} == {30.0, 15.0}
    assert {"level", "number", "title", "clause"} <= set(told["outline"][0])
    assert {"clause", "text", "minutes", "who", "to", "starts"} <= set(told["time_limits"][0])
    assert all(target["proposed"] for target in told["targets"])


def test_list_show_confirm_and_diff_speak_of_the_same_plan(say: Say, plan_file: Path):
    plan = say("plan", "import", str(plan_file))[1]["plan"]
    listed = say("plan", "list")[1]["plans"]
    assert [item["id"] for item in listed] == [plan]
    assert {"id", "title", "kind", "hazard", "state"} <= set(listed[0])
    shown = say("plan", "show", plan)[1]
    assert shown["plan"] == plan
    assert {"id", "label", "state"} <= set(shown["versions"][0])
    first = shown["targets"][0]["id"]
    one = say("plan", "confirm", plan, "--target", first)[1]
    assert [target["id"] for target in one["targets"] if not target["proposed"]] == [first]
    assert say("plan", "confirm", plan, "--target", "none")[0] == 1
    confirmed = say("plan", "confirm", plan)[1]
    assert confirmed["targets"]
    assert not any(target["proposed"] for target in confirmed["targets"])
    changed = say("plan", "diff", plan, "1", "2")[1]
    assert changed["clauses"] == []
    assert {item["field"] for item in changed["procedure"]} == {"proposed"}
    assert changed["required_process"] == "none"


def test_study_run_twice_gives_the_same_hash_and_the_report_names_the_clauses(
    say: Say, plan_file: Path, tmp_path: Path
):
    plan = say("plan", "import", str(plan_file))[1]["plan"]
    out = tmp_path / "报告.docx"
    code, first, _ = say("study", "run", plan, "river-plain-night", "--runs", "3", "--out", str(out))
    assert code == 0
    assert {"study", "runs", "engine", "seed", "hash", "footing", "targets", "bottlenecks"} <= set(first)
    assert all({"counts", "effect", "left"} <= set(each) for each in first["bottlenecks"])
    assert {"task", "task_title", "cause", "pool", "wait_min"} in [
        set(each["left"] or ()) for each in first["bottlenecks"]
    ]
    assert (first["runs"], first["engine"]) == (3, "kernel")
    target = next(item for item in first["targets"] if item["id"] == "F6-limit")
    assert (target["limit_min"], target["clause_number"], target["proposed"]) == (15.0, "二（三）", True)
    assert target["low"] <= target["p_met"] <= target["high"]
    second = say("study", "run", plan, "river-plain-night", "--runs", "3")[1]
    assert [one["study"] for one in say("study", "list", "--plan", plan)[1]["studies"]] == [first["study"]]
    assert second["hash"] == first["hash"]
    words = "\n".join(
        [p.text for p in Document(str(out)).paragraphs]
        + [c.text for t in Document(str(out)).tables for r in t.rows for c in r.cells]
    )
    assert "临江县防汛应急预案" in words
    assert "二（三）" in words
    assert first["hash"] in words.replace("\n", "")


def test_a_comparison_pairs_a_refined_promise_and_names_what_it_leaves_out(
    say: Say, plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    plan = say("plan", "import", str(plan_file))[1]["plan"]
    first = say("plan", "procedure", plan)[1]
    changed = first["procedure"]
    refined = next(target for target in changed["targets"] if target["id"] == "F2-limit")
    refined |= {"id": "F2-limit.night", "limit_min": "20.0", "circumstances": ["night"]}
    changed["targets"].append(refined | {"id": "own-1", "title": "会商结束", "circumstances": []})
    changed["targets"].append(refined | {"id": "own-2", "title": "城区会商结束", "circumstances": ["urban"]})
    file = tmp_path / "procedure.json"
    file.write_text(json.dumps(changed))
    second = say("plan", "procedure", plan, "--set", str(file), "--reason", "夜间从严")[1]["version"]
    asked = ("study", "compare", plan, first["version"], second, "river-plain-night", "--runs", "3")
    code, found, error = say(*asked)
    assert (code, error) == (0, "")
    gain = next(each for each in found["targets"] if each["id"] == "F2-limit.night")
    assert (gain["id_before"], gain["limit_before_min"], gain["limit_min"]) == ("F2-limit", 30, 20)
    assert (gain["no_longer"], gain["only_now"], gain["effect"]) == (0, 0, "open")
    assert found["unpaired"] == {"before": [], "after": [{"id": "own-1", "title": "会商结束", "limit_min": 20}]}
    assert "own-2" in {target["id"] for target in found["unmeasured"]}
    main(["--data", str(tmp_path / "data"), *asked])
    told = capsys.readouterr().out
    assert "目标由“自" in told
    assert "变为“夜间：自" in told
    assert "未比较，只有 B方有可推演的目标：会商结束\n" in told
    assert "城区会商结束（城区）" in told


def test_export_writes_a_word_file_with_every_clause(say: Say, plan_file: Path, tmp_path: Path):
    shown = say("plan", "import", str(plan_file))[1]
    out = tmp_path / "预案.docx"
    code, told, _ = say("plan", "export", shown["plan"], "--out", str(out))
    assert (code, told["revisions"]) == (0, 0)
    assert told["clauses"] >= len(shown["outline"])
    assert "指挥长在15分钟内下达转移指令" in "".join(p.text for p in Document(str(out)).paragraphs)


def test_scenarios_are_listed_with_their_hazard(say: Say):
    listed = say("scenario", "list")[1]["scenarios"]
    assert {item["hazard"] for item in listed} == {"flood", "mine", "fire"}
    assert {"id", "hazard", "title"} <= set(listed[0])


def hostile(folder: Path) -> dict[str, Path]:
    """Files that are no plan, by name."""
    made = {name: folder / name for name in ("empty.txt", "nothing.docx", "archive.docx", "picture.docx", "plan.pdf")}
    made["empty.txt"].write_bytes(b"")
    made["nothing.docx"].write_bytes(b"")
    with zipfile.ZipFile(made["archive.docx"], "w") as archive:
        archive.writestr("hello.txt", "no document")
    made["picture.docx"].write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    made["plan.pdf"].write_bytes(b"%PDF-1.4\n")
    return made


@pytest.mark.parametrize(
    "name", ["empty.txt", "nothing.docx", "archive.docx", "picture.docx", "plan.pdf", "absent.docx"]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_file_that_is_no_plan_gets_one_sentence_and_leaves_nothing(say: Say, tmp_path: Path, name: str, lang: str):
    path = hostile(tmp_path).get(name, tmp_path / name)
    code, told, sentence = say("plan", "import", str(path), lang=lang)
    assert (code, told) == (1, None)
    assert sentence
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    assert say("plan", "list")[1]["plans"] == []


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "show", "nobody"),
        ("plan", "confirm", "nobody"),
        ("study", "run", "nobody", "river-plain-night", "--runs", "1"),
        ("plan", "check", "nobody"),
        ("filing", "receive", "nothing.zip"),
        ("drill", "verify", "/nowhere/file.json"),
        ("restore", "/nowhere/backup.zip"),
    ],
)
def test_a_refused_request_is_one_sentence_and_exit_code_1(say: Say, words: tuple[str, ...]):
    code, told, sentence = say(*words)
    assert (code, told) == (1, None)
    assert sentence
    assert "\n" not in sentence


def test_a_scenario_of_another_hazard_and_the_missing_engine_are_refused(say: Say, plan_file: Path):
    plan = say("plan", "import", str(plan_file))[1]["plan"]
    for words in (
        ("gas-explosion-face",),
        ("river-plain-night", "--engine", "abacus"),
        ("river-plain-night", "--cluster", "nowhere"),
        ("river-plain-night", "--most-minutes", "nan"),
        ("river-plain-night", "--precision", "2"),
    ):
        code, told, sentence = say("study", "run", plan, *words, "--runs", "1")
        assert (code, told) == (1, None)
        assert sentence


@pytest.mark.parametrize(
    "words", [("plan",), ("nonsense",), ("study", "run", "p", "s", "--runs", "-3"), ("drill", "plan", "x")]
)
def test_wrong_usage_is_exit_code_2(say: Say, words: tuple[str, ...]):
    with pytest.raises(SystemExit) as stopped:
        say(*words)
    assert stopped.value.code == 2


def test_a_sealed_drill_is_drawn_refused_cancelled_revealed_and_verified(say: Say, tmp_path: Path):
    passphrase = "长江后浪推前浪2026\n"
    code, drawn, _ = say("drill", "draw", "--window", "2027-03-01", "2027-05-31", stdin=passphrase)
    assert code == 0
    assert {"drill", "commitment", "beacon"} <= set(drawn)
    assert say("drill", "reveal", drawn["drill"], stdin=passphrase)[0] == 1
    assert say("drill", "cancel", drawn["drill"], stdin="something else\n")[0] == 1
    assert say("drill", "cancel", drawn["drill"], stdin=passphrase)[0] == 0
    out = tmp_path / "revealed.json"
    code, opened, _ = say("drill", "reveal", drawn["drill"], "--out", str(out), stdin=passphrase)
    assert (code, opened["commitment"]) == (0, drawn["commitment"])
    assert {"content", "nonce"} <= set(opened)
    assert say("drill", "verify", str(out))[1]["valid"] is True
    out.write_bytes(out.read_bytes().replace(b'"09:', b'"10:').replace(b'"14:', b'"15:').replace(b'"10:0', b'"11:0'))
    code, told, _ = say("drill", "verify", str(out))
    assert (code, told["valid"]) == (1, False)


def test_the_programme_lists_what_is_due_with_its_rule(say: Say):
    told = say("drill", "plan", "2027")[1]
    assert {"due", "drills"} <= set(told)


def test_the_programme_says_how_each_due_drill_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    furnished = furnish(tmp_path / "data")
    installation = open_installation(tmp_path / "data", clock=Clock())
    with installation.store.work(local_actor("tests")) as work:
        for on in (date(2027, 2, 24), date(2029, 2, 28)):
            plan_drill(work, "防汛", year=on.year, plan_ids=[furnished.flood], on=on)
    installation.store.close()
    told = {year: programme_lines(tmp_path, capsys, year) for year in ("2026", "2027", "2029")}
    assert told["2027"][:2] == ["1 件预案，到期 1 次：", "  2027-03-01\t已排 2027-02-24\t清川县防汛应急预案"]
    assert told["2029"][0] == "2 件预案，到期 3 次："
    assert [line for line in told["2029"] if "未安排（已排 2029-02-28，晚于最迟日期）" in line]
    with_condition = "若 2027-02-24 的演练如期举行，自该日起算"
    assert main(["--data", str(tmp_path / "data"), "drill", "plan", "2029"]) == 0
    assert with_condition in capsys.readouterr().out
    assert main(["--data", str(tmp_path / "data"), "--json", "drill", "plan", "2027"]) == 0
    fields = json.loads(capsys.readouterr().out)
    assert (fields["plans_due"], fields["drills_due"]) == (1, 1)
    assert next((item["state"], item["standing"]) for item in fields["due"]) == ("due", "arranged")


def programme_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str], year: str) -> list[str]:
    """What ``drill plan`` prints, by when, how it stands and the plan of each line."""
    assert main(["--data", str(tmp_path / "data"), "drill", "plan", year]) == 0
    return ["\t".join(line.split("\t")[:3]) for line in capsys.readouterr().out.splitlines()]


def test_a_passphrase_written_twice_is_not_taken_for_the_nonce_of_a_witness(say: Say):
    window = ("--window", "2027-03-01", "2027-05-31")
    code, told, sentence = say("drill", "draw", *window, stdin="长江后浪推前浪2026\n" * 2)
    assert (code, told) == (1, None)
    assert "第二行与第一行的口令相同" in sentence


@pytest.mark.parametrize("mode", ["passphrase", "server_key"])
def test_an_empty_standard_input_is_refused_in_the_readers_language(say: Say, mode: str):
    code, told, sentence = say("drill", "draw", "--window", "2027-03-01", "2027-05-31", "--mode", mode)
    assert (code, told) == (1, None)
    assert "封存口令" in sentence
    assert "passphrase" not in sentence
    assert ("查看、取消和启封仍凭口令" in sentence) is (mode == "server_key")


def test_the_help_of_a_draw_says_what_standard_input_holds(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["drill", "draw", "--help"])
    told = "".join(capsys.readouterr().out.split())
    assert "第一行为封存口令，只写一遍" in told
    assert "见证人交出的随机数（64位十六进制数字）" in told


def test_backup_and_restore_bring_every_row_back(say: Say, plan_file: Path, tmp_path: Path):
    say("plan", "import", str(plan_file))
    file = tmp_path / "copy.zip"
    code, saved, _ = say("backup", str(file))
    assert (code, saved["valid"]) == (0, True)
    assert main(["--data", str(tmp_path / "other"), "--json", "restore", str(file)]) == 0
    assert main(["--data", str(tmp_path / "other"), "--json", "audit", "verify"]) == 0


@pytest.mark.parametrize("words", [["backup"], ["study", "run", "no-plan", "no-scenario", "--out"]])
def test_a_place_that_cannot_be_written_is_refused_first(say: Say, tmp_path: Path, words: list[str]):
    for place in (tmp_path / "nowhere" / "file.zip", tmp_path):
        code, told, sentence = say(*words, str(place))
        assert (code, told) == (1, None)
        assert str(place) in sentence
        assert "\n" not in sentence


def test_a_file_name_that_is_no_text_is_no_obstacle(say: Say, tmp_path: Path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.txt")
    Path(path).write_text(PLAN, encoding="utf-8")
    code, told, _ = say("plan", "import", path)
    assert (code, told["title"]) == (0, "临江县防汛应急预案")


def test_what_to_look_at_after_an_import_is_said_in_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "无标题.txt"
    path.write_text("只有一段话，没有标题。" * 5, encoding="utf-8")
    assert main(["--data", str(tmp_path / "data"), "plan", "import", str(path)]) == 0
    told = capsys.readouterr().out
    assert "注意：没有识别出章节标题" in told
    assert "{" not in told


def test_an_interrupted_command_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ui.command_line.context.open_installation", interrupted)
    assert main(["--data", str(tmp_path / "data"), "plan", "list"]) == 1
    assert capsys.readouterr().err.strip() == "已中断，没有保存结果。"


def test_audit_verify_counts_the_events(say: Say, plan_file: Path):
    say("plan", "import", str(plan_file))
    told = say("audit", "verify")[1]
    assert told["valid"] is True
    assert told["events"] > 0
    assert told["first_bad"] is None


def test_audit_verify_names_the_plan_the_thing_and_the_field(
    say: Say, plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    say("plan", "import", str(plan_file))
    (base,) = (tmp_path / "data").glob("*.sqlite3")
    with closing(sqlite3.connect(base)) as raw, raw:
        raw.execute("UPDATE course SET stage = 'IN_FORCE', issued_on = '2025-01-01'")
    code, told, _ = say("audit", "verify")
    assert (code, told["valid"], len(told["faults"])) == (1, False, 1)
    assert told["first_bad"]["fields"] == ["stage", "issued_on"]
    assert told["first_bad"]["about"] == "临江县防汛应急预案"
    assert main(["--data", str(tmp_path / "data"), "audit", "verify"]) == 1
    assert "核验不符：《临江县防汛应急预案》的流转情况：办理环节、印发日期被改动（course " in capsys.readouterr().out


def test_an_account_is_made_from_a_password_on_standard_input(say: Say):
    code, told, _ = say("account", "create", "lin", "--role", "plan_author", stdin="qingshan-lvshui-77\n")
    assert (code, told["name"], told["roles"]) == (0, "lin", ["plan_author"])
    assert say("--as", "lin", "plan", "list")[0] == 0
    assert say("--as", "lin", "audit", "verify")[0] == 1
    assert say("--as", "nobody", "plan", "list")[0] == 1


def test_a_data_directory_that_cannot_be_one_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "file").write_text("no folder")
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    (damaged / "yuyan.sqlite3").write_bytes(b"no database at all" * 500)
    for place in (tmp_path / "file", damaged):
        assert main(["--data", str(place), "plan", "list"]) == 1
        assert "\n" not in capsys.readouterr().err.strip()
    assert (damaged / "yuyan.sqlite3").read_bytes() == b"no database at all" * 500


def test_a_procedure_goes_out_is_changed_and_comes_back_as_a_new_version(say: Say, plan_file: Path, tmp_path: Path):
    plan = say("plan", "import", str(plan_file))[1]["plan"]
    file = tmp_path / "procedure.json"
    assert say("plan", "procedure", plan, "--out", str(file))[0] == 0
    form = json.loads(file.read_text(encoding="utf-8"))
    task = next(item for item in form["tasks"] if item["id"] == "F6")
    task["duration"]["law"] = {"law": "fixed", "minutes": "3"}
    file.write_text(json.dumps(form), encoding="utf-8")
    code, told, _ = say("plan", "procedure", plan, "--set", str(file), "--reason", "演练实测")
    assert code == 0
    changed = say("plan", "diff", plan, "1", told["version"])[1]["procedure"]
    assert [(item["kind"], item["id"], item["field"]) for item in changed] == [("task", "F6", "duration")]


@pytest.mark.parametrize("spoil", ["circle", "negative", "nobody", "text", "list", "typo", "deep"])
def test_a_procedure_that_cannot_run_is_one_sentence_and_no_version(
    say: Say, plan_file: Path, tmp_path: Path, spoil: str
):
    plan = say("plan", "import", str(plan_file))[1]["plan"]
    file = tmp_path / "procedure.json"
    say("plan", "procedure", plan, "--out", str(file))
    form = json.loads(file.read_text(encoding="utf-8"))
    first = form["tasks"][0]
    if spoil == "circle":
        first["after"] = [{"task": "F12", "when": "done"}]
    elif spoil == "negative":
        first["duration"]["law"] = {"law": "fixed", "minutes": "-1"}
    elif spoil == "nobody":
        first["needs"] = [{"pool": "nobody"}]
    elif spoil == "list":
        form = [form]
    elif spoil == "typo":
        first["succes_share"] = 0.0
    text = {"text": "no JSON", "deep": "[" * 100_000}.get(spoil) or json.dumps(form)
    file.write_text(text, encoding="utf-8")
    code, told, sentence = say("plan", "procedure", plan, "--set", str(file))
    assert (code, told) == (1, None)
    assert {
        "circle": first["id"],
        "negative": f"任务“{first['id']}”的时长",
        "nobody": "nobody",
        "text": "JSON",
        "deep": "JSON",
        "typo": "succes_share",
        "list": "",
    }[spoil] in sentence
    assert "\n" not in sentence
    assert len(say("plan", "show", plan)[1]["versions"]) == 1


def test_a_reader_who_stops_early_is_no_fault(tmp_path: Path):
    command = [sys.executable, "-c", "import sys; from ui.command_line import main; sys.exit(main())"]
    said = subprocess.Popen(
        [*command, "--data", str(tmp_path), "scenario", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert said.stdout is not None
    said.stdout.close()
    _nothing, complaint = said.communicate(timeout=60)
    assert (said.returncode, complaint) == (0, b"")


@pytest.mark.parametrize(("lang", "word"), [("zh", "起草"), ("en", "Drafting")])
def test_the_list_of_plans_says_the_state_in_words_and_json_its_code(
    say: Say, plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, word: str
):
    say("plan", "import", str(plan_file))
    assert say("plan", "list", lang=lang)[1]["plans"][0]["state"] == "draft"
    assert main(["--data", str(tmp_path / "data"), "--lang", lang, "plan", "list"]) == 0
    assert capsys.readouterr().out.strip().split("\t")[-1] == word


@pytest.mark.parametrize(
    ("lang", "counts"),
    [
        ("zh", "条款 6 条，响应级别 2 级，时限 2 处，拟议目标 "),
        ("en", "6 clauses, 2 response levels, 2 time limits, "),
    ],
)
def test_an_import_tells_its_counts(
    plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, counts: str
):
    assert main(["--data", str(tmp_path / "data"), "--lang", lang, "plan", "import", str(plan_file)]) == 0
    assert counts in capsys.readouterr().out


def test_tracked_changes_of_a_word_file_are_taken_as_asked(say: Say, tmp_path: Path) -> None:
    path = tmp_path / "预案.docx"
    path.write_bytes(FILE)
    code, told, err = say("plan", "import", str(path))
    assert (code, told) == (1, None)
    assert "5 处修订痕迹（修订人：张三、李四）" in err
    assert say("plan", "list")[1]["plans"] == []
    assert say("plan", "import", str(path), "--tracked", "接受")[1]["suggestions"] == []
    code, told, _ = say("plan", "import", str(path), "--tracked", "suggest")
    assert (code, told["tracked"], told["comments"], len(told["suggestions"])) == (0, "suggest", 1, 5)
    assert {"id", "kind", "author", "at", "before", "after", "clause"} <= set(told["suggestions"][0])
    listed = say("plan", "suggestions", told["plan"], "--accept", "s1", "s2")[1]
    assert listed["decided"] == ["s1", "s2"]
    listed = say("plan", "suggestions", told["plan"], "--decline-all")[1]
    assert [one["decision"] for one in listed["suggestions"]] == ["accepted", "accepted", *["declined"] * 3]


def test_an_import_tells_the_hazard_it_found_and_the_limits_no_target_took(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ("--data", str(tmp_path / "data"))
    for name, found in (("临江县防汛应急预案", "灾种识别为洪涝"), ("临江县校园安全应急预案", "没有识别出可推演的灾种")):
        path = tmp_path / f"{name}.txt"
        path.write_text(f"{name}\n\n一、信息报告\n\n学校接到报告后，应当在30分钟内报告县教育局。\n", "utf-8")
        assert main([*data, "plan", "import", str(path)]) == 0
        told = capsys.readouterr().out
        assert found in told
    assert "未列入目标的时限：30" in told


def test_several_plans_of_a_file_are_imported_apart(say: Say, tmp_path: Path) -> None:
    path = tmp_path / "汇编.docx"
    path.write_bytes(PARTS.data)
    whole = say("plan", "import", str(path))[1]
    assert (len(whole["plans"]), [one["title"] for one in whole["parts"]]) == (1, [name for _, name in PARTS.parts])
    apart = say("plan", "import", str(path), "--split")[1]
    assert [one["title"] for one in apart["plans"]] == [name for _, name in PARTS.parts]
