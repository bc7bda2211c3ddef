"""The application's script: language, person, top line, navigation. Nothing else."""

from __future__ import annotations

import streamlit as st

from ui.components.frame import show_top_line
from ui.components.refusal import answered
from ui.identity import guard, organisation_name
from ui.installation import here, is_demo
from ui.navigation import ICON, navigation
from ui.wording import _

st.set_page_config(page_title=_("预演"), page_icon=str(ICON), layout="wide")
actor = guard()
page = navigation(actor)
show_top_line(actor, organisation_name(actor), is_demo=is_demo(here()))
with answered():
    page.run()
