"""The papers of a script: what stands on them, for whom, and that nothing unapproved is handed to a controller."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time

import docx
import pytest
from docx.document import Document

from drills.drill import Drill
from drills.papers.script_papers import Facts, PaperKind, script_paper
from drills.scripts.keeping import KeptScript
from drills.scripts.script import Script, Standing
from tests.drills.scripts.making_scripts import a_script, an_action, an_inject, flood_script

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
MARKS = {
    PaperKind.SCRIPT: "导演组内部资料　演练结束前不得外传",
    PaperKind.CARDS: "导演组内部资料　演练结束前不得外传",
    PaperKind.SCHEME: "评估组内部资料　演练结束前不得外传",
}


def facts(script: Script, **more: object) -> Facts:
    drill = Drill(id="d", title="清川县山洪演练", year=2026, on=date(2026, 11, 26), at=time(9, 30), place="龙潭沟")
    kept = KeptScript(drill="d", revision=3, script=script, hash=script.hash, saved_at=AT, saved_by="于演舟")
    return replace(Facts(drill=drill, kept=kept, units=("县防办", "龙潭镇")), **more)  # type: ignore[arg-type]


def paper(script: Script, kind: PaperKind, language: str = "zh", **more: object) -> Document:
    return docx.Document(io.BytesIO(script_paper(facts(script, **more), kind, made_at=AT, language=language)))


def rows_of(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def approved(script: Script) -> Script:
    return replace(script, injects=tuple(replace(one, standing=Standing.APPROVED) for one in script.injects))


@pytest.mark.parametrize("kind", PaperKind)
def test_every_page_says_for_whom_it_is(kind: PaperKind) -> None:
    section = paper(flood_script(), kind).sections[0]
    assert {section.header.paragraphs[0].text, section.even_page_header.paragraphs[0].text} == {MARKS[kind]}


@pytest.mark.parametrize("kind", PaperKind)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_equal_facts_give_equal_bytes(kind: PaperKind, language: str) -> None:
    first, second = (script_paper(facts(flood_script()), kind, made_at=AT, language=language) for _ in range(2))
    assert first == second


def test_the_script_tells_every_inject_and_every_action() -> None:
    script = flood_script()
    rows = rows_of(paper(script, PaperKind.SCRIPT))
    assert [row[0] for row in rows if len(row) == 6][1:] == [one.number for one in script.in_order]
    assert [row[0] for row in rows if len(row) == 5 and row[0].startswith("A")] == [
        one.number for one in script.actions
    ]
    assert ["时间", "2026年11月26日 09:30"] in rows
    assert ["参演单位", "县防办、龙潭镇"] in rows


def test_simulation_stands_beside_the_limits_only_where_a_study_was_made() -> None:
    bare = paper(a_script(), PaperKind.SCRIPT)
    assert "没有同一版本、同一情景的仿真研究" in "".join(one.text for one in bare.paragraphs)
    studied = a_script(actions=(an_action("A1", p10_min=1.0, p50_min=2.0, p90_min=95.0, met_share=0.625),
                                an_action("A2")))  # fmt: skip
    (row,) = [row for row in rows_of(paper(studied, PaperKind.SCRIPT)) if row[0] == "A1"]
    assert row[-2:] == ["1分钟 / 2分钟 / 1小时35分", "62.5%"]


def test_what_is_read_out_carries_the_marker_first_and_only_approved_injects_have_cards() -> None:
    script = flood_script()
    half = replace(script, injects=tuple(
        replace(one, standing=Standing.APPROVED) if place % 2 else one for place, one in enumerate(script.injects)
    ))  # fmt: skip
    found = paper(half, PaperKind.CARDS)
    said = [row[1] for row in rows_of(found) if row[0] == "下达内容"]
    assert said == [f"【演练】{one.text}" for one in half.in_order if one.standing is Standing.APPROVED]
    drafts = [one.number for one in half.in_order if one.standing is Standing.DRAFT]
    assert f"尚有{len(drafts)}条注入没有审定，不在本单之内：{'、'.join(drafts)}。" in [
        one.text for one in found.paragraphs
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_marker_is_within_the_first_twenty_characters_in_either_language(language: str) -> None:
    key = {"zh": "下达内容", "en": "To be said"}[language]
    said = [row[1] for row in rows_of(paper(approved(flood_script()), PaperKind.CARDS, language)) if row[0] == key]
    assert said
    assert all(re.match(r"【演练】|\[DRILL\]", words[:20]) for words in said)


def test_a_card_names_those_with_a_limit_first_and_counts_the_rest() -> None:
    actions = [an_action(f"A{number}") for number in range(1, 20)] + [an_action("A20", limit_min=30, since="")]
    inject = an_inject("1", expects=tuple(one.id for one in actions), standing=Standing.APPROVED)
    rows = rows_of(paper(a_script(injects=(inject,), actions=tuple(actions)), PaperKind.CARDS))
    (asked,) = [row[1] for row in rows if row[0] == "预期行动"]
    assert asked.startswith("A20 行动A20（演练开始后30分钟内）；A1 ")
    assert asked.endswith("；其余8项见导调脚本")


@pytest.mark.parametrize(
    ("expects", "words"),
    [
        ((), "—"),
        (("A1",), "A1"),
        (("A1", "A2"), "A1、A2"),
        (("A3", "A1", "A2"), "A1至A3"),
        (("A1", "A3", "A4", "A5", "A9"), "A1、A3至A5、A9"),
    ],
)
def test_numbers_that_follow_one_another_are_one_stretch(expects: tuple[str, ...], words: str) -> None:
    actions = tuple(an_action(f"A{number}") for number in range(1, 10))
    inject = an_inject("1", expects=tuple(name.lower() for name in expects))
    rows = rows_of(paper(a_script(injects=(inject,), actions=actions), PaperKind.SCRIPT))
    assert [row[4] for row in rows if len(row) == 6][1] == words


def test_the_evaluation_scheme_leaves_room_for_time_rating_and_what_was_seen() -> None:
    script = flood_script()
    rows = [row for row in rows_of(paper(script, PaperKind.SCHEME)) if len(row) == 8]
    assert rows[0][-3:] == ["实际完成", "评级", "所见依据"]
    assert [row[0] for row in rows[1:]] == [one.number for one in script.actions]
    assert all(row[-3:] == ["", "", ""] for row in rows[1:])


def test_the_evaluation_scheme_shows_no_simulated_result_that_would_lead_the_evaluator() -> None:
    studied = a_script(actions=(an_action("A1", p50_min=77.7, met_share=0.123), an_action("A2")))
    cells = "".join(cell for row in rows_of(paper(studied, PaperKind.SCHEME)) for cell in row)
    assert "77.7" not in cells
    assert "12.3" not in cells


def test_clauses_are_cited_as_the_plan_numbers_them() -> None:
    script = a_script(actions=(an_action("A1", clause="c7"), an_action("A2", clause="附录甲")))
    rows = rows_of(paper(script, PaperKind.SCRIPT, cited={"c7": "3.2.1"}))
    assert [row[4] for row in rows if row[0] in ("A1", "A2") and len(row) == 5] == ["3.2.1条", "附录甲"]


@pytest.mark.parametrize("kind", PaperKind)
def test_a_script_without_anything_is_a_paper_all_the_same(kind: PaperKind) -> None:
    empty = Script(duration_min=60)
    assert paper(empty, kind).paragraphs[0].text.startswith("清川县山洪演练")
