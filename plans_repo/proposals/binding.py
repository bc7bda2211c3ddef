"""Which promise of the template a limit of the text words: the strongest on both sides, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plans_repo.packs.reading import Telling
from plans_repo.proposals.case_words import destination
from plans_repo.proposals.claims import Claim, chosen
from plans_repo.proposals.combination import plain_id
from plans_repo.proposals.passage import Passage, Surroundings, passage
from plans_repo.proposals.phrases import says_any, strongest
from plans_repo.proposals.restriction import Restriction, restriction
from plans_repo.proposals.scale import Scale
from plans_repo.proposals.spreads import spreads_named
from plans_repo.text.finding.limits import FoundLimit, LimitKind
from plans_repo.text.finding.spans import spans
from plans_repo.text.finding.starts import start_kind
from sim.procedure import Procedure, Target

_START_AHEAD = re.compile(r"([^，。；：]{2,24}?)(?:之后|以后|后)[，,]")
FAR_FACTOR = 10.0
"""A limit so many times longer or shorter than the template recommends is believed only on strong words."""
FAR_STRENGTH = 14
_ONE_CASE = re.compile(r"县内|敏感")
"""Words that limit a promise to a case no event tells; the one that holds otherwise is preferred."""
_TOLD = re.compile(
    r"^[^，。；、]{0,4}?(?:之内|以内|内)[，,]?(?:应当?|须|必须|要|立即|及时|迅速|同时|先行|首次|电话|口头|书面|和|、|向[^，。；]{1,20}?)*"
    r"(?:通报|报告|上报|报送|传达)"
)
_TELLING = re.compile("报|通|传|告|叫")
"""What has to be told within a limit is no promise to come, to move or to have something ready."""
_REACHED = re.compile(r"(?:达到?|超过?)(?=\s*[\d一二三四五六七八九十])")
"""A number that is reached (达到50毫米) is nobody's arrival."""
_IN_WRITING = re.compile(r"书面|补报|传真|纸质")
_SPOKEN = re.compile(r"电话|口头")
_FIRST_WORD = re.compile(r"首报|初报|首次报告|电话|口头|先行报告")
"""A report in writing follows the first word, and that is what a promise of a first report means."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Binder:
    """Binds limits of one text to the targets of one procedure."""

    procedure: Procedure
    tellings: Mapping[str, Telling]
    surroundings: Surroundings
    scale: Scale

    def bound(self, limits: Sequence[FoundLimit], targets: Sequence[Target]) -> dict[str, tuple[Claim, ...]]:
        """For each target the limits that word it, where both sides are sure; several where levels or cases differ.

        A limit goes to the promise it words most strongly, a promise takes in every situation
        the limit that words it most strongly of those made for it.
        """
        claims = [claim for limit in limits for claim in self._claims(limit, limits, targets)]
        claims += self._elliptic(limits, targets, _favourites(claims))
        favourites = _favourites(claims)
        claims = [c for c in claims if not c.restriction.is_narrow or favourites[c.limit] == {plain_id(c.target)}]
        labels = [level.label for level in sorted(self.scale.levels, key=lambda level: -level.rank)]
        found = {target.id: chosen([c for c in claims if c.target == target.id], labels) for target in targets}
        sure = {
            name: tuple(claim for claim in taken if favourites[claim.limit] == {plain_id(name)})
            for name, taken in found.items()
        }
        return {name: taken for name, taken in sure.items() if taken}

    def _claims(self, limit: FoundLimit, limits: Sequence[FoundLimit], targets: Sequence[Target]) -> Iterator[Claim]:
        placed = self._placed(limit, limits)
        if placed is not None:
            where, only = placed
            claims = (self._claim(target, limit, where, only) for target in targets)
            yield from (claim for claim in claims if claim is not None)

    def _elliptic(
        self, limits: Sequence[FoundLimit], targets: Sequence[Target], favourites: Mapping[FoundLimit, set[str]]
    ) -> Iterator[Claim]:
        """Limits of a case that leave to the sentence what they promise: 2小时内向市报告，重大险情30分钟内先行报告.

        Where that cannot be told, nothing is promised for the case: 2小时内转移，夜间可延长至3小时.
        """
        for limit in limits:
            placed = self._placed(limit, limits)
            if limit in favourites or placed is None or not placed[1].circumstances:
                continue
            beside = {name for other in limits for name in favourites.get(other, ()) if _is_beside(limit, other)}
            where = replace(placed[0], rim=limit.text)
            for target in targets:
                if target.promise in beside:
                    read = self._claim(target, limit, where, placed[1])
                    unread = Claim(target=target.id, limit=limit, strength=1, restriction=placed[1], is_unread=True)
                    yield read or unread

    def _placed(self, limit: FoundLimit, limits: Sequence[FoundLimit]) -> tuple[Passage, Restriction] | None:
        """The words a limit belongs to and what they restrict it to; None where it can be no promise of a target."""
        if limit.kind is not LimitKind.RESPONSE:
            return None
        others = [other for other in limits if other.clause == limit.clause]
        titles = self.surroundings.titles(limit.clause)
        clause = self.surroundings.clauses.get(limit.clause)
        where = passage(limit, others, titles, self.surroundings.lead_in(limit))
        only = restriction(limit, clause, titles, destination(where.core) + where.case, self.scale)
        return None if only is None else (where, only)

    def _claim(self, target: Target, limit: FoundLimit, where: Passage, only: Restriction) -> Claim | None:
        telling = self.tellings[target.promise]
        starts = _start_in(telling, limit, where)
        if starts is None or not self._is_of_its_spread(target, where.title):
            return None
        if says_any(telling.unless, where.core + limit.starts + where.lead) or _is_of_telling(limit, telling):
            return None
        strength = strongest(telling.words, where.core, _REACHED.sub("", where.rim) + limit.who + where.title)
        if _is_paper_after_word(limit, where):
            return None
        if strength == 0 or (_is_far(limit.minutes, target.limit_min) and strength < FAR_STRENGTH):
            return None
        return Claim(
            target=target.id,
            limit=limit,
            strength=strength,
            restriction=only,
            starts=starts,
            is_one_case=not only.circumstances and bool(_ONE_CASE.search(where.case)),
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


def _is_of_telling(limit: FoundLimit, telling: Telling) -> bool:
    """Whether the limit is one for a report or notice while the promise is of another act."""
    return bool(_TOLD.match(_behind(limit))) and not any(_TELLING.search(phrase) for phrase in telling.words)


def _behind(limit: FoundLimit) -> str:
    """The words behind the span of time of a limit."""
    end = next((span.end for span in spans(limit.text) if span.start == limit.at), limit.at)
    return limit.text[end:]


def _is_beside(limit: FoundLimit, other: FoundLimit) -> bool:
    return (limit.clause, limit.text) == (other.clause, other.text) and limit.at != other.at


def _is_in_writing(limit: FoundLimit, where: Passage) -> bool:
    return not _SPOKEN.search(limit.medium) and bool(_IN_WRITING.search(limit.medium + where.core))


def _is_paper_after_word(limit: FoundLimit, where: Passage) -> bool:
    """Whether a report in writing follows a spoken one of its sentence: it is not the first."""
    return _is_in_writing(limit, where) and bool(_FIRST_WORD.search(limit.text[: limit.at]))


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
