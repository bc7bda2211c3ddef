"""The pages of the application and where they stand in the side bar.

Every page is registered for everybody, so that an address tells nobody whether it
exists; what a person has no use for is hidden, and each page guards itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from ui.wording import _, later

PAGES = Path(__file__).parent / "pages"
ICON = Path(__file__).parent / "static" / "favicon.png"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A page: its file, address, title and section; *action* is what a person must be able to do to see it listed."""

    file: str
    address: str
    title: str
    section: str
    action: Action | None = None
    listed: bool = True
    first: bool = False


WORK, PLANS, DRILLS, SYSTEM = later("工作"), later("预案与仿真"), later("演练"), later("系统")

ENTRIES = (
    Entry(file="desk_page.py", address="", title=later("工作台"), section=WORK, first=True),
    Entry(file="library_page.py", address="plans", title=later("预案库"), section=PLANS, action=Action.READ_PLAN),
    Entry(
        file="catalogue_page.py", address="catalogue", title=later("预案目录"), section=PLANS, action=Action.READ_PLAN
    ),
    Entry(file="search_page.py", address="search", title=later("全文检索"), section=PLANS, action=Action.READ_PLAN),
    Entry(file="linkage_page.py", address="linkage", title=later("衔接"), section=PLANS, action=Action.READ_PLAN),
    Entry(file="plan_page.py", address="plan", title=later("预案"), section=PLANS, listed=False),
    Entry(
        file="consultations_page.py",
        address="consultations",
        title=later("征求意见答复"),
        section=WORK,
        action=Action.ANSWER_CONSULTATION,
    ),
    Entry(
        file="work_plan_page.py",
        address="work-plan",
        title=later("年度编修计划"),
        section=PLANS,
        action=Action.READ_PLAN,
    ),
    Entry(
        file="experts_page.py",
        address="experts",
        title=later("专家库"),
        section=PLANS,
        action=Action.READ_PLAN,
    ),
    Entry(file="filing_page.py", address="filing", title=later("备案"), section=PLANS, action=Action.READ_PLAN),
    Entry(file="study_page.py", address="study", title=later("仿真研究"), section=PLANS, action=Action.READ_STUDY),
    Entry(file="scenarios_page.py", address="scenarios", title=later("情景"), section=PLANS, action=Action.READ_STUDY),
    Entry(
        file="calibration_page.py",
        address="calibration",
        title=later("用时校准"),
        section=PLANS,
        action=Action.READ_STUDY,
    ),
    Entry(
        file="validation_page.py",
        address="validation",
        title=later("验证与复盘"),
        section=PLANS,
        action=Action.READ_STUDY,
        listed=False,
    ),
    Entry(
        file="register_page.py",
        address="register",
        title=later("资源台账"),
        section=PLANS,
        action=Action.READ_RESOURCES,
    ),
    Entry(
        file="calendar_page.py",
        address="calendar",
        title=later("演练日历"),
        section=DRILLS,
        action=Action.READ_DRILL,
    ),
    Entry(
        file="drill_page.py",
        address="drill",
        title=later("演练设计"),
        section=DRILLS,
        action=Action.READ_DRILL,
        listed=False,
    ),
    Entry(
        file="play_page.py",
        address="play",
        title=later("演练实施"),
        section=DRILLS,
        action=Action.READ_DRILL,
        listed=False,
    ),
    Entry(
        file="programme_page.py",
        address="programme",
        title=later("年度演练计划"),
        section=DRILLS,
        action=Action.READ_DRILL,
    ),
    Entry(
        file="working_days_page.py",
        address="working-days",
        title=later("节假日与工作日"),
        section=SYSTEM,
        action=Action.MANAGE_CALENDAR,
    ),
    Entry(file="me_page.py", address="me", title=later("我的账户"), section=SYSTEM),
    Entry(
        file="accounts_page.py",
        address="accounts",
        title=later("用户与权限"),
        section=SYSTEM,
        action=Action.MANAGE_ACCOUNTS,
    ),
)


def navigation(actor: Actor) -> Any:
    """The page to run; the side bar lists what *actor* can use."""
    sections: dict[str, list[Any]] = {}
    for entry in ENTRIES:
        if (PAGES / entry.file).exists():
            sections.setdefault(_(entry.section), []).append(_page(entry, actor))
    return st.navigation(sections)


def _page(entry: Entry, actor: Actor) -> Any:
    visible = entry.listed and (entry.action is None or actor.may(entry.action))
    return st.Page(
        PAGES / entry.file,
        title=_(entry.title),
        url_path=entry.address,
        default=entry.first,
        visibility="visible" if visible else "hidden",
    )
