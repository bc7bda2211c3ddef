"""Which clause of a new text is which clause of the old one."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process

from plans_repo.text.clause import Clause
from plans_repo.text.rendering import clause_text

SIMILAR = 55.0  # below this two clauses are not the same
DISTANCE_PENALTY = 20.0  # points for a clause that moved from one end of the plan to the other
TITLE_BONUS = 12.0
SAME_NUMBER = 0.5  # of two places that fit alike, the one under the same number


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
    """Equal words belong together; of those that come several times each with the one at the fitting place."""
    taken = set(pairs.values())
    before, after = _by_words(old, taken), _by_words(new, pairs.keys())
    several: list[tuple[list[Clause], list[Clause]]] = []
    for key, news in after.items():
        olds = before.get(key, [])
        if len(olds) == len(news) == 1:
            pairs[news[0].id] = olds[0].id
        elif olds:
            several.append((olds, news))
    places = _Places(old, new, pairs)
    for olds, news in several:
        for new_id, old_id in places.matched(olds, news):
            pairs[new_id] = old_id


def _by_words(clauses: Sequence[Clause], done: Collection[str]) -> dict[str, list[Clause]]:
    found: dict[str, list[Clause]] = defaultdict(list)
    for clause in clauses:
        if clause.id not in done:
            found[_key(clause)].append(clause)
    return found


class _Places:
    """Where clauses stand in both texts, as far as their neighbours are known."""

    def __init__(self, old: Sequence[Clause], new: Sequence[Clause], pairs: Mapping[str, str]) -> None:
        self.old_place = {clause.id: at for at, clause in enumerate(old)}
        self.new_place = {clause.id: at for at, clause in enumerate(new)}
        self.known = sorted((self.new_place[one], self.old_place[other]) for one, other in pairs.items())
        self.known_places = [at for at, _other in self.known]

    def matched(self, olds: Sequence[Clause], news: Sequence[Clause]) -> Iterator[tuple[str, str]]:
        """The clauses of equal words, the best fitting first."""
        scored = sorted(
            (self._misfit(before, after), self.new_place[after.id], after.id, before.id)
            for before in olds
            for after in news
        )
        done: set[str] = set()
        for _misfit, _place, new_id, old_id in scored:
            if new_id not in done and old_id not in done:
                done |= {new_id, old_id}
                yield new_id, old_id

    def _misfit(self, before: Clause, after: Clause) -> float:
        """How far an old clause stands from where the neighbours of the new one say that it stood."""
        at, was = self.new_place[after.id], self.old_place[before.id]
        right = bisect_left(self.known_places, at)
        near = [self.known[place] for place in (right - 1, right) if 0 <= place < len(self.known)]
        said = [abs(was - (other + at - one)) for one, other in near] or [abs(was - at)]
        return min(said) + (0.0 if before.number_raw == after.number_raw else SAME_NUMBER)


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
