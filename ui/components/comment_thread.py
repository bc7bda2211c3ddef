"""A comment as one reads it beside its clause: the words it quotes, who said what, whether it is settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plans_repo.comments import Comment, Entry, EntryKind, Hold
from ui.components.badges import badge
from ui.components.html import Html, join, tag
from ui.components.plan_names import version_name
from ui.components.version_history import person_name
from ui.wording import _, instant_text, later

SAID = {EntryKind.REPLY: "", EntryKind.RESOLVE: later("办结"), EntryKind.REOPEN: later("重新打开")}
GONE = {Hold.ALTERED: later("原文已改"), Hold.REMOVED: later("原文已改，条款已删")}


def comment_thread(comment: Comment, cited: str = "") -> Html:
    """The quotation, the comment, and everything said under it; away from its clause with the *cited* number."""
    parts = [_head(comment, cited), tag("p", comment.text), *map(_entry, comment.entries)]
    return tag("aside", *parts, cls=f"yy-comment{'' if comment.is_open else ' yy-settled'}", id=f"comment-{comment.id}")


def threads_by_clause(found: Iterable[Comment]) -> Mapping[str, list[Html]]:
    """The comments of a text by the clause each stands beside."""
    beside: dict[str, list[Html]] = {}
    for comment in found:
        beside.setdefault(comment.place.clause, []).append(comment_thread(comment))
    return beside


def _head(comment: Comment, cited: str) -> Html:
    state = badge(_("未办结"), "warn") if comment.is_open else badge(_("已办结"), "good")
    said = [state, tag("b", _author(comment)), instant_text(comment.at)]
    if cited:
        said.insert(1, tag("a", cited, href=f"#c-{comment.place.clause}", cls="yy-link"))
    if comment.is_carried:
        said.append(_("提于 {version}", version=version_name(comment.made_on)))
    return join([tag("div", join(said, " "), cls="yy-comment-head"), _quotation(comment)])


def _author(comment: Comment) -> str:
    name = person_name(comment.author, {comment.author: comment.author_name})
    return f"{comment.unit} {name}" if comment.unit else name


def _quotation(comment: Comment) -> Html:
    if not comment.anchor.quotation and comment.place.hold is not Hold.REMOVED:
        return Html("")
    gone = GONE.get(comment.place.hold)
    label = badge(_(gone), "bad") if gone else Html("")
    words = tag("q", comment.place.words or comment.anchor.quotation) if comment.anchor.quotation else Html("")
    return tag("div", join([label, words], " "), cls="yy-quoted")


def _entry(entry: Entry) -> Html:
    name = person_name(entry.author, {entry.author: entry.author_name})
    done = _(SAID[entry.kind]) if SAID[entry.kind] else ""
    head = tag("small", " ".join(part for part in (name, instant_text(entry.at), done) if part))
    return tag("div", head, tag("p", entry.text) if entry.text else "", cls="yy-answer")
