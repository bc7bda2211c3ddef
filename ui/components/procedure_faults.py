"""What the checks of a procedure found, in a table and for the graph."""

from __future__ import annotations

from collections.abc import Iterable

from plans_repo.procedures.checks import Fault, Weight
from ui.components.badges import badge
from ui.components.html import Html, table
from ui.wording import _, later
from ui.wording.errors import worded

WEIGHTS = {
    Weight.FAULT: (later("不可行"), "bad"),
    Weight.DOUBT: (later("待核对"), "warn"),
    Weight.NOTE: (later("提示"), "plain"),
}


def fault_table(faults: Iterable[Fault]) -> Html:
    """One line each: how grave, and the sentence."""
    rows = [[badge(_(WEIGHTS[fault.weight][0]), WEIGHTS[fault.weight][1]), fault_words(fault)] for fault in faults]
    return table([_("程度"), _("问题")], rows)


def fault_words(fault: Fault) -> str:
    """The sentence of a finding."""
    return worded(fault.code, dict(fault.fields))


def marks(faults: Iterable[Fault]) -> dict[str, str]:
    """What the graph shows in red: the sentence by task, for what cannot work."""
    return {fault.about: fault_words(fault) for fault in faults if fault.weight is Weight.FAULT}
