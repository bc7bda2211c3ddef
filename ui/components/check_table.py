"""Results of rule checks in a table: what was asked and found, where, on which source, what to do."""

from __future__ import annotations

from collections.abc import Iterable

from plans_repo.checks.articles import cited
from plans_repo.checks.dossier import ElementAnswer
from plans_repo.checks.elements import KEY_MARK, ElementForm
from plans_repo.checks.result import Beaten, CheckResult, Where, WhereKind
from plans_repo.checks.rule import Words
from sim.figure import Mark
from ui.components.badges import badge, mark
from ui.components.cells import card_table
from ui.components.check_names import alike, outcome_badge
from ui.components.course_names import JUDGEMENTS
from ui.components.html import Html, join, link, tag
from ui.wording import _, language

MOST_PLACES = 6


def check_table(results: Iterable[CheckResult], address: str) -> Html:
    """A row for every rule, one for all that cannot tell for the same reason; clauses lead to the text at *address*."""
    heads = [_("规则"), _("结果"), _("检查所见"), _("依据")]
    rows = (_row(group[0], address) if len(group) == 1 else _row_of_many(group) for group in alike(results))
    return card_table(heads, rows, cls="yy-checks")


def element_table(form: ElementForm, address: str) -> Html:
    """The element review: key elements marked, what the machine found, room for the reviewer's word."""
    heads = [_("要素"), _("评审内容"), _("机器查找"), _("评审意见")]
    rows = (
        [
            join([_said(row.title), " ", tag("b", KEY_MARK, title=_("关键要素"))]) if row.is_key else _said(row.title),
            _said(row.asks),
            link(_("已找到"), f"{address}&part=text&clause={row.clause}") if row.clause else badge(_("未找到"), "warn"),
            _answer(row.answer),
        ]
        for row in form.rows
    )
    return card_table(heads, rows)


def _answer(answer: ElementAnswer | None) -> object:
    """The panel's word on an element, with its remark."""
    if answer is None:
        return _("待评审人员判定")
    word, tone = JUDGEMENTS[answer.judgement]
    return join([badge(_(word), tone), tag("small", answer.note) if answer.note else ""], " ")


def _row(result: CheckResult, address: str) -> list[object]:
    title = join([tag("b", result.id), " ", result.title])
    local = [tag("small", _("地方规则：{pack}", pack=result.pack), cls="yy-source")] if result.pack else []
    invented = [badge(_("虚构"), "open")] if result.is_fictional else []
    return [
        join([title, *local, *invented]),
        outcome_badge(result.outcome),
        join(_said_of(result, address)),
        join(
            [
                tag("div", cited(result.source, result.article)),
                mark(result.mark),
                *(tag("small", _beaten(one), cls="yy-source") for one in result.beats),
            ]
        ),
    ]


def _row_of_many(group: tuple[CheckResult, ...]) -> list[object]:
    """Several rules that cannot tell for one reason, which is said once."""
    articles: dict[tuple[str, Mark], list[str]] = {}
    for one in group:
        articles.setdefault((one.source, one.mark), []).append(one.article)
    first = group[0]
    todo = tag("div", tag("small", _("办理：{todo}", todo=first.todo))) if first.todo else ""
    return [
        join(tag("div", tag("b", one.id), " ", one.title) for one in group),
        outcome_badge(first.outcome),
        join([tag("div", first.found), todo]),
        join(
            tag("div", cited(source, _("、").join(filter(None, dict.fromkeys(several)))), " ", mark(how))
            for (source, how), several in articles.items()
        ),
    ]


def _said_of(result: CheckResult, address: str) -> Iterable[Html]:
    yield tag("div", result.found)
    if result.where:
        yield tag("div", *_places(result.where, address), cls="yy-places")
    yield tag("small", _("要求：{expected}", expected=result.expected), cls="yy-dim")
    if result.todo:
        yield tag("div", tag("small", _("办理：{todo}", todo=result.todo)))


def _places(places: tuple[Where, ...], address: str) -> Iterable[object]:
    for number, place in enumerate(places[:MOST_PLACES]):
        yield " · " if number else ""
        yield _place(place, address)
    if len(places) > MOST_PLACES:
        yield _(" 等{count}处", count=len(places))


def _place(place: Where, address: str) -> object:
    if place.kind is WhereKind.CLAUSE and place.id:
        return link(place.label or _("所在条款"), f"{address}&part=text&clause={place.id}")
    if place.kind is WhereKind.PLAN and place.id:
        return link(place.label, f"/plan?id={place.id}")
    return tag("span", place.label, cls="yy-dim")


def _beaten(one: Beaten) -> str:
    return _("严于 {rule}（{asks}）：{source}", rule=one.rule, asks=one.asks, source=one.source)


def _said(words: Words) -> str:
    return words.said(language(), {})
