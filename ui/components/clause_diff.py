"""What became of the words of a clause: deletions struck through, insertions underlined."""

from __future__ import annotations

from collections.abc import Iterable

from ui.components.html import Html, join, show, tag, text

Token = tuple[str, str]  # (keep | insert | delete, text)
KEEP, INSERT, DELETE = "keep", "insert", "delete"


def show_clause_diff(tokens: Iterable[Token]) -> None:
    """Put the marked text on the page."""
    show(clause_diff(tokens))


def clause_diff(tokens: Iterable[Token]) -> Html:
    """The running text with its changes marked.

    >>> clause_diff([("keep", "在"), ("delete", "30分钟"), ("insert", "20分钟"), ("keep", "内")])
    '<div class="yy-diff">在<del>30分钟</del><ins>20分钟</ins>内</div>'
    """
    return tag("div", join(_marked(*token) for token in tokens), cls="yy-diff")


def side_by_side(tokens: Iterable[Token]) -> Html:
    """The old text on the left, the new one on the right, changes marked on each side."""
    kept = list(tokens)
    old = join(_marked(change, words) for change, words in kept if change != INSERT)
    new = join(_marked(change, words) for change, words in kept if change != DELETE)
    return tag("div", tag("div", old, cls="yy-diff"), tag("div", new, cls="yy-diff"), cls="yy-sides")


def _marked(change: str, words: str) -> Html:
    if change == KEEP:
        return text(words)
    return tag({INSERT: "ins", DELETE: "del"}[change], words)
