"""What the analyses kept with a study found, one plain sentence each, for the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plans_repo import scenarios
from plans_repo.causes import pool_title, task_title
from plans_repo.compared_forces import forces_told
from plans_repo.packs.naming import has_name, name_of
from plans_repo.store.work import Work
from plans_repo.study_analyses import Analysis, Compared, Kind, Wanted, Weak, analyses_of
from plans_repo.study_values import Study
from plans_repo.supplies import unit_of
from plans_repo.word.facts import AnalysisFacts
from plans_repo.word.numbers import limit, percent
from plans_repo.word.wording import Wording
from sim.choice import Choice, Guarantee
from sim.doubt import Split
from sim.influences import Measure, Range, Sway, Sways
from sim.pairs import Effect
from sim.scenario import ResourceSet
from sim.weak_points import Loss, LossKind, WeakPoint

NAMED = 3
"""So many things are named in a sentence; the page lists them all."""


def analyses_told(work: Work, study: Study, language: str) -> tuple[AnalysisFacts, ...]:
    """The newest analysis of each kind and subject, in the order of the kinds."""
    newest: dict[tuple[Kind, str, Wanted | None], Analysis] = {}
    for each in analyses_of(work, study.id):
        newest.setdefault((each.wanted.kind, each.wanted.target, _subject(each.wanted)), each)
    sets = {one.id: one for one in scenarios.resource_sets(work, study.plan)}
    teller = _Teller(study, sets, language)
    ordered = sorted(newest.values(), key=lambda each: (list(Kind).index(each.wanted.kind), each.created_at))
    return tuple(
        AnalysisFacts(kind=each.wanted.kind.value, made_at=each.created_at, said=teller.said(each)) for each in ordered
    )


def _subject(wanted: Wanted) -> Wanted | None:
    """Two comparisons with different other sides are two subjects; the number of runs makes none."""
    if wanted.kind is not Kind.COMPARISON:
        return None
    return Wanted(kind=wanted.kind, version=wanted.version, resource_set=wanted.resource_set, units=wanted.units)


class _Teller:
    """The findings of one study's analyses in one language."""

    def __init__(self, study: Study, sets: Mapping[str, ResourceSet], language: str) -> None:
        self.study = study
        self.sets = sets
        self.words = Wording(language)

    def said(self, analysis: Analysis) -> str:
        """One sentence on what came out."""
        found, wanted = analysis.result, analysis.wanted
        if isinstance(found, Compared):
            return self._compared(found, wanted)
        if isinstance(found, Choice):
            return self._chosen(found, wanted)
        if isinstance(found, Weak):
            return self._weak(found)
        if isinstance(found, Sways):
            return self._swayed(found)
        assert isinstance(found, Split)
        fields = {"title": self._title(found.target), "share": percent(round(found.runs_share, 3))}
        return self.words.say("analysis.doubt", runs=found.study_runs, **fields)

    def _compared(self, found: Compared, wanted: Wanted) -> str:
        gains = found.comparison.gains
        better = [gain.target.id for gain in gains if gain.effect is Effect.GAIN]
        worse = [gain.target.id for gain in gains if gain.effect in (Effect.HARM, Effect.MIXED)]
        said = self.words.say(
            "analysis.comparison",
            other=self._list(self._other(found, wanted)),
            runs=wanted.runs,
            better=self._titles(better),
            worse=self._titles(worse),
            rest=len(gains) - len(better) - len(worse),
        )
        if found.forces is None:
            return said
        told = self.words.say("forces.and").join(forces_told(found.forces, self.words.language))
        return self.words.say("analysis.compared_forces", said=said, forces=told)

    def _other(self, found: Compared, wanted: Wanted) -> Iterator[str]:
        if wanted.version and wanted.version != self.study.version:
            side = found.forces.after if found.forces else None
            label = "" if side is None else side.label if self.words.language == "zh" else side.label_en or side.label
            yield label or self.words.say("analysis.other_version")
        if wanted.resource_set and wanted.resource_set != self.study.resources.id:
            kept = self.sets.get(wanted.resource_set)
            title = "" if kept is None else kept.title if self.words.language == "zh" else kept.title_en
            yield self.words.say("analysis.other_resources", title=title or wanted.resource_set)
        for pool, count in wanted.units:
            yield self.words.say("analysis.units", **self._units(pool), count=count)

    def _units(self, pool: str) -> dict[str, str]:
        language = self.words.language
        found = self.study.procedure.pool(pool)
        return {"pool": pool_title(self.study.procedure, pool, language), "unit": unit_of(found, language)}

    def _chosen(self, found: Choice, wanted: Wanted) -> str:
        best, guarantee = found.best, found.guarantee
        if best is None:
            key = "none" if guarantee is Guarantee.NONE else "unknown"
            return self.words.say(f"analysis.choice_{key}", count=found.judged)
        units = (self.words.say("analysis.units", **self._units(pool), count=count) for pool, count in best.units)
        money = next((offer.unit for offer in wanted.offers if offer.unit), "")
        key = "cheapest" if guarantee is Guarantee.CHEAPEST else "found"
        return self.words.say(f"analysis.choice_{key}", units=self._list(units), cost=f"{best.cost:g}{money}")

    def _weak(self, found: Weak) -> str:
        points = found.points
        fields = {"losses": len(points.losses), "runs": points.runs, "open": len(points.not_kept)}
        if not points.breaking:
            return self.words.say("analysis.weak_none", **fields)
        named = self._list(self._point(point) for point in points.breaking[:NAMED])
        return self.words.say("analysis.weak", named=named, count=len(points.breaking), **fields)

    def _point(self, point: WeakPoint) -> str:
        fields = {"before": percent(point.before), "after": percent(point.after)}
        return self.words.say(
            "analysis.point", loss=self._loss(point.loss), title=self._title(point.target.id), **fields
        )

    def _loss(self, loss: Loss) -> str:
        language = self.words.language
        if loss.kind is LossKind.SHUT:
            gate = loss.of.rpartition(":")[2]
            name = name_of("gate", gate, language) if has_name("gate", gate) else gate
            return self.words.say("analysis.loss_shut", name=name)
        is_own = loss.kind is LossKind.ONE_UNIT and bool(self.study.procedure.pool(loss.of).of)
        told = self._units(loss.of)
        key = "one_own" if is_own else loss.kind.value
        return self.words.say(f"analysis.loss_{key}", name=told["pool"], unit=told["unit"])

    def _swayed(self, found: Sways) -> str:
        is_share = found.measure is Measure.P_MET
        named = self._list(self._sway(sway, is_share=is_share) for sway in found.sways[:NAMED])
        key = "analysis.sensitivity" if is_share else "analysis.sensitivity_p90"
        return self.words.say(key, title=self._title(found.target), named=named)

    def _sway(self, sway: Sway, *, is_share: bool) -> str:
        low, high = (percent(at) if is_share else limit(self.words, round(at, 1)) for at in (sway.at_low, sway.at_high))
        return self.words.say("analysis.sway", name=self._figure(sway.range), low=low, high=high)

    def _figure(self, each: Range) -> str:
        if not each.is_parameter:
            return task_title(self.study.procedure, each.name, self.words.language)
        known = {one.name: one for one in self.study.parameters}
        one = known.get(each.name)
        if one is None:
            return each.name
        return one.title or one.name if self.words.language == "zh" else one.title_en or one.title or one.name

    def _title(self, target_id: str) -> str:
        target = next((one for one in self.study.procedure.targets if one.id == target_id), None)
        if target is None:
            found = (result.target for result in self.study.findings.targets)
            target = next((one for one in found if one.id == target_id), None)
        if target is None:
            return target_id
        return target.title if self.words.language == "zh" else target.title_en or target.title

    def _titles(self, names: list[str]) -> str:
        return self._list(map(self._title, names)) or self.words.say("analysis.nothing")

    def _list(self, named: Iterator[str]) -> str:
        return self.words.say("number.list").join(named)
