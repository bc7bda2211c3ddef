"""What Word files hold beside plain paragraphs, and where it ends up."""

import hashlib

import pytest

from plans_repo.text.clause import Cell, ClauseKind, Table
from plans_repo.text.rendering import plain_text
from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.builders import headings, kinds, reading_of_word
from tests.plans_repo.text.word_files import paragraph, run, word_file


def heading(text: str, level: int = 1) -> str:
    return paragraph(text, style=str(level))


def read(*blocks: str, **parts: object):  # type: ignore[no-untyped-def]
    return reading_of_word(word_file(*blocks, **{"styles": word.HEADING_STYLES, **parts}))  # type: ignore[arg-type]


def test_a_text_box_is_read_once() -> None:
    reading = read(
        heading("1 总则"),
        paragraph(run("正文") + word.text_box(paragraph("框内")), raw=True),
        paragraph("后文"),
        heading("2 附则"),
    )
    assert kinds(reading) == [("heading", "1 总则"), ("textbox", "框内"), ("heading", "2 附则")]
    assert reading.clauses[0].text == "正文\n后文"
    assert reading.chars_in == reading.chars_kept == 12


def test_notes_follow_the_clause_that_cites_them() -> None:
    cited = paragraph(run("见注") + word.reference("footnote", 1) + word.reference("endnote", 1), raw=True)
    reading = read(
        heading("1 总则"),
        cited,
        heading("2 附则"),
        footnotes=word.notes("footnotes", ["脚注"]),
        endnotes=word.notes("endnotes", ["尾注"]),
    )
    assert [(clause.kind.value, clause.text) for clause in reading.clauses] == [
        ("heading", "见注"), ("note", "脚注"), ("note", "尾注"), ("heading", ""),
    ]  # fmt: skip
    assert reading.chars_in == reading.chars_kept


def test_a_note_nobody_cites_is_kept_and_reported() -> None:
    reading = read(heading("1 总则"), footnotes=word.notes("footnotes", ["没人引用"]))
    (unplaced,) = reading.unplaced
    assert (unplaced.text, unplaced.where) == ("没人引用", "note")
    assert unplaced.clause == reading.clauses[-1].id


def test_headers_and_footers_stand_at_the_end() -> None:
    reading = read(
        heading("1 总则"), headers=[paragraph("临河县应急预案"), paragraph("首页")], footers=[paragraph("— 1 —")]
    )
    assert [clause.kind.value for clause in reading.clauses] == ["heading", "header", "header", "footer"]
    assert reading.chars_in == reading.chars_kept == 15


def test_tracked_insertions_are_kept_and_deletions_counted_apart() -> None:
    body = (
        f"{run('应在')}<w:del><w:r><w:delText>30分钟</w:delText>"
        f"</w:r></w:del><w:ins>{run('15分钟')}</w:ins>{run('内到达')}"
    )
    reading = read(heading("1 总则"), paragraph(body, raw=True))
    assert reading.clauses[0].text == "应在15分钟内到达"
    assert (reading.tracked_deletions, reading.deleted_chars) == (1, 4)
    assert "changes-accepted" in [notice.code for notice in reading.warnings]


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    first = paragraph("前半").replace("</w:pPr>", "<w:rPr><w:del/></w:rPr></w:pPr>")
    assert read(heading("1 总则"), first, paragraph("后半。")).clauses[0].text == "前半后半。"


def test_merged_cells_stand_once_and_tables_within_cells_stay_tables() -> None:
    inner = word.table([["内", "层"]])
    reading = read(
        heading("1 总则"),
        word.table([
            [word.cell(paragraph("队伍"), columns=2)],
            [word.cell(paragraph("消防") + inner, merge="restart"), "50人"],
            [word.cell(paragraph(), merge="continue"), "30人"],
        ]),
        paragraph("表后。"),
    )  # fmt: skip
    inside = Table(rows=((Cell(content=("内",)), Cell(content=("层",))),))
    assert reading.clauses[1].table == Table(rows=(
        (Cell(content=("队伍",), columns=2),),
        (Cell(content=("消防", inside), rows=2), Cell(content=("50人",))),
        (Cell(content=("30人",)),),
    ))  # fmt: skip
    assert (reading.clauses[2].kind, reading.clauses[2].level, reading.clauses[2].text) == (
        ClauseKind.BODY,
        2,
        "表后。",
    )


def test_words_hidden_under_a_merged_cell_are_not_lost() -> None:
    reading = read(
        word.table([[word.cell(paragraph("上"), merge="restart")], [word.cell(paragraph("藏"), merge="continue")]]),
        paragraph("完。"),
    )
    assert reading.chars_in == reading.chars_kept == 4


def test_pictures_are_carried_with_their_hash_and_their_caption_is_no_heading() -> None:
    reading = read(
        heading("1 响应"), paragraph(word.picture(), raw=True), paragraph("应急响应流程图"), paragraph("见图。")
    )
    assert [clause.kind.value for clause in reading.clauses] == ["heading", "picture", "caption", "body"]
    key = hashlib.sha256(word.PNG).hexdigest()
    assert reading.clauses[1].media == (key,)
    assert [(medium.sha256, medium.data) for medium in reading.media] == [(key, word.PNG)]


def test_a_contents_field_is_front_matter() -> None:
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    link = f'<w:hyperlink w:anchor="_Toc1">{run("1.1 目的")}<w:r><w:tab/></w:r>{run("1")}</w:hyperlink>'
    reading = read(
        paragraph("目录"), paragraph(begin + run("1 总则\t1"), raw=True), paragraph(link, raw=True),
        paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>', raw=True), heading("1 总则"), heading("1.1 目的", 2),
        paragraph("略。"),
    )  # fmt: skip
    assert kinds(reading) == [("front", "目录"), ("heading", "1 总则"), ("heading", "1.1 目的")]
    assert reading.clauses[0].text == "1 总则\t1\n1.1 目的\t1"


def test_a_contents_field_that_never_ends_does_not_swallow_the_plan() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r>'
    reading = read(
        paragraph(begin + run("1 总则\t1"), raw=True),
        heading("1 总则"),
        paragraph("略。"),
        heading("2 附则"),
        paragraph("略。"),
    )
    assert headings(reading) == [(1, "1 总则"), (1, "2 附则")]


def test_line_breaks_within_a_heading_join_and_within_a_paragraph_part() -> None:
    reading = read(heading("1 组织指挥体系\n及职责"), paragraph("1.1 机构\n县长任总指挥。\n1.2 专家\n略。"))
    assert headings(reading) == [(1, "1 组织指挥体系及职责"), (2, "1.1 机构"), (2, "1.2 专家")]


def test_a_heading_style_is_known_through_its_chain() -> None:
    styles = word.styles(
        word.style("x", "heading 1", outline=0), word.style("y", "自定义", based_on="x"), word.style("z", "标题 2")
    )
    reading = read(
        paragraph("总则", style="y"),
        paragraph("略。"),
        paragraph("目的", style="z"),
        paragraph("略。"),
        paragraph("附则", style="y"),
        paragraph("略。"),
        styles=styles,
    )
    assert headings(reading) == [(1, "总则"), (2, "目的"), (1, "附则")]


def test_the_paragraphs_own_outline_level_overrules_its_style() -> None:
    reading = read(
        paragraph("略述。", style="1", outline=9), paragraph("总则", outline=0), paragraph("附则", outline=0)
    )
    assert headings(reading) == [(1, "总则"), (1, "附则")]


def test_seven_twenty_is_an_event_and_three_dot_one_a_section() -> None:
    lines = ["1 总则", "略。", "2 监测", "2·1 监测预报", "群测群防。", "7·20特大暴雨后修订。"]
    reading = reading_of_word(word_file(*map(paragraph, lines)))
    assert headings(reading) == [(1, "1 总则"), (1, "2 监测"), (2, "2.1 监测预报")]


def test_automatic_numbers_of_list_items_are_kept_beside_the_text() -> None:
    numbering = word.numbering([word.number_level(0, "（%1）")])
    reading = read(
        heading("1 任务"),
        paragraph("应当："),
        paragraph("会商；", num=(1, 0)),
        paragraph("部署。", num=(1, 0)),
        numbering=numbering,
    )
    assert reading.clauses[0].line_numbers == ((1, "（1）"), (2, "（2）"))
    assert plain_text(reading.clauses, with_automatic_numbers=True).splitlines()[2] == "（1） 会商；"
    assert reading.automatic_numbers == 2
    assert reading.chars_in == reading.chars_kept == 12


def test_a_link_a_control_a_symbol_and_a_formula_are_words() -> None:
    inner = (
        f"<w:hyperlink>{run('链接')}</w:hyperlink><w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>"
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>'
    )
    assert read(heading("1 总则"), paragraph(inner, raw=True)).clauses[0].text == "链接控件☑x"


def test_smart_art_is_read() -> None:
    diagram = (
        f"<dgm:dataModel {word.SPACES}><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>"
        f"指挥部</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"
    )
    drawing = '<w:r><w:drawing><a:graphicData><dgm:relIds r:dm="rIdD"/></a:graphicData></w:drawing></w:r>'
    reading = read(
        heading("1 体系"),
        paragraph(drawing, raw=True),
        extra={"word/diagrams/data1.xml": diagram.encode()},
        relations=f'<Relationship Id="rIdD" Type="{word.OFFICE}/diagramData" Target="diagrams/data1.xml"/>',
    )
    assert ("textbox", "指挥部") in kinds(reading)
    assert reading.chars_in == reading.chars_kept == 6


def test_comments_are_reported_not_mixed_into_the_text() -> None:
    comment = f'<w:comment w:id="1" w:author="张三">{paragraph("时限太长")}</w:comment>'
    comments = f"<w:comments {word.SPACES}>{comment}</w:comments>"
    reading = read(heading("1 总则"), comments=comments)
    assert [(each.author, each.text, each.clause) for each in reading.comments] == [("张三", "时限太长", "")]
    assert [unplaced.where for unplaced in reading.unplaced] == ["comment"]
    assert reading.chars_in == reading.chars_kept == 3


def test_the_strict_edition_of_the_standard_is_read() -> None:
    data = word_file(heading("1 总则"), paragraph("略。"), styles=word.HEADING_STYLES)
    strict = word.rewritten(data, word.W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert headings(reading_of_word(strict)) == [(1, "1 总则")]


def test_a_title_marked_as_the_only_top_heading_is_the_plans_name() -> None:
    reading = read(
        heading("临河县防汛应急预案", 1),
        heading("1 总则", 2),
        heading("1.1 目的", 3),
        paragraph("略。"),
        heading("2 附则", 2),
    )
    assert reading.title == "临河县防汛应急预案"
    assert headings(reading) == [(1, "1 总则"), (2, "1.1 目的"), (1, "2 附则")]


def test_python_docx_files_are_read() -> None:
    import io

    import docx

    document = docx.Document()
    document.add_heading("临河县防汛应急预案", 0)
    for title, body in (("一、总则", "为了防汛。"), ("二、附则", "略。")):
        document.add_heading(title, 1)
        document.add_paragraph(body)
    document.add_table(rows=2, cols=2).cell(0, 0).text = "单位"
    out = io.BytesIO()
    document.save(out)
    reading = reading_of_word(out.getvalue())
    assert headings(reading) == [(1, "一、总则"), (1, "二、附则")]
    assert reading.title == "临河县防汛应急预案"
    assert reading.chars_in == reading.chars_kept


@pytest.mark.parametrize(
    "stray",
    [
        run("裸"),
        "<w:tbl>" + run("裸") + "</w:tbl>",
        "<w:tbl><w:tr>" + paragraph("裸") + "</w:tr></w:tbl>",
        "<w:tbl><w:tc>" + paragraph("裸") + "</w:tc></w:tbl>",
        paragraph(paragraph("裸"), raw=True),
    ],
)
def test_words_in_places_where_none_should_be_are_kept(stray: str) -> None:
    reading = read(heading("1 总则"), stray)
    assert reading.chars_in == reading.chars_kept == 4


def test_a_typed_heading_with_a_line_break_keeps_its_whole_title() -> None:
    lines = ("3 预警", "3.4 发布", "略。", "3.5 预警行动与\n响应准备", "做好准备。", "3.6 解除", "县防办\n及时发布。")
    reading = read(*(paragraph(line) for line in lines))
    assert [(clause.number, clause.plain_title, clause.text) for clause in reading.clauses] == [
        ("3", "预警", ""), ("3.4", "发布", "略。"), ("3.5", "预警行动与响应准备", "做好准备。"),
        ("3.6", "解除", "县防办\n及时发布。"),
    ]  # fmt: skip
    assert reading.chars_in == reading.chars_kept


def test_a_sentence_after_a_line_break_is_no_title() -> None:
    reading = read(paragraph("1 总则"), paragraph("1.1 目的\n加强防汛工作。"), paragraph("1.2 依据"), paragraph("略。"))
    assert [(clause.title, clause.text) for clause in reading.clauses][1] == ("目的", "加强防汛工作。")
