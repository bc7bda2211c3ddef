"""The top line every page carries: whose installation, drill or real, who, language, the way out."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import streamlit as st

from plans_repo.store.actor import Actor
from ui.components.html import Html, link, show, tag
from ui.wording import _, language


def show_top_line(actor: Actor, organisation: str, *, playing: str = "", is_demo: bool = False) -> None:
    """Put the top line on the page; *playing* names the drill being played, empty in ordinary work.

    Where the data are invented (*is_demo*) it says so instead of speaking of real work.
    """
    show(top_line(actor, organisation, playing=playing, is_demo=is_demo, address=own_address()))


def top_line(actor: Actor, organisation: str, *, playing: str = "", is_demo: bool = False, address: str = "/") -> Html:
    """The top line as markup."""
    other, label = ("en", "English") if language() == "zh" else ("zh", "中文")
    mode, tone = _mode(playing, is_demo)
    return tag(
        "div",
        tag("strong", organisation or _("应急预案与演练管理系统")),
        tag("span", mode, cls=f"yy-mode yy-{tone}"),
        tag("span", actor.name),
        link(label, f"/account/language?to={other}&next={quote(address, safe='')}"),
        link(_("退出"), "/account/logout"),
        cls="yy-top",
        role="banner",
    )


def _mode(playing: str, is_demo: bool) -> tuple[str, str]:
    """What the person is in: a drill, invented data, or real work; with its tone."""
    if playing:
        return _("演练：{drill}", drill=playing), "play"
    return (_("演示数据"), "demo") if is_demo else (_("实战"), "real")


def own_address() -> str:
    """The path and query of the page being shown."""
    parts = urlsplit(st.context.url or "/")
    query = "&".join(f"{quote(key)}={quote(value)}" for key, value in st.query_params.items() if key != "lang")
    return (parts.path or "/") + (f"?{query}" if query else "")
