"""Comments and the clerk's table on the pages of a plan."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import comments, plans
from plans_repo.plans import Plan, Trigger
from tests.plans_repo.word.builders import opened
from tests.ui.planned import actor, flood, furnished, markup
from ui import downloads
from ui.command_line.main import main
from ui.installation import Installation

assert flood
assert furnished


def texts(installation: Installation, plan: Plan) -> list[tuple[str, bool]]:
    with installation.store.reading(actor(installation)) as work:
        return [(one.text, one.is_open) for one in comments.comments(work, plan.id)]


def test_a_comment_is_made_answered_and_resolved_on_the_reading_page(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    at = app("author", "plan_page.py", id=flood.id)
    at.text_area(key="comment-text-0").input("请核对本条。")
    at.button(key="add-comment-0").click().run()
    assert texts(installation, flood) == [("请核对本条。", True)]
    at = app("author", "plan_page.py", id=flood.id)
    assert "请核对本条。" in markup(at)
    one = next(button.key for button in at.button if str(button.key).startswith("settle-"))
    at.button(key=one).click().run()
    assert texts(installation, flood) == [("请核对本条。", False)]


def test_reasons_stand_in_the_table_and_both_tables_are_downloads(
    app: Callable[..., AppTest], installation: Installation, flood: Plan
) -> None:
    with installation.store.work(actor(installation)) as work:
        text = plans.text_of(work, flood.id)
        clause = next(one for one in text if one.text)
        after = tuple(replace(one, text=f"{one.text}另行通知。") if one is clause else one for one in text)
        before = plans.version_of(work, flood.id)
        made = plans.make_version(work, flood.id, after, reason="补充说明", trigger=Trigger.EDITING)
    at = app("author", "plan_page.py", id=flood.id, part="comparison")
    assert not at.exception
    assert "revision-table" in markup(at)
    with installation.store.reading(actor(installation)) as work:
        query = {"version": made.id, "against": before.id}
        table = downloads.builder("revision-table")(work, flood.id, query)
        marked = downloads.builder("plan-document")(work, flood.id, query | {"comments": "1"})
        opinions = downloads.builder("opinion-table")(work, flood.id, {})
    assert table.name == "清川县防汛应急预案修订对照表.docx"
    assert table.data[:2] == marked.data[:2] == opinions.data[:2] == b"PK"


def test_the_tables_command_writes_both_tables_and_puts_reasons_into_the_first(
    installation: Installation, flood: Plan, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: str) -> tuple[int, Any, str]:
        code = main(["--data", str(installation.data), "--as", "author", "--json", "plan", "tables", flood.id, *words])
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out else None, said.err

    with installation.store.work(actor(installation)) as work:
        text = plans.text_of(work, flood.id)
        clause = next(one for one in text if "30分钟内" in one.text)
        after = tuple(replace(one, text=one.text.replace("30", "20", 1)) if one is clause else one for one in text)
        before = plans.version_of(work, flood.id)
        plans.make_version(work, flood.id, after, reason="收紧时限", trigger=Trigger.EDITING)
    against, out = ("--against", before.id), ("--out", str(tmp_path / "对照表.docx"))
    code, told, _err = run(*against, *out)
    assert (code, told["kind"], told["file"]) == (0, "revisions", out[1])
    (row,) = told["rows"]
    assert (row["before"], row["after"]) != ("", "")
    why, basis = "演练中发现到岗偏慢", "县防汛抗旱指挥部会议纪要"
    code, told, _err = run(*against, "--note", clause.id, "--reason", why, "--basis", basis, *out)
    assert [(one["reason"], one["basis"]) for one in told["rows"]] == [(why, basis)]
    cells = [cell.text for row in opened(Path(out[1]).read_bytes()).tables[0].rows for cell in row.cells]
    assert {why, basis} <= set(cells)

    opinions = tmp_path / "汇总表.docx"
    code, told, _err = run("--kind", "opinions", "--out", str(opinions))
    assert (code, told["kind"], told["rows"]) == (0, "opinions", [])
    assert opinions.read_bytes()[:2] == b"PK"
    code, told, err = run("--against", before.id, "--note", "九十九（九）", "--reason", "无", *out)
    assert (code, told, err.count("\n")) == (1, None, 1), "one sentence for a clause that is not there"


def test_a_comment_is_found_on_the_search_page_and_by_the_command(
    app: Callable[..., AppTest], installation: Installation, flood: Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    with installation.store.work(actor(installation)) as work:
        clause = plans.text_of(work, flood.id)[0].id
        made = comments.comment(work, flood.id, clause, "请会商海螺沟的说法。")
    at = app("author", "search_page.py", q="海螺", scope="comments")
    assert not at.exception
    assert "<mark>海螺</mark>" in markup(at)
    assert "未办结" in markup(at)
    at = app("author", "search_page.py", q="海螺")
    assert "海螺" not in markup(at), "the text does not say so"
    said = ["--data", str(installation.data), "--as", "author", "search", "--json"]
    assert main([*said, "海螺", "--comments"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["found"]
    assert (found["id"], found["open"], found["marks"]) == (made.id, True, ["海螺"])
