"""An anchor is found again in whatever becomes of the text, or says that its words are gone."""

from __future__ import annotations

import random
from dataclasses import replace

from plans_repo.text.anchoring import Anchor, Hold, anchor, place
from plans_repo.text.clause import Cell, Clause, ClauseKind, Table
from plans_repo.text.difference import words


def body(name: str, text: str, **more: object) -> Clause:
    return Clause(id=name, kind=ClauseKind.BODY, text=text, **more)  # type: ignore[arg-type]


REPORT = body("a", "险情发生后30分钟内报告县防指。险情排除后30分钟内再报告。")
TRANSFER = body("b", "群众转移由乡镇人民政府组织实施。")


def made(clause: Clause, quotation: str) -> Anchor:
    found = anchor(clause, quotation)
    assert found is not None
    return found


def test_words_are_found_again_by_their_surroundings() -> None:
    second = replace(made(REPORT, "再报告"), quotation="30分钟内", before="险情排除后", after="再报告")
    edited = replace(REPORT, text="发现险情后30分钟内报告。险情排除后30分钟内再报告。")
    assert place(second, [edited]).hold is Hold.HELD
    split = [replace(REPORT, text="发现险情后10分钟内报告。"), body("c", "险情排除后30分钟内再报告。")]
    assert (place(second, split).clause, place(second, split).hold) == ("c", Hold.CARRIED)


def test_words_that_are_gone_keep_their_clause() -> None:
    found = made(REPORT, "30分钟内报告县防指")
    placed = place(found, [TRANSFER, replace(REPORT, text="险情发生后立即报告。")])
    assert (placed.clause, placed.hold, placed.words) == ("a", Hold.ALTERED, "")


def test_a_removed_clause_leaves_its_remarks_where_it_stood() -> None:
    found = made(TRANSFER, "乡镇人民政府")
    after = [REPORT, body("c", "乡镇人民政府负责值守。")]
    assert place(found, after, former=[REPORT, TRANSFER]) == place(found, after, former=[REPORT, TRANSFER])
    placed = place(found, after, former=[REPORT, TRANSFER])
    assert (placed.clause, placed.hold) == ("a", Hold.REMOVED)


def test_words_may_be_copied_with_blanks_and_from_tables() -> None:
    table = Table(rows=((Cell(content=("队伍",)), Cell(content=("40人",))),))
    clause = Clause(id="t", kind=ClauseKind.TABLE, table=table)
    assert made(clause, "队伍 40人").quotation == "队伍\t40人"
    assert anchor(clause, "50人") is None


PHRASES = ("立即报告。", "由县应急局负责。", "每2小时续报一次，", "转移群众，", "会商研判后，", "第一时间")


def mutated(text: list[Clause], draw: random.Random, count: int) -> list[Clause]:
    """One edit of an author: words in, words out, a clause moved, split, merged, renumbered, added or taken away."""
    kind = draw.choice(("insert", "cut", "move", "split", "merge", "number", "add", "remove"))
    at = draw.randrange(len(text))
    clause = text[at]
    cut = draw.randrange(len(clause.text) + 1)
    if kind == "insert":
        text[at] = replace(clause, text=clause.text[:cut] + draw.choice(PHRASES) + clause.text[cut:])
    elif kind == "cut":
        text[at] = replace(clause, text=clause.text[:cut] + clause.text[cut + draw.randrange(1, 9) :])
    elif kind == "move":
        text.insert(draw.randrange(len(text)), text.pop(at))
    elif kind == "split":
        text[at : at + 1] = [replace(clause, text=clause.text[:cut]), body(f"new{count}", clause.text[cut:])]
    elif kind == "merge" and at + 1 < len(text):
        text[at] = replace(clause, text=clause.text + text.pop(at + 1).text)
    elif kind == "number":
        text[at] = replace(clause, number=str(draw.randrange(99)))
    elif kind == "add":
        text.insert(at, body(f"new{count}", draw.choice(PHRASES)))
    elif kind == "remove" and len(text) > 1:
        text.pop(at)
    return text


def test_five_hundred_random_edits_lose_no_anchor() -> None:
    draw = random.Random(20260301)
    marks = [f"目标{number}号在{number}0分钟内完成任务" for number in range(12)]
    former = [
        body(f"c{number}", draw.choice(PHRASES) + mark + draw.choice(PHRASES)) for number, mark in enumerate(marks)
    ]
    anchors = [made(clause, mark) for clause, mark in zip(former, marks, strict=True)]
    text, held = list(former), 0
    for count in range(500):
        text = mutated(text, draw, count)
        for found, mark in zip(anchors, marks, strict=True):
            placed = place(found, text, former=former)
            there = [clause.id for clause in text if mark in words(clause)]
            assert placed.clause in {clause.id for clause in text}
            assert found.quotation == mark  # the old words are always at hand
            if there:
                assert placed.clause in there
                assert placed.words == mark
                held += 1
            else:
                assert placed.hold in (Hold.ALTERED, Hold.REMOVED)
    assert held > 500
