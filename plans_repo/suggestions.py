"""Suggestions: tracked changes that came in with a file, each open until somebody accepts or declines it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from plans_repo import access, drafts, versions
from plans_repo.drafts import Draft
from plans_repo.errors import NotFound
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work
from plans_repo.text.blame import Step
from plans_repo.text.clause import Clause
from plans_repo.text.merge import continued, merged
from plans_repo.text.reading import Suggestion, Tracked, read_plan
from plans_repo.text.reading.reworked import apart
from plans_repo.text.suggested import is_plain, made_in
from plans_repo.text.weave import Hand
from plans_repo.word.numbers import SHOWN_IN
from plans_repo.word.wording import Wording
from sim.plain import unplain

DECIDED = "suggestion-decided"


class Decision(StrEnum):
    """What became of a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"  # its words are in the draft
    DECLINED = "declined"


@dataclass(frozen=True, kw_only=True)
class TakenSuggestion:
    """A suggestion, the version it came in with, and what became of it."""

    suggestion: Suggestion
    version: str
    decision: Decision = Decision.OPEN
    decided_by: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What a decision did: the suggestions decided, and those left open because the draft says something else there."""

    decided: tuple[str, ...]
    in_conflict: tuple[str, ...] = ()


def suggestions(work: Work, plan_id: str) -> tuple[TakenSuggestion, ...]:
    """The suggestions that came in with the last file that brought any, in the order of its text."""
    plan = access.changeable_plan(work, plan_id)
    row = _source(work, plan)
    return _taken(work, plan, row) if row else ()


def open_on(work: Work, plan_id: str, version: str) -> tuple[TakenSuggestion, ...]:
    """The open suggestions that came in with this version, for who writes the plan; for others none."""
    plan = access.visible_plan(work, plan_id)
    if not (work.actor.may(Action.EDIT_PLAN) and access.standpoint(work).changes(plan)):
        return ()
    row = _source(work, plan)
    if row is None or row.id != version:
        return ()
    return tuple(one for one in _taken(work, plan, row) if one.decision is Decision.OPEN)


def decide(work: Work, plan_id: str, ids: Collection[str], decision: Decision) -> Decided:
    """Accept or decline suggestions by their ids.

    Accepted words go into the draft, which is begun if there is none, merged with what was written
    there since. One whose place says something else by now stays open.
    """
    plan = access.changeable_plan(work, plan_id)
    row = _source(work, plan)
    taken = _taken(work, plan, row) if row else ()
    _check(plan, ids, taken)
    wanted = [one.suggestion for one in taken if one.suggestion.id in ids and one.decision is Decision.OPEN]
    if not wanted or row is None:
        return Decided(decided=())
    done: list[str] = [one.id for one in wanted]
    conflicts: list[str] = []
    if decision is Decision.ACCEPTED:
        accepted = [one.suggestion for one in taken if one.decision is Decision.ACCEPTED]
        done, conflicts = _Making(work, plan, row, accepted).make(wanted)
    if done:
        payload = {"version": row.id, "suggestions": sorted(done), "decision": decision}
        events.record(work, events.chain_of_plan(plan.id), DECIDED, payload)
    return Decided(decided=tuple(done), in_conflict=tuple(conflicts))


def made_one_by_one(work: Work, plan_id: str, version: str) -> tuple[Step, ...]:
    """The text of a version with every open suggestion made after the other, each under its author and time.

    One whose place says something else by now is left out; it waits for the author of the plan.
    """
    plan = access.changeable_plan(work, plan_id)
    row = _source(work, plan)
    if row is None:
        return ()
    taken = _taken(work, plan, row)
    wanted = [one.suggestion for one in taken if one.decision is Decision.OPEN]
    accepted = [one.suggestion for one in taken if one.decision is Decision.ACCEPTED]
    text = versions.clauses(work, versions.version_row(work, plan_id, version))
    return tuple(_Making(work, plan, row, accepted).steps(text, wanted))


def _source(work: Work, plan: PlanRow) -> VersionRow | None:
    """The newest version that came with suggestions."""
    rows = versions.visible_versions(work, plan)
    return next((row for row in reversed(rows) if row.reading and row.reading.get("suggestions")), None)


def _taken(work: Work, plan: PlanRow, row: VersionRow) -> tuple[TakenSuggestion, ...]:
    account: dict[str, Any] = row.reading or {}
    decisions = {
        each: event
        for event in events.history(work, events.chain_of_plan(plan.id))
        if event.kind == DECIDED and event.payload["version"] == row.id
        for each in event.payload["suggestions"]
    }
    found = []
    for suggestion in unplain(tuple[Suggestion, ...], account["suggestions"]):
        event = decisions.get(suggestion.id)
        found.append(
            TakenSuggestion(
                suggestion=suggestion,
                version=row.id,
                decision=Decision(event.payload["decision"]) if event else Decision.OPEN,
                decided_by=event.account if event else "",
                decided_at=event.at if event else None,
            )
        )
    return tuple(found)


def _check(plan: PlanRow, ids: Collection[str], taken: Sequence[TakenSuggestion]) -> None:
    unknown = sorted(set(ids) - {one.suggestion.id for one in taken})
    if unknown:
        raise NotFound("suggestion-unknown", thing=plan.title, field="suggestion", value=unknown[0])


class _Making:
    """Makes suggestions in the draft one after another."""

    def __init__(self, work: Work, plan: PlanRow, row: VersionRow, accepted: Sequence[Suggestion]) -> None:
        self._work = work
        self._plan = plan
        self._row = row
        self._stored = versions.clauses(work, row)
        self._accepted = list(accepted)

    def make(self, wanted: Sequence[Suggestion]) -> tuple[list[str], list[str]]:
        """The ids of those made, and of those that meet other words."""
        done: list[str] = []
        conflicts: list[str] = []
        for suggestion in wanted:
            draft = drafts.open_draft(self._work, self._plan.id)
            ours = tuple(entry.clause for entry in draft.clauses)
            base, theirs = self._sides(suggestion, ours)
            outcome = merged(base, ours, theirs)
            if not outcome.is_clean:
                conflicts.append(suggestion.id)
                continue
            write(self._work, self._plan.id, draft, outcome.clauses)
            self._accepted.append(suggestion)
            done.append(suggestion.id)
        return done, conflicts

    def steps(self, text: tuple[Clause, ...], wanted: Sequence[Suggestion]) -> Iterator[Step]:
        """The same on paper: the text after each that meets no other words, nothing stored."""
        for suggestion in wanted:
            base, theirs = self._sides(suggestion, text)
            outcome = merged(base, text, theirs)
            if outcome.is_clean and outcome.clauses != text:
                text = outcome.clauses
                self._accepted.append(suggestion)
                yield Step(clauses=text, hand=_hand(suggestion, self._row.created_at))

    def _sides(self, suggestion: Suggestion, ours: Sequence[Clause]) -> tuple[tuple[Clause, ...], tuple[Clause, ...]]:
        """The text before and after this suggestion, with those accepted before it made.

        A clause that an accepted one brought is known by the draft only.
        """
        if is_plain(suggestion):
            plain = [each for each in self._accepted if is_plain(each)]
            return made_in(self._stored, plain), made_in(self._stored, [*plain, suggestion])
        marks = [mark for each in self._accepted for mark in each.marks]
        stored = {clause.id for clause in self._stored}
        known = [*self._stored, *(clause for clause in ours if clause.id not in stored)]
        before = continued(known, self._read(marks))
        return before, continued(before, self._read([*marks, *suggestion.marks]))

    def _read(self, marks: Sequence[str]) -> tuple[Clause, ...]:
        """The original file, read anew with these marks accepted; of several plans in it, this one."""
        name, data = versions.media(self._work, self._row.original_hash or "")
        reading = read_plan(data, name, new_id=self._work.new_id, tracked=Tracked.SUGGEST, accepted=marks)
        part = (self._row.reading or {}).get("part")
        plans = apart(reading) if part is not None else (reading,)
        return plans[min(part or 0, len(plans) - 1)].clauses


def _hand(suggestion: Suggestion, otherwise: datetime) -> Hand:
    """Whose a suggestion is, and when by the writer's clock; the day it came in where the file does not say."""
    try:
        at = datetime.fromisoformat(suggestion.at).replace(tzinfo=SHOWN_IN)
    except ValueError:
        at = otherwise
    return Hand(author=suggestion.author or Wording("zh").say("paper.local_author"), at=at)


def write(work: Work, plan_id: str, draft: Draft, clauses: Sequence[Clause]) -> None:
    """Make the draft read as *clauses*: changed ones saved, new ones put in, others taken out."""
    present = {entry.clause.id: entry for entry in draft.clauses}
    wanted = {clause.id for clause in clauses}
    for entry in draft.clauses:
        if entry.clause.id not in wanted:
            drafts.remove_clause(work, plan_id, entry.clause.id, revision=entry.revision)
    after = ""
    for clause in clauses:
        if clause.id not in present:
            drafts.add_clause(work, plan_id, clause, after=after)
        elif present[clause.id].clause != clause:
            drafts.save_clause(work, plan_id, clause, revision=present[clause.id].revision)
        after = clause.id
