"""Which promise of the template a limit of the text words: the strongest on both sides, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plans_repo.packs.reading import Telling
from plans_repo.proposals.combination import plain_id
from plans_repo.proposals.one_level import is_for_some_levels
from plans_repo.proposals.passage import Passage, Surroundings, passage
from plans_repo.proposals.phrases import says_any, strongest
from plans_repo.proposals.spreads import spreads_named
from plans_repo.text.finding.limits import FoundLimit, LimitKind
from plans_repo.text.finding.starts import start_kind
from sim.procedure import Procedure, Target

_START_AHEAD = re.compile(r"([^，。；：]{2,24}?)(?:之后|以后|后)[，,]")
FAR_FACTOR = 10.0
"""A limit so many times longer or shorter than the template recommends is believed only on strong words."""
FAR_STRENGTH = 14
_ONE_CASE = re.compile(
    r"(?<!非)(?:办公|工作|上班)时间|白天|城区|县城|县内|敏感|(?:较大|重大)(?:以上|险情|灾情|火灾|事故)"
)
"""Words that limit a promise to an hour, a place or a gravity; the one that holds otherwise is preferred."""
_IN_WRITING = re.compile(r"书面|补报|传真|纸质")
_SPOKEN = re.compile(r"电话|口头")
"""A report in writing follows the first word, and that is what a promise of a first report means."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A target, the limit that words it, how strongly, and what the target then counts from ("" as the template)."""

    target: str
    limit: FoundLimit
    strength: int
    starts: str = ""
    is_one_case: bool = False
    is_in_writing: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Binder:
    """Binds limits of one text to the targets of one procedure."""

    procedure: Procedure
    tellings: Mapping[str, Telling]
    surroundings: Surroundings

    def bound(self, limits: Sequence[FoundLimit], targets: Sequence[Target]) -> dict[str, Claim]:
        """For each target the limit that words it, where both sides are sure.

        A limit goes to the promise it words most strongly, a promise takes the limit that
        words it most strongly; where limits of different length do so alike, none is taken.
        """
        claims = [claim for limit in limits for claim in self._claims(limit, limits, targets)]
        favourites = _favourites(claims)
        found = {target.id: _chosen([c for c in claims if c.target == target.id]) for target in targets}
        return {
            name: claim
            for name, claim in found.items()
            if claim is not None and favourites[claim.limit] == {plain_id(name)}
        }

    def _claims(self, limit: FoundLimit, limits: Sequence[FoundLimit], targets: Sequence[Target]) -> Iterator[Claim]:
        if limit.kind is not LimitKind.RESPONSE:
            return
        others = [other for other in limits if other.clause == limit.clause]
        titles = self.surroundings.titles(limit.clause)
        clause = self.surroundings.clauses.get(limit.clause)
        if is_for_some_levels(limit, clause, titles, self.procedure.levels):
            return
        where = passage(limit, others, titles, self.surroundings.lead_in(limit))
        for target in targets:
            claim = self._claim(target, limit, where)
            if claim is not None:
                yield claim

    def _claim(self, target: Target, limit: FoundLimit, where: Passage) -> Claim | None:
        telling = self.tellings[plain_id(target.id)]
        starts = _start_in(telling, limit, where)
        if starts is None or not self._is_of_its_spread(target, where.title):
            return None
        if says_any(telling.unless, where.core + limit.starts):
            return None
        strength = strongest(telling.words, where.core, where.rim + where.title)
        if strength == 0 or (_is_far(limit.minutes, target.limit_min) and strength < FAR_STRENGTH):
            return None
        return Claim(
            target=target.id,
            limit=limit,
            strength=strength,
            starts=starts,
            is_one_case=bool(_ONE_CASE.search(where.case)),
            is_in_writing=_is_in_writing(limit, where),
        )

    def _is_of_its_spread(self, target: Target, titles: str) -> bool:
        """Whether the limit does not stand under the title of another spread's part of the plan."""
        spread = self.procedure.task(target.task).spread
        known = {task.spread for task in self.procedure.tasks} - {""}
        named = spreads_named(titles, sorted(known))
        return not spread or not named or spread in named


def _start_in(telling: Telling, limit: FoundLimit, where: Passage) -> str | None:
    """What the target counts from if the limit counts as *limit* says; None where that is no start of the promise.

    Where no start stands next to the limit, one further ahead in the sentence counts.
    """
    if not telling.starts:
        return ""
    ahead = _START_AHEAD.findall(where.case) if not limit.starts else []
    words = ahead[-1] if ahead else limit.starts
    kind = start_kind(words) if ahead else limit.starts_kind
    return next((starts for key, starts in telling.starts if key == kind.value or key in words), None)


def _is_in_writing(limit: FoundLimit, where: Passage) -> bool:
    return not _SPOKEN.search(limit.medium) and bool(_IN_WRITING.search(limit.medium + where.core))


def _is_far(minutes: float, recommended: float) -> bool:
    if recommended <= 0 or minutes <= 0:
        return False
    return max(minutes / recommended, recommended / minutes) > FAR_FACTOR


def _favourites(claims: Sequence[Claim]) -> dict[FoundLimit, set[str]]:
    """For each limit the promise it words most strongly; several where it cannot be told."""
    most: dict[FoundLimit, int] = {}
    for claim in claims:
        most[claim.limit] = max(claim.strength, most.get(claim.limit, 0))
    found: dict[FoundLimit, set[str]] = {limit: set() for limit in most}
    for claim in claims:
        if claim.strength == most[claim.limit]:
            found[claim.limit].add(plain_id(claim.target))
    return found


def _chosen(claims: Sequence[Claim]) -> Claim | None:
    """The claim on a target that is surest, None where limits of different length claim it alike.

    Within its sentence a limit that holds in one case only, or for the report in writing,
    gives way to the one beside it.
    """
    if not claims:
        return None
    top = [claim for claim in claims if claim.strength == max(each.strength for each in claims)]
    sentences = {claim.limit.text for claim in top}
    beside = [claim for claim in claims if claim.limit.text in sentences]
    widest = min((claim.is_one_case, claim.is_in_writing) for claim in beside)
    wide = [claim for claim in beside if (claim.is_one_case, claim.is_in_writing) == widest]
    surest = [claim for claim in wide if claim.strength == max(each.strength for each in wide)]
    return surest[0] if len({claim.limit.minutes for claim in surest}) == 1 else None
