"""Time limits of a plan's response that no target carries: a simulation does not judge them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plans_repo.proposals import unbound_limits
from plans_repo.text.clause import Clause
from sim.procedure import Procedure
from ui.components.cells import unbroken
from ui.components.html import Html, table
from ui.wording import _, limit_text


def unbound_table(procedure: Procedure, clauses: Sequence[Clause], cited: Mapping[str, str]) -> Html:
    """The table of them, nothing where every response limit has its target."""
    found = unbound_limits(procedure, clauses)
    rows = [
        [cited.get(limit.clause, "—"), unbroken(limit_text(limit.minutes)), limit.who or "—", limit.text]
        for limit in found
    ]
    return table([_("条款"), _("时限"), _("责任单位"), _("原文")], rows) if rows else Html("")
