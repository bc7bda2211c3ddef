"""Tracked changes of a Word file: accepted, rejected, or taken as suggestions, each with its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans_repo.text.reading import ChangeKind, Reading, Suggestion, Tracked, read_plan
from plans_repo.text.rendering import plain_text
from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.builders import headings, ids
from tests.plans_repo.text.word_files import deleted, inserted, paragraph, run, word_file


def read(*blocks: str, tracked: Tracked = Tracked.SUGGEST, accepted: tuple[str, ...] = (), **parts: object) -> Reading:
    data = word_file(*blocks, **{"styles": word.HEADING_STYLES, **parts})  # type: ignore[arg-type]
    reading = read_plan(data, "plan.docx", new_id=ids(), tracked=tracked, accepted=accepted)
    assert reading.chars_in == reading.chars_kept
    return reading


def texts(*blocks: str, **parts: object) -> list[str]:
    """The text after accepting and after rejecting everything."""
    return [plain_text(read(*blocks, tracked=mode, **parts).clauses) for mode in (Tracked.ACCEPT, Tracked.REJECT)]


def brief(reading: Reading) -> list[tuple[str, str, str, str]]:
    return [(each.kind.value, each.author, each.before, each.after) for each in reading.suggestions]


SENTENCE = paragraph(run("应在") + deleted("30分钟", "张三") + inserted("15分钟", "张三") + run("内到达。"), raw=True)


def test_words_replaced() -> None:
    assert texts(paragraph("1 总则"), SENTENCE) == ["1 总则\n应在15分钟内到达。\n", "1 总则\n应在30分钟内到达。\n"]


def test_a_replacement_is_one_suggestion_with_author_time_words_clause_and_place() -> None:
    reading = read(paragraph("1 总则"), SENTENCE)
    (found,) = reading.suggestions
    assert found == Suggestion(
        id="s1", kind=ChangeKind.REPLACEMENT, author="张三", at="2026-03-01T09:00:00Z", before="30分钟", after="15分钟",
        marks=("word/document.xml#0", "word/document.xml#1"), clause=reading.clauses[0].id, place=5,
        near="1 总则 应在30分钟内到达。",
    )  # fmt: skip


def test_a_suggestion_made_is_in_the_text_and_open_no_more() -> None:
    (found,) = read(paragraph("1 总则"), SENTENCE).suggestions
    again = read(paragraph("1 总则"), SENTENCE, accepted=found.marks)
    assert (again.clauses[0].text, again.suggestions) == ("应在15分钟内到达。", ())


def test_changes_of_two_authors_stay_apart() -> None:
    body = paragraph(run("由") + deleted("甲", "张三") + inserted("乙", "李四") + run("负责。"), raw=True)
    assert brief(read(paragraph("1 总则"), body)) == [("deletion", "张三", "甲", ""), ("insertion", "李四", "", "乙")]


def test_what_one_inserted_and_another_deleted() -> None:
    inner = f'<w:ins w:author="甲" w:date="2026-03-01T09:00:00Z">{run("新增")}{deleted("又删", "乙")}</w:ins>'
    body = paragraph(run("原文") + inner, raw=True)
    assert texts(paragraph("1 总则"), body) == ["1 总则\n原文新增\n", "1 总则\n原文\n"]
    assert brief(read(paragraph("1 总则"), body)) == [("insertion", "甲", "", "新增"), ("deletion", "乙", "又删", "")]


def end(kind: str, author: str = "张三") -> str:
    """Properties of a paragraph whose end was inserted or deleted."""
    return f'<w:rPr><w:{kind} w:author="{author}" w:date="2026-03-01T09:00:00Z"/></w:rPr></w:pPr>'


def with_end(xml: str, kind: str, author: str = "张三") -> str:
    return xml.replace("</w:pPr>", end(kind, author), 1)


def test_a_paragraph_inserted_whole_is_one_suggestion() -> None:
    new = with_end(paragraph(inserted("补充一句。", "张三"), raw=True), "ins")
    blocks = (paragraph("1 总则"), paragraph("原有一句。"), new, paragraph("1.1 目的"), paragraph("略。"))
    assert texts(*blocks) == [
        "1 总则\n原有一句。\n补充一句。\n1.1 目的\n略。\n", "1 总则\n原有一句。\n1.1 目的\n略。\n",
    ]  # fmt: skip
    assert brief(read(*blocks)) == [("insertion", "张三", "", "补充一句。¶")]


def test_paragraphs_inserted_in_a_row_are_decided_one_by_one() -> None:
    new = [with_end(paragraph(inserted(text, "张三"), raw=True), "ins") for text in ("第一句。", "第二句。")]
    blocks = (paragraph("1 总则"), *new, paragraph("略。"))
    found = read(*blocks).suggestions
    assert [each.after for each in found] == ["第一句。¶", "第二句。¶"]
    assert read(*blocks, accepted=found[1].marks).clauses[0].text == "第二句。\n略。"


def test_an_end_typed_behind_a_sentence_goes_with_the_words_after_it() -> None:
    first = with_end(paragraph("原有一句。"), "ins")
    second = paragraph(inserted("补充一句。", "张三"), raw=True)
    found = read(paragraph("1 总则"), first, second)
    assert brief(found) == [("insertion", "张三", "", "¶补充一句。")]
    assert found.clauses[0].text == "原有一句。"
    assert texts(paragraph("1 总则"), first, second)[0] == "1 总则\n原有一句。\n补充一句。\n"


def test_a_deleted_paragraph_goes_with_its_number() -> None:
    numbering = word.numbering([word.number_level(0, "%1.")])
    gone = with_end(paragraph(deleted("第二项；", "张三"), raw=True, num=(1, 0)), "del")
    blocks = (
        paragraph("任务：", style="1"),
        paragraph("第一项；", num=(1, 0)),
        gone,
        paragraph("第三项。", num=(1, 0)),
    )
    made = read(*blocks, tracked=Tracked.ACCEPT, numbering=numbering)
    assert (made.clauses[0].text, made.clauses[0].line_numbers) == ("第一项；\n第三项。", ((0, "1."), (1, "2.")))
    before = read(*blocks, tracked=Tracked.REJECT, numbering=numbering)
    assert before.clauses[0].line_numbers == ((0, "1."), (1, "2."), (2, "3."))


def test_a_deleted_paragraph_before_a_table_leaves_nothing() -> None:
    gone = with_end(paragraph(deleted("删去的话", "张三"), raw=True), "del")
    made = read(paragraph("1 总则"), gone, word.table([["单位", "电话"]]), paragraph("完。"), tracked=Tracked.ACCEPT)
    assert [clause.kind.value for clause in made.clauses] == ["heading", "table", "body"]


def test_a_move_is_one_suggestion() -> None:
    moved = "先期处置。"
    away = (
        '<w:moveFromRangeStart w:id="1" w:name="m1"/>'
        f'<w:moveFrom w:author="张三" w:date="2026-03-01T09:00:00Z">{run(moved)}</w:moveFrom>'
        '<w:moveFromRangeEnd w:id="1"/>'
    )
    here = (
        '<w:moveToRangeStart w:id="2" w:name="m1"/>'
        f'<w:moveTo w:author="张三" w:date="2026-03-01T09:00:00Z">{run(moved)}</w:moveTo><w:moveToRangeEnd w:id="2"/>'
    )
    blocks = (
        paragraph("1 总则"), paragraph(away + run("信息报告。"), raw=True), paragraph("2 附则"),
        paragraph(here, raw=True), paragraph("略。"),
    )  # fmt: skip
    made, before = (read(*blocks, tracked=mode) for mode in (Tracked.ACCEPT, Tracked.REJECT))
    assert [clause.text for clause in made.clauses] == ["信息报告。", "先期处置。\n略。"]
    assert [clause.text for clause in before.clauses] == ["先期处置。信息报告。", "略。"]
    assert brief(read(*blocks)) == [("move", "张三", moved, moved)]


def row(text: str, kind: str = "") -> str:
    mark = f'<w:trPr><w:{kind} w:author="张三" w:date="2026-03-01T09:00:00Z"/></w:trPr>' if kind else ""
    words = inserted(text, "张三") if kind == "ins" else deleted(text, "张三") if kind == "del" else run(text)
    return f"<w:tr>{mark}{word.cell(paragraph(words, raw=True))}</w:tr>"


def test_rows_put_in_and_taken_out() -> None:
    table = f"<w:tbl><w:tblPr/>{row('甲')}{row('乙', 'ins')}{row('丙', 'del')}</w:tbl>"
    blocks = (paragraph("1 队伍"), table, paragraph("完。"))
    made, before = (read(*blocks, tracked=mode).clauses[1].table for mode in (Tracked.ACCEPT, Tracked.REJECT))
    assert made
    assert before
    assert (made.text, before.text) == ("甲\n乙", "甲\n丙")
    found = read(*blocks)
    assert brief(found) == [("row_insertion", "张三", "", "乙"), ("row_deletion", "张三", "丙", "")]
    assert {each.clause for each in found.suggestions} == {found.clauses[1].id}
    assert read(*blocks, accepted=found.suggestions[0].marks).clauses[1].table.text == "甲\n乙\n丙"  # type: ignore[union-attr]


def test_a_table_whose_rows_are_all_new_is_gone_when_rejected() -> None:
    table = f"<w:tbl><w:tblPr/>{row('甲', 'ins')}</w:tbl>"
    assert [c.kind.value for c in read(paragraph("1 总则"), table, paragraph("完。")).clauses] == ["heading"]


def test_a_paragraph_made_a_heading() -> None:
    former = '<w:pPrChange w:author="张三" w:date="2026-03-01T09:00:00Z"><w:pPr/></w:pPrChange></w:pPr>'
    blocks = (
        paragraph("总则", style="1"), paragraph("略。"), paragraph("职责", style="2").replace("</w:pPr>", former),
        paragraph("负责协调。"),
    )  # fmt: skip
    assert headings(read(*blocks, tracked=Tracked.ACCEPT)) == [(1, "总则"), (2, "职责")]
    found = read(*blocks)
    assert headings(found) == [(1, "总则")]
    assert brief(found) == [("style", "张三", "正文", "heading 2，2级标题")]
    assert headings(read(*blocks, accepted=found.suggestions[0].marks)) == [(1, "总则"), (2, "职责")]


def test_changes_in_notes_headers_and_boxes_are_found_too() -> None:
    cited = paragraph(run("见注") + word.reference("footnote", 1), raw=True)
    notes = word.notes("footnotes", ["脚注"]).replace(run("脚注"), run("脚注") + inserted("补充", "李四"))
    found = read(
        paragraph("1 总则"),
        cited,
        paragraph(word.text_box(paragraph(inserted("框内", "王五"), raw=True)), raw=True),
        headers=[paragraph(run("临河县") + inserted("应急局", "赵六"), raw=True)],
        footnotes=notes,
    )
    assert [(each.author, each.after) for each in found.suggestions] == [
        ("王五", "框内"), ("李四", "补充"), ("赵六", "应急局"),
    ]  # fmt: skip
    kinds = {clause.id: clause.kind.value for clause in found.clauses}
    assert [kinds.get(each.clause) for each in found.suggestions] == ["heading", "note", "header"]


def test_a_mark_of_classification_in_deleted_words_still_stops_the_import() -> None:
    with pytest.raises(Exception, match="classified"):
        read(paragraph(deleted("机密★1年", "张三"), raw=True), paragraph("1 总则"), tracked=Tracked.ACCEPT)


def test_deciding_all_equals_accepting_all() -> None:
    blocks = (paragraph("1 总则"), SENTENCE, with_end(paragraph(inserted("补充。", "李四"), raw=True), "ins"), SENTENCE)
    marks = tuple(mark for each in read(*blocks).suggestions for mark in each.marks)
    assert plain_text(read(*blocks, accepted=marks).clauses) == texts(*blocks)[0]


COMMENTS = (
    '<w:comment w:id="1" w:author="李四" w:date="2026-03-02T10:00:00Z">'
    f"{paragraph('时限偏长').replace('<w:p>', '<w:p w14:paraId=' + chr(34) + '0A' + chr(34) + '>')}</w:comment>"
    '<w:comment w:id="2" w:author="张三" w:date="2026-03-02T11:00:00Z">'
    f"{paragraph('已改').replace('<w:p>', '<w:p w14:paraId=' + chr(34) + '0B' + chr(34) + '>')}</w:comment>"
)
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


def test_comments_keep_author_time_quotation_and_clause() -> None:
    quoted = (
        run("应在") + '<w:commentRangeStart w:id="1"/>' + run("30分") + run("钟内")
        + '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>' + run("到达。")
    )  # fmt: skip
    threads = (
        f'<w15:commentsEx xmlns:w15="{W15}"><w15:commentEx w15:paraId="0A" w15:done="1"/>'
        '<w15:commentEx w15:paraId="0B" w15:paraIdParent="0A" w15:done="1"/></w15:commentsEx>'
    )
    reading = read(
        paragraph("1 总则"),
        paragraph("1.1 时限。" + "前文。"),
        paragraph(quoted, raw=True),
        comments=f'<w:comments {word.SPACES} xmlns:w14="{W14}">{COMMENTS}</w:comments>',
        extra={"word/commentsExtended.xml": threads.encode()},
        relations='<Relationship Id="rX" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended"'
        ' Target="commentsExtended.xml"/>',
    )
    first, answer = reading.comments
    assert (first.author, first.at, first.text) == ("李四", "2026-03-02T10:00:00Z", "时限偏长")
    assert (first.quotation, first.clause, first.is_resolved) == ("30分钟内", reading.clauses[1].id, True)
    assert (answer.text, answer.answers, answer.quotation, answer.clause) == ("已改", "1", "30分钟内", first.clause)
    assert reading.unplaced == ()


def test_a_comment_on_words_that_a_change_takes_away_stays_at_their_place() -> None:
    inside = (
        run("甲")
        + '<w:commentRangeStart w:id="1"/>'
        + deleted("乙", "张三")
        + '<w:commentRangeEnd w:id="1"/>'
        + run("丙")
    )
    comments = f'<w:comments {word.SPACES} xmlns:w14="{W14}">{COMMENTS}</w:comments>'
    made = read(paragraph("1 总则"), paragraph(inside, raw=True), comments=comments, tracked=Tracked.ACCEPT)
    assert (made.comments[0].clause, made.comments[0].quotation, made.comments[0].place) == (made.clauses[0].id, "", 4)


def test_a_comment_over_several_paragraphs_quotes_the_first_clause_to_its_end() -> None:
    blocks = (
        paragraph("1 总则"), '<w:commentRangeStart w:id="1"/>', paragraph("第一句。"), paragraph("第二句。"),
        paragraph("2 附则" ), paragraph('<w:commentRangeEnd w:id="1"/>' + run("略。"), raw=True),
    )  # fmt: skip
    comments = f'<w:comments {word.SPACES} xmlns:w14="{W14}">{COMMENTS}</w:comments>'
    reading = read(*blocks, comments=comments)
    assert (reading.comments[0].quotation, reading.comments[0].clause) == ("第一句。\n第二句。", reading.clauses[0].id)


def test_a_comment_in_a_table_quotes_its_cell() -> None:
    quoted = '<w:commentRangeStart w:id="1"/>' + run("50人") + '<w:commentRangeEnd w:id="1"/>'
    table = word.table([["队伍", "人数"], ["消防", word.cell(paragraph(quoted, raw=True))]])
    comments = f'<w:comments {word.SPACES} xmlns:w14="{W14}">{COMMENTS}</w:comments>'
    reading = read(paragraph("1 队伍"), table, comments=comments)
    assert (reading.comments[0].quotation, reading.comments[0].clause) == ("50人", reading.clauses[1].id)


WORDS = st.sampled_from(("1 总则", "1.1 目的", "（一）职责。", "30分钟内", "县防指", "；", "图1", "附件1", "", "\n"))
AUTHORS = st.sampled_from(("张三", "李四"))


@st.composite
def changed_paragraphs(draw: st.DrawFn) -> str:
    pieces = []
    for _ in range(draw(st.integers(0, 4))):
        text, author = draw(WORDS), draw(AUTHORS)
        forms = (run(text), inserted(text, author), deleted(text, author), word.text_box(paragraph(text)))
        nested = f'<w:ins w:author="{author}">{run(text)}{deleted(draw(WORDS), "王五")}</w:ins>'
        pieces.append(draw(st.sampled_from((*forms, nested))))
    xml = paragraph("".join(pieces), raw=True, style=draw(st.sampled_from(("", "", "1"))))
    kind = draw(st.sampled_from(("", "", "", "ins", "del")))
    return with_end(xml, kind, draw(AUTHORS)) if kind else xml


@st.composite
def changed_tables(draw: st.DrawFn) -> str:
    rows = [row(draw(WORDS), draw(st.sampled_from(("", "ins", "del")))) for _ in range(draw(st.integers(1, 3)))]
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


@settings(max_examples=150, deadline=None)
@given(st.lists(changed_paragraphs() | changed_tables(), max_size=6), st.data())
def test_every_character_is_kept_whatever_is_decided(blocks: list[str], data: st.DataObject) -> None:
    """In each mode and after any decisions; all decisions together equal accepting everything."""
    blocks = [paragraph("预案"), *blocks, paragraph("完。")]
    accepted, rejected = texts(*blocks)
    open_ones = read(*blocks)
    assert plain_text(open_ones.clauses) == rejected
    every = [mark for each in open_ones.suggestions for mark in each.marks]
    chosen = data.draw(st.lists(st.sampled_from(every), unique=True)) if every else []
    read(*blocks, accepted=tuple(chosen))
    assert plain_text(read(*blocks, accepted=tuple(every)).clauses) == accepted
