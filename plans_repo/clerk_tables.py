"""The clerk's tables of a plan: what changed and why, what the units said and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from sqlmodel import select

from plans_repo import access, comments, force, versions
from plans_repo.comments import Comment, EntryKind
from plans_repo.course import opinion_register
from plans_repo.course.opinions import Opinion
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.importing import IMPORTED
from plans_repo.store.tables.clerk_notes import RevisionNoteRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import Trigger, VersionRow
from plans_repo.store.work import Work
from plans_repo.text.citation import citations
from plans_repo.text.clause import Clause
from plans_repo.text.difference import Change, ClauseChange, changes
from plans_repo.text.rendering import clause_text
from plans_repo.word.clerk_tables import OpinionLine, RevisionLine, opinion_table, revision_table
from plans_repo.word.wording import Wording

__all__ = ["OpinionLine", "RevisionLine", "edition_before", "note", "opinion_lines", "opinions_document",
           "revision_lines", "revision_reasons", "revisions_document"]  # fmt: skip

NOTE_CHARS = 2000
SAME_LINES = 3
"""So many lines in which both texts agree are printed; of more only the ends."""
ELLIPSIS = "……"
_WORDS = Wording("zh")


def revision_lines(work: Work, plan_id: str, before: str, after: str) -> tuple[RevisionLine, ...]:
    """A line for every clause that changed between two versions, in the order of the newer text.

    Reason and basis are what somebody wrote for the clause, or those of versions that changed nothing else: what is
    said of a version that changed many clauses need not hold of each. Otherwise, and of imported texts, the cell is
    left to be filled; ``revision_reasons`` has what was said of the versions.
    """
    plan = access.visible_plan(work, plan_id)
    old, new = _ends(work, plan, before, after)
    texts = [versions.clauses(work, row) for row in (old, new)]
    cited = citations(texts[0]) | citations(texts[1])
    told = _told(work, _path(work, plan, old, new))
    notes = _notes(work, old, new)
    found = (one for one in changes(*texts) if one.change is not Change.UNCHANGED)
    return tuple(_line(one, cited, told, notes.get(one.clause)) for one in found)


def revision_reasons(work: Work, plan_id: str, before: str, after: str) -> tuple[tuple[str, str, str], ...]:
    """What was said of the versions on the way that were not imported: label, reason, case of revision."""
    plan = access.visible_plan(work, plan_id)
    old, new = _ends(work, plan, before, after)
    return tuple(
        (versions.summary(work, row).label, row.reason, _WORDS.say(f"ground.{row.trigger.name}"))
        for row in _path(work, plan, old, new)[1:]
        if row.trigger is not Trigger.IMPORT and not row.reason.startswith(IMPORTED)
    )


def edition_before(work: Work, plan_id: str, version: str = "") -> str:
    """The edition that counted before the one a version belongs to: what 修订前 means.

    Refuses a first edition, which revises nothing; texts that never counted are compared only where they are named.
    """
    plan = access.visible_plan(work, plan_id)
    chosen = versions.version_row(work, plan_id, version)
    before = edition_compared(work, plan_id, version)
    if before is None:
        raise NotFound("edition-before-missing", thing=plan.title, field="against", value=chosen.ordinal)
    return before


def edition_compared(work: Work, plan_id: str, version: str = "") -> str | None:
    """The same edition, or nothing where the version belongs to the first one."""
    access.visible_plan(work, plan_id)
    chosen = versions.version_row(work, plan_id, version)
    before = [
        one.version.id
        for one in force.editions_of(work, plan_id)
        if one.version.ordinal < chosen.ordinal and one.term.course != chosen.course_id
    ]
    return before[-1] if before else None


def note(work: Work, plan_id: str, before: str, after: str, clause: str, *, reason: str, basis: str) -> None:
    """Write why a clause changed and on what ground; it stands in the table from now on."""
    plan = access.changeable_plan(work, plan_id)
    old, new = _ends(work, plan, before, after)
    if clause not in {line.clause for line in revision_lines(work, plan_id, old.id, new.id)}:
        raise NotFound("clause-unknown", thing=plan.title, field="clause", value=clause)
    for name, words in (("reason", reason), ("basis", basis)):
        if len(words) > NOTE_CHARS:
            raise PlansRepoError(
                "note-too-long", thing=plan.title, field=name, rule=f"at most {NOTE_CHARS}", value=len(words)
            )
    row = _notes(work, old, new).get(clause) or RevisionNoteRow(
        id=work.new_id(), after_id=new.id, before_id=old.id, clause_id=clause, reason="", basis="",
        written_at=work.now, written_by=work.actor.account,
    )  # fmt: skip
    row.reason, row.basis = reason.strip(), basis.strip()
    row.written_at, row.written_by = work.now, work.actor.account
    work.session.add(row)
    work.session.flush()


def revisions_document(work: Work, plan_id: str, before: str, after: str) -> bytes:
    """修订对照表 as a Word file."""
    plan = access.visible_plan(work, plan_id)
    old, new = _ends(work, plan, before, after)
    labels = (versions.summary(work, old).label, versions.summary(work, new).label)
    lines = revision_lines(work, plan_id, old.id, new.id)
    reasons = revision_reasons(work, plan_id, old.id, new.id)
    return revision_table(new.title, labels, lines, reasons, made_at=work.now)


def opinion_lines(work: Work, plan_id: str, version: str = "") -> tuple[OpinionLine, ...]:
    """What units, the public and experts said in writing, then the comments of other bodies.

    For who writes the plan.
    """
    row = versions.version_row(work, plan_id, version)
    clauses = versions.clauses(work, row)
    written = [_of_opinion(one) for one in opinion_register.opinions(work, row.id)]
    plan = access.visible_plan(work, plan_id)
    said = [
        one for one in comments.comments(work, plan_id, row.id) if one.organisation not in (None, plan.organisation_id)
    ]
    return (*written, *_of_comments(said, clauses))


def opinions_document(work: Work, plan_id: str, version: str = "") -> bytes:
    """征求意见汇总表 as a Word file."""
    row = versions.version_row(work, plan_id, version)
    label = versions.summary(work, row).label
    return opinion_table(row.title, label, opinion_lines(work, plan_id, row.id), made_at=work.now)


def _ends(work: Work, plan: PlanRow, before: str, after: str) -> tuple[VersionRow, VersionRow]:
    old, new = (versions.version_row(work, plan.id, key) for key in (before, after))
    return old, new


def _path(work: Work, plan: PlanRow, old: VersionRow, new: VersionRow) -> list[VersionRow]:
    low, high = sorted((old.ordinal, new.ordinal))
    return [row for row in versions.visible_versions(work, plan) if low <= row.ordinal <= high]


def _told(work: Work, path: Sequence[VersionRow]) -> dict[str, list[VersionRow]]:
    """For each clause the versions that changed it, where none of them changed anything else."""
    found: dict[str, list[VersionRow]] = {}
    texts = [{clause.id: clause for clause in versions.clauses(work, row)} for row in path]
    for at, row in enumerate(path[1:], start=1):
        for name in dict.fromkeys([*texts[at - 1], *texts[at]]):
            if texts[at - 1].get(name) != texts[at].get(name):
                found.setdefault(name, []).append(row)
    sizes = Counter(row.id for rows in found.values() for row in rows)
    return {name: rows for name, rows in found.items() if all(sizes[row.id] == 1 for row in rows)}


def _notes(work: Work, old: VersionRow, new: VersionRow) -> dict[str, RevisionNoteRow]:
    query = select(RevisionNoteRow).where(RevisionNoteRow.after_id == new.id, RevisionNoteRow.before_id == old.id)
    return {row.clause_id: row for row in work.session.exec(query)}


def _line(
    one: ClauseChange, cited: Mapping[str, str], told: Mapping[str, list[VersionRow]], own: RevisionNoteRow | None
) -> RevisionLine:
    rows = [row for name in {one.clause, one.old.id if one.old else one.clause} for row in told.get(name, [])]
    rows.sort(key=lambda row: row.ordinal)
    before, after = _folded(_said(one.old), _said(one.new))
    reasons = (row.reason for row in rows if not row.reason.startswith(IMPORTED))
    grounds = (_WORDS.say(f"ground.{row.trigger.name}") for row in rows if row.trigger is not Trigger.IMPORT)
    if one.change is Change.MOVED and before == after:
        after = _WORDS.say("clerk.moved")
    return RevisionLine(
        clause=one.clause,
        cited=cited.get(one.clause, "") or one.present.plain_title,
        before=before or _WORDS.say("clerk.added"),
        after=after or _WORDS.say("clerk.removed"),
        reason=own.reason if own else _joined(reasons),
        basis=own.basis if own else _joined(grounds),
    )


def _said(clause: Clause | None) -> str:
    return clause_text(clause, with_automatic_numbers=True).rstrip("\n") if clause else ""


def _folded(before: str, after: str) -> tuple[str, str]:
    """Both texts without long runs of lines in which they agree; the first line always stands."""
    if not (before and after) or before == after:
        return before, after
    old, new = before.split("\n"), after.split("\n")
    sides: tuple[list[str], list[str]] = ([], [])
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        shown = (old[a0:a1], new[b0:b1])
        if tag == "equal" and a1 - a0 > SAME_LINES:
            head, tail = int(a0 == 0), int(a1 < len(old))
            cut = [*old[a0 : a0 + head], ELLIPSIS, *old[a1 - tail : a1]]
            shown = (cut, cut)
        for side, lines in zip(sides, shown, strict=True):
            side.extend(lines)
    return "\n".join(sides[0]), "\n".join(sides[1])


def _joined(parts: Iterable[str]) -> str:
    return "；".join(dict.fromkeys(part.rstrip("。；") for part in parts if part))


def _of_opinion(one: Opinion) -> OpinionLine:
    wanted = f"\n{_WORDS.say('clerk.wanted', words=one.wanted)}" if one.wanted else ""
    treated = one.treated
    why = [treated.reason, treated.resolution] if treated else []
    return OpinionLine(
        unit=one.giver,
        clause=one.label or _WORDS.say("clerk.whole"),
        opinion=f"{one.text}{wanted}",
        adopted=_WORDS.say(f"clerk.treated_{treated.treatment.value}") if treated else _WORDS.say("clerk.open"),
        why="\n".join(part for part in why if part),
    )


def _of_comments(found: Iterable[Comment], clauses: Sequence[Clause]) -> Iterator[OpinionLine]:
    cited = citations(clauses)
    for one in found:
        answers = [entry for entry in one.entries if entry.text and entry.kind is not EntryKind.REOPEN]
        quoted = f"“{one.anchor.quotation}”：" if one.anchor.quotation else ""
        yield OpinionLine(
            unit=one.unit,
            clause=cited.get(one.place.clause, ""),
            opinion=f"{quoted}{one.text}",
            adopted=_WORDS.say("clerk.open" if one.is_open else "clerk.settled"),
            why="\n".join(entry.text for entry in answers),
        )
