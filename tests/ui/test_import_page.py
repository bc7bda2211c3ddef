"""导入: what was read is shown before anything is stored, set right, then kept; suggestions are decided."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import drafts, importing, organisations, plans, suggestions
from plans_repo.import_facts import Facts
from plans_repo.plans import PlanKind
from plans_repo.store import accounts
from plans_repo.suggestions import Decision
from plans_repo.text.clause import Clause, ClauseKind, SemanticType, outline
from plans_repo.text.reading import Tracked
from plans_repo.text.reading.corrections import Correction, CorrectionKind
from sim.procedure import Hazard
from tests.plans_repo.test_intake import FILE, PARTS
from tests.ui.planned import furnish
from ui.command_line.main import main
from ui.installation import Installation
from ui.sections.import_corrections import corrections_of, rows_of
from ui.sections.import_facts import written_facts

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = "临河镇防汛应急预案\n1 总则\n1.1 编制目的\n为了防汛。\n适用范围\n本镇行政区域。\n2 附则\n略。\n".encode()


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("imported")
    furnish(data)
    return data


def opened(app: Callable[..., AppTest], data: bytes = FILE, name: str = "a.docx", tracked: Any = None) -> AppTest:
    """The library page with the file read and not kept."""
    at = app("author", "library_page.py")
    at.file_uploader(key="import-file").set_value((name, data, WORD))
    if tracked:
        at.selectbox(key="import-tracked").set_value(tracked)
    return at.button(key="import-now").click().run()


def titles(installation: Installation) -> list[str]:
    with installation.store.reading(accounts.actor_named(installation.store, "author")) as work:
        return [plan.title for plan in plans.list_plans(work)]


def newest(installation: Installation, title: str) -> tuple[str, tuple[Clause, ...]]:
    with installation.store.reading(accounts.actor_named(installation.store, "author")) as work:
        plan = next(plan for plan in plans.list_plans(work) if plan.title == title)
        return plan.id, plans.text_of(work, plan.id)


def markup(at: AppTest) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


def test_nothing_is_stored_before_saving_and_the_account_is_shown(
    app: Callable[..., AppTest], installation: Installation
) -> None:
    before = titles(installation)
    at = opened(app, tracked=Tracked.SUGGEST)
    shown = markup(at)
    assert titles(installation) == before
    assert [tab.label for tab in at.tabs] == ["目录", "更正", "响应级别与时限", "修改建议（5）", "批注（1）"]
    assert at.selectbox(key="import-as-kind").value is PlanKind.SPECIAL  # under what it will be kept is shown before
    assert "<del>30分钟</del> <ins>15分钟</ins>" in shown
    assert "抢险队伍应在30分钟内到达现场" in shown
    assert any("5 处修订" in said.value for said in at.warning)
    at.button(key="import-forget").click().run()
    assert titles(installation) == before
    assert not at.exception


def test_a_file_is_kept_with_its_original_and_its_suggestions_are_decided(
    app: Callable[..., AppTest], installation: Installation
) -> None:
    at = opened(app, tracked=Tracked.SUGGEST).button(key="import-save").click().run()
    plan, _ = newest(installation, "临河县防汛应急预案")
    assert "已导入“临河县防汛应急预案”。" in [said.value for said in at.success]
    at.button(key="suggestion-accept-s1").click().run()
    at.button(key="suggestion-decline-s2").click().run()
    at.button(key="suggestions-accept-all").click().run()
    assert not at.exception
    with installation.store.reading(accounts.actor_named(installation.store, "author")) as work:
        states = [one.decision for one in suggestions.suggestions(work, plan)]
        draft = drafts.draft(work, plan)
    assert states == [Decision.ACCEPTED, Decision.DECLINED, *[Decision.ACCEPTED] * 3]
    assert draft is not None
    assert "抢险队伍应在15分钟内到达现场。" in [entry.clause.text for entry in draft.clauses]


def test_the_open_suggestions_wait_on_the_editing_part_of_the_plan(
    app: Callable[..., AppTest], installation: Installation
) -> None:
    opened(app, tracked=Tracked.SUGGEST).button(key="import-save").click().run()
    plan, _ = newest(installation, "临河县防汛应急预案")
    at = app("author", "plan_page.py", id=plan, part="editing")
    at.button(key="suggestions-decline-all").click().run()
    assert not [button for button in at.button if str(button.key).startswith("suggestion-")]


@pytest.mark.parametrize(
    ("tracked", "words"), [(Tracked.ACCEPT, "15分钟内到达现场并报告。"), (Tracked.REJECT, "30分钟内到达现场。")]
)
def test_the_mode_decides_the_words(
    app: Callable[..., AppTest], installation: Installation, tracked: Tracked, words: str
) -> None:
    opened(app, tracked=tracked).button(key="import-save").click().run()
    _, clauses = newest(installation, "临河县防汛应急预案")
    assert any(clause.text == f"抢险队伍应在{words}" for clause in clauses)


def test_one_clause_is_set_right_taken_back_and_set_right_again(
    app: Callable[..., AppTest], installation: Installation
) -> None:
    at = opened(app, TEXT, "a.txt")
    clause = next(box for box in at.selectbox if str(box.key).startswith("import-one-"))
    clause.set_value(next(place for place, words in enumerate(clause.options) if "编制目的" in words)).run()
    line = next(box for box in at.selectbox if str(box.key).startswith("import-value-heading"))
    line.set_value(line.options.index("适用范围")).run()
    at.button(key="import-correct-one").click().run()
    assert "适用范围</a>" in markup(at)
    at.button(key="import-undo").click().run()
    assert "适用范围</a>" not in markup(at)
    at.button(key="import-correct-one").click().run()
    at.button(key="import-save").click().run()
    assert not at.exception
    plan, _ = newest(installation, "临河镇防汛应急预案")
    with installation.store.reading(accounts.actor_named(installation.store, "author")) as work:
        record = importing.show(work, plan).record
    assert record is not None
    assert record.read == record.kept
    assert [(one.what, one.words) for one in record.mended] == [(CorrectionKind.HEADING, "1.1 编制目的")]


def test_a_title_is_given(app: Callable[..., AppTest], installation: Installation) -> None:
    at = opened(app, TEXT, "a.txt")
    box = next(box for box in at.text_input if str(box.key).startswith("import-title-"))
    box.set_value("临河镇防汛应急预案（试行）").run()
    at.button(key="import-save").click().run()
    assert "临河镇防汛应急预案（试行）" in titles(installation)


def test_name_kind_hazard_and_body_are_set_right_before_keeping_and_both_are_remembered(
    app: Callable[..., AppTest], installation: Installation
) -> None:
    at = opened(app, TEXT.replace("临河镇".encode(), b""), "a.txt")
    at.selectbox(key="import-as-kind").set_value(PlanKind.TOWNSHIP).run()
    assert "已更正：类别 专项应急预案 → 乡镇（街道）应急预案" in [one.value for one in at.caption]
    at.selectbox(key="import-as-hazard").set_value("").run()
    body = next(one for one in at.selectbox(key="import-maker").options if "政府" in one or "Government" in one)
    at.selectbox(key="import-maker").select(body).run()
    next(box for box in at.text_input if str(box.key).startswith("import-title-")).set_value("临河镇应急预案").run()
    at.button(key="import-save").click().run()
    assert not at.exception
    assert not at.error
    with installation.store.reading(accounts.actor_named(installation.store, "author")) as work:
        made = next(plan for plan in plans.list_plans(work) if plan.title == "临河镇应急预案")
        record = importing.show(work, made.id).record
        assert made.organisation is not None
        assert "政府" in organisations.organisation(work, made.organisation).name
    assert (made.kind, made.hazard) == (PlanKind.TOWNSHIP, "")
    assert record is not None
    assert record.read == Facts(title="防汛应急预案", kind=PlanKind.SPECIAL, hazard=Hazard.FLOOD)
    assert record.kept == Facts(title="临河镇应急预案", kind=PlanKind.TOWNSHIP, hazard=None)
    for lang, title, head in (("zh", "导入时更正 3 处", "识别为"), ("en", "3 corrections at import", "Read as")):
        there = app("author", "plan_page.py", lang=lang, id=made.id)
        assert title in [one.label for one in there.expander]
        assert head in markup(there)


def test_the_command_sets_right_what_a_file_is_taken_for(
    installation: Installation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(TEXT)
    run = ["--data", str(installation.data), "--as", "author", "--json", "plan", "import", str(file)]
    assert main([*run, "--title", "临河镇应急预案", "--hazard", "none", "--kind", "overall"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["title"], told["kind"], told["hazard"]) == ("临河镇应急预案", "overall", "")
    assert told["corrections"]["read"] == {"title": "临河镇防汛应急预案", "kind": "township", "hazard": "flood"}
    before = titles(installation)
    assert main([*run, "--title", "某", "--split"]) == 1
    assert "只能给一件新预案" in capsys.readouterr().err
    assert titles(installation) == before


def test_several_plans_are_kept_as_one_or_apart(app: Callable[..., AppTest], installation: Installation) -> None:
    at = opened(app, PARTS.data)
    assert "几件预案（4）" in [tab.label for tab in at.tabs]
    at.radio(key="import-split").set_value(True).run()
    at.button(key="import-save").click().run()
    assert {title for _, title in PARTS.parts} <= set(titles(installation))


def test_each_of_several_plans_is_set_right_in_its_line() -> None:
    facts = Facts(title="某厂火灾处置方案", kind=PlanKind.UNIT, hazard=None)
    row = {"title": " 某厂火灾现场处置方案 ", "kind": "专项应急预案", "hazard": "火灾"}
    told = Facts(title="某厂火灾现场处置方案", kind=PlanKind.SPECIAL, hazard=Hazard.FIRE)
    assert written_facts(facts, row) == told
    assert written_facts(told, {"title": "", "kind": None, "hazard": None}) == told


def test_changes_of_the_table_are_corrections() -> None:
    clauses = [
        Clause(id="a", kind=ClauseKind.HEADING, number="1", title="总则", text="略。"),
        Clause(id="b", kind=ClauseKind.HEADING, level=2, number="1.1", title="目的为了防汛"),
        Clause(id="c", kind=ClauseKind.BODY, level=2, text="并入。"),
    ]
    before = rows_of(clauses)
    after = [dict(row) for row in before]
    after[0] |= {"level": 2, "semantic": "分级标准"}
    after[1] |= {"title": "目的"}
    after[2] |= {"treatment": "并入上一条"}
    assert corrections_of(clauses, before, after) == [
        Correction(clause="a", kind=CorrectionKind.LEVEL, value="2"),
        Correction(clause="a", kind=CorrectionKind.SEMANTIC, value=SemanticType.GRADING),
        Correction(clause="b", kind=CorrectionKind.TITLE, value="目的"),
        Correction(clause="c", kind=CorrectionKind.MERGE),
    ]
    assert corrections_of(clauses, before, before) == []
    assert outline(clauses)
