"""What a clause itself says of a promise: its own words, and from when they count, beside what a study reckons from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plans_repo.packs.cases import run_start
from plans_repo.packs.naming import clock_name
from plans_repo.proposals.unsaid import margins, stages
from plans_repo.study_values import Study
from plans_repo.supplies import PoolCount, unit_of
from plans_repo.text.clause import Clause
from plans_repo.text.finding.limits import FoundLimit, time_limits
from plans_repo.text.finding.starts import StartKind, start_kind
from plans_repo.text.quantity import Quantity, QuantityKind
from plans_repo.text.quantity_sentences import quantities_in
from plans_repo.word.numbers import plain
from plans_repo.word.wording import Wording
from sim.procedure import ALARM, Procedure, Target

_PART = re.compile(r"[^。；;]+")
_NUMBER = re.compile(r"^\s*(?:[（(]?\d{1,2}[）)]|\d{1,2}\s*[.．、])\s*")
COUNTED = (QuantityKind.VEHICLE, QuantityKind.TEAM, QuantityKind.PEOPLE, QuantityKind.MATERIAL)
MOST = 120
"""Longer words are cut."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnWords:
    """The part of the sentence that holds a limit, and the start it words, "" where it says none."""

    words: str
    starts: str = ""
    kind: StartKind = StartKind.UNSAID

    def differs_from(self, moment: str) -> bool:
        """Whether the start worded is of another kind than the *moment* a study reckons from.

        >>> said = OwnWords(words="自达到启动条件起30分钟内完成", starts="达到启动条件", kind=StartKind.THRESHOLD)
        >>> said.differs_from("接到预报、险情报告（情景零时）"), said.differs_from("达到启动条件")
        (True, False)
        """
        pairs = {self.starts[at : at + 2] for at in range(len(self.starts) - 1)}
        if not self.starts or moment in self.words or any(pair in moment for pair in pairs):
            return False
        return self.kind is not start_kind(moment)


def own_words(target: Target, clause: Clause | None) -> OwnWords:
    """The clause's own words of the promise; nothing where the limit cannot be found in it."""
    limit = _limit(target, clause) if clause is not None else None
    if limit is None:
        return OwnWords(words="")
    return OwnWords(words=_part(limit), starts=limit.starts, kind=limit.starts_kind)


def _limit(target: Target, clause: Clause) -> FoundLimit | None:
    """The limit of that length in the sentence the target quotes; of the whole clause where it is the only one."""
    found = margins([clause]) if target.clock else (*time_limits([clause]), *stages([clause]))
    alike = [each for each in found if each.minutes == target.limit_min]
    quoted = [each for each in alike if target.source and each.text.strip().startswith(target.source.strip())]
    if quoted:
        return quoted[0]
    return alike[0] if len({each.text for each in alike}) == 1 else None


def _part(limit: FoundLimit) -> str:
    part = next(
        (found[0] for found in _PART.finditer(limit.text) if found.start() <= limit.at < found.end()), limit.text
    )
    words = _NUMBER.sub("", part).strip()
    return words if len(words) <= MOST else words[: MOST - 1] + "…"


def cautions_of(study: Study, target: Target, clause: Clause | None, language: str) -> tuple[str, ...]:
    """What an evaluator must see beside a promise: another start than the clause's, fewer units than it names."""
    return tuple(_cautions(study, target, own_words(target, clause), language))


def _cautions(study: Study, target: Target, own: OwnWords, language: str) -> Iterator[str]:
    words = Wording(language)
    if not target.clock and own.differs_from(_moment(study.procedure, target)):
        start = start_words(study.procedure, target, language)
        said = own.starts if language == "zh" else words.say("promise.start_of_its_own")
        yield words.say("promise.other_start", said=said, starts=start)
    for asked, count in short_pools(own.words, study.pools):
        yield words.say(
            "promise.fewer_units",
            quotation=f"{asked.about}{asked.quotation}" if language == "zh" else "",
            pool=count.pool.title if language == "zh" else count.pool.title_en or count.pool.title,
            asked=plain(asked.low or 0.0),
            held=count.units,
            unit=unit_of(count.pool, language),
        )


def short_pools(words: str, pools: Sequence[PoolCount]) -> Iterator[tuple[Quantity, PoolCount]]:
    """The numbers a promise names of which the run holds fewer.

    Only where the number, its unit and the name of one single pool stand in the words: 集结客车60辆以上 speaks of
    the pool 转移客车 counted in 辆. A number for each of many places says nothing of their sum and is left out.
    """
    for asked in quantities_in(words):
        if asked.kind not in COUNTED or asked.low is None or asked.per or len(asked.about) < 2:
            continue
        meant = [each for each in pools if asked.about in each.pool.title and unit_of(each.pool, "zh") == asked.unit]
        if len(meant) == 1 and meant[0].units < asked.low:
            yield asked, meant[0]


def start_words(procedure: Procedure, target: Target, language: str) -> str:
    """From when a study reckons a limit."""
    if target.start_clock or target.starts == ALARM:
        return _moment(procedure, target, language)
    task = procedure.task(target.starts)
    zh = language == "zh"
    return f"“{task.title}”结束" if zh else f"the end of “{task.title_en or task.title}”"


def _moment(procedure: Procedure, target: Target, language: str = "zh") -> str:
    """The bare name of that moment."""
    if target.start_clock:
        return clock_name(target.start_clock, language)
    if target.starts == ALARM:
        return run_start(procedure, language)
    return procedure.task(target.starts).title


def cautions_of_all(study: Study, clauses: Mapping[str, Clause], language: str) -> dict[str, tuple[str, ...]]:
    """The same for every target of a study, by the target's id."""
    targets = (result.target for result in study.findings.targets)
    return {each.id: cautions_of(study, each, clauses.get(each.clause), language) for each in targets}
