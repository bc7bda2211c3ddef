"""Two versions side by side: clauses with their words marked, the procedure part by part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.difference import Change, ClauseChange, RequiredProcess, Requirement
from plans_repo.text.tokens import Op
from ui.components.badges import badge
from ui.components.clause_diff import clause_diff
from ui.components.html import Html, join, link, tag, text
from ui.components.plan_names import CHANGES, PROCESSES, clause_label
from ui.components.procedure_words import PartChange
from ui.wording import _, n_

OPS = {Op.EQUAL: "keep", Op.INSERT: "insert", Op.DELETE: "delete"}
KEPT_CHARS = 24
"""Of a long run nobody changed, the characters that stay on either side of a change."""


def requirement_words(requirement: Requirement) -> str:
    """Which process the revision needs, in one sentence."""
    if requirement.process is RequiredProcess.NONE:
        return _("两个版本的正文没有差别，无须履行修订程序。")
    process = _(PROCESSES[requirement.process])
    if requirement.because:
        return n_("须履行{process}：有 {count} 条改动涉及以下条款。", len(requirement.because), process=process)
    return _("可按{process}修订：改动未涉及指挥体系与职责、响应程序、主要措施和分级标准。", process=process)


def requirement_clauses(requirement: Requirement, cited: Mapping[str, str], address: str) -> Html:
    """The clauses that demand the full process, as links."""
    links = (link(cited.get(clause, _("未编号条款")), f"{address}&clause={clause}") for clause in requirement.because)
    return tag("div", join(links, _("、")), cls="yy-because")


def ways_between(found: Sequence[ClauseChange]) -> list[tuple[str, Html]]:
    """For each change its place on the page, and the way from there to the change before it and after it."""
    places = [f"d-{change.clause}" for change in found]
    around = zip(["", *places], [*places[1:], ""], strict=False)
    return [(place, _ways(*neighbours)) for place, neighbours in zip(places, around, strict=True)]


def _ways(before: str, after: str) -> Html:
    ways = ((_("上一处"), before), (_("下一处"), after))
    links = (tag("a", word, href=f"#{place}", cls="yy-link") for word, place in ways if place)
    return tag("span", join(links, " "), cls="yy-ways")


def clause_change(change: ClauseChange, cited: Mapping[str, str], *, place: str = "", ways: Html | None = None) -> Html:
    """One changed clause with its words marked; long runs that nobody changed are folded."""
    word, tone = CHANGES[change.change]
    notes = [badge(_(word), tone)]
    if change.moved and change.change is not Change.MOVED:
        notes.append(badge(_(CHANGES[Change.MOVED][0]), CHANGES[Change.MOVED][1]))
    notes += [tag("span", said, cls="yy-dim") for said in place_words(change)]
    head = tag("div", tag("b", _title(change.present, cited)), " ", join(notes, " "), ways or "", cls="yy-change-head")
    tokens = folded((OPS[token.op], token.text) for token in change.tokens)
    return tag("section", head, clause_diff(tokens), id=place, cls="yy-change")


def _title(clause: Clause, cited: Mapping[str, str]) -> str:
    """A changed clause as it is cited, so that it cannot be taken for one of the same number in another chapter."""
    if clause.kind is ClauseKind.FRONT:
        return _("封面、目录等文前部分")
    number = cited.get(clause.id, "")
    return clause_label(clause, cited) if clause.heading and number else clause.heading or number


def place_words(change: ClauseChange) -> list[str]:
    """Where a clause went and what its number became, as phrases."""
    said = []
    if change.moved and (change.was_under or change.is_under):
        top = _("全文最上层")
        said.append(_("由“{was}”之下移至“{now}”之下", was=change.was_under or top, now=change.is_under or top))
    elif change.moved:
        said.append(_("在同级各条之间移动了位置"))
    if change.renumbered and change.old and change.new:
        said.append(_("序号 {was} → {now}", was=change.old.number or "—", now=change.new.number or "—"))
    return said


def folded(tokens: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The marked words, long runs that nobody changed cut to what stands beside a change.

    >>> folded([("delete", "甲"), ("keep", "一" * 80)])[1][1][-14:]
    '一一一一……（略56字）……'
    """
    kept = list(tokens)
    if all(op == "keep" for op, _words in kept):
        return [(op, _cut(words, is_first=False, is_last=True)) for op, words in kept]
    last = len(kept) - 1
    return [
        (op, _cut(words, is_first=at == 0, is_last=at == last) if op == "keep" else words)
        for at, (op, words) in enumerate(kept)
    ]


def _cut(words: str, *, is_first: bool, is_last: bool) -> str:
    """A run between two changes keeps both its ends, one at the edge only the end beside the change."""
    head, tail = (0 if is_first else KEPT_CHARS), (0 if is_last else KEPT_CHARS)
    if len(words) <= head + tail + KEPT_CHARS:
        return words
    gap = _("……（略{count}字）……", count=len(words) - head - tail)
    return words[:head] + gap + (words[-tail:] if tail else "")


def procedure_list(found: Iterable[PartChange]) -> Html:
    """What became of the procedure, a part a line."""
    items = (
        tag("li", tag("b", change.name), " ", join(map(text, change.phrases), _("；")), cls="yy-part")
        for change in found
    )
    return tag("ul", *items, cls="yy-parts")
