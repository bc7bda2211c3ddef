"""X01–X03: the page of the exported file, the document number, the dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plans_repo.checks.dossier import Dossier, FileMeasure
from plans_repo.checks.parts import at_clauses, failed, judge, passed, unfit, unseen
from plans_repo.checks.result import Part, Where, WhereKind
from plans_repo.checks.rule import Rule
from plans_repo.text.clause import Clause, ClauseKind

NUMBER = re.compile(r"[^\s〔〕()（）\[\]【】第]{2,20}〔(?:19|20)\d{2}〕[1-9]\d*号")
LIKE_NUMBER = re.compile(
    r"(?<![《〈])([\u4e00-\u9fff]{2,12}(?:发|函|字|令|办|办发|办函|政发|应急))\s*"
    r"([〔\[【（(〈\u3014]\s*[’'0-9０-９]{2,4}\s*[〕\]】）)〉\u3015])\s*(第?\s*[0-9０-９]+)\s*号"
)
ZERO_DATE = re.compile(r"(?:19|20)\d{2}\s*年\s*(?:0\d\s*月(?:\s*\d{1,2}\s*日)?|\d{1,2}\s*月\s*0\d\s*日)")
HAN_DATE = re.compile(r"[一二三四五六七八九〇○Oo零]{4}\s*年\s*(?:[一二三四五六七八九十元]{1,3}\s*月)?")
DATE = re.compile(r"(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月")


@judge("X01")
def page(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Paper, margins, lines and characters, fonts, page numbers as the standard has them, measured in the file."""
    measured = dossier.file
    if measured is None:
        yield unseen("no_file")
        return
    where = Where(kind=WhereKind.FILE, label=measured.name)
    faults = [*_lengths(measured, rule), *_fonts(measured, rule)]
    for reason, told in faults:
        yield failed(reason, where, **told)
    if not faults:
        yield _rendered(measured, where, rule)


def _rendered(measured: FileMeasure, where: Where, rule: Rule) -> Part:
    """Lines and characters as laid out; without a renderer they are only what the file says."""
    lines, signs = measured.lines_per_page, measured.characters_per_line
    if lines is None or signs is None:
        return unseen("not_rendered", where)
    told = {"lines": lines, "signs": signs}
    if lines != rule.number("lines") or signs != rule.number("characters"):
        return failed("grid", where, **told)
    return passed("ok", where, **told)


def _lengths(measured: FileMeasure, rule: Rule) -> Iterator[tuple[str, dict[str, object]]]:
    near = rule.parameters["tolerance"].value
    if measured.page_mm is None or measured.margins_mm is None:
        yield "no_page", {}
        return
    wanted = (rule.parameters["page_width"].value, rule.parameters["page_height"].value)
    if any(abs(a - b) > near for a, b in zip(measured.page_mm, wanted, strict=True)):
        yield "paper", {"width": round(measured.page_mm[0], 1), "height": round(measured.page_mm[1], 1)}
    for name, value in zip(("top", "right", "bottom", "left"), measured.margins_mm, strict=True):
        if abs(value - rule.parameters[name].value) > near:
            yield f"margin_{name}", {"value": round(value, 1), "wanted": rule.parameters[name].value}
    low, high = (rule.parameters[f"line_{end}"].value for end in ("low", "high"))
    if measured.line_pt is not None and not low <= measured.line_pt <= high:
        yield "line", {"value": measured.line_pt}
    if measured.body_pt is not None and abs(measured.body_pt - rule.parameters["body"].value) > 0.1:
        yield "body_size", {"value": measured.body_pt}
    if measured.title_pt is not None and abs(measured.title_pt - rule.parameters["title"].value) > 0.1:
        yield "title_size", {"value": measured.title_pt}


def _fonts(measured: FileMeasure, rule: Rule) -> Iterator[tuple[str, dict[str, object]]]:
    wanted = {"body": measured.body_font, "title": measured.title_font}
    wanted |= {f"heading_{place}": font for place, font in enumerate(measured.heading_fonts, start=1)}
    for name, font in wanted.items():
        allowed = rule.lists.get(name, ())
        if font and allowed and not any(part in font for part in allowed):
            yield "font", {"place": name, "font": font, "wanted": allowed}
    if measured.has_page_number is False:
        yield "no_page_number", {}
    if measured.annexes_on_new_page is False:
        yield "annex_same_page", {}


@judge("X02")
def number(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """The document number is written 机关代字〔2026〕9号, without 第 and without a leading zero."""
    own = dossier.course.document_number
    if own and not NUMBER.fullmatch(own):
        yield failed("own_malformed", Where(kind=WhereKind.DATE, label=own), number=own)
    wrong = [(clause, text) for clause in dossier.clauses for text in _malformed(clause)]
    if wrong:
        where = at_clauses(dossier, (clause.id for clause, _text in wrong))
        yield failed("malformed", *where, count=len(wrong), numbers=[text for _clause, text in wrong[:6]])
    if wrong or (own and not NUMBER.fullmatch(own)):
        return
    cited = [match for clause in dossier.clauses for match in NUMBER.findall(clause.text)]
    if own or cited:
        yield passed("ok" if own else "cited", number=own, count=len(cited))
    elif dossier.course.is_issued:
        yield unseen("number_unseen")
    else:
        yield unfit("not_issued")


def _malformed(clause: Clause) -> Iterator[str]:
    for match in LIKE_NUMBER.finditer(f"{clause.title}\n{clause.text}"):
        if not NUMBER.fullmatch(re.sub(r"\s", "", match[0])) or re.search(r"\s", match[0]):
            yield match[0]


@judge("X03")
def dates(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Dates are written in Arabic digits without leading zeros: 2026年3月8日."""
    zero: list[tuple[str, str]] = []
    han: list[tuple[str, str]] = []
    seen = 0
    for clause in dossier.clauses:
        words = f"{clause.title}\n{clause.text}"
        zero.extend((clause.id, text) for text in ZERO_DATE.findall(words))
        seen += len(DATE.findall(words))
        if clause.kind is ClauseKind.FRONT or "施行" in words:
            han.extend((clause.id, text) for text in HAN_DATE.findall(words))
    for reason, found in (("leading_zero", zero), ("han_digits", han)):
        if found:
            where = at_clauses(dossier, (clause for clause, _text in found))
            yield failed(reason, *where, count=len(found), dates=[text for _clause, text in found[:6]])
    if not zero and not han:
        yield passed(count=seen) if seen else unfit("none")
