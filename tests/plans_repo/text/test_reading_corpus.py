"""Outlines of generated files: three styles of numbers; typed, automatic or by style; with and without contents."""

from itertools import product

import pytest

from plans_repo.text.reading.han_numbers import han_numeral
from plans_repo.text.rendering import plain_text
from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.builders import headings, reading_of, reading_of_word

TITLE = "临河县防汛抗旱应急预案"
PLAN = (
    (1, "总则"), (2, "编制目的"), (2, "适用范围"), (1, "组织指挥体系及职责"), (2, "县防指"), (3, "县防指组成"),
    (3, "县防指职责"),
    (2, "成员单位职责"), (1, "应急响应"), (2, "响应分级"), (2, "Ⅳ级响应"), (3, "启动条件"), (3, "响应行动"),
    (2, "信息报告"), (1, "附则"), (2, "预案解释"),
)  # fmt: skip
BODIES = (
    "为做好洪涝灾害防范与处置工作，保障人民群众生命财产安全，制定本预案。",
    "下列人员为成员：\n（1）县长；\n（2）分管副县长；\n（3）县人武部部长。",
    "接到命令后，抢险队伍30分钟内到达现场。\n1、人员到位；\n2、物资到位；\n3、车辆到位。",
    "有关单位应当：①会商；②部署。",
)


def decimal(counts: list[int], level: int) -> str:
    return ".".join(str(counts[at]) for at in range(level))


def han(counts: list[int], level: int) -> str:
    number = counts[level - 1]
    return (f"{han_numeral(number)}、", f"（{han_numeral(number)}）", f"{number}.")[level - 1]


def worded(counts: list[int], level: int) -> str:
    kind = "章节条"[level - 1]
    return f"第{han_numeral(counts[level - 1])}{kind}"


STYLES = {"decimal": decimal, "han": han, "worded": worded}
AUTOMATIC = {
    "decimal": [word.number_level(0, "%1"), word.number_level(1, "%1.%2"), word.number_level(2, "%1.%2.%3")],
    "han": [
        word.number_level(0, "%1、", "chineseCountingThousand"), word.number_level(1, "（%2）", "chineseCounting"),
        word.number_level(2, "%3."),
    ],
    "worded": [
        word.number_level(0, "第%1章", "chineseCounting"), word.number_level(1, "第%2节", "chineseCounting"),
        word.number_level(2, "第%3条", "chineseCountingThousand"),
    ],
}  # fmt: skip


def numbered(scheme: str) -> list[tuple[int, str, str]]:
    """Level, number and title of each heading of the plan."""
    counts = [0, 0, 0]
    found = []
    for level, title in PLAN:
        counts[level - 1] += 1
        counts[level:] = [0] * (3 - level)
        found.append((level, STYLES[scheme](counts, level), title))
    return found


def expected(scheme: str) -> list[tuple[int, str]]:
    return [
        (level, f"{number}{'' if number[-1] in '、）.' else ' '}{title}") for level, number, title in numbered(scheme)
    ]


def typed_lines(scheme: str, gap: str) -> list[tuple[int, str]]:
    """Heading lines (with their level) and body lines (0) of the plan."""
    lines = []
    for at, (level, number, title) in enumerate(numbered(scheme)):
        lines.append((level, f"{number}{'' if scheme == 'han' else gap}{title}"))
        lines.extend((0, line) for line in BODIES[at % len(BODIES)].split("\n"))
    return lines


def contents(scheme: str, form: str) -> list[str]:
    if form == "none":
        return []
    tail = {"leader": "……3", "tab": "\t3", "bare": ""}[form]
    return ["目  录", *(f"{number} {title}{tail}" for level, number, title in numbered(scheme) if level < 3)]


@pytest.mark.parametrize(
    ("scheme", "gap", "form"), list(product(STYLES, (" ", "\u3000", ""), ("none", "leader", "tab", "bare")))
)
def test_typed_numbers_in_plain_text(scheme: str, gap: str, form: str) -> None:
    lines = [TITLE, *contents(scheme, form), *(line for _, line in typed_lines(scheme, gap))]
    reading = reading_of("\n".join(lines))
    assert headings(reading) == expected(scheme)
    assert reading.title == TITLE
    assert reading.chars_in == reading.chars_kept


@pytest.mark.parametrize(("scheme", "form", "styled"), list(product(STYLES, ("none", "leader", "bare"), (False, True))))
def test_typed_numbers_in_word(scheme: str, form: str, styled: bool) -> None:
    blocks = [word.paragraph(TITLE, style="T"), *map(word.paragraph, contents(scheme, form))]
    for level, line in typed_lines(scheme, " "):
        blocks.append(word.paragraph(line, style=str(level) if styled and level else ""))
    reading = reading_of_word(word.word_file(*blocks, styles=word.HEADING_STYLES))
    assert headings(reading) == expected(scheme)
    assert reading.title == TITLE
    assert reading.chars_in == reading.chars_kept


@pytest.mark.parametrize(("scheme", "styled", "direct"), list(product(STYLES, (False, True), (False, True))))
def test_automatic_numbers_in_word(scheme: str, styled: bool, direct: bool) -> None:
    """Numbers from the list of the paragraph, or of its style."""
    styles = word.styles(
        *(
            word.style(
                str(level),
                f"heading {level}",
                outline=level - 1 if styled else 9,
                num=None if direct else (1, level - 1),
            )
            for level in (1, 2, 3)
        )
    )
    blocks = [word.paragraph(TITLE)]
    for at, (level, _, title) in enumerate(numbered(scheme)):
        blocks.append(word.paragraph(title, style=str(level), num=(1, level - 1) if direct else None))
        blocks.extend(map(word.paragraph, BODIES[at % len(BODIES)].split("\n")))
    data = word.word_file(*blocks, styles=styles, numbering=word.numbering(AUTOMATIC[scheme]))
    reading = reading_of_word(data)
    assert headings(reading) == expected(scheme)
    assert reading.automatic_numbers == len(PLAN)
    assert reading.chars_in == reading.chars_kept
    assert "总则" in plain_text(reading.clauses)


@pytest.mark.parametrize("scheme", list(STYLES))
def test_typed_numbers_in_markdown(scheme: str) -> None:
    lines = [f"# {TITLE}", ""]
    for level, line in typed_lines(scheme, " "):
        lines += [f"{'#' * (level + 1)} {line}" if level else line, ""]
    reading = reading_of("\n".join(lines), "plan.md")
    assert headings(reading) == expected(scheme)
    assert reading.title == TITLE
    assert reading.chars_in == reading.chars_kept
