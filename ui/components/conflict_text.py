"""Texts in conflict as one reads them: the pieces nobody disputes as running text, those in conflict framed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plans_repo.drafts import PendingConflict
from plans_repo.text.clause import Clause
from plans_repo.text.merge import Fate, Piece
from plans_repo.text.rendering import clause_text
from plans_repo.text.tokens import Op, token_difference
from ui.components.html import Html, join, tag, text
from ui.wording import _


def conflict_text(pieces: Iterable[Piece]) -> Html:
    """The merged text; where both changed the same words, the draft's and the waiting ones side by side in a frame."""
    return tag("div", join(map(_piece, pieces)), cls="yy-diff")


def three_sides(waiting: PendingConflict, names: Mapping[str, str]) -> Html:
    """The text before, the draft's and the waiting one, each with what it changed marked."""
    before = _words(waiting.base)
    return tag(
        "div",
        _side(_("改动前"), text(before)),
        _side(_by(_("初稿现有"), names.get(waiting.present_by, "")), _marked(before, waiting.present)),
        _side(_by(_("待并文本"), names.get(waiting.account, "")), _marked(before, waiting.other)),
        cls="yy-three",
    )


def _piece(piece: Piece) -> Html:
    if piece.fate is Fate.STABLE:
        return text(piece.text)
    if piece.fate is not Fate.CONFLICT:
        return tag("ins", piece.text)
    ours, theirs = piece.ours or _("（无）"), piece.theirs or _("（无）")
    return tag("span", tag("del", piece.base), tag("b", ours), " ⁄ ", tag("b", theirs), cls="yy-clash")


def _by(label: str, who: str) -> str:
    return _("{label}（{who}）", label=label, who=who) if who else label


def _side(label: str, words: Html) -> Html:
    return tag("div", tag("small", label), tag("div", words, cls="yy-diff"))


def _marked(before: str, clause: Clause | None) -> Html:
    if clause is None:
        return text(_("（已删去）"))
    marks = {Op.INSERT: "ins", Op.DELETE: "del"}
    found = token_difference(before, _words(clause))
    return join(tag(marks[token.op], token.text) if token.op in marks else text(token.text) for token in found)


def _words(clause: Clause | None) -> str:
    return clause_text(clause).rstrip("\n") if clause else ""
