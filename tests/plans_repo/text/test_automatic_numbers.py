"""Automatic numbers equal those LibreOffice shows, and Word's own rules where it says nothing."""

import subprocess
from pathlib import Path

import pytest

from plans_repo.text.reading.number_formats import FORMATS, counter_text
from plans_repo.text.reading.source import Line
from plans_repo.text.reading.word_document import read_word
from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.word_files import number_level, numbering, paragraph, word_file

CONVERSION_SECONDS = 120


def labels(data: bytes) -> list[str]:
    return [block.automatic for block in read_word(data, "a.docx").blocks if isinstance(block, Line)]


def a_list(levels: list[int], *definitions: str, overrides: str = "", number: int = 1) -> bytes:
    blocks = (paragraph(f"题{at}", num=(number, level)) for at, level in enumerate(levels))
    return word_file(*blocks, numbering=numbering(definitions, overrides=overrides), styles=word.HEADING_STYLES)


DECIMALS = [number_level(at, ".".join(f"%{each + 1}" for each in range(at + 1))) for at in range(4)]
HAN = [
    number_level(0, "%1、", "chineseCountingThousand"),
    number_level(1, "（%2）", "chineseCountingThousand"),
    number_level(2, "%3．"),
    number_level(3, "（%4）"),
]
WORDED = [
    number_level(0, "第%1章", "chineseCountingThousand"),
    number_level(1, "第%2节", "chineseCountingThousand"),
    number_level(2, "第%3条", "chineseCountingThousand", extra='<w:lvlRestart w:val="0"/>'),
]
LEGAL = [number_level(0, "第%1章", "chineseCountingThousand"), number_level(1, "%1.%2", extra="<w:isLgl/>")]
STARTING = [number_level(0, "%1.", start=5), number_level(1, "%1.%2", start=3)]
MIXED = [
    number_level(0, "%1", "upperRoman"),
    number_level(1, "%2)", "lowerLetter"),
    number_level(2, "%3", "decimalEnclosedCircleChinese"),
]
LEVELS = [0, 1, 1, 2, 2, 1, 2, 0, 1, 2, 2, 0, 1]
LISTS = {
    "decimals": (DECIMALS, LEVELS), "han": (HAN, LEVELS), "worded": (WORDED[:2], [0, 1, 1, 0, 1]),
    "starting": (STARTING, [0, 1, 1, 0, 1]), "mixed": (MIXED, LEVELS), "many": (HAN, [0] * 25 + [1] * 12),
    "hundreds": (WORDED, [0] + [2] * 112),
    "skipping": (DECIMALS, [0, 2, 2, 0, 3]),
}  # fmt: skip


LETTERS = [number_level(0, "%1.", "upperLetter"), number_level(1, "%1%2", "lowerLetter")]
ROMANS = [number_level(0, "%1、", "upperRoman"), number_level(1, "(%2)", "lowerRoman")]
DEEP = [number_level(at, ".".join(f"%{each + 1}" for each in range(at + 1)), start=at + 1) for at in range(9)]
PADDED = [number_level(0, "%1", "decimalZero"), number_level(1, "%1-%2", "decimalZero")]
CYCLES = [number_level(0, "%1、", "ideographTraditional"), number_level(1, "%2、", "ideographZodiac")]
SOME = [number_level(0, "%1", "none"), number_level(1, "第%2项", "decimal"), number_level(2, "▪", "bullet")]
AFTER = [
    number_level(0, "%1."), number_level(1, "%1.%2"), number_level(2, "%3)", extra='<w:lvlRestart w:val="1"/>'),
]  # fmt: skip


def anew(*starts: tuple[int, int]) -> str:
    """Lists 2, 3, … of the first definition, each starting a level anew."""
    return "".join(
        f'<w:num w:numId="{at + 2}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="{level}">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for at, (level, start) in enumerate(starts)
    )


def in_order(numbers: list[tuple[int, int]], *definitions: str, overrides: str = "") -> bytes:
    """Paragraphs of several lists, one after another."""
    blocks = (paragraph(f"题{at}", num=number) for at, number in enumerate(numbers))
    return word_file(*blocks, numbering=numbering(definitions, overrides=overrides), styles=word.HEADING_STYLES)


def in_tables() -> bytes:
    """A list that goes on in the cells of a table and behind it."""
    cell = word.cell(paragraph("题b", num=(1, 0)) + paragraph("题c", num=(1, 1)))
    blocks = (
        paragraph("题a", num=(1, 0)),
        word.table([[cell]]),
        paragraph("题d", num=(1, 1)),
        paragraph("题e", num=(1, 0)),
    )
    return word_file(*blocks, numbering=numbering(DECIMALS), styles=word.HEADING_STYLES)


def by_styles() -> bytes:
    """Headings whose styles bring the list."""
    styles = word.styles(*(word.style(f"h{at}", f"heading {at + 1}", outline=at, num=(1, at)) for at in range(3)))
    levels = [0, 1, 2, 2, 1, 0, 1, 2]
    lists = numbering(
        [
            number_level(at, level.split("lvlText")[1].split('"')[1], "decimal", extra=f'<w:pStyle w:val="h{at}"/>')
            for at, level in enumerate(DECIMALS[:3])
        ]
    )
    return word_file(
        *(paragraph(f"题{at}", style=f"h{level}") for at, level in enumerate(levels)), styles=styles, numbering=lists
    )


def changed_level() -> bytes:
    """A list of its own that brings another look for one level."""
    override = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        f"{number_level(0, '（%1）', 'chineseCountingThousand')}</w:lvlOverride></w:num>"
    )
    return in_order([(2, 0), (2, 1), (2, 0), (2, 1)], *DECIMALS, overrides=override)


DOCUMENTS = {
    "letters": in_order([(1, 0)] * 28 + [(1, 1)] * 3, *LETTERS),
    "romans": in_order([(1, 0), (1, 1), (1, 1), (1, 0)] * 6, *ROMANS),
    "nine levels": in_order([(1, at) for at in range(9)] + [(1, 8), (1, 4), (1, 5), (1, 0), (1, 1)], *DEEP),
    "zeros": in_order([(1, 0), (1, 1)] * 11, *PADDED),
    "stems and branches": in_order([(1, 0)] * 11 + [(1, 1)] * 13, *CYCLES),
    "none and bullets": in_order([(1, 0), (1, 1), (1, 2), (1, 1), (1, 0), (1, 1)], *SOME),
    "started anew": in_order([(1, 0), (1, 0), (2, 0), (2, 0), (3, 0)], *DECIMALS, overrides=anew((0, 1), (0, 7))),
    "started anew below": in_order([(1, 0), (1, 1), (1, 1), (2, 1), (2, 1)], *DECIMALS, overrides=anew((1, 1))),
    "in tables": in_tables(),
    "by styles": by_styles(),
    "changed level": changed_level(),
}  # fmt: skip
WORD_GAP = str.maketrans("〇○", "零零")
"""Where Word fills a gap with 〇 (一百〇一) LibreOffice writes 零; see docs/import.md."""


@pytest.fixture(scope="module")
def shown_by_libreoffice(tmp_path_factory: pytest.TempPathFactory, soffice: str) -> dict[str, list[str]]:
    """For each list the numbers LibreOffice writes before the titles; one conversion for all."""
    folder = tmp_path_factory.mktemp("lists")
    for name, (definitions, levels) in LISTS.items():
        (folder / f"{name}.docx").write_bytes(a_list(levels, *definitions))
    for name, data in DOCUMENTS.items():
        (folder / f"{name}.docx").write_bytes(data)
    command = [
        soffice,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
    ]
    names = [*LISTS, *DOCUMENTS]
    files = [str(folder / f"{name}.docx") for name in names]
    subprocess.run(
        [*command, "--outdir", str(folder), *files], check=True, capture_output=True, timeout=CONVERSION_SECONDS
    )
    return {name: numbers_in(folder / f"{name}.txt") for name in names}


def numbers_in(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return [line.partition("题")[0].strip() for line in lines if "题" in line]


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", list(LISTS))
def test_automatic_numbers_equal_libreoffices(name: str, shown_by_libreoffice: dict[str, list[str]]) -> None:
    definitions, levels = LISTS[name]
    assert [each.translate(WORD_GAP) for each in labels(a_list(levels, *definitions))] == shown_by_libreoffice[name]


def all_labels(data: bytes) -> list[str]:
    """The numbers of lines and of cells, in order."""
    found: list[str] = []
    for block in read_word(data, "a.docx").blocks:
        if isinstance(block, Line):
            found.append(block.automatic)
        else:
            found += [line for row in block.table.rows for cell in row for line in cell.automatic_number.split("\n")]
    return found


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", list(DOCUMENTS))
def test_numbers_of_whole_documents_equal_libreoffices(name: str, shown_by_libreoffice: dict[str, list[str]]) -> None:
    assert all_labels(DOCUMENTS[name]) == shown_by_libreoffice[name]


def test_a_level_restarts_only_after_the_level_it_names() -> None:
    """LibreOffice restarts after every higher level (docs/import.md)."""
    data = in_order([(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)], *AFTER)
    assert labels(data) == ["1.", "1.1", "1)", "1.2", "2)", "2.", "1)"]


def test_chinese_counting_as_word_shows_it() -> None:
    """What the documentation of Word says where LibreOffice writes otherwise (docs/import.md)."""
    assert [counter_text(value, "chineseCounting") for value in (10, 21, 100, 105)] == ["十", "二十一", "一○○", "一○五"]
    assert [counter_text(value, "chineseCountingThousand") for value in (100, 101, 110)] == [
        "一百",
        "一百〇一",
        "一百一十",
    ]
    assert [counter_text(value, "decimalEnclosedParen") for value in (1, 20, 21)] == ["⑴", "⒇", "(21)"]
    assert [counter_text(value, "decimalEnclosedFullstop") for value in (1, 21)] == ["⒈", "21."]
    assert [counter_text(value, "ideographEnclosedCircle") for value in (1, 10)] == ["㈠", "㈩"]


def test_bullets_of_symbol_fonts_are_the_signs_a_reader_sees() -> None:
    fonts = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
    level = number_level(0, "\uf06c", "bullet").replace("</w:lvl>", f"{fonts}</w:lvl>")
    assert labels(a_list([0, 0], level)) == ["●", "●"]


def test_a_legal_level_shows_figures_only() -> None:
    """LibreOffice has no such switch; the standard says what Word shows."""
    assert labels(a_list([0, 1, 1, 0, 1], *LEGAL)) == ["第一章", "1.1", "1.2", "第二章", "2.1"]


def test_articles_go_on_over_chapters_when_they_never_restart() -> None:
    assert labels(a_list([0, 2, 2, 0, 2], *WORDED)) == ["第一章", "第一条", "第二条", "第二章", "第三条"]


def test_lists_of_one_definition_count_together_until_one_starts_anew() -> None:
    overrides = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    blocks = [paragraph("题", num=(number, 0)) for number in (1, 1, 2, 3, 3, 2)]
    data = word_file(*blocks, numbering=numbering([number_level(0, "%1.")], overrides=overrides))
    assert labels(data) == ["1.", "2.", "3.", "1.", "2.", "3."]


def test_number_zero_switches_the_number_of_a_style_off() -> None:
    styles = word.styles(word.style("h", "heading 1", outline=0, num=(1, 0)))
    data = word_file(
        paragraph("一", style="h"),
        paragraph("无", style="h", num=(0, 0)),
        paragraph("二", style="h"),
        styles=styles,
        numbering=numbering([number_level(0, "%1")]),
    )
    assert labels(data) == ["1", "", "2"]


def test_a_style_finds_its_level_by_the_lists_own_word() -> None:
    styles = word.styles(
        word.style("h1", "heading 1", outline=0).replace(
            "<w:outlineLvl", '<w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl'
        ),
        word.style("h2", "heading 2", outline=1).replace(
            "<w:outlineLvl", '<w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl'
        ),
    )
    lists = [
        number_level(0, "%1", extra='<w:pStyle w:val="h1"/>'),
        number_level(1, "%1.%2", extra='<w:pStyle w:val="h2"/>'),
    ]
    data = word_file(
        paragraph("一", style="h1"), paragraph("二", style="h2"), styles=styles, numbering=numbering(lists)
    )
    assert labels(data) == ["1", "1.1"]


def test_every_format_writes_something_for_the_first_fifty() -> None:
    silent = {name for name in FORMATS for value in range(1, 51) if not counter_text(value, name)}
    assert silent == {"none"}
