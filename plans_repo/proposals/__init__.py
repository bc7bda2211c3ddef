"""From the words of a plan to a procedure that can be rehearsed: template, levels, bindings, proposed targets.

Everything made here is a proposal: the tasks are the template's, each bound to the
clause that orders it; the limits found in the text become targets on the tasks whose
promise they word; the levels found carry the text's own conditions. The author
confirms or changes them; until then every study says *proposed*. A limit that cannot
be told for sure is left unbound: a wrong number that looks right is worse than none.
"""

from __future__ import annotations

from plans_repo.proposals.combination import combined
from plans_repo.proposals.promises import cases_of, unbound_limits
from plans_repo.proposals.proposal import Proposal, procedure_for, propose
from plans_repo.proposals.spreads import SPREADS, spreads_of

__all__ = ["SPREADS", "Proposal", "cases_of", "combined", "procedure_for", "propose", "spreads_of", "unbound_limits"]
