"""What stands beside the words of a file and where it belongs: comments, suggestions, notices, bookmarks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from plans_repo.text.clause import Clause, visible_count
from plans_repo.text.reading.anchors import Place, words_between, words_of
from plans_repo.text.reading.reading import FoundComment
from plans_repo.text.reading.source import Notice, SourceComment
from plans_repo.text.reading.tracked import Change, Suggestion

NEAR_CHARS = 14  # visible characters shown on either side of a suggestion
BOOKMARK = "bookmark:"


def found_comments(
    comments: Sequence[SourceComment], clauses: Sequence[Clause], places: Mapping[str, Place]
) -> tuple[FoundComment, ...]:
    """The comments with the clause and the words each is about; an answer is about what the first was."""
    by_id = {clause.id: clause for clause in clauses}
    threads = {comment.key: comment.answers for comment in comments}
    return tuple(_found_comment(comment, _root(comment.key, threads), by_id, places) for comment in comments)


def _root(key: str, threads: Mapping[str, str]) -> str:
    seen: set[str] = set()
    while threads.get(key) and key not in seen:
        seen.add(key)
        key = threads[key]
    return key


def _found_comment(
    comment: SourceComment, root: str, by_id: Mapping[str, Clause], places: Mapping[str, Place]
) -> FoundComment:
    start = end = None
    for key in (comment.key, root):
        mark = places.get(f"comment:{key}:mark")
        start = start or places.get(f"comment:{key}:start") or mark
        end = end or places.get(f"comment:{key}:end") or mark
    clause = by_id.get(start.clause) if start else None
    quotation = _quotation(clause, start, end) if clause and start else ""
    return FoundComment(
        key=comment.key,
        text=comment.text,
        author=comment.author,
        at=comment.at,
        clause=start.clause if start else "",
        place=start.at if start else 0,
        quotation=quotation,
        answers=comment.answers,
        is_resolved=comment.is_resolved,
    )


def _quotation(clause: Clause, start: Place, end: Place | None) -> str:
    """The words from start to end; to the end of the clause where the range goes on in others."""
    whole = visible_count(words_of(clause))
    return words_between(clause, start.at, end.at if end and end.clause == start.clause else whole)


def suggestions(
    changes: Sequence[Change],
    clauses: Sequence[Clause],
    places: Mapping[str, Place],
    accepted: Collection[str],
) -> tuple[Suggestion, ...]:
    """The changes that are not made yet, each with its place and the words around it."""
    by_id = {clause.id: clause for clause in clauses}
    return tuple(_suggestion(change, by_id, places) for change in changes if not set(change.marks) & set(accepted))


def _suggestion(change: Change, by_id: Mapping[str, Clause], places: Mapping[str, Place]) -> Suggestion:
    place = places.get(f"change:{change.id}")
    clause = by_id.get(place.clause) if place else None
    near = words_between(clause, max(0, place.at - NEAR_CHARS), place.at + NEAR_CHARS, " ") if clause and place else ""
    return Suggestion(
        id=change.id,
        kind=change.kind,
        author=change.author,
        at=change.at,
        before=change.before,
        after=change.after,
        marks=change.marks,
        clause=clause.id if clause else "",
        place=place.at if place else 0,
        near=near,
    )


def placed_notices(
    notices: Sequence[Notice], clauses: Sequence[Clause], places: Mapping[str, Place]
) -> Iterator[Notice]:
    """The notices with the clause each is about, where it is about one."""
    known = {clause.id for clause in clauses}
    for notice in notices:
        place = places.get(notice.place)
        if place and place.clause in known:
            yield replace(notice, fields=(*notice.fields, ("clause", place.clause)), place="")
        else:
            yield replace(notice, place="")


def bookmarks(places: Mapping[str, Place]) -> tuple[tuple[str, str], ...]:
    """The bookmarks of our own export, each with the clause it stands in."""
    return tuple(
        (key.removeprefix(BOOKMARK), place.clause) for key, place in places.items() if key.startswith(BOOKMARK)
    )
