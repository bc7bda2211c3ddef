"""Two texts that grew from one, put together: nothing lost, nothing made up."""

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest

from plans_repo.text.clause import Cell, Clause, ClauseKind, SemanticType, Table
from plans_repo.text.figures import compared, figures_of
from plans_repo.text.merge import ConflictKind, Fate, Piece, continued, merged
from plans_repo.text.tokens import token_changes, whole_tokens
from plans_repo.text.word_merge import merged_text, merged_words
from tests.plans_repo.text.builders import a_clause


def told(base: str, ours: str, theirs: str) -> str:
    """The merged words, a conflict as <base|ours|theirs>."""
    pieces = merged_words(base, ours, theirs)
    for side, words in (("base", base), ("ours", ours), ("theirs", theirs)):
        assert "".join(getattr(piece, side) for piece in pieces) == words
    return "".join(
        f"<{piece.base}|{piece.ours}|{piece.theirs}>" if piece.fate is Fate.CONFLICT else piece.text for piece in pieces
    )


@pytest.mark.parametrize(("base", "ours", "theirs", "expected"), [
    # the table of the safety finding: a merge of characters answers 25分钟 and 1500人
    ("应在120分钟内到位", "应在20分钟内到位", "应在125分钟内到位", "应在<120分钟|20分钟|125分钟>内到位"),
    ("转移群众100人以上", "转移群众1000人以上", "转移群众150人以上", "转移群众<100人以上|1000人以上|150人以上>"),
    ("30分钟内报告，由指挥长决定", "15分钟内报告，由指挥长决定",
     "30分钟内报告，由副指挥长决定", "15分钟内报告，由副指挥长决定"),
    # different tokens of one expression
    ("水位9.20≤Z＜9.70米时", "水位9.30≤Z＜9.70米时", "水位9.20≤Z＜9.80米时",
     "水位<9.20≤Z＜9.70米|9.30≤Z＜9.70米|9.20≤Z＜9.80米>时"),
    ("30分钟至1小时内", "20分钟至1小时内", "30分钟至2小时内", "<30分钟至1小时|20分钟至1小时|30分钟至2小时>内"),
    ("半小时内报告", "一小时内报告", "半天内报告", "<半小时|一小时|半天>内报告"),
    ("1 h 30 min内", "1 h 45 min内", "2 h 30 min内", "<1 h 30 min|1 h 45 min|2 h 30 min>内"),
    ("死亡3人以上、10人以下的", "死亡5人以上、10人以下的", "死亡3人以上、30人以下的",
     "死亡<3人以上、10人以下|5人以上、10人以下|3人以上、30人以下>的"),
    ("电话0999-1234567。", "电话0998-1234567。", "电话0999-7654321。",
     "电话<0999-1234567|0998-1234567|0999-7654321>。"),
    ("自2026年6月1日起", "自2026年7月1日起", "自2026年6月15日起",
     "自<2026年6月1日|2026年7月1日|2026年6月15日>起"),
    ("启动Ⅰ级、Ⅱ级响应", "启动Ⅲ级、Ⅱ级响应", "启动Ⅰ级、Ⅳ级响应", "启动<Ⅰ级、Ⅱ级|Ⅲ级、Ⅱ级|Ⅰ级、Ⅳ级>响应"),
    ("不超过30分钟", "不少于30分钟", "不超过45分钟", "<不超过30分钟|不少于30分钟|不超过45分钟>"),
    ("橙色预警", "红色预警", "黄色预警", "<橙色|红色|黄色>预警"),
    # a number of one side beside the unit of the other
    ("约 内完成", "约30 内完成", "约 分钟内完成", "<约 |约30 |约 分钟>内完成"),
    # alike on both sides, digits of another width
    ("30分钟内", "20分钟内", "20分钟内", "20分钟内"),
    ("应30分钟内", "应20分钟内", "应２０分钟内", "应20分钟内"),
])  # fmt: skip
def test_what_both_touch_is_a_conflict_and_the_rest_has_both_edits(
    base: str, ours: str, theirs: str, expected: str
) -> None:
    assert told(base, ours, theirs) == expected
    mirrored = [piece.swapped for piece in merged_words(base, theirs, ours)]
    assert [piece for piece in mirrored if piece.fate is Fate.CONFLICT] == [
        piece for piece in merged_words(base, ours, theirs) if piece.fate is Fate.CONFLICT
    ]


# ---- Laws, on a thousand random pairs --------------------------------------------------------------------------------

WORDS = (
    "30分钟", "120分钟", "20分钟", "半小时", "1小时30分钟", "30分钟至1小时", "9.20≤Z＜9.70米", "100人以上", "3人",
    "Ⅲ级", "Ⅱ级及以上", "一级", "副指挥长", "指挥长", "副", "县防指", "县应急局", "红色", "较大", "0999-1234567",
    "立即", "报告", "转移", "响应", "内", "由", "在", "，", "。", "、", "至", "以上", "3", "0", "12", "分钟", "小时",
    "人", "米", "年", "级", "长", "约", "GPS", " ", "\n",
)  # fmt: skip


def an_edit(words: list[str], chance: random.Random) -> list[str]:
    """The words after a few insertions, deletions and replacements."""
    found = list(words)
    for _ in range(chance.randint(1, 3)):
        at, kind = chance.randint(0, len(found)), chance.random()
        if kind < 0.4:
            found[at:at] = [chance.choice(WORDS)]
        elif kind < 0.7:
            del found[at : at + chance.randint(1, 2)]
        else:
            found[at : at + 1] = [chance.choice(WORDS)]
    return found


def random_triples(count: int) -> list[tuple[str, str, str]]:
    chance = random.Random(20261122)
    found = []
    for _ in range(count):
        base = [chance.choice(WORDS) for _ in range(chance.randint(0, 16))]
        found.append(("".join(base), "".join(an_edit(base, chance)), "".join(an_edit(base, chance))))
    return found


TRIPLES = random_triples(1000)
WordMerge = Callable[[str, str, str], tuple[Piece, ...]]


def figures(text: str) -> set[str]:
    return {compared(figure.text) for figure in figures_of(whole_tokens(text))}


def invented(merge: WordMerge, base: str, ours: str, theirs: str) -> set[str]:
    """The figures of a clean merge that no side has."""
    pieces = merge(base, ours, theirs)
    if any(piece.fate is Fate.CONFLICT for piece in pieces):
        return set()
    return figures(merged_text(pieces)) - figures(base) - figures(ours) - figures(theirs)


def added(base: str, side: str) -> Counter[str]:
    """The tokens a side inserted."""
    before, after = whole_tokens(base), whole_tokens(side)
    return Counter(token for *_, start, end in token_changes(before, after) for token in after[start:end])


def test_a_clean_merge_makes_up_no_figure() -> None:
    assert [triple for triple in TRIPLES if invented(merged_words, *triple)] == []


QUANTITY = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?:分钟|小时|人|米|年|级)|[ⅠⅡⅢ]级|副?指挥长")


def test_a_second_reader_who_knows_no_tokens_finds_nothing_made_up_either() -> None:
    for base, ours, theirs in TRIPLES:
        pieces = merged_words(base, ours, theirs)
        if all(piece.fate is not Fate.CONFLICT for piece in pieces):
            had = {word for text in (base, ours, theirs) for word in QUANTITY.findall(text)}
            assert {*QUANTITY.findall(merged_text(pieces))} <= had, (base, ours, theirs)


def test_random_pairs_are_merged_and_refused_often_enough_to_say_something() -> None:
    is_clean = [all(piece.fate is not Fate.CONFLICT for piece in merged_words(*triple)) for triple in TRIPLES]
    assert 200 < sum(is_clean) < 800


def test_merging_with_the_unchanged_gives_the_change() -> None:
    for base, ours, _ in TRIPLES:
        assert merged_text(merged_words(base, ours, base)) == ours == merged_text(merged_words(base, base, ours))
        assert merged_text(merged_words(base, ours, ours)) == ours


def test_either_side_meets_the_same_conflicts() -> None:
    for base, ours, theirs in TRIPLES:
        here = [piece for piece in merged_words(base, ours, theirs) if piece.fate is Fate.CONFLICT]
        there = [piece.swapped for piece in merged_words(base, theirs, ours) if piece.fate is Fate.CONFLICT]
        assert here == there


def test_every_word_a_side_wrote_is_in_the_result_or_in_a_conflict() -> None:
    for base, ours, theirs in TRIPLES:
        pieces = merged_words(base, ours, theirs)
        for side, words in (("ours", ours), ("theirs", theirs)):
            kept = "".join(getattr(p, side) if p.fate is Fate.CONFLICT else p.text for p in pieces)
            lost = [
                token for token in added(base, words) if token not in kept and compared(token) not in compared(kept)
            ]
            assert lost == [], (base, ours, theirs)


def a_merge_of_characters(base: str, ours: str, theirs: str) -> tuple[Piece, ...]:
    """The merge that other tools make: on bare characters, every other check left out."""
    text, at, sides = "", 0, []
    for words in (ours, theirs):
        sides.append([*token_changes(list(base), list(words))])
    changes = sorted([(a, b, ours[c:d]) for a, b, c, d in sides[0]] + [(a, b, theirs[c:d]) for a, b, c, d in sides[1]])
    for start, end, words in changes:
        if start < at:
            return (Piece(fate=Fate.CONFLICT, base=base, ours=ours, theirs=theirs),)
        text += base[at:start] + words
        at = end
    text += base[at:]
    return (Piece(fate=Fate.BOTH, base=base, ours=text, theirs=text),)


def test_a_merge_of_characters_would_be_found_out() -> None:
    """The laws above are worth something: the merge they guard against breaks them."""
    made_up = [triple for triple in TRIPLES if invented(a_merge_of_characters, *triple)]
    assert len(made_up) > 20
    assert invented(a_merge_of_characters, "应在120分钟内", "应在20分钟内", "应在125分钟内") == {"25分钟"}


# ---- Clauses ---------------------------------------------------------------------------------------------------------


def a_plan() -> list[Clause]:
    return [
        a_clause("1", title="总则", number="1", number_raw="1"),
        a_clause("1.1", level=2, title="目的", text="为了防汛，制定本预案。"),
        a_clause("2", title="响应", number="2", number_raw="2"),
        a_clause("2.1", level=2, title="分级", text="死亡3人以上，启动Ⅱ级响应。"),
        a_clause("2.2", level=2, title="报告", text="接报后30分钟内报告县防指。"),
        a_clause("3", title="保障", number="3", number_raw="3"),
    ]


def with_change(clauses: list[Clause], name: str, **change: object) -> list[Clause]:
    return [replace(clause, **change) if clause.id == name else clause for clause in clauses]  # type: ignore[arg-type]


def without(clauses: list[Clause], *names: str) -> list[Clause]:
    return [clause for clause in clauses if clause.id not in names]


def behind(clauses: list[Clause], anchor: str, *fresh: Clause) -> list[Clause]:
    at = next(place for place, clause in enumerate(clauses) if clause.id == anchor) + 1
    return [*clauses[:at], *fresh, *clauses[at:]]


def moved(clauses: list[Clause], name: str, anchor: str) -> list[Clause]:
    (one,) = (clause for clause in clauses if clause.id == name)
    return behind(without(clauses, name), anchor, one)


def names(clauses: tuple[Clause, ...]) -> list[str]:
    return [clause.id for clause in clauses]


def test_edits_of_different_clauses_go_together() -> None:
    base = a_plan()
    found = merged(
        base, with_change(base, "2.1", text="死亡5人以上，启动Ⅱ级响应。"), with_change(base, "2.2", title="信息报告")
    )
    assert found.is_clean
    assert found.clauses[3].text == "死亡5人以上，启动Ⅱ级响应。"
    assert found.clauses[4].title == "信息报告"
    assert (found.ours, found.theirs) == (("2.1",), ("2.2",))


def test_two_insertions_at_one_place_are_both_kept_ours_first() -> None:
    base = a_plan()
    ours = behind(base, "2.1", a_clause("o1", level=2, text="甲"), a_clause("o2", level=2, text="乙"))
    theirs = behind(base, "2.1", a_clause("t1", level=2, text="丙"))
    assert names(merged(base, ours, theirs).clauses) == ["1", "1.1", "2", "2.1", "o1", "o2", "t1", "2.2", "3"]


def test_what_one_removed_and_nobody_changed_is_gone() -> None:
    base = a_plan()
    found = merged(base, without(base, "1.1"), with_change(base, "2.2", title="信息报告"))
    assert found.is_clean
    assert "1.1" not in names(found.clauses)


@pytest.mark.parametrize("is_ours_removing", [True, False])
def test_an_edit_against_a_removal_is_a_conflict_and_keeps_the_words(is_ours_removing: bool) -> None:
    base = a_plan()
    sides = [without(base, "2.2"), with_change(base, "2.2", text="接报后15分钟内报告县防指。")]
    found = merged(base, *(sides if is_ours_removing else reversed(sides)))
    (conflict,) = found.conflicts
    assert (conflict.kind, conflict.clause, conflict.field) == (ConflictKind.REMOVAL, "2.2", "")
    assert found.clauses[4].text == "接报后15分钟内报告县防指。"
    for choice, is_kept in (("ours", not is_ours_removing), ("theirs", is_ours_removing)):
        settled = merged(*(base, *(sides if is_ours_removing else reversed(sides))), decisions={"2.2": {"": choice}})
        assert settled.is_clean
        assert ("2.2" in names(settled.clauses)) == is_kept


def test_a_removed_chapter_stays_while_the_other_side_wrote_under_it() -> None:
    base = a_plan()
    theirs = behind(base, "2.2", a_clause("t", level=2, text="新写的一条。"))
    found = merged(base, without(base, "2", "2.1", "2.2"), theirs)
    assert [(met.clause, met.kind) for met in found.conflicts] == [("2", ConflictKind.REMOVAL)]
    assert names(found.clauses) == ["1", "1.1", "2", "t", "3"]


def test_a_move_and_an_edit_go_together() -> None:
    base = a_plan()
    found = merged(base, moved(base, "2.2", "1.1"), with_change(base, "2.2", text="接报后20分钟内报告县防指。"))
    assert found.is_clean
    assert names(found.clauses) == ["1", "1.1", "2.2", "2", "2.1", "3"]
    assert found.clauses[2].text == "接报后20分钟内报告县防指。"


def test_moves_of_both_sides_go_together_and_to_two_places_are_a_conflict() -> None:
    base = a_plan()
    together = merged(base, moved(base, "2.2", "1"), moved(base, "1.1", "3"))
    assert together.is_clean
    assert names(together.clauses) == ["1", "2.2", "2", "2.1", "3", "1.1"]
    apart = [moved(base, "1.1", "2.2"), moved(base, "1.1", "3")]
    torn = merged(base, *apart)
    assert [(met.clause, met.kind) for met in torn.conflicts] == [("1.1", ConflictKind.PLACE)]
    assert names(torn.clauses) == names(tuple(apart[0]))
    for side, stands in (("ours", apart[0]), ("theirs", apart[1])):
        settled = merged(base, *apart, decisions={"1.1": {"place": side}})
        assert settled.is_clean
        assert names(settled.clauses) == names(tuple(stands))
    assert merged(base, apart[0], apart[0]).is_clean


def test_what_is_written_under_a_moved_chapter_goes_with_it() -> None:
    base = a_plan()
    ours = [*base[:2], base[5], *base[2:5]]  # 3 before 2
    theirs = behind(base, "2.2", a_clause("t", level=2, text="新写的一条。"))
    assert names(merged(base, ours, theirs).clauses) == ["1", "1.1", "3", "2", "2.1", "2.2", "t"]


def test_what_is_added_under_a_heading_sinks_with_it() -> None:
    base = a_plan()
    deeper = [replace(clause, level=clause.level + 1) if clause.id.startswith("2") else clause for clause in base]
    theirs = behind(base, "2.2", a_clause("t", level=2, text="新写的一条。"))
    assert next(clause.level for clause in merged(base, deeper, theirs).clauses if clause.id == "t") == 3


@pytest.mark.parametrize(("field", "one", "other"), [
    ("semantic", SemanticType.GRADING, SemanticType.SUPPORT),
    ("number_raw", "2.3", "2.4"),
    ("level", 1, 3),
    ("media", ("aa",), ("bb",)),
])  # fmt: skip
def test_a_field_set_two_ways_is_a_conflict_until_it_is_decided(field: str, one: object, other: object) -> None:
    base = with_change(a_plan(), "2.2", media=("m",))
    sides = with_change(base, "2.2", **{field: one}), with_change(base, "2.2", **{field: other})
    (conflict,) = merged(base, *sides).conflicts
    assert (conflict.kind, conflict.field) == (ConflictKind.VALUE, field)
    settled = merged(base, *sides, decisions={"2.2": {conflict.key(): "theirs"}})
    assert settled.is_clean
    assert getattr(settled.clauses[4], field) == other


def test_pictures_of_both_sides_are_kept() -> None:
    base = with_change(a_plan(), "2.2", media=("m",))
    found = merged(base, with_change(base, "2.2", media=("m", "a")), with_change(base, "2.2", media=("m", "b")))
    assert found.is_clean
    assert found.clauses[4].media == ("m", "a", "b")


def test_a_conflict_of_words_is_decided_piece_by_piece() -> None:
    base = a_plan()
    sides = [with_change(base, "2.2", text=text) for text in ("接报后15分钟内报告。", "接报后20分钟内报告市防指。")]
    (conflict,) = merged(base, *sides).conflicts
    assert [conflict.pieces[at].base for at in conflict.open_places] == ["30分钟", "县防指"]
    decisions = {
        conflict.key(at): word for at, word in zip(conflict.open_places, ("20分钟", "县、市防指"), strict=True)
    }
    assert merged(base, *sides, decisions={"2.2": decisions}).clauses[4].text == "接报后20分钟内报告县、市防指。"


def test_a_number_that_now_stands_twice_is_told() -> None:
    base = a_plan()
    sides = [behind(base, "3", a_clause(name, title="附则", number_raw="4")) for name in ("o", "t")]
    assert merged(base, *sides).numbers_twice == ("t",)


def test_a_number_that_stood_twice_before_is_not_laid_at_the_door_of_the_merge() -> None:
    base = behind(a_plan(), "3", a_clause("former", title="附则", number_raw="3"))
    sides = [with_change(base, "2.1", text=text) for text in ("死亡5人以上，启动Ⅱ级响应。",)] * 2
    assert merged(base, *sides).numbers_twice == ()
    fresh = behind(base, "former", a_clause("t", title="附件", number_raw="4"))
    ours = behind(base, "former", a_clause("o", title="补充", number_raw="4"))
    assert merged(base, ours, fresh).numbers_twice == ("t",)


def test_automatic_numbers_of_lines_go_with_their_lines() -> None:
    base = [
        a_clause(
            "a", text="分为：\n甲组30人。\n乙组20人。\n其他按规定办理。", line_numbers=((1, "（1）"), (2, "（2）"))
        )
    ]
    ours = with_change(base, "a", text="本预案分为：\n补充说明。\n甲组30人。\n乙组20人。\n其他按规定办理。",
                       line_numbers=((2, "（1）"), (3, "（2）")))  # fmt: skip
    theirs = with_change(base, "a", text="分为：\n甲组30人。\n乙组50人。\n其他按规定办理。")
    (found,) = merged(base, ours, theirs).clauses
    assert found.text.split("\n")[3] == "乙组50人。"
    assert found.line_numbers == ((2, "（1）"), (3, "（2）"))


# ---- Tables ----------------------------------------------------------------------------------------------------------


def a_table(*rows: tuple[str, ...]) -> list[Clause]:
    cells = tuple(tuple(Cell(content=(word,)) for word in row) for row in rows)
    return [Clause(id="t", kind=ClauseKind.TABLE, table=Table(rows=cells))]


ROWS = (("单位", "时限", "电话"), ("县应急局", "30分钟", "0999-1"), ("县水利局", "1小时", "0999-2"))


def rows_of(clauses: tuple[Clause, ...]) -> list[list[str]]:
    table = clauses[0].table
    assert table
    return [[cell.text for cell in row] for row in table.rows]


def test_cells_of_one_row_changed_by_two_go_together() -> None:
    ours = a_table(ROWS[0], ("县应急局", "20分钟", "0999-1"), ROWS[2])
    theirs = a_table(ROWS[0], ("县应急局", "30分钟", "0999-9"), ROWS[2])
    found = merged(a_table(*ROWS), ours, theirs)
    assert found.is_clean
    assert rows_of(found.clauses)[1] == ["县应急局", "20分钟", "0999-9"]


def test_one_cell_changed_by_two_is_a_conflict_of_that_cell() -> None:
    ours = a_table(ROWS[0], ("县应急局", "20分钟", "0999-1"), ROWS[2])
    theirs = a_table(ROWS[0], ("县应急局", "45分钟", "0999-1"), ROWS[2])
    (conflict,) = merged(a_table(*ROWS), ours, theirs).conflicts
    assert (conflict.field, conflict.kind) == ("table.1.1", ConflictKind.WORDS)
    decisions = {"t": {conflict.key(0): "45分钟"}}
    assert rows_of(merged(a_table(*ROWS), ours, theirs, decisions=decisions).clauses)[1][1] == "45分钟"


def test_rows_added_by_both_are_kept_and_a_removed_row_that_changed_is_a_conflict() -> None:
    ours = a_table(*ROWS, ("县公安局", "1小时", "0999-3"))
    theirs = a_table(*ROWS, ("县气象局", "1小时", "0999-4"))
    found = merged(a_table(*ROWS), ours, theirs)
    assert found.is_clean
    assert [row[0] for row in rows_of(found.clauses)] == ["单位", "县应急局", "县水利局", "县公安局", "县气象局"]
    (conflict,) = merged(
        a_table(*ROWS), a_table(*ROWS[:2]), a_table(*ROWS[:2], ("县水利局", "2小时", "0999-2"))
    ).conflicts
    assert (conflict.kind, conflict.field) == (ConflictKind.REMOVAL, "table.2")


def test_a_table_whose_rows_reach_over_others_is_not_guessed_at() -> None:
    def a_merged_one(*more: tuple[str, str], reach: str = "组") -> list[Clause]:
        rows = ((Cell(content=(reach,), rows=2), Cell(content=("甲",))), (Cell(content=("乙",)),))
        fresh = tuple(tuple(Cell(content=(word,)) for word in row) for row in more)
        return [Clause(id="t", kind=ClauseKind.TABLE, table=Table(rows=(*rows, *fresh)))]

    (conflict,) = merged(a_merged_one(), a_merged_one(("丙", "丁")), a_merged_one(reach="队")).conflicts
    assert (conflict.kind, conflict.field) == (ConflictKind.VALUE, "table")


# ---- Laws of whole plans ---------------------------------------------------------------------------------------------


def a_revision(base: list[Clause], side: str, chance: random.Random) -> list[Clause]:
    found = list(base)
    for number in range(chance.randint(1, 4)):
        kind, at = (
            chance.choice(("edit", "edit", "add", "remove", "move", "retitle", "level")),
            chance.randrange(len(found)),
        )
        clause = found[at]
        if kind == "edit":
            found[at] = replace(clause, text="".join(an_edit(whole_tokens(clause.text), chance)))
        elif kind == "retitle":
            found[at] = replace(clause, title=clause.title + chance.choice(WORDS))
        elif kind == "level":
            found[at] = replace(clause, level=chance.randint(1, 3))
        elif kind == "add":
            found.insert(at, a_clause(f"{side}{number}", level=chance.randint(1, 3), text=chance.choice(WORDS) * 3))
        elif len(found) > 2:
            del found[at]
            if kind == "move":
                found.insert(chance.randrange(len(found) + 1), clause)
    return found


def test_plans_obey_the_laws() -> None:
    """Three hundred pairs of revisions: the unchanged side gives way, conflicts are mutual, no clause is lost."""
    chance = random.Random(3)
    base = [
        a_clause(f"c{at}", level=chance.randint(1, 3), title=f"标题{at}", text="".join(chance.choices(WORDS, k=10)))
        for at in range(8)
    ]
    for _ in range(300):
        ours, theirs = a_revision(base, "o", chance), a_revision(base, "t", chance)
        assert list(merged(base, ours, base).clauses) == ours == list(merged(base, base, ours).clauses)
        here, there = merged(base, ours, theirs), merged(base, theirs, ours)
        assert {met.swapped for met in there.conflicts} == set(here.conflicts)
        present = names(here.clauses)
        assert len(set(present)) == len(present)
        fresh = {clause.id for side in (ours, theirs) for clause in side} - {clause.id for clause in base}
        assert fresh <= set(present)
        for side, other in ((ours, theirs), (theirs, ours)):
            gone = {clause.id for clause in base} - {clause.id for clause in other}
            changed = {clause.id for clause in side if clause.text != _text(base, clause.id)}
            assert changed & gone <= {met.clause for met in here.conflicts} & set(present)


def _text(clauses: list[Clause], name: str) -> str:
    return next((clause.text for clause in clauses if clause.id == name), "")


def test_a_file_without_ids_is_merged_after_alignment() -> None:
    base = a_plan()
    word = [replace(clause, id=f"w{at}") for at, clause in enumerate(with_change(base, "2.2", title="信息报告"))]
    ours = with_change(base, "2.1", text="死亡5人以上，启动Ⅱ级响应。")
    found = merged(base, ours, continued(base, word))
    assert found.is_clean
    assert names(found.clauses) == names(tuple(base))
    assert (found.clauses[3].text, found.clauses[4].title) == ("死亡5人以上，启动Ⅱ级响应。", "信息报告")


def test_every_pair_of_a_few_edits_keeps_both_or_says_so() -> None:
    base = "接报后30分钟内由指挥长决定启动Ⅲ级响应。"
    edits = ("接报后20分钟内由指挥长决定启动Ⅲ级响应。", "接报后30分钟内由副指挥长决定启动Ⅲ级响应。",
             "接报后30分钟内由指挥长决定启动Ⅱ级响应。", "接报后30分钟内由指挥长决定启动Ⅲ级响应，并通报。")  # fmt: skip
    for ours, theirs in product(edits, edits):
        pieces = merged_words(base, ours, theirs)
        is_clean = all(piece.fate is not Fate.CONFLICT for piece in pieces)
        assert is_clean
        assert all(token in merged_text(pieces) for side in (ours, theirs) for token in added(base, side))
