"""A redline: accept everything and read the newer text, reject everything and read the older one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from docx.oxml import parse_xml
from docx_plus import revisions
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from plans_repo.text.blame import History, Saved, Step, backwards
from plans_repo.text.clause import Cell, Clause, ClauseKind, Table
from plans_repo.text.reading import read_plan
from plans_repo.text.reading.tracked import ChangeKind, Tracked, accepting
from plans_repo.text.reading.word_document import read_word
from plans_repo.text.suggested import is_plain
from plans_repo.text.weave import Hand
from plans_repo.word.clause_lines import is_footnote, shown_lines
from plans_repo.word.plan_document import PlanIdentity
from plans_repo.word.redline import Redline, redline_document
from plans_repo.word.tracked import STAMP, UTC_DATE, ZONE
from tests.plans_repo.word import office
from tests.plans_repo.word.builders import opened, part, part_names
from tests.plans_repo.word.checking import complaints
from tests.plans_repo.word.settling import ACCEPT, REJECT, W, marks, settled, words

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
IDENTITY = PlanIdentity(plan="p", version="v2", root_hash="cd" * 32, title="防汛预案", made_at=NOON)
CHEN, WANG, LIU = (
    Hand(author=name, at=NOON + timedelta(days=day)) for day, name in enumerate(("陈立", "王编", "刘审"))
)
Text = tuple[Clause, ...]


def heading(number: int, label: str, title: str, text: str = "", /, **changes: Any) -> Clause:
    names = {"number": label, "number_raw": label, "title": title, "text": text}
    return Clause(id=str(UUID(int=number)), kind=ClauseKind.HEADING, **names, **changes)


def redline(old: Text, *later: tuple[Text, Hand]) -> Redline:
    return redline_document(IDENTITY, History(old, [Step(clauses=text, hand=hand) for text, hand in later]))


def rows_of(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def said(clauses: Text) -> list[Any]:
    """What a reader of the document should find, in order: lines, then the table of a clause."""
    found: list[Any] = [IDENTITY.title]
    for clause in clauses:
        if is_footnote(clause) and len(found) > 1:
            cite(found, f"〔{clause.text}〕")
            continue
        found += [line for line in shown_lines(clause) if line]
        if clause.table and clause.table.rows:
            found.append(rows_of(clause.table))
    return found


def cite(found: list[Any], note: str) -> None:
    """A note behind the words read last."""
    if isinstance(found[-1], str):
        found[-1] += note
    else:
        found[-1][-1][-1] += note


OLD = (
    heading(1, "1", "总则"),
    heading(2, "1.1", "报告时限", "险情发生后30分钟内报告。\n同时通报县水利局。", level=2),
    heading(3, "1.2", "值班", "实行24小时值班。", level=2),
    heading(4, "2", "附则", "自印发之日起施行。"),
)
NEW = (
    OLD[0],
    replace(OLD[1], text="险情发生后15分钟内报告。"),
    heading(5, "1.2", "通信", "保持通信畅通。", level=2),
    OLD[3],
)


def test_a_figure_is_replaced_whole_under_its_author_and_time() -> None:
    found = redline(OLD, (NEW, CHEN))
    assert [(kind, text) for kind, _who, _at, text in marks(found.data)][:2] == [("del", "30分钟"), ("ins", "15分钟")]
    assert {(who, at) for _kind, who, at, _text in marks(found.data)} == {("陈立", "2026-03-01T12:00:00Z")}
    assert found.revisions >= len(marks(found.data))
    assert found.clauses == len(NEW)


def test_accepting_gives_the_newer_and_rejecting_the_older_text() -> None:
    data = redline(OLD, (NEW, CHEN)).data
    assert words(data, ACCEPT) == said(NEW)
    assert words(data, REJECT) == said(OLD)


def test_every_word_bears_who_wrote_it_through_versions() -> None:
    second = replace(OLD[1], text="险情发生后30分钟内电话报告。\n同时通报县水利局。")
    third = replace(OLD[1], text="险情发生后10分钟内电话报告。\n同时通报县水利局。")
    found = redline(OLD, ((OLD[0], second, *OLD[2:]), CHEN), ((OLD[0], third, *OLD[2:]), WANG))
    assert [(kind, who, text) for kind, who, _at, text in marks(found.data)] == [
        ("del", "王编", "30分钟"),
        ("ins", "王编", "10分钟"),
        ("ins", "陈立", "电话"),
    ]


def test_words_of_two_authors_in_one_version_are_told_apart_by_their_saves() -> None:
    first = replace(OLD[2], text="实行全天24小时值班。")
    both = replace(OLD[2], text="实行全天24小时值班制度。")
    saves = (Saved(clause=both.id, value=first, hand=CHEN), Saved(clause=both.id, value=both, hand=WANG))
    history = History(OLD, [Step(clauses=(*OLD[:2], both, OLD[3]), hand=LIU, saves=saves)])
    found = marks(redline_document(IDENTITY, history).data)
    assert [(who, text) for _kind, who, _at, text in found] == [("陈立", "全天"), ("王编", "制度")]


def test_what_was_taken_out_and_put_back_is_not_marked() -> None:
    without = (*OLD[:1], replace(OLD[1], text="险情发生后报告。"), *OLD[2:])
    assert marks(redline(OLD, (without, CHEN), (OLD, WANG)).data) == []


def test_a_removed_and_a_moved_clause_bear_who_did_it() -> None:
    moved = (OLD[3], *OLD[:2])
    found = redline(OLD, ((OLD[3], *OLD[:3]), CHEN), (moved, WANG))
    assert {(who, text) for _kind, who, _at, text in marks(found.data) if "值班" in text} == {
        ("王编", "1.2 值班"),
        ("王编", "实行24小时值班。"),
    }
    assert {who for _kind, who, _at, text in marks(found.data) if "施行" in text} == {"陈立"}
    assert words(found.data, ACCEPT) == said(moved)
    assert words(found.data, REJECT) == said(OLD)


def test_on_the_way_back_changes_are_undone_under_the_hands_that_made_them() -> None:
    second = (*OLD[:2], replace(OLD[2], text="实行24小时双人值班。"), OLD[3])
    third = (OLD[0], replace(OLD[1], text="险情发生后10分钟内报告。\n同时通报县水利局。"), *second[2:])
    steps = [Step(clauses=second, hand=CHEN), Step(clauses=third, hand=WANG)]
    found = redline_document(IDENTITY, History(*backwards(OLD, steps)))
    assert words(found.data, ACCEPT) == said(OLD)
    assert words(found.data, REJECT) == said(third)
    assert {(kind, who, text) for kind, who, _at, text in marks(found.data)} == {
        ("del", "王编", "10分钟"),
        ("ins", "王编", "30分钟"),
        ("del", "陈立", "双人"),
    }


def test_a_heading_of_another_level_keeps_its_words_and_changes_its_style() -> None:
    new = (*OLD[:2], replace(OLD[2], level=3), OLD[3])
    data = redline(OLD, (new, CHEN)).data
    assert marks(data) == []
    assert ("Heading3", "1.2 值班") in settled(data, ACCEPT)
    assert ("Heading2", "1.2 值班") in settled(data, REJECT)


def test_equal_versions_have_no_revisions() -> None:
    assert redline(OLD, (OLD, CHEN)).revisions == 0
    assert redline(OLD).revisions == 0


def test_ids_of_marks_and_bookmarks_are_unique() -> None:
    body = etree.fromstring(part(redline(OLD, (NEW, CHEN)).data, "word/document.xml"))
    ids = [mark.get(f"{W}id") for mark in body.iter(f"{W}ins", f"{W}del", f"{W}bookmarkStart", f"{W}pPrChange")]
    assert len(set(ids)) == len(ids)
    names = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    assert len(set(names)) == len(names) == len(NEW)


def cells(*texts: str, **more: int) -> tuple[Cell, ...]:
    return tuple(Cell(content=(text,) if text else (), **more) for text in texts)


def with_table(*rows: tuple[Cell, ...]) -> Text:
    return (*OLD, Clause(id=str(UUID(int=9)), kind=ClauseKind.TABLE, table=Table(rows=rows)))


HEAD = cells("队伍", "人数")


def test_a_cell_changes_by_words_and_a_row_comes_and_goes_under_its_author(tmp_path: Path) -> None:
    old = with_table(HEAD, cells("一队", "40人"), cells("二队", "25人"))
    second = with_table(HEAD, cells("一队", "60人"), cells("二队", "25人"))
    third = with_table(HEAD, cells("一队", "60人"), cells("三队", "30人"), cells("四队", "12人"))
    found = redline(old, (second, CHEN), (third, WANG))
    told = {(kind, who, text) for kind, who, _at, text in marks(found.data)}
    assert ("del", "陈立", "40人") in told
    assert ("ins", "王编", "四队") in told
    assert words(found.data, ACCEPT) == said(third)
    assert words(found.data, REJECT) == said(old)
    assert complaints(found.data, tmp_path) == []


def test_a_table_of_another_shape_goes_and_comes(tmp_path: Path) -> None:
    old = with_table(HEAD, cells("一队", "40人"))
    tall = (Cell(content=("一队",), rows=2), *cells("40人"))
    new = with_table(cells("队伍", "人数"), tall, cells("备勤12人"))
    found = redline(old, (new, CHEN))
    assert words(found.data, ACCEPT) == said(new)
    assert words(found.data, REJECT) == said(old)
    assert complaints(found.data, tmp_path) == []


def test_a_table_added_and_one_taken_away() -> None:
    new = with_table(HEAD, cells("一队", "40人"))
    for old, later in ((OLD, new), (new, OLD)):
        data = redline(old, (later, CHEN)).data
        assert words(data, ACCEPT) == said(later)
        assert words(data, REJECT) == said(old)


def test_an_unchanged_table_stands_once_and_unmarked() -> None:
    text = with_table(HEAD, cells("一队", "40人"))
    body = etree.fromstring(part(redline(text, (text, CHEN)).data, "word/document.xml"))
    assert [list(table.iter(f"{W}ins", f"{W}del")) for table in body.iter(f"{W}tbl")] == [[]]


def test_a_redline_satisfies_the_schema(tmp_path: Path) -> None:
    assert complaints(redline(OLD, (NEW, CHEN)).data, tmp_path) == []


def note(number: int, text: str, /) -> Clause:
    return Clause(id=str(UUID(int=number)), kind=ClauseKind.NOTE, level=2, number="1", automatic_number="1", text=text)


NOTED = (*OLD[:2], note(20, "指县防汛抗旱指挥部。"), *OLD[2:])


def notes_of(data: bytes) -> list[str]:
    """The words of every note of the file, whatever became of it."""
    root = etree.fromstring(part(data, "word/footnotes.xml"))
    return ["".join(one.itertext()).strip() for one in root.iterfind(f"{W}footnote") if one.get(f"{W}type") is None]


def test_a_note_is_a_footnote_whose_words_bear_their_authors(tmp_path: Path) -> None:
    second = (*NOTED[:2], note(20, "指县防汛抗旱指挥部办公室。"), *NOTED[3:])
    found = redline(NOTED, (second, CHEN))
    assert marks(found.data) == [("ins", "陈立", "2026-03-01T12:00:00Z", "办公室")]
    assert notes_of(found.data) == ["指县防汛抗旱指挥部办公室。"]
    assert words(found.data, ACCEPT) == said(second)
    assert words(found.data, REJECT) == said(NOTED)
    assert found.clauses == len(NOTED)
    assert complaints(found.data, tmp_path) == []


def test_a_note_comes_and_goes_with_what_cites_it(tmp_path: Path) -> None:
    for old, new in ((OLD, NOTED), (NOTED, OLD)):
        found = redline(old, (new, WANG))
        assert words(found.data, ACCEPT) == said(new)
        assert words(found.data, REJECT) == said(old)
        assert {who for _kind, who, _at, _text in marks(found.data)} == {"王编"}
        assert complaints(found.data, tmp_path) == []


def test_a_line_added_before_a_note_does_not_move_it() -> None:
    longer = replace(NOTED[1], text=f"{NOTED[1].text}\n必要时直报市防指。")
    new = (NOTED[0], longer, *NOTED[2:])
    data = redline(NOTED, (new, CHEN)).data
    assert words(data, ACCEPT) == said(new)
    assert words(data, REJECT) == said(NOTED)
    assert len(notes_of(data)) == 1


def test_a_note_whose_clause_went_goes_there_and_comes_where_it_is_cited_now() -> None:
    new = (NOTED[0], *NOTED[2:])
    data = redline(NOTED, (new, CHEN)).data
    assert words(data, ACCEPT) == said(new)
    assert words(data, REJECT) == said(NOTED)
    assert notes_of(data) == ["指县防汛抗旱指挥部。"] * 2


def test_a_redline_with_notes_comes_back_as_either_text() -> None:
    second = (*NOTED[:2], note(20, "指县防指。"), note(21, "电话见附件。"), *NOTED[3:])
    data = redline(NOTED, (second, CHEN)).data
    for tracked, text in ((Tracked.ACCEPT, second), (Tracked.REJECT, NOTED)):
        source = read_word(data, "a.docx", accepting(tracked, ()))
        assert [one.text.strip() for one in source.notes] == [one.text for one in text if one.kind is ClauseKind.NOTE]


def test_a_note_put_in_is_one_suggestion_and_comes_whole_when_it_is_accepted() -> None:
    data = redline(OLD, (NOTED, CHEN)).data
    ids = (f"c{at}" for at in range(1000))
    before = read_plan(data, "a.docx", new_id=lambda: next(ids), tracked=Tracked.SUGGEST)
    (one,) = before.suggestions
    assert (one.kind, one.before, one.after) == (ChangeKind.INSERTION, "", "〔注〕指县防汛抗旱指挥部。")
    assert not is_plain(one)
    after = read_plan(data, "a.docx", new_id=lambda: next(ids), tracked=Tracked.SUGGEST, accepted=one.marks)
    counted = [sum(clause.kind is ClauseKind.NOTE for clause in each.clauses) for each in (before, after)]
    assert counted == [0, 1]
    assert after.chars_in == after.chars_kept


# ---- Any history -----------------------------------------------------------------------------------------------------

phrases = st.lists(
    st.sampled_from(
        ["30分钟内报告。", "15分钟内报告。", "指挥长", "副指挥长", "Ⅱ级响应", "，", "\n", "转移群众。", "1.5小时"]
    ),
    max_size=6,
).map("".join)
tables = st.none() | st.lists(
    st.lists(phrases.map(str.strip), min_size=2, max_size=2).map(lambda texts: cells(*texts)), min_size=1, max_size=4
).map(lambda rows: Table(rows=tuple(rows)))
worded = st.builds(
    lambda number, title, text, level, table: Clause(
        id=str(UUID(int=number)),
        kind=ClauseKind.HEADING if title else ClauseKind.BODY,
        number_raw=str(number) if title else "",
        title=title,
        text=text.strip(),
        level=level,
        table=table,
    ),
    st.integers(1, 7),
    st.sampled_from(["", "职责", "信息报告"]),
    phrases,
    st.integers(1, 3),
    tables,
)
foot = st.builds(lambda number, text: note(number, text), st.integers(5, 9), phrases.map(str.strip).filter(bool))
clauses = worded | foot
texts = st.lists(clauses, max_size=6, unique_by=lambda one: one.id).map(tuple)
hands = st.sampled_from([CHEN, WANG, LIU])


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Several versions by several authors, each with some saves on the way."""
    first = draw(texts)
    steps = []
    for _number in range(draw(st.integers(1, 3))):
        after = draw(texts)
        on_the_way = draw(st.lists(st.tuples(clauses, hands), max_size=2))
        saves = tuple(Saved(clause=one.id, value=one, hand=hand) for one, hand in on_the_way)
        steps.append(Step(clauses=after, hand=draw(hands), saves=saves))
    return History(first, steps)


@given(histories())
@settings(max_examples=120, deadline=None)
def test_any_history_can_be_read_from_its_redline(history: History) -> None:
    found = redline_document(IDENTITY, history)
    assert words(found.data, ACCEPT) == said(history.last)
    assert words(found.data, REJECT) == said(history.first)
    known = {(hand.author, hand.at.astimezone(ZONE).strftime(STAMP)) for hand in (CHEN, WANG, LIU)}
    assert {(who, at) for _kind, who, at, _text in marks(found.data)} <= known


@given(histories())
@settings(max_examples=40, deadline=None)
def test_another_reader_of_tracked_changes_finds_the_same_words(history: History) -> None:
    data = redline_document(IDENTITY, history).data
    for resolve, text in (
        (revisions.accept_all_revisions, history.last),
        (revisions.reject_all_revisions, history.first),
    ):
        document = opened(data)
        resolve(document)
        notes = settled_notes(data, resolve)
        for mark in document.element.body.iter(f"{W}footnoteReference"):
            mark.tag = f"{W}t"
            mark.text = notes[mark.get(f"{W}id")]
        left = "".join(piece.text or "" for piece in document.element.body.iter(f"{W}t"))
        assert left == "".join(flat(said(text)))


def settled_notes(data: bytes, resolve: Any) -> dict[str, str]:
    """The notes by number after the other reader was at them."""
    if "word/footnotes.xml" not in part_names(data):
        return {}
    root = parse_xml(part(data, "word/footnotes.xml"))
    resolve(SimpleNamespace(element=SimpleNamespace(body=root)))
    return {
        one.get(f"{W}id"): f"〔{''.join(piece.text or '' for piece in one.iter(f'{W}t')).removeprefix(' ')}〕"
        for one in root.iterfind(f"{W}footnote")
    }


def flat(found: list[Any]) -> list[str]:
    """Lines and cells without line ends."""
    rows = [one if isinstance(one, list) else [[one]] for one in found]
    return [text.replace("\n", "") for table in rows for row in table for text in row]


@pytest.mark.libreoffice
def test_authors_survive_being_saved_by_libreoffice(soffice: str, tmp_path: Path) -> None:
    table = with_table(HEAD, cells("一队", "40人"))[-1]
    data = redline(OLD, (NEW, CHEN), ((*NEW, table), WANG)).data
    again = office.converted(soffice, data, tmp_path, "docx").read_bytes()
    body = etree.fromstring(part(again, "word/document.xml"))
    known = {(hand.author, hand.at.astimezone(ZONE).strftime(STAMP)) for hand in (CHEN, WANG)}
    assert {(mark.get(f"{W}author"), mark.get(f"{W}date")) for mark in body.iter(f"{W}ins", f"{W}del")} == known


def test_a_mark_shows_local_time_and_tells_utc_beside_it() -> None:
    root = etree.fromstring(part(redline(OLD, (NEW, CHEN)).data, "word/document.xml"))
    stamps = {(mark.get(f"{W}date"), mark.get(UTC_DATE)) for mark in root.iter(f"{W}ins", f"{W}del")}
    assert stamps == {("2026-03-01T12:00:00Z", "2026-03-01T04:00:00Z")}
