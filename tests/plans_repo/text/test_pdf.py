"""Text PDFs: lines to paragraphs, tables, running heads; scans and text that is not what it looks like are refused."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from plans_repo.errors import PlansRepoError
from plans_repo.text.clause import Clause, ClauseKind, outline, visible_count
from plans_repo.text.reading import Reading, read_plan
from plans_repo.text.rendering import plain_text
from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.builders import headings, ids
from tests.plans_repo.text.pdf_files import Page, pdf_file, without_meaning

SENTENCE = "为做好本县防汛抗旱应急工作，明确各单位职责，及时处置险情，保障人民生命财产安全，制定本预案。"
LOCKED = f"/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -1 /O <{'00' * 32}> /U <{'00' * 32}> >>"


def read(pages: Iterable[Page], **options: str | dict[str, str]) -> Reading:
    return read_plan(pdf_file(pages, **options), "预案.pdf", new_id=ids())  # type: ignore[arg-type]


def refused(pages: Iterable[Page], **options: str | dict[str, str]) -> str:
    with pytest.raises(PlansRepoError) as error:
        read(pages, **options)
    return error.value.code


def codes(reading: Reading) -> list[str]:
    return [notice.code for notice in reading.warnings]


def of_kind(reading: Reading, kind: ClauseKind) -> list[str]:
    return [clause.text for clause in reading.clauses if clause.kind is kind]


def wrapped(page: Page, words: str, y: float, *, x: float = 90, columns: int = 26) -> float:
    """A paragraph set in by two characters; returns where the next line stands."""
    lines = [words[: columns - 2], *(words[at : at + columns] for at in range(columns - 2, len(words), columns))]
    for at, line in enumerate(lines):
        page.text(line, x + (32 if at == 0 else 0), y)
        y += 28
    return y


def lines(clause: Clause) -> list[str]:
    """The words of a clause line by line without blanks."""
    table = clause.table.text.split("\n") if clause.table else []
    return list(filter(None, ("".join(line.split()) for line in (clause.heading, *clause.text.split("\n"), *table))))


def a_page(*, number: int = 1, head: str = "临河县防汛应急预案") -> Page:
    page = Page().text(head, 230, 50, size=10.5).text(f"— {number} —", 280, 800, size=14)
    page.text(f"{number} 总则", 90, 100, font="F2").text(f"{number}.1 编制目的", 90, 128, font="F2")
    wrapped(page, SENTENCE, 156)
    wrapped(page, "本预案适用于本县行政区域内水旱灾害的预防和应急处置工作。", 240)
    return page


def test_lines_become_paragraphs_and_heads_stand_apart() -> None:
    reading = read([a_page(number=number) for number in (1, 2, 3)])
    assert headings(reading) == [
        (1, "1 总则"), (2, "1.1 编制目的"), (1, "2 总则"), (2, "2.1 编制目的"), (1, "3 总则"), (2, "3.1 编制目的"),
    ]  # fmt: skip
    assert reading.clauses[1].text.split("\n") == [SENTENCE, "本预案适用于本县行政区域内水旱灾害的预防和应急处置工作。"]
    assert of_kind(reading, ClauseKind.HEADER) == ["\n".join(["临河县防汛应急预案"] * 3)]
    assert of_kind(reading, ClauseKind.FOOTER) == ["— 1 —\n— 2 —\n— 3 —"]
    assert reading.chars_in == reading.chars_kept
    assert codes(reading) == ["page-furniture-apart"]


def test_a_paragraph_goes_on_over_the_page_end() -> None:
    first, second = a_page(), Page().text("临河县防汛应急预案", 230, 50, size=10.5).text("— 2 —", 280, 800, size=14)
    y = 700.0
    first.text("县人民政府设立防汛抗旱指挥部，负责领导和组织", 122, y).text(
        "全县的防汛抗旱工作，统一指挥抢险救援，协调解决重大问", 90, y + 28
    )
    second.text("题，并向市防汛抗旱指挥部报告。", 90, 100)
    wrapped(second, SENTENCE, 128)
    text = plain_text(read([first, second]).clauses)
    assert "协调解决重大问题，并向市防汛抗旱指挥部报告。" in text


def test_a_heading_over_two_lines_is_one() -> None:
    page = a_page()
    page.text("1.2 与云陵市防汛抗旱指挥部和相邻县防汛抗旱指挥机构之", 90, 330, font="F2")
    page.text("间的衔接", 90, 358, font="F2")
    wrapped(page, SENTENCE, 386)
    found = [clause.heading for clause in outline(read([page]).clauses)]
    assert found[-1] == "1.2 与云陵市防汛抗旱指挥部和相邻县防汛抗旱指挥机构之间的衔接"


def test_a_table_keeps_its_cells_merged_ones_too() -> None:
    page = a_page()
    page.line(90, 400, 490, 400).line(90, 430, 490, 430).line(190, 460, 490, 460).line(90, 490, 490, 490)
    page.line(90, 400, 90, 490).line(190, 400, 190, 490).line(340, 430, 340, 490).line(490, 400, 490, 490)
    for words, x, y in [("单位", 95, 418), ("联系方式", 195, 418), ("应急局", 95, 460), ("值班室", 195, 448),
                        ("120", 345, 448), ("办公室", 195, 478)]:  # fmt: skip
        page.text(words, x, y, size=12)
    reading = read([page])
    (table,) = [clause.table for clause in reading.clauses if clause.table]
    assert [[(cell.text, cell.columns, cell.rows) for cell in row] for row in table.rows] == [
        [("单位", 1, 1), ("联系方式", 2, 1)],
        [("应急局", 1, 2), ("值班室", 1, 1), ("120", 1, 1)],
        [("办公室", 1, 1), ("", 1, 1)],
    ]
    assert reading.chars_in == reading.chars_kept


def test_a_table_over_two_pages_is_one() -> None:
    first, second = a_page(), Page().text("临河县防汛应急预案", 230, 50, size=10.5).text("— 2 —", 280, 800, size=14)
    first.table((90, 200, 500), (700, 725, 750), [["单位", "电话"], ["应急局", "120"]])
    second.table((90, 200, 500), (90, 115, 140), [["水利局", "119"], ["气象局", "110"]])
    wrapped(second, SENTENCE, 200)
    (table,) = [clause.table for clause in read([first, second]).clauses if clause.table]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["单位", "电话"], ["应急局", "120"], ["水利局", "119"], ["气象局", "110"],
    ]  # fmt: skip


def test_the_order_in_which_signs_were_written_does_not_matter() -> None:
    page = a_page()
    page.ops.reverse()
    assert plain_text(read([page]).clauses) == plain_text(read([a_page()]).clauses)


@pytest.mark.parametrize(("rotate", "turn"), [(90, "0 1 -1 0"), (270, "0 -1 1 0"), (0, "0 -1 1 0"), (180, "-1 0 0 -1")])
def test_a_page_that_is_turned_is_read_upright(rotate: int, turn: str) -> None:
    page = Page(rotate=rotate)
    down = {"0 1 -1 0": (28, 0), "0 -1 1 0": (-28, 0), "-1 0 0 -1": (0, -28)}[turn]
    for at, words in enumerate(("1 总则", "1.1 编制目的", "为做好防汛工作，制定本预案。", "2 附则", "略。")):
        page.text(words, 300 + down[0] * at, 400 + down[1] * at, turn=turn)
    reading = read([page])
    assert headings(reading) == [(1, "1 总则"), (2, "1.1 编制目的"), (1, "2 附则")]


def test_two_columns_are_read_one_after_the_other() -> None:
    page = Page()
    for column, x in enumerate((60, 320)):
        page.text(f"{column + 1} 总则", x, 100)
        for line in range(20):
            page.text(f"第{column}栏第{line}行县防汛抗旱指挥部", x, 130 + line * 28, size=12)
    text = plain_text(read([page]).clauses)
    assert text.index("第0栏第19行") < text.index("2 总则") < text.index("第1栏第0行")


def test_a_watermark_stands_apart_and_is_counted() -> None:
    reading = read([a_page().text("样本", 200, 600, size=60, turn="0.7 0.7 -0.7 0.7")])
    assert "样本" in of_kind(reading, ClauseKind.HEADER)
    assert "page-signs-aslant" in codes(reading)
    assert reading.chars_in == reading.chars_kept


def test_a_scan_is_known_as_a_scan() -> None:
    assert refused([Page().picture(), Page().picture()]) == "plan-pages-scanned"
    assert refused([Page().picture().text("— 1 —", 280, 800), Page().picture().text("— 2 —", 280, 800)]) == (
        "plan-pages-scanned"
    )
    assert refused([Page(), Page()]) == "plan-pages-scanned"


def test_a_picture_among_pages_of_text_is_told() -> None:
    reading = read([a_page(number=1), Page().picture(), a_page(number=3), a_page(number=4)])
    assert [dict(notice.fields) for notice in reading.warnings if notice.code == "pages-are-pictures"] == [
        {"pages": "2", "count": "1"}
    ]


def test_text_laid_under_a_scan_is_refused() -> None:
    page = Page().picture()
    for at in range(10):
        page.text(SENTENCE[:30], 60, 100 + 28 * at, mode=3)
    assert refused([page]) == "plan-pages-optical"


def test_signs_without_meaning_are_refused_and_a_single_one_is_told() -> None:
    fonts = {"L": without_meaning()}
    assert refused([a_page().text(SENTENCE, 20, 500, font="L", size=10)], fonts=fonts) == "plan-pages-signs-lost"
    page = a_page()
    for at in range(10):
        wrapped(page, SENTENCE, 330 + at * 60)
    reading = read([page.text("险情", 90, 290, font="L")], fonts=fonts)
    assert "�" in plain_text(reading.clauses)
    assert "page-signs-lost" in codes(reading)
    assert reading.chars_in == reading.chars_kept


def test_text_that_is_not_what_it_looks_like_is_refused() -> None:
    shifted = "".join(chr(ord(sign) + 47) for sign in SENTENCE * 3 if sign > "\u4e00")
    page = Page()
    for at in range(0, len(shifted), 26):
        page.text(shifted[at : at + 26], 60, 100 + at)
    assert refused([page]) == "plan-pages-garbled"


def test_texts_upon_each_other_and_writing_downwards_are_refused() -> None:
    page = a_page().text(SENTENCE[3:20], 93, 156).text(SENTENCE[1:20], 90, 184)
    assert refused([page]) == "plan-pages-order"
    downwards = Page()
    for at, sign in enumerate(SENTENCE):
        downwards.text(sign, 500 - 60 * (at // 24), 80 + 28 * (at % 24))
    assert refused([downwards]) == "plan-pages-order"


@pytest.mark.parametrize(("page", "options", "where"), [
    (a_page().text("机密★1年", 90, 75), {}, "header"),
    (a_page().text("机密", 200, 600, size=60, turn="0.7 0.7 -0.7 0.7"), {}, "header"),
    (a_page(), {"title": "秘密★防汛预案"}, "properties"),
])  # fmt: skip
def test_a_mark_stops_the_file(page: Page, options: dict[str, str], where: str) -> None:
    with pytest.raises(PlansRepoError) as error:
        read([page], **options)
    assert error.value.code == "plan-file-classified"
    assert error.value.fields["where"] in (where, "first_page", "watermark")


def test_a_mark_in_a_remark_stops_the_file() -> None:
    page = a_page()
    page.notes.append(("FreeText", "内部资料"))
    with pytest.raises(PlansRepoError) as error:
        read([page])
    assert (error.value.code, error.value.fields["where"]) == ("plan-file-classified", "comment")


def test_a_protected_file_is_refused() -> None:
    assert refused([a_page()], encrypt=LOCKED) == "plan-file-encrypted"


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7\n" + b"x" * 5000, pdf_file([a_page()])[:300]])
def test_a_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(PlansRepoError) as error:
        read_plan(data, "a.pdf", new_id=ids())
    assert error.value.code in ("plan-file-damaged", "plan-pages-scanned", "plan-file-without-text")


@pytest.mark.libreoffice
def test_a_plan_exported_as_pdf_reads_like_the_word_file(soffice: str, tmp_path: Path) -> None:
    body = [word.paragraph("临河县防汛应急预案"), word.paragraph("1 总则"), word.paragraph("1.1 编制目的")]
    body += [word.paragraph("　　" + SENTENCE * 3) for _ in range(30)]
    body += [
        word.paragraph("附件1 联系表"),
        word.table([["单位", "电话"], *([f"第{at}单位", "120"] for at in range(60))]),
    ]
    data = word.word_file(*body, headers=[word.paragraph("临河县人民政府")])
    (tmp_path / "plan.docx").write_bytes(data)
    command = [soffice, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to"]
    place = ["--outdir", str(tmp_path), str(tmp_path / "plan.docx")]
    subprocess.run([*command, "pdf", *place], check=True, capture_output=True, timeout=180)
    plain = read_plan(data, "plan.docx", new_id=ids())
    reading = read_plan((tmp_path / "plan.pdf").read_bytes(), "plan.pdf", new_id=ids())
    text, expected = (
        [line for clause in each.clauses if clause.kind is not ClauseKind.HEADER for line in lines(clause)]
        for each in (reading, plain)
    )
    assert text == expected
    assert reading.chars_in == reading.chars_kept
    pages = subprocess.run(["pdftotext", str(tmp_path / "plan.pdf"), "-"], check=True, capture_output=True).stdout
    assert reading.chars_in == visible_count(pages.decode())
    choices = {"EncryptFile": ("boolean", "true"), "DocumentOpenPassword": ("string", "x")}
    typed = {name: {"type": kind, "value": value} for name, (kind, value) in choices.items()}
    lock = f"pdf:writer_pdf_Export:{json.dumps(typed)}"
    subprocess.run([*command, lock, *place], check=True, capture_output=True, timeout=180)
    with pytest.raises(PlansRepoError) as error:
        read_plan((tmp_path / "plan.pdf").read_bytes(), "plan.pdf", new_id=ids())
    assert error.value.code == "plan-file-encrypted"
