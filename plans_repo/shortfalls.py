"""A promise that is not kept, in one sentence an official would say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plans_repo.causes import bottlenecks
from plans_repo.packs.naming import clock_name
from plans_repo.studies import Study
from plans_repo.word import relief
from plans_repo.word.facts import BottleneckFacts
from plans_repo.word.numbers import limit
from plans_repo.word.wording import Wording
from sim.procedure import Target
from sim.statistics import Verdict
from sim.study import TargetResult


def shortfalls(study: Study, cited: Mapping[str, str], language: str) -> tuple[tuple[str, str], ...]:
    """The id of every target judged not adequate, with its sentence: clause, limit, how often not, stuck at what."""
    return tuple(_sentences(study, cited, Wording(language)))


def _sentences(study: Study, cited: Mapping[str, str], words: Wording) -> Iterator[tuple[str, str]]:
    facts = bottlenecks(study, cited, words.language)
    for result in study.findings.targets:
        if result.verdict is Verdict.NOT_ADEQUATE:
            own = [fact for fact in facts if fact.target == result.target.id]
            yield result.target.id, _sentence(words, result, own, cited)


def _sentence(words: Wording, result: TargetResult, facts: list[BottleneckFacts], cited: Mapping[str, str]) -> str:
    said = {
        "promise": promise(words, result.target, cited),
        "often": often(words, result.met, result.runs, result.target.assurance),
    }
    if not facts:
        return words.say("plainly.unknown", **said)
    first = min(facts, key=lambda fact: fact.rank)
    key = "stuck" if first.freeing else "earlier" if first.proven else "likely"
    return words.say(f"plainly.{key}", where=relief.stuck(words, first), **said)


def promise(words: Wording, target: Target, cited: Mapping[str, str]) -> str:
    """What the clause says, with its limit."""
    number = cited.get(target.clause, "")
    fields = {
        "clause": words.say("clause.numbered", number=number) if number else words.say("plainly.no_clause"),
        "title": target.title if words.language == "zh" or not target.title_en else target.title_en,
        "limit": limit(words, abs(target.limit_min)),
    }
    if not target.clock:
        return words.say("plainly.limit", **fields)
    clock = clock_name(target.clock, words.language)
    return words.say("plainly.ahead" if target.limit_min else "plainly.before", clock=clock, **fields)


def often(words: Wording, met: int, runs: int, assurance: float) -> str:
    """How often a promise is not kept: in tens where that says enough, else in hundreds, else exactly.

    Tens do not say enough where they would sound like a promise kept.

    >>> [often(Wording("zh"), met, 1000, 0.9) for met in (600, 580, 868, 0)]
    ['10次有4次做不到', '10次约有4次做不到', '100次约有13次做不到', '1000次没有一次做到']
    >>> [often(Wording("zh"), met, 1000, 0.9999) for met in (990, 999)]
    ['100次有1次做不到', '1000次有1次做不到']
    """
    missed, most = runs - met, (1 - assurance) * (1 + 1e-9)
    if missed == runs:
        return words.say("plainly.always", of=runs)
    of = next((of for of in (10, 100) if of > round(of * missed / runs) > most * of), runs)
    key = "plainly.of_ten" if of * missed % runs == 0 else "plainly.about"
    return words.say(key, of=of, times=round(of * missed / runs))
