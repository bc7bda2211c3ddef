"""Comments a search found: on which words of which plan, what was said and answered, whether it is settled."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from plans_repo.organisations import Organisation
from plans_repo.search.comments import CommentAnswer, FoundComment
from ui.components.badges import badge
from ui.components.found_passages import marked_words, most_first
from ui.components.html import Html, link, tag
from ui.components.plan_names import kind_name, subject_label, told
from ui.components.version_history import person_name
from ui.wording import _, instant_text, n_


def comment_counts(answer: CommentAnswer) -> Html:
    """How many comments were found in how many plans, how many of them are open, and of which kinds and subjects."""
    words = n_("{plans} 件预案中找到批注 {count} 条", answer.comments, plans=answer.plans)
    kinds = [f"{kind_name(kind)} {count}" for kind, count in most_first(answer.kinds)]
    subjects = [f"{subject_label(subject)} {count}" for subject, count in most_first(answer.subjects)]
    parts = [n_("未办结 {count} 条", answer.open), *kinds, *subjects]
    return tag("div", tag("b", words), *(tag("span", word) for word in parts), cls="yy-facts")


def found_comments(answer: CommentAnswer, bodies: Mapping[str, Organisation]) -> Html:
    """The comments of a page of the answer."""
    return tag("div", *(_comment(found, bodies) for found in answer.found), cls="yy-found")


def _comment(found: FoundComment, bodies: Mapping[str, Organisation]) -> Html:
    state = badge(_("未办结"), "warn") if found.is_open else badge(_("已办结"), "good")
    body = bodies.get(found.organisation or "")
    name = person_name(found.author, {found.author: found.author_name})
    facts = [
        state,
        found.number,
        told(body.name, body.name_en) if body else "",
        name,
        instant_text(found.at),
        n_("答复 {count} 条", found.answers) if found.answers else "",
    ]
    parts = [
        tag("h4", link(found.title, f"/plan?{urlencode({'id': found.plan, 'clause': found.clause})}")),
        tag("div", *(tag("span", fact) for fact in facts if fact), cls="yy-facts"),
    ]
    if found.quotation:
        parts.append(tag("div", tag("q", marked_words(found.quotation)), cls="yy-quoted"))
    parts.append(tag("p", marked_words(found.words)))
    if found.answer:
        parts.append(tag("div", _("答复："), marked_words(found.answer), cls="yy-answer"))
    return tag("section", *parts)
