"""References within a text that lead nowhere: 见5.2.3, 按照本预案第八条, 附件9."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from plans_repo.checks.annexes import annex_faults
from plans_repo.health.defect import Defect, DefectKind
from plans_repo.health.quoting import Sentence
from plans_repo.text.citation import citations
from plans_repo.text.clause import Clause

DOTTED = re.compile(
    r"(?P<lead>见|详见|参见|按照?|依照|执行|参照|依据|符合|本预案(?:第)?)\s*(?:本预案)?\s*(?:第)?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,4})(?![\d.%％‰]|\s*(?:米|毫米|厘米|公里|千米|倍|万|亿|元|人|小时|分钟|天|日|公顷|亩|吨|级|度|℃|版|折|至|—|-|～))"
)
ARTICLE = re.compile(
    r"(?P<lead>(?:见|详见|参见|按照?|依照|执行|依据)(?:本预案)?|本预案)\s*(?P<number>第[一二三四五六七八九十百零〇\d]+条)"
)
NESTED = re.compile(
    r"(?:见|详见|参见|按照?|依照|执行|参照|本预案第?)\s*(?P<number>[一二三四五六七八九十]{1,3}[（(][一二三四五六七八九十]{1,3}[)）])"
)
CHAPTER = re.compile(r"本预案第(?P<number>[一二三四五六七八九十]+)(?:章|部分)")


def dead_references(clauses: Sequence[Clause], sentences: Iterable[Sentence]) -> Iterator[Defect]:
    """Each reference to a clause or annex of the own text that is not there."""
    numbers = {_bare(clause.number) for clause in clauses if clause.number}
    has_dotted = any("." in number for number in numbers)
    has_articles = any(number.startswith("第") and number.endswith("条") for number in numbers)
    cited = set(citations(clauses).values())
    typed = _typed_numbers(clauses)
    for sentence in sentences:
        for match in DOTTED.finditer(sentence.text) if has_dotted else ():
            if match["number"] not in numbers | typed and not sentence.in_title(match.start()):
                yield _dead(sentence, match)
        for match in NESTED.finditer(sentence.text):
            if match["number"].replace("(", "（").replace(")", "）") not in cited and not sentence.in_title(
                match.start()
            ):
                yield _dead(sentence, match)
        for match in ARTICLE.finditer(sentence.text) if has_articles else ():
            behind_law = sentence.text[: match.start("number")].rstrip().endswith("》")
            if match["number"] not in numbers and not behind_law:
                yield _dead(sentence, match)
        for match in CHAPTER.finditer(sentence.text):
            wanted = match["number"]
            if not {wanted, f"第{wanted}章", f"第{wanted}部分"} & numbers and not has_dotted:
                yield _dead(sentence, match)


def wrong_annexes(clauses: Sequence[Clause]) -> Iterator[Defect]:
    """Annexes that are referred to or listed and not there, or go by two names."""
    text = {clause.id: clause for clause in clauses}
    for fault in annex_faults(clauses):
        where = text[fault.clause]
        if fault.kind in ("missing", "listed"):
            quoted = _line_with(where, fault.label)
            yield Defect(
                kind=DefectKind.REFERENCE,
                reason="annex_missing",
                clause=fault.clause,
                quotation=quoted,
                fields={"reference": f"{fault.label} {fault.expected}".strip()},
            )
        elif fault.kind == "renamed":
            yield Defect(
                kind=DefectKind.REFERENCE,
                reason="annex_renamed",
                clause=fault.clause,
                quotation=where.heading[:60],
                fields={"reference": fault.label, "wanted": fault.expected, "name": fault.found},
            )


def _dead(sentence: Sentence, match: re.Match[str]) -> Defect:
    return Defect(
        kind=DefectKind.REFERENCE,
        reason="reference_dead",
        clause=sentence.clause,
        quotation=sentence.around(match.start(), match.end()),
        fields={"reference": match[0].strip()},
    )


def _typed_numbers(clauses: Sequence[Clause]) -> set[str]:
    """Numbers that open a line within a clause: 4.1.2 接到报告后…… ."""
    found: set[str] = set()
    for clause in clauses:
        found.update(re.findall(r"^\s*(\d{1,2}(?:\.\d{1,2}){1,4})(?!\d)", clause.text, re.MULTILINE))
    return found


def _line_with(clause: Clause, label: str) -> str:
    words = label.removeprefix("附件")
    for line in re.split(r"[。；\n]", clause.text):
        if re.search(rf"附\s*[件录]\s*{words}", line) or line.strip().startswith(f"{words}."):
            return line.strip()[:90]
    return clause.heading[:60]


def _bare(number: str) -> str:
    return re.sub(r"\s", "", number).strip("、.．（）()")
