"""Corrections of what was read from a file, before it is kept: levels, headings, titles, front matter.

None of them adds, drops or reorders a character; ``corrected`` checks it on the whole text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from plans_repo.errors import PlansRepoError
from plans_repo.text.clause import Clause, ClauseKind, SemanticType, is_visible, outline
from plans_repo.text.reading.numbers import number_of

LAST_LEVEL = 9
WORDED = (ClauseKind.HEADING, ClauseKind.ARTICLE, ClauseKind.BODY, ClauseKind.FRONT)
OUTLINE = (ClauseKind.HEADING, ClauseKind.ARTICLE)


class CorrectionKind(StrEnum):
    """What a person may set right."""

    LEVEL = "level"  # to the level *value*, with what hangs on the heading
    HEADING = "heading"  # line *value* (from 0) of the text is a heading
    BODY = "body"  # the heading is text
    TITLE = "title"  # the title ends with the words *value*; what follows is text
    MERGE = "merge"  # into the clause before
    FRONT = "front"  # front matter
    SEMANTIC = "semantic"  # what the clause is about


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One thing set right in one clause."""

    clause: str
    kind: CorrectionKind
    value: str = ""


def corrected(
    clauses: Sequence[Clause], corrections: Sequence[Correction], new_id: Callable[[], str]
) -> tuple[Clause, ...]:
    """The clauses with the corrections made one after another; every visible character stays, in its order.

    >>> body = Clause(id="a", kind=ClauseKind.BODY, text="为了防汛。\\n1.2 适用范围\\n本县。")
    >>> heading = Correction(clause="a", kind=CorrectionKind.HEADING, value="1")
    >>> [(one.heading, one.text) for one in corrected([body], [heading], lambda: "b")]
    [('', '为了防汛。'), ('1.2 适用范围', '本县。')]
    """
    made = list(clauses)
    for correction in corrections:
        at = next((at for at, clause in enumerate(made) if clause.id == correction.clause), None)
        if at is None:
            raise _refused("correction-clause-unknown", correction)
        made = _MADE[correction.kind](made, at, correction, new_id)
    if visible_words(made) != visible_words(clauses):
        raise PlansRepoError("correction-loses-characters", thing="corrections", rule="must keep every character")
    return tuple(made)


def visible_words(clauses: Sequence[Clause]) -> str:
    """All visible characters of a text, in order."""
    return "".join(sign for clause in clauses for piece in clause.pieces() for sign in piece if is_visible(sign))


def _refused(code: str, correction: Correction, **fields: object) -> PlansRepoError:
    return PlansRepoError(
        code, thing=f"clause {correction.clause}", field=correction.kind, value=correction.value, **fields
    )


Made = list[Clause]
NewId = Callable[[], str]


def _level(made: Made, at: int, correction: Correction, _: NewId) -> Made:
    """Another level; tables, pictures and notes of the clause go with it."""
    if not correction.value.isdigit() or not 1 <= int(correction.value) <= LAST_LEVEL:
        raise _refused("correction-level", correction, rule=f"must be 1 to {LAST_LEVEL}")
    step = int(correction.value) - made[at].level
    end = at + 1
    while end < len(made) and made[end].kind not in OUTLINE and made[end].level > made[at].level:
        end += 1
    return [
        replace(clause, level=max(1, clause.level + step)) if at <= place < end else clause
        for place, clause in enumerate(made)
    ]


def _heading(made: Made, at: int, correction: Correction, new_id: NewId) -> Made:
    """A line of the text becomes a heading, with the lines under it as its text."""
    clause = made[at]
    lines = clause.text.split("\n") if clause.text else []
    place = int(correction.value) if correction.value.isdigit() else -1
    if clause.kind not in WORDED or not 0 <= place < len(lines):
        raise _refused("correction-no-such-line", correction, rule=f"must be 0 to {len(lines) - 1}")
    if clause.run_in and place == 0:
        raise _refused("correction-line-is-heading", correction)
    before, label = lines[:place], dict(clause.line_numbers).get(place, "")
    above = _level_above(made, at)
    heading = _as_heading(
        clause, new_id() if before or clause.title or clause.number_raw else clause.id, lines[place], label, above
    )
    heading = replace(
        heading, text="\n".join(lines[place + 1 :]), line_numbers=_shifted(clause.line_numbers, place + 1)
    )
    kept = replace(
        clause, text="\n".join(before), line_numbers=tuple(each for each in clause.line_numbers if each[0] < place)
    )
    if heading.id == clause.id:
        return [*made[:at], heading, *made[at + 1 :]]
    return [*made[:at], replace(kept, media=()), replace(heading, media=clause.media), *made[at + 1 :]]


def _level_above(made: Made, at: int) -> int:
    """The level a new heading gets: below the clause it was text of, beside the heading before it else."""
    clause = made[at]
    if clause.kind in OUTLINE:
        return clause.level + 1
    before = outline(made[:at])
    return before[-1].level if before else 1


def _as_heading(clause: Clause, clause_id: str, line: str, label: str, level: int) -> Clause:
    number = number_of(line)
    return Clause(
        id=clause_id,
        kind=ClauseKind.HEADING,
        level=level,
        number=number.label if number else label,
        number_raw=number.raw if number else "",
        automatic_number="" if number else label,
        title=number.rest if number else line.strip(),
        semantic=clause.semantic,
    )


def _shifted(line_numbers: Sequence[tuple[int, str]], start: int, by: int = 0) -> tuple[tuple[int, str], ...]:
    return tuple((place - start + by, label) for place, label in line_numbers if place >= start)


def _body(made: Made, at: int, correction: Correction, _: NewId) -> Made:
    """A heading becomes text: of the clause before where that is text, else a clause of its own."""
    if made[at].kind not in OUTLINE:
        raise _refused("correction-not-a-heading", correction)
    if at and made[at - 1].kind in WORDED and made[at - 1].kind is not ClauseKind.FRONT:
        return _merge(made, at, correction, _)
    clause = made[at]
    body = replace(
        clause,
        kind=ClauseKind.BODY,
        title="",
        title_end="",
        run_in=False,
        text=_first_line(clause, with_number=False) + _rest_lines(clause),
        line_numbers=_moved_numbers(clause),
    )
    return [*made[:at], body, *made[at + 1 :]]


def _first_line(clause: Clause, *, with_number: bool) -> str:
    """Number, title and run-in text as one line."""
    number = clause.number_raw if with_number else ""
    gap = " " if number and clause.title and number[-1] not in "、）)．.：:" else ""
    first = clause.text.split("\n")[0] if clause.run_in else ""
    return f"{number}{gap}{clause.title}{clause.title_end}{first}"


def _rest_lines(clause: Clause) -> str:
    lines = clause.text.split("\n")[1:] if clause.run_in else clause.text.split("\n") if clause.text else []
    has_first = bool(_first_line(clause, with_number=True))
    return ("\n" if has_first and lines else "") + "\n".join(lines)


def _moved_numbers(clause: Clause) -> tuple[tuple[int, str], ...]:
    """The automatic numbers of the lines once the heading is the first line."""
    by = 0 if clause.run_in or not _first_line(clause, with_number=True) else 1
    own = (
        ((0, clause.automatic_number),)
        if clause.automatic_number and not clause.number_raw and by + clause.run_in
        else ()
    )
    return (*own, *_shifted(clause.line_numbers, 0, by))


def _merge(made: Made, at: int, correction: Correction, _: NewId) -> Made:
    """The clause's lines go behind those of the clause before it."""
    if at == 0 or made[at].kind not in WORDED or made[at - 1].kind not in WORDED:
        raise _refused("correction-nothing-to-merge-into", correction)
    before, clause = made[at - 1], made[at]
    words = _first_line(clause, with_number=True) + _rest_lines(clause)
    count = before.text.count("\n") + 1 if before.text else 0
    merged = replace(
        before,
        text="\n".join(part for part in (before.text, words) if part),
        line_numbers=(*before.line_numbers, *_shifted(_moved_numbers(clause), 0, count)),
        media=tuple(dict.fromkeys((*before.media, *clause.media))),
    )
    return [*made[: at - 1], merged, *made[at + 1 :]]


def _title(made: Made, at: int, correction: Correction, _: NewId) -> Made:
    """The title ends elsewhere: the words behind it run on as text, or words of the next line join it."""
    clause = made[at]
    if clause.kind not in OUTLINE or not clause.title:
        raise _refused("correction-not-a-heading", correction)
    lines = clause.text.split("\n") if clause.text else []
    own = _first_line(clause, with_number=False)
    used = 1 if clause.run_in else 0
    cut = _prefix_end(own, correction.value)
    if not cut and used < len(lines):
        own, used = own + lines[used], used + 1
        cut = _prefix_end(own, correction.value)
    if not cut:
        raise _refused("correction-title-elsewhere", correction, rule="must be the beginning of the line")
    return [*made[:at], _with_title(clause, own, cut, lines[used:], used), *made[at + 1 :]]


def _with_title(clause: Clause, line: str, cut: int, lines: Sequence[str], used: int) -> Clause:
    """The clause whose title is the first *cut* signs of its line; *used* lines of its text were that line."""
    end = line[cut : cut + 1] if line[cut : cut + 1] in ("。", "：", ":") else ""
    rest = line[cut + len(end) :].strip()
    return replace(
        clause,
        title=line[:cut].strip(),
        title_end=end,
        run_in=bool(rest),
        text="\n".join([*([rest] if rest else []), *lines]),
        line_numbers=_shifted(clause.line_numbers, used, 1 if rest else 0),
    )


def _prefix_end(line: str, wanted: str) -> int:
    """Where in *line* the visible characters of *wanted* end; 0 when the line does not begin with them."""
    signs = [sign for sign in wanted if is_visible(sign)]
    for at, sign in enumerate(line):
        if not signs:
            return at
        if is_visible(sign):
            if sign != signs[0]:
                return 0
            signs.pop(0)
    return 0 if signs else len(line)


def _front(made: Made, at: int, correction: Correction, _: NewId) -> Made:
    """The clause is front matter."""
    if made[at].kind not in WORDED:
        raise _refused("correction-not-words", correction)
    return [*made[:at], replace(made[at], kind=ClauseKind.FRONT, level=1, semantic=SemanticType.OTHER), *made[at + 1 :]]


def _semantic(made: Made, at: int, correction: Correction, _: NewId) -> Made:
    """What the clause is about."""
    if correction.value not in set(SemanticType):
        raise _refused("correction-semantic-unknown", correction)
    return [*made[:at], replace(made[at], semantic=SemanticType(correction.value)), *made[at + 1 :]]


_MADE: dict[CorrectionKind, Callable[[Made, int, Correction, NewId], Made]] = {
    CorrectionKind.LEVEL: _level,
    CorrectionKind.HEADING: _heading,
    CorrectionKind.BODY: _body,
    CorrectionKind.TITLE: _title,
    CorrectionKind.MERGE: _merge,
    CorrectionKind.FRONT: _front,
    CorrectionKind.SEMANTIC: _semantic,
}
