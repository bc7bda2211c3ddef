"""How the parts of a script are called where people write about them."""

from __future__ import annotations

from drills.scripts.condition_text import Names, names_in
from drills.scripts.script import Script


def names_of(script: Script) -> Names:
    """The numbers of injects and actions and the titles of states, for reading and writing conditions."""
    return Names(
        actions={action.number: action.id for action in script.actions},
        injects={inject.number: inject.id for inject in script.injects},
        states=dict(names_in({state.name: state.title for state in script.states})),
    )
