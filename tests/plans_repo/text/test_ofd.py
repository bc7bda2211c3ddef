"""OFD files (GB/T 33190): read by page and place; scans, paths outside and entities are refused."""

from collections.abc import Mapping

import pytest

from plans_repo.errors import PlansRepoError
from plans_repo.text.clause import ClauseKind
from plans_repo.text.reading import Reading, read_plan
from plans_repo.text.rendering import plain_text
from tests.plans_repo.text import ofd_files as ofd
from tests.plans_repo.text.builders import headings, ids

SENTENCE = "为做好本县防汛抗旱应急工作，明确各单位职责，及时处置险情，保障人民生命财产安全，制定本预案。"


def read(*pages: str, template: str = "", title: str = "", stamps: str = "") -> Reading:
    data = ofd.ofd_file(pages, template=template, title=title, stamps=stamps)
    return read_plan(data, "预案.ofd", new_id=ids())


def refused(data: bytes) -> str:
    with pytest.raises(PlansRepoError) as error:
        read_plan(data, "预案.ofd", new_id=ids())
    return error.value.code


def body(*more: str) -> str:
    """A page of a plan; a paragraph is set in by two characters and fills its lines."""
    lines = [ofd.text("1 总则", 30, 40), ofd.text("1.1 编制目的", 30, 50)]
    lines += [ofd.text(SENTENCE[:24], 41.2, 60), ofd.text(SENTENCE[24:], 30, 70)]
    lines += [ofd.text("本预案适用于全县。", 41.2, 80), ofd.text("2 附则", 30, 90), ofd.text("略。", 41.2, 100)]
    return ofd.content(*lines, *more)


def test_text_objects_become_headings_and_paragraphs() -> None:
    reading = read(body())
    assert headings(reading) == [(1, "1 总则"), (2, "1.1 编制目的"), (1, "2 附则")]
    assert reading.clauses[1].text == f"{SENTENCE}\n本预案适用于全县。"
    assert (reading.format, reading.chars_in) == ("ofd", reading.chars_kept)
    assert reading.warnings == ()


def test_a_template_shows_on_every_page_that_uses_it() -> None:
    head = ofd.content(ofd.text("临河县防汛应急预案", 80, 15))
    pages = [
        ofd.content(ofd.text(f"{at + 1} 标题", 30, 60), ofd.text(SENTENCE[:20], 41.2, 70), template=True)
        for at in range(3)
    ]
    reading = read(*pages, template=head)
    assert [clause.text for clause in reading.clauses if clause.kind is ClauseKind.HEADER] == [
        "\n".join(["临河县防汛应急预案"] * 3)
    ]
    assert reading.chars_in == reading.chars_kept == 3 * (9 + 3 + 20)


def test_a_table_and_a_turned_watermark() -> None:
    grid = ofd.table((30, 70, 150), (120, 130, 140), [["单位", "电话"], ["应急局", "120"]])
    reading = read(body(grid, ofd.text("样本", 60, 200, size=20, matrix="0.7 0.7 -0.7 0.7 0 0")))
    (table,) = [clause.table for clause in reading.clauses if clause.table]
    assert [[cell.text for cell in row] for row in table.rows] == [["单位", "电话"], ["应急局", "120"]]
    assert "样本" in [clause.text for clause in reading.clauses if clause.kind is ClauseKind.HEADER]
    assert reading.chars_in == reading.chars_kept


def test_advances_may_be_repeated_and_scaled() -> None:
    code = '<ofd:TextCode X="0" Y="1" DeltaX="g 3 1">一、总则</ofd:TextCode>'
    scaled = (
        f'<ofd:TextObject ID="9" Boundary="30 40 99 9" Font="1" Size="1" CTM="5.6 0 0 5.6 0 0">{code}</ofd:TextObject>'
    )
    assert headings(read(ofd.content(scaled, ofd.text("略。", 41.2, 60))))[0] == (1, "一、总则")


def test_hidden_objects_are_not_read() -> None:
    assert "秘密" not in plain_text(read(body(ofd.text("秘密★", 30, 200, more='Visible="false"'))).clauses)


def test_a_scan_is_known_as_a_scan() -> None:
    assert refused(ofd.ofd_file([ofd.content(ofd.picture())] * 2)) == "plan-pages-scanned"
    assert refused(ofd.ofd_file([ofd.content(ofd.picture(), ofd.text("— 1 —", 100, 285))])) == "plan-pages-scanned"


@pytest.mark.parametrize(("options", "where"), [
    ({"title": "机密★1年"}, "properties"), ({"stamps": "内部资料"}, "watermark"),
])  # fmt: skip
def test_a_mark_stops_the_file(options: Mapping[str, str], where: str) -> None:
    with pytest.raises(PlansRepoError) as error:
        read(body(), **options)
    assert (error.value.code, error.value.fields["where"]) == ("plan-file-classified", where)


def test_a_stamp_is_said_to_be_left_out() -> None:
    assert [dict(notice.fields) for notice in read(body(), stamps="样本").warnings] == [{"count": "2"}]


ENTITY = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(("more", "code"), [
    ({"OFD.xml": f"{ENTITY}<d>&e;</d>"}, "plan-file-entities"),
    ({"Doc_0/Pages/Page_0/Content.xml": f"{ENTITY}<d/>"}, "plan-file-entities"),
    ({"Doc_0/Pages/Page_0/Content.xml": "<x"}, "plan-file-damaged"),
    ({"../outside.xml": "<x/>"}, "plan-file-paths"),
    ({"/outside.xml": "<x/>"}, "plan-file-paths"),
    ({"OFD.xml": f"<ofd:OFD {ofd.SPACE}/>"}, "plan-file-not-document"),
    ({"Encryptions.xml": "<x/>"}, "plan-file-encrypted"),
    ({"Doc_0/Pages/Page_0/Content.xml": "<p>" + "<b>" * 5000 + "</b>" * 5000 + "</p>"}, "plan-file-nested"),
])  # fmt: skip
def test_a_hostile_file_is_refused(more: Mapping[str, str], code: str) -> None:
    assert refused(ofd.ofd_file([body()], more=more)) == code


def test_a_page_outside_the_file_is_not_followed() -> None:
    page = "<ofd:Page ID='1' BaseLoc='../../../etc/hostname'/>"
    document = f"<ofd:Document {ofd.SPACE}><ofd:Pages>{page}</ofd:Pages></ofd:Document>"
    assert refused(ofd.ofd_file([body()], more={"Doc_0/Document.xml": document})) == "plan-file-damaged"


def test_one_template_under_a_thousand_pages_is_refused() -> None:
    large = ofd.content(f"<ofd:x a='{'x' * 2000}'/>" * 5_000)
    assert refused(ofd.ofd_file([ofd.content(template=True)] * 1000, template=large)) == "plan-file-expands"


def test_a_page_that_comes_twice_is_refused() -> None:
    page = "<ofd:Page ID='1' BaseLoc='Pages/Page_0/Content.xml'/>"
    document = f"<ofd:Document {ofd.SPACE}><ofd:Pages>{page * 2}</ofd:Pages></ofd:Document>"
    assert refused(ofd.ofd_file([body()], more={"Doc_0/Document.xml": document})) == "plan-file-part-twice"


def test_a_plain_zip_named_ofd_is_refused() -> None:
    assert refused(ofd.ofd_file([body()]).replace(b"OFD.xml", b"XXX.xml")) == "plan-file-wrong-extension"
