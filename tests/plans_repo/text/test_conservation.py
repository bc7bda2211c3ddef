"""Every visible character of the source is in exactly one clause, whatever the source looks like."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from plans_repo.errors import PlansRepoError
from plans_repo.text.clause import is_visible
from plans_repo.text.reading import Reading, read_plan
from plans_repo.text.rendering import plain_text
from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.builders import ids

PIECES = st.sampled_from((
    "1", "1.1", "1．2", "7. 1", "一、", "（一）", "(二)", "1.", "1、", "（1）", "①", "第一章", "第 三 条", "附件",
    "附件1：", "附 录", "目  录", "总则",
    "编制目的", "应急响应", "。", "：", "；", "，", " ", "\u3000", "\t", "…", "......3", "|", "---", "#", "##", "**",
    "*", "```", "\\|", "[总则](#a)", "“",
    "30分钟", "Ⅱ级", "为了防汛", "县应急局", "﨑", "𠮷", "e\u0301", "\u200b", "\ufeff", "\u00a0", "\u2028", "3人以上",
    "图1", "表2", "流程图", "a、", "——", "●",
))  # fmt: skip
LINES = st.lists(PIECES, max_size=7).map("".join)
TEXTS = st.lists(LINES, max_size=25).map("\n".join)


def visible(text: str) -> Counter[str]:
    return Counter(filter(is_visible, text))


def read(data: bytes, name: str) -> Reading | None:
    """The reading; None when the file was refused for having no text, or by chance as classified or as noise."""
    try:
        return read_plan(data, name, new_id=ids())
    except PlansRepoError as refused:
        if refused.code in ("plan-file-empty", "plan-file-without-text", "plan-file-classified"):
            return None
        if refused.code == "plan-file-no-text" and any(sign in data.decode("gb18030", "ignore") for sign in "﨑𠮷"):
            return None  # rare characters and hardly another
        raise


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(("utf-8", "utf-8-sig", "gb18030", "utf-16")), st.sampled_from(("\n", "\r\n", "\r")))
def test_plain_text_is_kept_to_the_character(text: str, encoding: str, line_end: str) -> None:
    reading = read(text.replace("\n", line_end).encode(encoding), "plan.txt")
    if reading is None:
        return
    assert reading.chars_in == reading.chars_kept
    assert visible(plain_text(reading.clauses)) == visible(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_is_kept(text: str) -> None:
    try:
        reading = read_plan(text.encode("utf-8-sig"), "plan.txt", new_id=ids())
    except PlansRepoError:
        return
    assert reading.chars_in == reading.chars_kept
    assert visible(plain_text(reading.clauses)) == visible(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_markdown_is_kept_but_for_its_frame(text: str) -> None:
    reading = read(text.encode(), "plan.md")
    if reading is None:
        return
    assert reading.chars_in == reading.chars_kept
    lost = visible(text) - visible(plain_text(reading.clauses))
    assert set(lost) <= set("#*|-:")
    assert not visible(plain_text(reading.clauses)) - visible(text)


Shown = tuple[str, str]  # raw XML, and the text a reader sees


def _shown(xml: str, text: str) -> Shown:
    return xml, text


@st.composite
def runs(draw: st.DrawFn) -> Shown:
    text = draw(LINES).replace("\u2028", "")
    hidden = draw(LINES).replace("\u2028", "")
    plain = word.run(text)
    forms = {
        "plain": (plain, text),
        "insertion": (f"<w:ins>{plain}</w:ins>", text),
        "move": (f"<w:moveFrom>{word.run(hidden)}</w:moveFrom><w:moveTo>{plain}</w:moveTo>", text),
        "deletion": (f"<w:del><w:r><w:delText>{word.escape(hidden)}</w:delText></w:r></w:del>", ""),
        "link": (f'<w:hyperlink r:id="x">{plain}</w:hyperlink>', text),
        "control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{plain}</w:sdtContent></w:sdt>", text),
        "tag": (f'<w:smartTag w:element="x">{plain}</w:smartTag>', text),
        "field": (f'<w:fldSimple w:instr="PAGE {hidden.count("1")}">{plain}</w:fldSimple>', text),
        "symbol": ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:noBreakHyphen/></w:r>', "☑\u2011"),
        "formula": (f"<m:oMath><m:r><m:t>{word.escape(text)}</m:t></m:r></m:oMath>", text),
        "box": (word.text_box(word.paragraph(text)), text),
        "ruby": (f"<w:r><w:ruby><w:rt>{plain}</w:rt><w:rubyBase>{plain}</w:rubyBase></w:ruby></w:r>", text + text),
        "picture": (word.picture(), ""),
        "old_box": (
            f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{word.paragraph(text)}</w:txbxContent></v:textbox>"
            "</v:shape></w:pict></w:r>", text,
        ),
        "instruction": (
            f'<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>{word.escape(hidden)}</w:instrText>'
            f'<w:fldChar w:fldCharType="separate"/></w:r>{plain}<w:r><w:fldChar w:fldCharType="end"/></w:r>', text,
        ),
    }  # fmt: skip
    return forms[draw(st.sampled_from(sorted(forms)))]


@st.composite
def paragraphs(draw: st.DrawFn) -> Shown:
    inside = draw(st.lists(runs(), max_size=3))
    style = draw(st.sampled_from(("", "1", "2", "3", "T", "C", "TOC1", "missing")))
    num = draw(st.sampled_from((None, None, (1, 0), (1, 1), (2, 0), (9, 3))))
    outline = draw(st.sampled_from((None, None, 0, 1, 9)))
    xml = word.paragraph("".join(each for each, _ in inside), raw=True, style=style, num=num, outline=outline)
    if draw(st.integers(0, 9)) == 0:
        xml = xml.replace("</w:pPr>", "<w:rPr><w:del/></w:rPr></w:pPr>", 1)
    return _shown(xml, "".join(text for _, text in inside))


@st.composite
def tables(draw: st.DrawFn, blocks: st.SearchStrategy[Shown]) -> Shown:
    rows, seen = [], ""
    for _ in range(draw(st.integers(1, 3))):
        row = []
        for _ in range(draw(st.integers(1, 3))):
            inside = draw(st.lists(blocks, max_size=2))
            merge = draw(st.sampled_from(("", "", "restart", "continue")))
            row.append(
                word.cell(
                    "".join(xml for xml, _ in inside) or word.paragraph(), columns=draw(st.integers(1, 2)), merge=merge
                )
            )
            seen += "".join(text for _, text in inside)
        rows.append(row)
    return _shown(word.table(rows), seen)


def _containers(inner: st.SearchStrategy[Shown]) -> st.SearchStrategy[Shown]:
    def control(content: list[Shown]) -> Shown:
        xml, text = "".join(xml for xml, _ in content), "".join(text for _, text in content)
        return _shown(f"<w:sdt><w:sdtPr/><w:sdtContent>{xml}</w:sdtContent></w:sdt>", text)

    return tables(inner) | st.lists(inner, max_size=3).map(control)


BLOCKS = st.recursive(paragraphs(), _containers, max_leaves=5)


@settings(max_examples=250, deadline=None)
@given(
    body=st.lists(BLOCKS, max_size=7),
    headers=st.lists(paragraphs(), max_size=2),
    footers=st.lists(paragraphs(), max_size=1),
    notes=st.lists(LINES, max_size=2),
)
def test_word_is_kept_to_the_character(
    body: list[Shown], headers: list[Shown], footers: list[Shown], notes: list[str]
) -> None:
    cited = "".join(word.reference("footnote", at + 1) for at in range(len(notes)))
    data = word.word_file(
        *(xml for xml, _ in body),
        word.paragraph(cited, raw=True),
        styles=word.HEADING_STYLES,
        numbering=word.numbering(
            [word.number_level(0, "第%1章", "chineseCounting"), word.number_level(1, "%1.%2")],
            [word.number_level(0, "●", "bullet")],
        ),
        footnotes=word.notes("footnotes", notes),
        headers=[xml for xml, _ in headers],
        footers=[xml for xml, _ in footers],
    )
    expected = "".join(text for _, text in [*body, *headers, *footers]) + "".join(notes)
    reading = read(data, "plan.docx")
    if reading is None:
        return
    assert reading.chars_in == reading.chars_kept == sum(visible(expected).values())
    assert visible(plain_text(reading.clauses)) == visible(expected)
