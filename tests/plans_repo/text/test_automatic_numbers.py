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


@pytest.fixture(scope="module")
def shown_by_libreoffice(tmp_path_factory: pytest.TempPathFactory, soffice: str) -> dict[str, list[str]]:
    """For each list the numbers LibreOffice writes before the titles; one conversion for all."""
    folder = tmp_path_factory.mktemp("lists")
    for name, (definitions, levels) in LISTS.items():
        (folder / f"{name}.docx").write_bytes(a_list(levels, *definitions))
    command = [
        soffice,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
    ]
    files = [str(folder / f"{name}.docx") for name in LISTS]
    subprocess.run(
        [*command, "--outdir", str(folder), *files], check=True, capture_output=True, timeout=CONVERSION_SECONDS
    )
    return {name: numbers_in(folder / f"{name}.txt") for name in LISTS}


def numbers_in(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return [line.partition("题")[0].strip() for line in lines if "题" in line]


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", list(LISTS))
def test_automatic_numbers_equal_libreoffices(name: str, shown_by_libreoffice: dict[str, list[str]]) -> None:
    definitions, levels = LISTS[name]
    assert labels(a_list(levels, *definitions)) == shown_by_libreoffice[name]


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
