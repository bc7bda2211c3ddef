"""Who is looking at the page, and whether they may.

The doorway puts the session's ticket into a header of its own; Streamlit hands it
over as `st.user`. Nothing else is believed, and the session is asked for anew on
every run, so that signing out and losing a role take effect at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

from plans_repo import organisations
from plans_repo.store import accounts
from plans_repo.store.accounts import Standing
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from ui.components.refusal import stop_with
from ui.installation import here
from ui.wording import choose_language, language
from ui.wording.catalogue import LANGUAGES
from ui.wording.errors import hidden

TICKET, SESSION = "ticket", "session"  # the keys of st.user
WATCHING = "yy_standing"  # key of session state: who was here at the last run a person caused
OWNER = "yy_owner"  # key of session state: the account this browser session belongs to

_active: ContextVar[bool] = ContextVar("yuyan_active", default=True)


def current_actor(*, active: bool = True) -> Actor | None:
    """The person signed in, or nobody. With *active* false (a screen that refreshes itself) the session ages on."""
    if not active:
        return _watching()
    ticket = st.user.get(TICKET)
    found = accounts.standing(here().store, str(ticket)) if ticket else None
    if found is None or found.must_change or not _is_owner(found.actor):
        return None
    st.session_state[WATCHING] = found
    return found.actor


def guard(action: Action | None = None, *, active: bool = True) -> Actor:
    """Let the person through who may do *action*; everybody else reads one sentence and the run ends.

    The first line of every page and of every fragment: a fragment's run skips the page above it.
    A fragment that refreshes itself passes ``active=False``.
    """
    choose_language(preferred_language())
    _active.set(active)
    actor = current_actor(active=active)
    if actor is None or (action is not None and not actor.may(action)):
        stop_with(hidden())
    return actor


def current_session() -> str:
    """The id of the session of this browser."""
    return str(st.user.get(SESSION, ""))


@contextmanager
def work() -> Iterator[Work]:
    """One writing transaction in the name of the person signed in."""
    with here().store.work(_somebody()) as opened:
        yield opened


@contextmanager
def reading() -> Iterator[Work]:
    """One reading transaction in the name of the person signed in."""
    with here().store.reading(_somebody()) as opened:
        yield opened


def preferred_language() -> str:
    """The language chosen on this browser, else asked for in the address, else the browser's, else Chinese."""
    chosen = st.context.cookies.get("yy-lang")
    browser = "en" if (st.context.locale or "zh").lower().startswith("en") else "zh"
    return chosen if chosen in LANGUAGES else _asked_for() or browser


def _asked_for() -> str:
    """`?lang=` of the first page opened holds for the whole browser session."""
    asked = st.query_params.get("lang", "")
    if asked in LANGUAGES:
        st.session_state["yy_language"] = asked
    return str(st.session_state.get("yy_language", ""))


def _watching() -> Actor | None:
    """Who was here at the last run a person caused, if that session still holds; looking does not prolong it."""
    last: Standing | None = st.session_state.get(WATCHING)
    return last.actor if last and accounts.is_live(here().store, last.session) else None


def _somebody() -> Actor:
    actor = current_actor(active=_active.get())
    if actor is None:
        stop_with(hidden())
    return actor


def _is_owner(actor: Actor) -> bool:
    """A browser session keeps what was typed, so it never passes from one person to another."""
    return bool(st.session_state.setdefault(OWNER, actor.account) == actor.account)


def organisation_name(actor: Actor) -> str:
    """The name of the person's organisation; empty for somebody who belongs to the whole installation."""
    if actor.organisation is None:
        return ""
    with reading() as opened:
        found = organisations.organisation(opened, actor.organisation)
    return found.name if language() == "zh" else found.name_en or found.name
