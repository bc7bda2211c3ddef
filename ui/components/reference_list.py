"""References of a plan: as links in its text, and as a table of what needs a look."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from plans_repo.linkage.mentions import MentionKind
from plans_repo.linkage.references import DOUBTS, Outcome, Reference
from ui.components.badges import badge
from ui.components.html import Html, link, table
from ui.components.plan_text import Linked
from ui.wording import _, later

OUTCOMES = {
    Outcome.FOUND: (later("有效"), "good"),
    Outcome.RENUMBERED: (later("编号已变"), "warn"),
    Outcome.GONE: (later("所引条款已删除"), "bad"),
    Outcome.ABOLISHED: (later("已废止或被替代"), "bad"),
    Outcome.AMBIGUOUS: (later("所指不唯一"), "warn"),
    Outcome.UNRESOLVED: (later("未找到所指"), "warn"),
    Outcome.UNKNOWN: (later("法规库未收录"), "plain"),
}


def linked_words(references: Iterable[Reference], own: str) -> dict[str, list[Linked]]:
    """The references by clause, as the text of plan *own* shows them."""
    found: dict[str, list[Linked]] = {}
    for one in references:
        mention = one.mention
        shown = Linked(
            start=mention.start,
            end=mention.end,
            told=meaning(one),
            href=address(one, own),
            tone=OUTCOMES[one.outcome][1] if one.is_finding or one.outcome in DOUBTS or is_moved(one) else "plain",
        )
        found.setdefault(mention.clause, []).append(shown)
    return found


def is_moved(one: Reference) -> bool:
    """Whether its target has another number now."""
    return one.outcome is Outcome.RENUMBERED


def meaning(one: Reference) -> str:
    """What a reference means today, in one line."""
    word = _(OUTCOMES[one.outcome][0])
    if one.outcome is Outcome.RENUMBERED:
        return _("现为 {number} {heading}", number=one.number, heading=one.heading)
    if one.outcome is Outcome.AMBIGUOUS:
        return _("{word}：{candidates}", word=word, candidates="、".join(one.candidates))
    if one.law and one.law.is_edition:
        return _("所引为旧版本，应改引现行版本")
    if one.law and one.law.now:
        return _("{word}，现为{now}", word=word, now=one.law.now_cited)
    if one.outcome is Outcome.FOUND:
        return one.heading or one.plan_title or (_("{since} 起施行", since=one.law.since) if one.law else word)
    return word


def address(one: Reference, own: str) -> str:
    """Where a reference leads: a place in the same text, another plan, or nowhere."""
    if not one.plan or one.outcome in (Outcome.GONE, Outcome.AMBIGUOUS):
        return ""
    if one.plan == own:
        return f"#c-{one.clause}"
    return f"/plan?{urlencode({'id': one.plan} | ({'clause': one.clause} if one.clause else {}))}"


def reference_table(references: Iterable[Reference], own: str, edition: str) -> Html:
    """A row for every reference: where it stands, its words, what it points at, what became of it."""
    heads = [_("条款"), _("原文"), _("所指"), _("情况")]
    return table(
        heads, ([_place(one, edition), one.mention.words, _target(one, own), _state(one)] for one in references)
    )


def _place(one: Reference, edition: str) -> Html:
    return link(one.cited_at or _("正文"), f"{edition}&clause={one.mention.clause}")


def _target(one: Reference, own: str) -> object:
    where = address(one, own)
    words = meaning(one) if one.outcome is not Outcome.UNKNOWN else one.mention.title
    return link(words, where) if where.startswith("/") else words


def _state(one: Reference) -> Html:
    word, tone = OUTCOMES[one.outcome]
    return badge(_(word), tone)


def to_look_at(references: Iterable[Reference]) -> list[Reference]:
    """What somebody should look at: findings, doubts, old numbers; laws the pack has not are left out."""
    return [
        one for one in references if one.outcome not in (Outcome.FOUND, Outcome.UNKNOWN) and not _is_unknown_plan(one)
    ]


def _is_unknown_plan(one: Reference) -> bool:
    """A plan the library does not have is said in the table, not as a warning."""
    return one.mention.kind is MentionKind.PLAN and one.outcome is Outcome.UNRESOLVED and not one.plan
