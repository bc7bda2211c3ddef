"""What a search found, plan by plan: where it stands and its words with the marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from plans_repo.course.terms import Validity
from plans_repo.organisations import Organisation
from plans_repo.search.finding import Answer, Found
from plans_repo.search.passages import Part, Passage
from ui.components.badges import badge
from ui.components.filing_names import VALIDITY
from ui.components.html import Html, join, link, tag
from ui.components.plan_names import kind_name, stage_badge, subject_label, subjects_told, told
from ui.components.version_history import SAID
from ui.wording import _, n_

COUNTING = frozenset({Validity.IN_FORCE, Validity.ON_TRIAL, Validity.TRIAL_OVER})
"""The text counts, whatever newer one there is."""


def found_plans(answer: Answer, bodies: Mapping[str, Organisation]) -> Html:
    """The plans of a page of the answer, each with its first passages."""
    return tag("div", *(_plan(found, bodies) for found in answer.found), cls="yy-found")


def found_counts(answer: Answer) -> Html:
    """How much was found in all, and in which kinds and for which subjects."""
    told_all = n_(
        "{count} 件预案中找到 {passages} 处",
        answer.plans,
        passages=answer.passages,
    )
    if answer.is_capped:
        told_all = _("至少 {plans} 件预案、{passages} 处，只统计到这里", plans=answer.plans, passages=answer.passages)
    kinds = [f"{kind_name(kind)} {count}" for kind, count in most_first(answer.kinds)]
    subjects = [f"{subject_label(subject)} {count}" for subject, count in most_first(answer.subjects)]
    parts = [tag("b", told_all), *(tag("span", word) for word in (*kinds, *subjects))]
    return tag("div", *parts, cls="yy-facts")


def marked_words(parts: Iterable[Part]) -> Html:
    """Words with what was found marked."""
    return join(tag("mark", part.text) if part.is_marked else part.text for part in parts)


def _plan(found: Found, bodies: Mapping[str, Organisation]) -> Html:
    body = bodies.get(found.organisation or "")
    facts = [
        _standing(found),
        kind_name(found.kind),
        subjects_told("".join(part.text for part in found.title)),
        told(body.name, body.name_en) if body else "",
        marked_words(found.document_number) if found.document_number else "",
        n_("{count} 处", found.count),
    ]
    head = [
        tag("h4", link(marked_words(found.title), f"/plan?{urlencode({'id': found.plan})}")),
        tag("div", *(tag("span", fact) for fact in facts if fact), cls="yy-facts"),
    ]
    rest = found.count - len(found.passages)
    more = [tag("div", n_("另有 {count} 处，请打开预案查看", rest), cls="yy-dim")] if rest > 0 else []
    return tag("section", *head, *(_passage(found.plan, passage) for passage in found.passages), *more)


def _passage(plan: str, passage: Passage) -> Html:
    address = f"/plan?{urlencode({'id': plan, 'v': passage.version, 'clause': passage.clause})}"
    older = "" if passage.is_current else _of_another_text(passage)
    words = [link(passage.number or _("正文"), address), " ", tag("b", marked_words(passage.heading)), " ", older]
    return tag("div", tag("div", *words), tag("p", marked_words(passage.words)), cls="yy-passage")


def _standing(found: Found) -> Html:
    """Where the edition of the newest passage stands; one still to come or on trial says so."""
    if found.validity is None or found.validity not in SAID:
        return stage_badge(found.state)
    word, tone = VALIDITY[found.validity]
    return badge(_(word), tone)


def _of_another_text(passage: Passage) -> Html:
    """Which text it is where it is not the newest that was found: the one that counts, or an older one."""
    if passage.validity in COUNTING:
        return badge(_("现行有效文本"), "good")
    return badge(_("旧版本"), "plain")


def most_first(counts: Mapping) -> list[tuple]:
    """What there is most of, before the rest."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
