"""What the checks of a procedure found, in a table and for the graph."""

from __future__ import annotations

from collections.abc import Iterable

from plans_repo.procedures.checks import Fault, Weight
from sim.procedure import Procedure
from ui.components.badges import badge
from ui.components.html import Html, table
from ui.components.promises import pool_title, target_title, task_title
from ui.wording import _, later
from ui.wording.errors import worded

WEIGHTS = {
    Weight.FAULT: (later("不可行"), "bad"),
    Weight.DOUBT: (later("待核对"), "warn"),
    Weight.NOTE: (later("提示"), "plain"),
}


def fault_table(faults: Iterable[Fault], procedure: Procedure) -> Html:
    """One line each: how grave, and the sentence."""
    rows = [
        [badge(_(WEIGHTS[fault.weight][0]), WEIGHTS[fault.weight][1]), fault_words(fault, procedure)]
        for fault in faults
    ]
    return table([_("程度"), _("问题")], rows)


def fault_words(fault: Fault, procedure: Procedure) -> str:
    """The sentence of a finding, with the titles of what it names."""
    titles = {
        "task": lambda name: task_title(procedure, name),
        "pool": lambda name: pool_title(procedure, name),
        "target": lambda name: next(target_title(one) for one in procedure.targets if one.id == name),
    }
    told = {field: titles[field](value) if field in titles else value for field, value in fault.fields}
    return worded(fault.code, told)


def marks(faults: Iterable[Fault], procedure: Procedure) -> dict[str, str]:
    """What the graph shows in red: the sentence by task, for what cannot work."""
    return {fault.about: fault_words(fault, procedure) for fault in faults if fault.weight is Weight.FAULT}
