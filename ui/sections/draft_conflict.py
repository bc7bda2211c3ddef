"""A text that waits beside the draft: base, the draft's and the waiting one, decided piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from plans_repo import drafts
from plans_repo.drafts import Origin, PendingConflict
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause
from plans_repo.text.merge import Conflict, ConflictKind
from ui.components.conflict_text import conflict_text, three_sides
from ui.components.html import show
from ui.components.refusal import answered
from ui.identity import guard, work
from ui.sections.draft_form import forget_seen
from ui.sections.opened import OpenedVersion
from ui.wording import _, instant_text, later, n_

FIELDS = {
    "title": later("标题"),
    "text": later("内容"),
    "number_raw": later("序号"),
    "semantic": later("内容类别"),
    "level": later("层级"),
    "media": later("图片"),
    "table": later("表格"),
}


def show_conflict(opened: OpenedVersion, waiting: PendingConflict, names: Mapping[str, str]) -> None:
    """Both texts, what they started from, and a choice for every piece they both changed."""
    who, at = names.get(waiting.account, _("他人")), instant_text(waiting.made_at)
    if waiting.origin is Origin.VERSION:
        st.error(_("初稿和 {who} 形成的新版本改了同一处。初稿未动，新版本的文本保留在下面，请逐处定夺。", who=who))
    elif waiting.origin is Origin.FILE:
        st.error(_("{who} 从 Word 带回的文件和初稿改了同一处。初稿未动，文件中的文本保留在下面，请逐处定夺。", who=who))
    else:
        st.error(
            _(
                "{who} 于 {at} 保存时，这一条已被他人改动，且两人改了同一处。两份文本都已保存，请逐处定夺。",
                who=who,
                at=at,
            )
        )
    show(three_sides(waiting, names))
    if waiting.present is None or waiting.other is None:
        _show_removal(opened, waiting)
    else:
        for conflict in waiting.conflicts:
            _show_field(opened, waiting, conflict)
        _show_outcome(opened, waiting, waiting.present, waiting.other)
    _show_whole(opened, waiting)


def _show_field(opened: OpenedVersion, waiting: PendingConflict, conflict: Conflict) -> None:
    label = _field_name(conflict.field)
    if conflict.kind is not ConflictKind.WORDS:
        options = {"ours": conflict.ours, "theirs": conflict.theirs, "base": conflict.base}
        _choose(opened, waiting, conflict.key(), label, options, {name: name for name in options})
        return
    st.markdown(_("**{field}**（红框处待定）", field=label))
    show(conflict_text(conflict.pieces))
    for number, place in enumerate(conflict.open_places, start=1):
        piece = conflict.pieces[place]
        words = {"ours": piece.ours, "theirs": piece.theirs, "base": piece.base}
        _choose(
            opened, waiting, conflict.key(place), _("{field}第 {number} 处", field=label, number=number), words, words
        )
        _own_words(opened, waiting, conflict.key(place))


def _choose(
    opened: OpenedVersion,
    waiting: PendingConflict,
    key: str,
    label: str,
    told: dict[str, str],
    values: dict[str, str],
) -> None:
    """One choice; it is stored when it is made."""
    words = {"ours": _("初稿现有"), "theirs": _("待并文本"), "base": _("改动前")}
    chosen = st.radio(
        label, list(told), index=None, horizontal=True, key=f"choice-{waiting.id}-{key}",
        format_func=lambda name: f"{words[name]}：{_shown(told[name])}",
    )  # fmt: skip
    if chosen:
        _decide(opened, waiting, key, values[chosen])


def _own_words(opened: OpenedVersion, waiting: PendingConflict, key: str) -> None:
    own = st.text_input(_("或另写"), key=f"own-{waiting.id}-{key}", placeholder=_("写好后按回车"))
    if own:
        _decide(opened, waiting, key, own)


def _decide(opened: OpenedVersion, waiting: PendingConflict, key: str, choice: str) -> None:
    with answered():
        guard(Action.EDIT_PLAN)
        with work() as asked:
            drafts.decide(asked, opened.plan.id, waiting.id, key, choice, revision=waiting.revision)
        st.rerun()


def _show_removal(opened: OpenedVersion, waiting: PendingConflict) -> None:
    """One side took the clause out, the other changed it."""
    st.markdown(_("一方删去了这一条，另一方改了它的文字。"))
    keeps = "ours" if waiting.present is not None else "theirs"
    left, right = st.columns(2)
    if left.button(_("保留这一条"), key="keep-clause", type="primary"):
        _finish(opened, waiting, lambda asked: _settle_removal(asked, opened, waiting, keeps))
    if right.button(_("删去这一条"), key="drop-clause"):
        gone = "theirs" if keeps == "ours" else "ours"
        _finish(opened, waiting, lambda asked: _settle_removal(asked, opened, waiting, gone))


def _settle_removal(asked: Work, opened: OpenedVersion, waiting: PendingConflict, choice: str) -> None:
    drafts.decide(asked, opened.plan.id, waiting.id, "", choice, revision=waiting.revision)
    drafts.settle(asked, opened.plan.id, waiting.id, revision=waiting.revision)


def _show_outcome(opened: OpenedVersion, waiting: PendingConflict, present: Clause, other: Clause) -> None:
    """What stands once every piece is decided, or a wording of one's own in its place."""
    found = waiting.merged
    left_over = sum(max(1, len(conflict.open_places)) for conflict in waiting.conflicts)
    if left_over:
        st.caption(n_("还有 {count} 处未定。也可以在下面直接写出定稿。", left_over))
    title = found.title
    stamp = f"{waiting.id}-{len(waiting.choices)}"
    hint = _("逐处选定后这里出现定稿，也可以在这里写出全文")
    if present.title != other.title:
        title = st.text_input(
            _("标题定稿"), value="" if left_over else found.title, placeholder=hint, key=f"merged-title-{stamp}"
        )
    text = st.text_area(
        _("定稿"), value="" if left_over else found.text, placeholder=hint, height=220, key=f"merged-{stamp}"
    )
    own = replace(found, title=title, text=text)
    is_unwritten = bool(left_over) and not (text.strip() and (title.strip() or present.title == other.title))
    if st.button(_("以定稿保存"), key="save-merged", type="primary", disabled=is_unwritten):
        if own == found and not waiting.conflicts:
            _finish(
                opened, waiting,
                lambda asked: drafts.settle(asked, opened.plan.id, waiting.id, revision=waiting.revision),
            )  # fmt: skip
        else:
            _finish(
                opened, waiting,
                lambda asked: drafts.settle_as(asked, opened.plan.id, waiting.id, own, revision=waiting.revision),
            )  # fmt: skip


def _show_whole(opened: OpenedVersion, waiting: PendingConflict) -> None:
    """Take one text as a whole."""
    left, right = st.columns(2)
    other = waiting.other
    if left.button(_("采用初稿现有文本"), key="take-theirs"):
        _finish(opened, waiting, lambda asked: drafts.withdraw(asked, opened.plan.id, waiting.id))
    if other is not None and right.button(_("采用待并文本"), key="take-mine"):
        _finish(
            opened, waiting,
            lambda asked: drafts.settle_as(asked, opened.plan.id, waiting.id, other, revision=waiting.revision),
        )  # fmt: skip


def _finish(opened: OpenedVersion, waiting: PendingConflict, call: Callable[[Work], object]) -> None:
    with answered():
        guard(Action.EDIT_PLAN)
        with work() as asked:
            call(asked)
        forget_seen(waiting.clause)
        st.toast(_("已保存。"))
        st.rerun()


def _field_name(field: str) -> str:
    """The name of a field; of a cell its row and column."""
    name, *place = field.split(".")
    if len(place) == 2:
        return _("表格第 {row} 行第 {column} 列", row=int(place[0]) + 1, column=int(place[1]) + 1)
    if len(place) == 1:
        return _("表格第 {row} 行", row=int(place[0]) + 1)
    return _(FIELDS.get(name, later("其他设定")))


def _shown(words: str) -> str:
    flat = words.replace("\n", " ")
    return (flat[:40] + "…" if len(flat) > 40 else flat) or _("（无）")
