"""Web pages and pages saved by Word: what is shown is read, what is not shown is not, and both are counted twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans_repo.errors import PlansRepoError
from plans_repo.text.clause import ClauseKind
from plans_repo.text.reading import Reading, read_plan
from tests.plans_repo.text.builders import headings, ids

PLAN = "<h2>1 总则</h2><h3>1.1 编制目的</h3><p>为做好防汛工作，制定本预案。</p><h2>2 附则</h2><p>略。</p>"
COUNT = 29  # visible characters of it


def read(body: str, *, head: str = "", encoding: str = "utf-8") -> Reading:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read_plan(page.encode(encoding), "预案.html", new_id=ids())


def codes(reading: Reading) -> list[str]:
    return [notice.code for notice in reading.warnings]


def text(reading: Reading) -> str:
    return "\n".join(clause.text for clause in reading.clauses)


def test_headings_and_text_of_a_page() -> None:
    reading = read(PLAN)
    assert headings(reading) == [(1, "1 总则"), (2, "1.1 编制目的"), (1, "2 附则")]
    assert reading.chars_in == reading.chars_kept == COUNT
    assert (reading.format, codes(reading)) == ("html", [])


def test_numbers_count_where_the_ranks_contradict_them() -> None:
    reading = read(PLAN.replace("h2>", "h9>").replace("h3>", "h2>").replace("h9>", "h4>"))
    assert headings(reading) == [(1, "1 总则"), (2, "1.1 编制目的"), (1, "2 附则")]
    assert codes(reading) == ["quirk-heading-ranks"]


@pytest.mark.parametrize("unseen", [
    "<script>var a = '<p>一二三</p>';</script>",
    "<style>p:after{content:'一'}</style>",
    "<noscript>请打开脚本</noscript>",
    "<!-- 一二三 -->",
    "<!--[if gte mso 9]><xml><w:View>一</w:View></xml><![endif]-->",
    "<template><p>一</p></template>",
    "<select><option>一</option><option>二</option></select>",
])  # fmt: skip
def test_what_a_browser_never_shows_is_no_text(unseen: str) -> None:
    assert read(PLAN + unseen).chars_in == COUNT


@pytest.mark.parametrize("way", [
    'style="display: none"', "style='VISIBILITY:hidden'", "hidden", 'style="mso-hide:all"', 'style="font-size:0px"',
])  # fmt: skip
def test_what_the_page_hides_is_left_out_and_said(way: str) -> None:
    reading = read(PLAN + f"<div {way}>一二<b>三</b></div>")
    assert reading.chars_in == reading.chars_kept == COUNT
    assert [dict(notice.fields) for notice in reading.warnings if notice.code == "hidden-text-left-out"] == [
        {"count": "3"}
    ]


def test_entities_are_the_characters_they_stand_for() -> None:
    reading = read("<h2>1 总则</h2><p>水位&ge;9.20米，&#19977;级&#x5E94;急；A&amp;B &lt;15分钟，9.20≤Z<9.70米。</p>")
    assert "水位≥9.20米，三级应急；A&B <15分钟，9.20≤Z<9.70米。" in text(reading)


def test_a_table_keeps_its_merged_cells_and_a_layout_table_is_none() -> None:
    first = "<tr><th rowspan=2>单位</th><th colspan=2>电话</th></tr>"
    inner = f"<table border=1>{first}<tr><td>120</td><td>119</td></tr></table>"
    reading = read(f"<table><tr><td>{PLAN}{inner}</td></tr></table>")
    (table,) = [clause.table for clause in reading.clauses if clause.table]
    assert [[(cell.text, cell.columns, cell.rows) for cell in row] for row in table.rows] == [
        [("单位", 1, 2), ("电话", 2, 1)],
        [("120", 1, 1), ("119", 1, 1)],
    ]
    assert reading.chars_in == reading.chars_kept


def test_words_between_the_cells_are_not_lost() -> None:
    reading = read("<p>一、总则</p><table>甲<tr>乙<td>丙</td>丁</tr>戊<td>己</td></table>")
    assert reading.chars_in == reading.chars_kept == 10


def test_menus_and_footing_are_kept_beside_the_plan() -> None:
    menu = '<div class="top-nav"><a>首页</a><a>政务公开</a></div>'
    footing = '<p>【打印】 【关闭窗口】</p><div id="footer">主办单位：临河县人民政府 临ICP备12345号</div>'
    reading = read(menu + PLAN * 2 + footing)
    beside = [
        (clause.kind.value, clause.text) for clause in reading.clauses if clause.kind.value in ("header", "footer")
    ]
    assert beside == [
        ("header", "首页政务公开"),
        ("footer", "主办单位：临河县人民政府 临ICP备12345号"),
        ("footer", "【打印】 【关闭窗口】"),
    ]
    assert reading.chars_in == reading.chars_kept


def test_numbers_of_ordered_lists_are_automatic() -> None:
    reading = read("<h2>1 总则</h2><p>分工：</p><ol start=3><li>水利局；</li><li>气象局。</li></ol>")
    assert reading.clauses[0].line_numbers == ((1, "3."), (2, "4."))
    assert reading.automatic_numbers == 2


def test_line_ends_of_the_source_are_no_blanks_between_han() -> None:
    assert "防汛抗旱 by day" in text(read("<h2>1 总则</h2><p>防汛\n  抗旱\nby\nday</p>"))


def test_a_picture_within_the_page_is_kept_and_a_linked_one_is_missing() -> None:
    reading = read(PLAN + '<p><img src="data:image/png;base64,iVBORw0KGgo="><img src="a.png"></p>')
    assert [medium.name for medium in reading.media] == ["picture1.png"]
    assert codes(reading) == ["picture-linked"]


@pytest.mark.parametrize(("head", "encoding"), [
    ("<meta charset=utf-8>", "utf-8"),
    ("<meta charset='gb2312'>", "gb18030"),
    ('<meta http-equiv="Content-Type" content="text/html; charset=gbk">', "gb18030"),
    ('<meta charset="big5">', "big5hkscs"),
    ("", "gb18030"),
    ("", "utf-16"),
])  # fmt: skip
def test_the_encoding_is_the_one_the_page_names(head: str, encoding: str) -> None:
    body = PLAN if encoding != "big5hkscs" else "<h2>1 總則</h2><h3>1.1 編制目的</h3><p>為做好防汛工作。</p>"
    reading = read(body, head=head, encoding=encoding)
    assert headings(reading)[0][1] in ("1 总则", "1 總則")
    assert "encoding-not-as-declared" not in codes(reading)


@pytest.mark.parametrize(("declared", "really"), [("utf-8", "gb18030"), ("gb2312", "utf-8")])
def test_a_page_in_another_encoding_than_it_says_is_read_and_said(declared: str, really: str) -> None:
    reading = read(PLAN * 3, head=f"<meta charset={declared}>", encoding=really)
    assert headings(reading)[0] == (1, "1 总则")
    assert "encoding-not-as-declared" in codes(reading)


@pytest.mark.parametrize("mark", ["<p>机密★1年</p>", "<div hidden>秘密★</div>", '<div class="header">绝密</div>'])
def test_a_mark_stops_the_page(mark: str) -> None:
    with pytest.raises(PlansRepoError) as refused:
        read(mark + PLAN * 5)
    assert refused.value.code == "plan-file-classified"


def test_a_page_nested_without_end_is_refused() -> None:
    with pytest.raises(PlansRepoError) as refused:
        read("<div>" * 5000 + PLAN)
    assert refused.value.code == "plan-file-nested"


TAGS = st.sampled_from((
    "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<br>",
    "<li>", "<ol>", "</ol>", "<h2>", "</h2>", "<span style='display:none'>", "</span>", "<script>", "</script>", "<!--",
    "-->", "&nbsp;", "&lt;", "&#65;", "<", ">", "&", "<pre>", "</pre>", "一、总则", "为了防汛。", "1.1 目的", "a", "\n",
))  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(TAGS, max_size=30).map("".join))
def test_any_soup_of_tags_is_read_in_full_or_refused(soup: str) -> None:
    try:
        reading = read(soup)
    except PlansRepoError as refused:
        if refused.code not in ("plan-file-without-text", "plan-file-two-readings"):
            raise
    else:
        assert reading.chars_in == reading.chars_kept
        assert all(clause.kind in ClauseKind for clause in reading.clauses)
