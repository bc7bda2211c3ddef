"""预案库: every plan this person may see, as a tree and as a table; filters in the address; a new one from a file."""

import streamlit as st

from plans_repo import access, editions, library, library_tree, organisations
from plans_repo.checks import runs
from plans_repo.store.roles import Action
from plans_repo.writing import catalogue
from ui.components.counters import show_empty
from ui.components.html import show
from ui.components.library_tree import Tree
from ui.components.plan_table import plan_table
from ui.identity import guard, reading
from ui.installation import here
from ui.sections.library import PAGE_SIZE, asked_page, kept_filters, page_links
from ui.sections.library_filters import choose_wanted, places_of, show_counts, show_group
from ui.sections.plan_import import has_import, show_import, show_import_form
from ui.wording import _
from ui.wording.formats import HERE

actor = guard(Action.READ_PLAN)
if actor.may(Action.EDIT_PLAN) and has_import():
    show_import()
    st.stop()
st.header(_("预案库"))
today = here().store.clock().astimezone(HERE).date()
with reading() as work:
    bodies = {body.id: body for body in organisations.organisations(work)}
    makers = library.makers(work)
    own_area = access.standpoint(work).area
places = places_of(bodies.values())
named = sorted((body for body in bodies.values() if body.id in makers), key=lambda body: (body.area, body.name))
counted, importing = st.container(), st.container()
beside, listed = st.columns([1, 4], gap="medium")
with listed:
    wanted = choose_wanted(bodies, places, named)
with reading() as work:
    seen = library.overview(work, wanted, asked_page(), size=PAGE_SIZE)
    overdue = editions.overdue(work)
    shown = editions.editions(work, seen.page.items)
    listed_plans = {entry.plan.id for entry in shown}
    checked, codes = runs.runs(work, listed_plans), catalogue.codes(work, listed_plans)
    branches = library_tree.tree(library_tree.shelves(work, wanted), places)
with counted:
    show_counts(seen, overdue)
if actor.may(Action.EDIT_PLAN):
    with importing, st.expander(_("导入预案"), key="import-open", expanded=not seen.plans):
        show_import_form()
with beside:
    kept = kept_filters("area", "maker", "kind")
    show(Tree(bodies=bodies, places=places, wanted=wanted, own_area=own_area, kept=kept).markup(branches))
with listed:
    show_group(wanted.group)
    if shown:
        show(plan_table(shown, bodies, today, checked, codes))
        show(page_links(seen.page, "/plans"))
    elif seen.plans:
        show_empty(_("没有符合条件的预案"), _("放宽或清除上面的条件。"))
    else:
        show_empty(_("预案库还是空的"), _("编制人在上面选择 Word、文本或 Markdown 文件，即可导入第一件预案。"))
