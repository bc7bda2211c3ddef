"""The form of one clause of a draft: it saves itself at every pause of writing, and merges with what others saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from plans_repo import drafts
from plans_repo.drafts import DraftClause, Outcome, SavedClause
from plans_repo.store.roles import Action
from plans_repo.text.clause import Clause, SemanticType, Table
from sim.errors import CodedError
from ui.components.html import show, tag
from ui.components.plan_names import SEMANTICS
from ui.components.plan_text import table_markup
from ui.components.table_grid import grid_of, is_writable, table_of
from ui.identity import guard, work
from ui.sections.draft_list import show_list, writes_as_list
from ui.sections.opened import OpenedVersion
from ui.wording import _, instant_text, sentence

SEEN = "yy_seen_revisions"
"""Key of session state: the revision at which this person last read each clause of a draft."""
TURN = "yy_field_turns"
"""Key of session state: how often a field was filled anew because somebody else's words came in."""
LISTED = "yy_listed_texts"
"""Key of session state: the text each grid of a list has come to."""
LIST = "list"
"""The grid of a clause that is a list: another way to write its text."""
FILLED = "yy_filled_revisions"
"""Key of session state: the revision at which the fields of each clause were first filled."""
SENT = "yy_sent_sums"
"""Key of session state: by clause and field the sum of the words this person sent last."""
COPIED = ("text", "title")
"""The fields that save themselves while one writes; the browser keeps a copy of them."""
SAID = "yy_saved_word"
"""Key of session state: what to say about the last save, and in which tone."""


def show_form(opened: OpenedVersion, entry: DraftClause, names: Mapping[str, str]) -> None:
    """Title, typed number, type, words and table of a clause; each is saved at a pause and when it is left."""
    clause = entry.clause
    _note_seen(entry)
    changed = _changer(opened, entry)
    left, middle, right = st.columns([1, 3, 2])
    left.text_input(
        _("序号"), value=clause.number_raw, key=_key("number_raw", clause), on_change=changed, args=("number_raw",),
        placeholder=clause.automatic_number or _("无"),
    )  # fmt: skip
    middle.text_input(_("标题"), value=clause.title, key=_key("title", clause), on_change=changed, args=("title",))
    right.selectbox(
        _("内容类别"), list(SemanticType), index=list(SemanticType).index(clause.semantic),
        format_func=lambda one: _(SEMANTICS[one]), key=_key("semantic", clause), on_change=changed, args=("semantic",),
        help=_("决定修订时须履行完整程序还是简化程序"),
    )  # fmt: skip
    if clause.text or not clause.table:
        if writes_as_list(clause):
            _show_list(opened, clause)
        else:
            st.text_area(
                _("内容"), value=clause.text, height=260, key=_key("text", clause), on_change=changed, args=("text",)
            )
    if clause.table:
        _show_table(opened, entry, clause.table)
    _save_what_came_along(opened, clause)
    left, right = st.columns([1, 4], vertical_alignment="center")
    if left.button(_("保存本条"), type="primary", key="save-clause"):
        st.toast(_("已保存。"))
    who = names.get(entry.saved_by, "")
    right.caption(
        _("停笔约 2 秒或离开输入框即自动保存。最近一次保存：{at} {who}",
          at=instant_text(entry.saved_at), who=who)
    )  # fmt: skip


def show_stored(clause: Clause | None, name: str) -> None:
    """Tell the browser which words of a clause have arrived, so that it lets go of its own copy of them.

    Those are what is stored now, and what this person sent last: that is merged into it or waits beside it.
    """
    sent: dict[str, str] = st.session_state.get(SENT, {}).get(name, {})
    for field in COPIED:
        sums = {*([kept_sum(getattr(clause, field))] if clause else []), *([sent[field]] if field in sent else [])}
        if sums:
            show(tag("span", cls="yy-stored", data_name=f"{field}-{name}", data_sums=" ".join(sorted(sums))))


def kept_sum(words: str) -> str:
    """A short sum of some words (FNV-1a over UTF-16), as `ui/static/drafts.js` counts it.

    >>> kept_sum("预案")
    'c75b0181'
    """
    found = 0x811C9DC5
    units = words.encode("utf-16-le")
    for at in range(0, len(units), 2):
        found = ((found ^ int.from_bytes(units[at : at + 2], "little")) * 0x01000193) & 0xFFFFFFFF
    return f"{found:x}"


def show_last_word() -> None:
    """What became of the last save, once."""
    tone, words = st.session_state.pop(SAID, ("", ""))
    if words:
        {"error": st.error, "success": st.success, "warning": st.warning}[tone](words)


def forget_seen(clause: str = "") -> None:
    """Read a clause (or all) anew: its fields are filled with what the draft has."""
    seen: dict[str, int] = st.session_state.setdefault(SEEN, {})
    turns: dict[str, int] = st.session_state.setdefault(TURN, {})
    for name in [clause] if clause else list(seen):
        seen.pop(name, None)
        for field in FIELDS:
            turns[f"{field}-{name}"] = turns.get(f"{field}-{name}", 0) + 1


TYPED = ("number_raw", "title", "semantic", "text")
"""The fields in which something is typed or chosen."""
FIELDS = (*TYPED, "table", LIST)


def _key(field: str, clause: Clause) -> str:
    """The name of a field: with the revision it was filled at, and how often it was filled anew since.

    A browser that comes back after the server was started anew brings along what was typed into a field of that name.
    It is one this person may go on with only if the clause is still the one it was filled with.
    """
    turns: dict[str, int] = st.session_state.setdefault(TURN, {})
    filled: dict[str, int] = st.session_state.setdefault(FILLED, {})
    return f"{field}-{clause.id}-{filled.get(clause.id, 0)}{turns.get(f'{field}-{clause.id}', 0):03}"


def _note_seen(entry: DraftClause) -> None:
    """Remember at which revision the fields were filled; they are filled when they are first shown."""
    seen: dict[str, int] = st.session_state.setdefault(SEEN, {})
    name = entry.clause.id
    st.session_state.setdefault(FILLED, {}).setdefault(name, entry.revision)
    if name not in seen or _key("title", entry.clause) not in st.session_state:
        if name in seen and seen[name] != entry.revision:
            forget_seen(name)
        seen[name] = entry.revision


def _changer(opened: OpenedVersion, entry: DraftClause) -> Callable[[str], None]:
    """What to do when a field was left: save the clause as the fields have it."""

    def changed(_field: str) -> None:
        _save(opened, _as_typed(entry.clause))

    return changed


def _as_typed(clause: Clause) -> Clause:
    """The clause as its fields stand."""
    typed = {field: st.session_state[_key(field, clause)] for field in TYPED if _key(field, clause) in st.session_state}
    number = typed.get("number_raw", clause.number_raw)
    shown = number.strip() if number != clause.number_raw else clause.number
    return replace(clause, **typed, number=shown or clause.automatic_number)


def _save(opened: OpenedVersion, clause: Clause) -> Outcome | None:
    """What became of the save, None where it was refused; what is to be said of it is said at the next run."""
    guard(Action.EDIT_PLAN)
    seen: dict[str, int] = st.session_state.setdefault(SEEN, {})
    try:
        with work() as asked:
            saved = drafts.save_clause(asked, opened.plan.id, clause, revision=seen.get(clause.id, 0))
    except CodedError as error:
        st.session_state[SAID] = ("error", sentence(error))
        return None
    seen[clause.id] = saved.revision
    st.session_state.setdefault(SENT, {})[clause.id] = {field: kept_sum(getattr(clause, field)) for field in COPIED}
    _say(saved, clause)
    return saved.outcome


def _save_what_came_along(opened: OpenedVersion, clause: Clause) -> None:
    """Save what stands in the fields and is not stored: the connection broke while it was on its way.

    Where somebody else has saved meanwhile it is merged; where nothing was typed here nothing happens.
    """
    keys = {field: _key(field, clause) for field in TYPED}
    typed = {field: st.session_state[key] for field, key in keys.items() if key in st.session_state}
    if SAID in st.session_state or all(getattr(clause, field) == words for field, words in typed.items()):
        return
    if _save(opened, _as_typed(clause)) in (Outcome.SAVED, Outcome.MERGED, Outcome.WAITING):
        st.rerun()


def _say(saved: SavedClause, typed: Clause) -> None:
    if saved.outcome is Outcome.MERGED:
        _take_in(saved.entry.clause, typed)
        st.session_state[SAID] = ("success", _("他人在此期间也改了这一条，两处改动互不冲突，已合并保存，请核对全文。"))
    elif saved.outcome is Outcome.WAITING:
        forget_seen(typed.id)
        st.session_state.pop(SAID, None)


def _take_in(stored: Clause, typed: Clause) -> None:
    """Fill those fields anew in which somebody else's words came in; the others keep what is being typed there."""
    turns: dict[str, int] = st.session_state.setdefault(TURN, {})
    for field in FIELDS:
        column = "text" if field == LIST else field
        if getattr(stored, column) != getattr(typed, column):
            turns[f"{field}-{stored.id}"] = turns.get(f"{field}-{stored.id}", 0) + 1


def _show_list(opened: OpenedVersion, clause: Clause) -> None:
    """The clause as a grid; filled anew where its words were changed otherwise since."""
    kept: dict[str, str] = st.session_state.setdefault(LISTED, {})
    if kept.setdefault(clause.id, clause.text) != clause.text:
        turns: dict[str, int] = st.session_state.setdefault(TURN, {})
        turns[f"{LIST}-{clause.id}"] = turns.get(f"{LIST}-{clause.id}", 0) + 1
        kept[clause.id] = clause.text

    def save(text: str) -> None:
        kept[clause.id] = text
        _save(opened, replace(_as_typed(clause), text=text))
        st.rerun()

    show_list(clause, _key(LIST, clause), save)


def _show_table(opened: OpenedVersion, entry: DraftClause, table: Table) -> None:
    """The cells as a grid to write in; rows can be added where no cell reaches over others."""
    if not is_writable(table):
        show(table_markup(table))
        st.caption(_("表中有嵌套表格，不能在此修改，请在 Word 中改好后作为新版本导入。"))
        return
    key = _key("table", entry.clause)
    start = st.session_state.setdefault(f"{key}-start", table)
    has_spans = any(cell.rows > 1 or cell.columns > 1 for row in start.rows for cell in row)
    if has_spans:
        show(table_markup(table))
        st.caption(_("表中有合并单元格：合并的内容写在左上角一格，其余格留空；行数不变。"))
    written = st.data_editor(
        grid_of(start), key=key, hide_index=True, num_rows="fixed" if has_spans else "dynamic", width="stretch"
    )
    found = table_of(start, written)
    if found != table:
        _save(opened, replace(_as_typed(entry.clause), table=found))
        st.rerun()
