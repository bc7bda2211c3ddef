"""A09–A12: chapters, the formal review, the element review, and what the words of a plan must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plans_repo.checks.chapters import ChapterSet, FoundChapter, find_in_part, sets_for
from plans_repo.checks.dossier import Dossier
from plans_repo.checks.elements import ElementForm, element_forms
from plans_repo.checks.formal import formal_items
from plans_repo.checks.parts import at_clause, at_clauses, failed, judge, passed, unfit, unseen
from plans_repo.checks.report_limits import duty_phone, report_limits
from plans_repo.checks.result import Outcome, Part
from plans_repo.checks.rule import Rule
from plans_repo.course.words import Judgement
from plans_repo.store.tables.plans import PlanKind
from plans_repo.text.recognition import FoundLevel

ENDS = re.compile(
    r"(?:谁|哪级|哪一级)(?:启动|宣布)[、，]?(?:由?谁|哪级|哪一级)(?:终止|结束|解除|负责)"
    r"|(?:由|经|报)[^。；\n]{2,40}?(?:批准|宣布|决定|同意|下达)[^。；\n]{0,16}(?:终止|结束|解除|撤销)"
    r"|(?:终止|结束|解除|撤销)[^。；\n]{0,40}?(?:由|经|报)[^。；\n]{2,40}?(?:批准|宣布|决定|同意|签发|下达)"
    r"|由[^。；，\n]{1,24}?(?:人|者|长|部|指|办|政府|主任|总经理|机构|单位|机关|部门|领导|指挥|局|组)"
    r"(?:负责|研究|按程序|适时)?(?:终止|结束|解除|撤销)"
    r"|[\u4e00-\u9fff]{1,14}(?:长|指挥部|防指|政府|主任|指挥员|负责人|领导|机关|机构)[^。；，\n]{0,8}(?:宣布|决定|批准|可以?)"
    r"[^。；，\n]{0,12}(?:终止|结束|解除)"
)
HAS_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百千]+(?:人|名|小时|公顷|毫米|间|户|个乡镇|处以上)")
WITHOUT_LEVELS = frozenset({PlanKind.VILLAGE})


@judge("A09")
def chapters(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """The chapters of its kind are there under one of their names, and something stands in them."""
    every = sets_for(dossier.kind, dossier.title, dossier.clauses)
    if not every:
        yield unseen("no_list", kind=dossier.kind)
        return
    if not any(clause.title for clause in dossier.clauses):
        yield unseen("no_headings")
        return
    for form, wanted in every.items():
        yield from _chapters(dossier, rule, wanted, find_in_part(dossier.clauses, form, wanted.chapters))


def _chapters(dossier: Dossier, rule: Rule, wanted: ChapterSet, found: Sequence[FoundChapter]) -> Iterator[Part]:
    missing = [one.chapter.title for one in found if one.is_missing]
    empty = [one for one in found if one.clause and not one.in_text and one.chars < rule.number("least")]
    if missing:
        yield failed("missing", count=len(missing), chapters=missing, of=wanted.title)
    if empty:
        where = at_clauses(dossier, (one.clause for one in empty))
        yield failed("empty", *where, count=len(empty), chapters=[one.chapter.title for one in empty])
    if not missing and not empty:
        yield passed(count=len(found), of=wanted.title)


@judge("A10")
def formal_review(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Cover, approval page, contents, body, annexes, process: what of it a machine can see."""
    if dossier.kind is not PlanKind.UNIT:
        yield unfit("other_kind")
        return
    items = formal_items(dossier)
    lacking = [item for item in items if item.outcome is Outcome.FAIL]
    unknown = [item for item in items if item.outcome is Outcome.CANNOT_TELL]
    if lacking:
        where = at_clauses(dossier, (clause for item in lacking for clause in item.clauses))
        yield failed("lacking", *where, count=len(lacking), items=[item.title for item in lacking])
    if unknown:
        yield unseen("by_hand", count=len(unknown), items=[item.title for item in unknown])
    if not lacking and not unknown:
        yield passed(count=len(items))


@judge("A11")
def element_review(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Every key element ★ conforms; a machine sees whether it is there, a reviewer whether it conforms."""
    if dossier.kind is not PlanKind.UNIT:
        yield unfit("other_kind")
        return
    for form in element_forms(dossier):
        yield from _elements(dossier, form)


def _elements(dossier: Dossier, form: ElementForm) -> Iterator[Part]:
    keys = [row for row in form.rows if row.is_key]
    lacking = [row for row in keys if not row.clause and row.answer is None]
    against = [row for row in keys if row.answer is not None and row.answer.judgement is Judgement.FAILS]
    mostly = [row for row in keys if row.answer is not None and row.answer.judgement is Judgement.MOSTLY]
    if lacking:
        yield failed("lacking", of=form.title, count=len(lacking), elements=[row.title for row in lacking])
    for reason, found in (("against", against), ("mostly", mostly)):
        if found:
            where = at_clauses(dossier, (row.clause for row in found if row.clause))
            yield failed(reason, *where, of=form.title, count=len(found), elements=[row.title for row in found])
    open_rows = [row for row in keys if row.clause and row.answer is None]
    if open_rows:
        yield unseen("by_hand", of=form.title, count=len(open_rows), elements=[row.title for row in open_rows])
    if not lacking and not against and not mostly and not open_rows:
        yield passed(count=len(form.rows))


@judge("A12")
def words_needed(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """A telephone manned day and night, report limits not too long, levels with numbers, who decides and ends them."""
    parts = [*_phone(dossier, rule), *_reports(dossier, rule), *_levels(dossier)]
    bare = [level.label for level in dossier.levels if not level.conditions]
    yield from parts or [passed("elsewhere", levels=bare) if bare else passed(levels=len(dossier.levels))]


def _phone(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    found = duty_phone(dossier.clauses, rule.lists["phones"])
    if not found.number:
        yield failed("no_phone", *at_clauses(dossier, found.clauses))


def _reports(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    found = list(report_limits(dossier.limits))
    if not found:
        yield failed("no_report_limit")
    for limit in found:
        allowed = rule.number("unit" if limit.of_unit else "level")
        if limit.minutes > allowed:
            where = at_clause(dossier, limit.clause)
            yield failed("report_too_long", where, minutes=limit.minutes, allowed=allowed, text=limit.text)


def _levels(dossier: Dossier) -> Iterator[Part]:
    if dossier.kind in WITHOUT_LEVELS or (dossier.kind is PlanKind.UNIT and "现场处置" in dossier.title):
        return
    if not dossier.levels:
        yield failed("no_levels")
        return
    bare = [level for level in dossier.levels if not level.conditions and dossier.kind is not PlanKind.OVERALL]
    unmeasured = [level for level in dossier.levels if level.conditions and not _is_measured(level)]
    leaderless = [level for level in dossier.levels if not level.decided_by]
    for reason, found in (("no_condition", bare), ("no_number", unmeasured), ("no_decider", leaderless)):
        if found:
            where = at_clauses(dossier, (level.clause for level in found))
            told = {"levels": [level.label for level in found]}
            by_ability = reason == "no_number" and dossier.kind is PlanKind.UNIT  # GB/T 29639-2020, 6.1.2
            yield unseen("by_ability", *where, **told) if by_ability else failed(reason, *where, **told)
    if not any(ENDS.search(clause.text) for clause in dossier.clauses):
        yield failed("no_end")


def _is_measured(level: FoundLevel) -> bool:
    return any(
        condition.at_least is not None or condition.below is not None or HAS_NUMBER.search(condition.text)
        for condition in level.conditions
    )
