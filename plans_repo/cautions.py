"""What must be said with the times and the end of a study, told in one language for screen, terminal and report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plans_repo.packs.cases import level_name
from plans_repo.studies import Study
from plans_repo.word.wording import Wording
from sim.hazards.models import contribution_of
from sim.procedure import Procedure
from sim.scenario import Scenario
from sim.sending import drives, unsent
from sim.stopping import Ending
from sim.study import Caution, TargetResult

OF_MEANS = (Caution.FEW, Caution.SKEWED, Caution.CENSORED)


def of_study(study: Study, language: str) -> Iterator[str]:
    """What was asked that the plan or the event lacks, why the runs ended early, how the chance of error was divided,
    quantiles left open.
    """
    words, found = Wording(language), study.findings
    units = {count.pool.id: count.units for count in study.pools}
    for procedure, scenario, level in study.played:
        if scenario.level and not level:
            yield words.say("caution.level", level=level_name(scenario.level, language))
        yield from _unsent(procedure, scenario, units, language)
    if found.ending is Ending.TIME and study.request.most_minutes is not None:
        yield words.say("caution.time", runs=found.runs, minutes=f"{study.request.most_minutes:g}")
    if found.ending is Ending.MOST_RUNS and study.request.precision_share is not None:
        yield words.say("caution.imprecise", runs=found.runs, share=f"{study.request.precision_share:.3g}")
    if found.is_joint:
        yield words.say("caution.joint", count=len(found.targets))
    yield from _of(study, language, Caution.OPEN)


def _unsent(procedure: Procedure, scenario: Scenario, units: Mapping[str, int], language: str) -> Iterator[str]:
    """The pools with more units than the event says drives of."""
    if drives(procedure):
        for each in unsent(procedure, contribution_of(scenario), units):
            title = each.pool.title if language == "zh" or not each.pool.title_en else each.pool.title_en
            told = {"units": each.units, "sent": each.sent, "rest": each.units - each.sent}
            yield Wording(language).say("caution.unsent", pool=title, **told)


def of_means(study: Study, language: str) -> Iterator[str]:
    """Which mean times are less sure than their intervals say."""
    for caution in OF_MEANS:
        yield from _of(study, language, caution)


def _of(study: Study, language: str, caution: Caution) -> Iterator[str]:
    words = Wording(language)
    titles = [_title(result, language) for result in study.findings.targets if caution in result.cautions]
    if titles:
        yield words.say(f"caution.{caution}", titles=words.say("caution.comma").join(titles))


def _title(result: TargetResult, language: str) -> str:
    target = result.target
    return target.title if language == "zh" or not target.title_en else target.title_en
