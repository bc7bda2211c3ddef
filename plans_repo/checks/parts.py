"""Short ways to say what a rule found, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from plans_repo.checks.dossier import Dossier, RelatedPlan
from plans_repo.checks.result import Outcome, Part, Where, WhereKind
from plans_repo.checks.rule import Rule
from plans_repo.course.stages import Move
from plans_repo.text.clause import squeezed

Judge = Callable[[Dossier, Rule], Iterator[Part]]
JUDGES: dict[str, Judge] = {}
"""The code of each rule by the id of the national rule."""


def judge(rule_id: str) -> Callable[[Judge], Judge]:
    """Register the code of a rule."""

    def registered(code: Judge) -> Judge:
        JUDGES[rule_id] = code
        return code

    return registered


def passed(reason: str = "ok", *where: Where, **fields: object) -> Part:
    """The rule is kept."""
    return Part(outcome=Outcome.PASS, reason=reason, fields=fields, where=where)


def failed(reason: str, *where: Where, **fields: object) -> Part:
    """The rule is broken."""
    return Part(outcome=Outcome.FAIL, reason=reason, fields=fields, where=where)


def soon(reason: str, *where: Where, **fields: object) -> Part:
    """The rule will be broken unless something is done by the day ``due``."""
    return Part(outcome=Outcome.DUE_SOON, reason=reason, fields=fields, where=where)


def unseen(reason: str, *where: Where, **fields: object) -> Part:
    """What the rule needs cannot be seen."""
    return Part(outcome=Outcome.CANNOT_TELL, reason=reason, fields=fields, where=where)


def unfit(reason: str, **fields: object) -> Part:
    """The rule has nothing to say here."""
    return Part(outcome=Outcome.NOT_APPLICABLE, reason=reason, fields=fields)


def at_clause(dossier: Dossier, clause: str) -> Where:
    """A clause of the text, cited as people do."""
    found = dossier.by_id.get(clause)
    words = squeezed(f"{found.title}{found.text[:40]}")[:16] if found else ""
    return Where(kind=WhereKind.CLAUSE, id=clause, label=dossier.cited.get(clause, "") or words)


def at_clauses(dossier: Dossier, clauses: Iterable[str]) -> tuple[Where, ...]:
    """Several clauses, each once."""
    return tuple(at_clause(dossier, clause) for clause in dict.fromkeys(filter(None, clauses)))


def on_day(day: date) -> Where:
    """A day."""
    return Where(kind=WhereKind.DATE, label=day.isoformat())


def in_plan(plan: RelatedPlan) -> Where:
    """Another plan."""
    return Where(kind=WhereKind.PLAN, id=plan.id, label=plan.title)


def paper(name: str) -> Where:
    """A paper of the course."""
    return Where(kind=WhereKind.PAPER, label=name)


def step(move: Move) -> Where:
    """A step of the life cycle, by its code; the roof has its name."""
    return Where(kind=WhereKind.STEP, label=move.value, id=move.value)
