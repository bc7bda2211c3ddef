"""Which clause of a new text is which clause of the old one."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from plans_repo.text.clause import Clause
from plans_repo.text.rendering import clause_text

SIMILAR = 55.0  # below this two clauses are not the same
DISTANCE_PENALTY = 20.0  # points for a clause that moved from one end of the plan to the other
TITLE_BONUS = 12.0


def aligned(old: Sequence[Clause], new: Sequence[Clause]) -> dict[str, str]:
    """For each new clause id the old one it continues: same id, else same words, else most alike.

    A pair must be of one kind. Clauses that continue none are absent.
    """
    old_ids = {clause.id for clause in old}
    pairs = {clause.id: clause.id for clause in new if clause.id in old_ids}
    _pair_same_words(old, new, pairs)
    _pair_similar(old, new, pairs)
    return pairs


def _key(clause: Clause) -> str:
    return hashlib.sha256(f"{clause.kind}\0{clause.title}\0{clause.text}\0{_table(clause)}".encode()).hexdigest()


def _table(clause: Clause) -> str:
    return clause.table.text if clause.table else ""


def _pair_same_words(old: Sequence[Clause], new: Sequence[Clause], pairs: dict[str, str]) -> None:
    """Equal words belong together, in order of appearance when they come several times."""
    taken = set(pairs.values())
    waiting: dict[str, list[str]] = defaultdict(list)
    for clause in old:
        if clause.id not in taken:
            waiting[_key(clause)].append(clause.id)
    for clause in new:
        if clause.id not in pairs and waiting[_key(clause)]:
            pairs[clause.id] = waiting[_key(clause)].pop(0)


def _pair_similar(old: Sequence[Clause], new: Sequence[Clause], pairs: dict[str, str]) -> None:
    """The rest greedily, the most alike first; distance in the plan counts against a pair."""
    taken = set(pairs.values())
    olds = [(at / max(len(old), 1), clause) for at, clause in enumerate(old) if clause.id not in taken]
    news = [(at / max(len(new), 1), clause) for at, clause in enumerate(new) if clause.id not in pairs]
    for _, new_id, old_id in sorted(_scores(olds, news), reverse=True):
        if new_id not in pairs and old_id not in taken:
            pairs[new_id] = old_id
            taken.add(old_id)


Placed = Sequence[tuple[float, Clause]]


def _scores(olds: Placed, news: Placed) -> list[tuple[float, str, str]]:
    if not olds or not news:
        return []
    matrix = process.cdist(
        [clause_text(each) for _, each in news], [clause_text(each) for _, each in olds], scorer=fuzz.ratio
    )
    found = []
    for row, (new_place, new_clause) in enumerate(news):
        for column, (old_place, old_clause) in enumerate(olds):
            if new_clause.kind is not old_clause.kind:
                continue
            bonus = TITLE_BONUS if new_clause.title and new_clause.plain_title == old_clause.plain_title else 0.0
            score = float(matrix[row][column]) + bonus - DISTANCE_PENALTY * abs(new_place - old_place)
            if score >= SIMILAR:
                found.append((score, new_clause.id, old_clause.id))
    return found
