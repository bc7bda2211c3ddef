"""What stands beside plain words in a Word file: pictures everywhere, fields, charts, controls, continued tables."""

from __future__ import annotations

import hashlib

import pytest

from plans_repo.text.clause import ClauseKind
from plans_repo.text.reading import Reading
from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.builders import kinds, reading_of_word
from tests.plans_repo.text.word_files import cell, paragraph, run, table, word_file

KEY = hashlib.sha256(word.PNG).hexdigest()
VML = '<w:r><w:pict><v:shape><v:imagedata r:id="rIdPic"/></v:shape></w:pict></w:r>'
BEGIN, MIDDLE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))


def instruction(words: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {word.escape(words)} </w:instrText></w:r>'


def read(*blocks: str, **parts: object) -> Reading:
    reading = reading_of_word(word_file(*blocks, **{"styles": word.HEADING_STYLES, **parts}))  # type: ignore[arg-type]
    assert reading.chars_in == reading.chars_kept
    return reading


def text(content: str) -> str:
    """The text of a paragraph of these runs."""
    return read(paragraph("1 总则"), paragraph(content + run("。"), raw=True)).clauses[0].text


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        (paragraph(word.picture(), raw=True), ClauseKind.PICTURE),
        (paragraph(VML, raw=True), ClauseKind.PICTURE),
        (paragraph(run("见图") + word.picture(), raw=True), ClauseKind.HEADING),
        (table([["图", cell(paragraph(word.picture(), raw=True))]]), ClauseKind.TABLE),
        (table([[cell(paragraph(word.text_box(paragraph(VML, raw=True)), raw=True)), "甲"]]), ClauseKind.TABLE),
        (table([[cell(table([[cell(paragraph(word.picture(), raw=True)), "甲"]])), "乙"]]), ClauseKind.TABLE),
        (paragraph(word.text_box(paragraph(word.picture(), raw=True)), raw=True), ClauseKind.TEXTBOX),
    ],
)
def test_a_picture_belongs_to_its_clause(block: str, kind: ClauseKind) -> None:
    reading = read(paragraph("1 总则"), block, paragraph("2 附则"))
    assert [(clause.kind, clause.media) for clause in reading.clauses if clause.media] == [(kind, (KEY,))]
    assert [medium.sha256 for medium in reading.media] == [KEY]


def test_pictures_of_headers_and_notes_are_carried() -> None:
    notes = word.notes("footnotes", ["注"]).replace(run("注"), run("注") + word.picture())
    extra = {
        f"word/_rels/{part}.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rIdPic" Type="{word.OFFICE}/image" Target="media/image1.png"/></Relationships>'
        ).encode()
        for part in ("footnotes", "header0")
    }
    reading = read(
        paragraph("1 总则"),
        paragraph(run("见注") + word.reference("footnote", 1), raw=True),
        headers=[paragraph(word.picture(), raw=True)],
        footnotes=notes,
        extra=extra,
    )
    assert [(clause.kind.value, clause.media) for clause in reading.clauses[1:]] == [
        ("note", (KEY,)),
        ("header", (KEY,)),
    ]


def test_a_missing_and_a_linked_picture_are_reported_with_their_clause() -> None:
    relations = (
        f'<Relationship Id="rIdL" Type="{word.OFFICE}/image" Target="http://a.example/图.png" TargetMode="External"/>'
        f'<Relationship Id="rIdM" Type="{word.OFFICE}/image" Target="media/none.png"/>'
    )
    reading = read(
        paragraph("1 总则"), paragraph(word.picture("rIdL") + run("甲"), raw=True), paragraph("2 附则"),
        paragraph(word.picture("rIdM") + run("乙"), raw=True), relations=relations,
    )  # fmt: skip
    told = {notice.code: dict(notice.fields) for notice in reading.warnings}
    assert told["picture-linked"] == {"target": "http://a.example/图.png", "clause": reading.clauses[0].id}
    assert told["picture-missing"] == {"name": "none.png", "clause": reading.clauses[1].id}


def test_results_of_fields_are_words_and_instructions_with_fields_in_them_are_not() -> None:
    inner = BEGIN + instruction("SEQ x") + MIDDLE + run("5") + END
    assert (
        text(run("第") + BEGIN + instruction("=") + inner + instruction("\\* CHINESENUM3") + MIDDLE + run("五") + END)
        == "第五。"
    )
    assert text(BEGIN + instruction("REF a \\h") + MIDDLE + run("附件2") + END) == "附件2。"


def test_what_word_draws_from_an_instruction_alone() -> None:
    assert text(BEGIN + instruction("EQ \\o\\ac(○,5)") + END) == "⑤。"
    assert text(BEGIN + instruction("EQ \\o\\ac(□,急)") + END) == "□急。"
    assert text(BEGIN + instruction("SYMBOL 254 \\f Wingdings") + END) == "☑。"
    assert text(BEGIN + instruction("PAGE") + END) == "。"


def form(data: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'


def test_old_form_fields_show_what_is_chosen() -> None:
    box = form('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>') + instruction("FORMCHECKBOX") + END
    assert text(box + run("洪水")) == "☒洪水。"
    entries = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="蓝色"/><w:listEntry w:val="黄色"/></w:ddList>'
    assert text(form(entries) + instruction("FORMDROPDOWN") + END) == "黄色。"
    assert text(form("") + instruction("FORMTEXT") + MIDDLE + run("张三") + END) == "张三。"


def test_content_controls_of_every_kind_are_words() -> None:
    row = f"<w:sdt><w:sdtContent><w:tr>{cell(paragraph('行'))}</w:tr></w:sdtContent></w:sdt>"
    one = f"<w:tr><w:sdt><w:sdtContent>{cell(paragraph('格'))}</w:sdtContent></w:sdt></w:tr>"
    block = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('段落。')}</w:sdtContent></w:sdt>"
    inline = f"<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>{run('选项')}</w:sdtContent></w:sdt>"
    reading = read(paragraph("1 总则"), block, paragraph(inline + run("。"), raw=True), f"<w:tbl>{row}{one}</w:tbl>")
    assert reading.clauses[0].text == "段落。\n选项。"
    assert reading.clauses[1].table is not None
    assert reading.clauses[1].table.text == "行\n格"


def test_prompts_hidden_words_and_objects_are_said_with_their_clause() -> None:
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击输入')}</w:sdtContent></w:sdt>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部说明</w:t></w:r>"
    ole = (
        '<w:r><w:object><v:shape><v:imagedata r:id="rIdPic"/></v:shape>'
        '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet.12"/></w:object></w:r>'
    )
    reading = read(paragraph("1 总则"), paragraph(prompt + hidden + ole + run("。"), raw=True))
    told = {notice.code: dict(notice.fields) for notice in reading.warnings}
    assert set(told) >= {"placeholder-kept", "hidden-text-kept", "object-embedded"}
    assert (told["hidden-text-kept"]["text"], told["object-embedded"]["kind"]) == ("内部说明", "Excel.Sheet.12")
    assert {fields["clause"] for fields in told.values() if "clause" in fields} == {reading.clauses[0].id}


def test_the_words_of_a_chart_are_read_once() -> None:
    space = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'

    def cache(kind: str, *values: str) -> str:
        points = "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(values))
        return f"<c:{kind}><c:strRef><c:strCache>{points}</c:strCache></c:strRef></c:{kind}>"

    series = "".join(
        f"<c:ser>{cache('tx', name)}{cache('cat', '一季度', '二季度')}</c:ser>" for name in ("演练", "培训")
    )
    title = "<c:title><c:tx><c:rich><a:p><a:r><a:t>次数</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    chart = f"<c:chartSpace {space} {word.SPACES}><c:chart>{title}{series}</c:chart></c:chartSpace>"
    drawing = f'<w:r><w:drawing><a:graphicData><c:chart {space} r:id="rIdC"/></a:graphicData></w:drawing></w:r>'
    reading = read(
        paragraph("1 总则"),
        paragraph(drawing, raw=True),
        extra={"word/charts/chart1.xml": chart.encode()},
        relations=f'<Relationship Id="rIdC" Type="{word.OFFICE}/chart" Target="charts/chart1.xml"/>',
    )
    assert ("textbox", "次数\n演练\n培训\n一季度\n二季度") in kinds(reading)
    assert "chart-as-words" in [notice.code for notice in reading.warnings]


ROWS = [["单位", "人数"], ["消防", "50"]]


@pytest.mark.parametrize("line", ["续表1", "续表 2-1 队伍一览", "表1 队伍一览（续）", "(续)"])
def test_a_table_that_goes_on_is_one_table_and_its_line_a_row(line: str) -> None:
    reading = read(paragraph("1 队伍"), table(ROWS), paragraph(line), table(ROWS), paragraph("完。"))
    (found,) = (clause.table for clause in reading.clauses if clause.table)
    assert [cell.text for row in found.rows for cell in row] == [
        "单位",
        "人数",
        "消防",
        "50",
        line,
        "单位",
        "人数",
        "消防",
        "50",
    ]
    assert found.rows[2][0].columns == 2


@pytest.mark.parametrize("line", ["表2 物资", "续航能力为30分钟。"])
def test_tables_with_another_line_between_stay_two(line: str) -> None:
    reading = read(paragraph("1 队伍"), table(ROWS), paragraph(line), table(ROWS))
    assert sum(clause.table is not None for clause in reading.clauses) == 2


def test_a_continued_table_of_another_width_stays_another() -> None:
    reading = read(paragraph("1 队伍"), table(ROWS), paragraph("续表1"), table([["甲", "乙", "丙"]]))
    assert sum(clause.table is not None for clause in reading.clauses) == 2
