"""From the record of a study to the facts of its report, and the report itself."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator

from plans_repo import causes, cautions, organisations, plans, studies, study_events
from plans_repo.analyses_told import analyses_told
from plans_repo.assessing.record import assessment_of
from plans_repo.assessing.telling import assessed_facts
from plans_repo.course import passage
from plans_repo.failure_words import compound_failures_told, failures_told, parts_told
from plans_repo.local_units import LocalUnits
from plans_repo.network_told import task_facts
from plans_repo.norms.counts import counts, uncounted
from plans_repo.norms.figures import norms_for
from plans_repo.norms.telling import norm_facts
from plans_repo.packs.cases import level_name, made_for
from plans_repo.packs.naming import clock_name, name_of
from plans_repo.promise_words import cautions_of, own_words, start_words
from plans_repo.proposals import unbound_limits
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from plans_repo.studies import Study
from plans_repo.study_made_with import MadeWith
from plans_repo.supplies import Lot, Others, PoolCount, unit_of, unit_word
from plans_repo.text.clause import Clause
from plans_repo.text.finding.limits import FoundLimit
from plans_repo.word import facts
from plans_repo.word.assessment_report import assessment_report
from plans_repo.word.numbers import limit
from plans_repo.word.wording import Wording
from sim.figure import Figure
from sim.procedure import Target
from sim.stopping import Ending, StopRule
from sim.study import TargetResult, is_provisional

EXCERPT = 90
MOST_MILESTONES = 14


def report(work: Work, study_id: str, language: str) -> bytes:
    """The assessment report of a study as a Word file, in ``zh`` or ``en``."""
    return assessment_report(report_facts(work, study_id, language), language=language)


def report_facts(work: Work, study_id: str, language: str) -> facts.ReportFacts:
    """Everything the report of a study states, from its record."""
    work.require(Action.READ_STUDY)
    study = studies.study(work, study_id)
    return _Teller(work, study, language).told()


class _Teller:
    """One study told in one language."""

    def __init__(self, work: Work, study: Study, language: str) -> None:
        self.work = work
        self.study = study
        self.language = language
        self.plan = plans.plan(work, study.plan)
        self.played = dict.fromkeys([(study.plan, study.version), *((one.plan, one.version) for one in study.answered)])
        self.clauses = study_events.clauses_of(work, study)
        self.cited = study_events.cited(work, study)
        self.tasks = {task.id: task for task in study.procedure.tasks}

    def told(self) -> facts.ReportFacts:
        """All facts together."""
        told = tuple(self._plan(*one) for one in self.played)
        return facts.ReportFacts(
            plan=told[0],
            beside=told[1:],
            scenario=self._scenario(),
            resources=self._resources(),
            study=self._study(),
            targets=tuple(self._target(result) for result in self.study.findings.targets),
            bottlenecks=causes.bottlenecks(self.study, self.cited, self.language),
            waits=tuple(self._waits()),
            milestones=tuple(self._milestones()),
            unfinished=causes.unfinished(self.study, self.cited, self.language),
            untested=tuple(self._titled(target) for target in self.study.unasked(made=True)),
            not_made=tuple(self._titled(target) for target in self.study.unasked(made=False)),
            tasks=task_facts(self.study.procedure, self.cited, self.language),
            assessed=assessed_facts(assessment_of(self.work, self.study), self.cited, self.language),
            warnings=tuple(self._warnings()),
            analyses=analyses_told(self.work, self.study, self.language),
        )

    def _say(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" or not en else en

    def _plan(self, plan_id: str, version_id: str) -> facts.PlanFacts:
        plan, version = plans.plan(self.work, plan_id), plans.version_of(self.work, plan_id, version_id)
        body = plan.organisation
        issuer = organisations.organisation(self.work, body) if body else None
        return facts.PlanFacts(
            title=plan.title,
            kind=name_of("plan_kind", plan.kind.value, self.language),
            issuer=self._say(issuer.name, issuer.name_en) if issuer else "",
            version_label=version.label,
            root_hash=version.root_hash,
            number=passage.passage(self.work, version_id).document_number,
        )

    def _scenario(self) -> facts.ScenarioFacts:
        scenario, conditions = self.study.scenario, self.study.level_conditions
        return facts.ScenarioFacts(
            id=scenario.id,
            title=self._say(scenario.title, scenario.title_en),
            hazard=self._say("、", ", ").join(
                name_of("spread", spread, self.language)
                for spread in dict.fromkeys(each.spread for each in self.study.scenarios)
            ),
            summary="\n".join(filter(None, [*self._told_events(), *self._failures()])),
            parameters=tuple(
                facts.Parameter(name=self._say(p.title or p.name, p.title_en), figure=p.figure)
                for p in self.study.parameters
            ),
            level=level_name(self.study.findings.level, self.language),
            level_conditions=tuple(condition.text for condition in conditions),
            is_level_of_template=any(not condition.clause for condition in conditions),
            circumstances=made_for((), self.study.circumstances, self.language),
        )

    def _told_events(self) -> list[str]:
        """What happens: of several events the whole and then each part with its beginning."""
        compound = self.study.compound
        event = compound or self.study.scenario
        parts = parts_told(compound, self.language) if compound else ()
        return [
            self._say(event.summary, event.summary_en),
            *parts,
            *study_events.counts_told(self.study, self.language),
        ]

    def _failures(self) -> list[str]:
        if self.study.compound:
            return compound_failures_told(self.study.compound, self.study.procedure.pools, self.language)
        return failures_told(self.study.scenario, self.study.procedure, self.language)

    def _resources(self) -> facts.ResourceFacts:
        resources = self.study.resources
        scenarios = [each.id for each in self.study.scenarios]
        counted = counts(self.study, norms_for(self.work, self.plan.area, scenarios))
        titles = {
            result.target.id: self._say(result.target.title, result.target.title_en)
            for result in self.study.findings.targets
        }
        return facts.ResourceFacts(
            title=self._say(resources.title, resources.title_en),
            pools=tuple(self._pool(count) for count in self.study.pools),
            supplies=tuple(supply for count in self.study.pools for supply in self._supplies(count)),
            norms=norm_facts(counted, titles, self.language),
            uncounted=tuple(
                causes.pool_title(self.study.procedure, pool, self.language)
                for pool in (uncounted(self.study, counted) if counted else ())
            ),
            has_local_units=any(count.local for count in self.study.pools),
        )

    def _pool(self, count: PoolCount) -> facts.Parameter:
        unit = unit_of(count.pool, self.language)
        figure = Figure(value=count.units, unit=unit, source=self._ground(count), mark=count.mark)
        return facts.Parameter(name=self._say(count.pool.title, count.pool.title_en), figure=figure)

    def _ground(self, count: PoolCount) -> str:
        """Where the number of units comes from."""
        words = Wording(self.language)
        if count.local:
            return self._ground_of_local(words, count, count.local)
        if count.is_counted:
            bare = "setting.counted_bare" if count.units else "setting.counted_none"
            return words.say("setting.counted" if count.entries else bare, count=count.entries)
        source = count.pool.source
        if count.pool.of:
            return source
        return words.say("setting.own" if source else "setting.own_bare", source=source)

    def _ground_of_local(self, words: Wording, count: PoolCount, local: LocalUnits) -> str:
        return words.say(
            "setting.local" if local.least < local.most else "setting.local_alike",
            title=self._say(local.source, local.source_en),
            least=local.least,
            most=local.most,
            unit=unit_of(count.pool, self.language),
            count=local.places,
        )

    def _supplies(self, count: PoolCount) -> Iterator[facts.SupplyFacts]:
        """What is behind the number of a pool: lot by lot, then what the reader may not see in the register."""
        for lot in count.lots:
            yield self._supply(count, lot)
        if count.others:
            yield self._others(count, count.others)

    def _others(self, count: PoolCount, others: Others) -> facts.SupplyFacts:
        unit = unit_of(count.pool, self.language)
        return facts.SupplyFacts(
            pool=self._say(count.pool.title, count.pool.title_en),
            keeper="",
            title="",
            entries=others.entries,
            quantity=others.units,
            unit=unit,
            units=others.units,
            pool_unit=unit,
            checked_on=None,
            source="",
            mark=others.mark,
        )

    def _supply(self, count: PoolCount, lot: Lot) -> facts.SupplyFacts:
        return facts.SupplyFacts(
            pool=self._say(count.pool.title, count.pool.title_en),
            keeper=self._say(lot.keeper, lot.keeper_en),
            title=self._say(*lot.titles[0]),
            entries=len(lot.titles),
            quantity=lot.quantity,
            unit=unit_word(lot.unit, self.language),
            units=lot.units,
            pool_unit=unit_of(count.pool, self.language),
            checked_on=lot.checked_on,
            source=self._say(lot.source, lot.source_en),
            mark=lot.mark,
        )

    def _study(self) -> facts.StudyFacts:
        study, found, made_with = self.study, self.study.findings, self.study.made_with
        rule = study.request.rule
        return facts.StudyFacts(
            id=study.id,
            runs=found.runs,
            seed=found.seed,
            seed_chosen=study.request.seed is not None,
            engine=study.request.engine,
            results_hash=found.results_hash,
            stop_rule=_stop_rule(rule),
            looks=len(rule.looks),
            horizon_min=study.scenario.horizon_min,
            confidence=1.0 - rule.alpha(len(found.targets)),
            footing=tuple(facts.FootingShare(footing=kind, share=share) for kind, share in found.footing),
            provisional=is_provisional(found.footing),
            created_by=study.created_by_name,
            created_at=study.created_at,
            software=made_with.software if made_with else (),
            command=command(study),
            system=self._system(made_with) if made_with else "",
            code=made_with.code if made_with else "",
            result_digest=study.result_digest,
            spent_s=made_with.spent_s if made_with else None,
        )

    def _system(self, made_with: MadeWith) -> str:
        machine = f"{made_with.system}, Python {made_with.python}"
        return self._say(f"{machine}，{made_with.cores}核", f"{machine}, {made_with.cores} cores")

    def _target(self, result: TargetResult) -> facts.TargetFacts:
        target = result.target
        clause = self.clauses.get(target.clause)
        return facts.TargetFacts(
            id=target.id,
            title=self._say(target.title, target.title_en),
            clause_number=self.cited.get(target.clause, ""),
            clause_text=quoted(target, clause),
            own_words=own_words(target, clause).words,
            cautions=cautions_of(self.study, target, clause, self.language),
            kind=target.kind.value,
            starts=start_words(self.study.procedure, target, self.language),
            clock=clock_name(target.clock, self.language) if target.clock else "",
            cases=self._cases(target),
            limit_min=target.limit_min,
            share=target.share,
            assurance=target.assurance,
            p_met=result.p_met,
            low=result.low,
            high=result.high,
            confidence=result.confidence,
            p50_min=result.p50_min,
            p90_min=result.p90_min,
            proposed=target.proposed,
            provisional=result.is_provisional,
            verdict=result.verdict.value,
            mark=target.mark,
            source=target.source,
        )

    def _task_title(self, task_id: str) -> str:
        task = self.tasks[task_id]
        return self._say(task.title, task.title_en)

    def _waits(self) -> Iterator[facts.WaitFacts]:
        totals: dict[str, float] = {}
        for wait in self.study.findings.waits:
            kind = wait.cause.partition(":")[0]
            totals[kind] = totals.get(kind, 0.0) + wait.mean_min
        whole = sum(totals.values())
        for cause, mean_min in sorted(totals.items(), key=lambda item: -item[1]):
            yield facts.WaitFacts(cause=cause, mean_min=mean_min, share=mean_min / whole if whole else 0.0)

    def _milestones(self) -> Iterator[facts.MilestoneFacts]:
        """The tasks the targets look at, in the order of the procedure."""
        aimed = {result.target.task for result in self.study.findings.targets}
        bands = [band for band in self.study.findings.bands if band.task in aimed]
        for band in bands[:MOST_MILESTONES]:
            yield facts.MilestoneFacts(
                task=self._task_title(band.task), p10_min=band.p10_min, p50_min=band.p50_min, p90_min=band.p90_min
            )

    def _titled(self, target: Target) -> str:
        """The title of a target, with the cases it is made for."""
        title, cases = self._say(target.title, target.title_en), self._cases(target)
        return self._say(f"{title}（{cases}）", f"{title} ({cases})") if cases else title

    def _cases(self, target: Target) -> str:
        return made_for(target.levels, target.circumstances, self.language)

    def _warnings(self) -> Iterator[str]:
        """How sure the times are, then response limits of the text that no target carries."""
        yield from (said.rstrip("。.") for said in cautions.of_study(self.study, self.language))
        found = unbound_limits(self.study.procedure, tuple(self.clauses.values()))
        if found:
            yield self._unbound(found)

    def _unbound(self, found: Iterable[FoundLimit]) -> str:
        """Every limit with its length, those of one sentence together, so that as many are counted as stand there."""
        words = Wording(self.language)
        together: dict[str, list[str]] = {}
        for each in found:
            quote = f"{self.cited.get(each.clause, '')}“{each.text.rstrip('。')}”"
            together.setdefault(quote, []).append(limit(words, each.minutes))
        lengths = {quote: self._say("、", ", ").join(some) for quote, some in together.items()}
        zh = "；".join(f"{quote}（未列入的为{some}）" for quote, some in lengths.items())
        en = "; ".join(f"{quote} (not carried: {some})" for quote, some in lengths.items())
        count = sum(map(len, together.values()))
        return self._say(
            f"预案中有{count}处响应时限没有列入目标，本次研究未作检验：{zh}",
            f"{count} response limit(s) of the plan have no target and were not examined: {en}",
        )


def _stop_rule(rule: StopRule) -> str:
    if rule.runs:
        return "fixed"
    return "doubling" if rule.precision_share is None else "precision"


def command(study: Study) -> str:
    """The command line that computes the same study again; DATA stands for the data directory."""
    asked = study.request
    is_cut_short = study.findings.ending is Ending.TIME  # then the number of runs is what makes it the same
    exact = study.findings.runs if is_cut_short else asked.runs
    runs = ["--runs", str(exact)] if exact else ["--most-runs", str(asked.most_runs)]
    if asked.precision_share is not None:
        runs += ["--precision", str(asked.precision_share)]
    if asked.is_joint:
        runs.append("--joint")
    parts = ["yuyan", "--data", "DATA", "study", "run", study.plan, asked.scenario]
    parts += ["--version", study.version, *runs, "--seed", str(study.seed), "--engine", asked.engine]
    for one in study.answered:
        parts += ["--part", f"{one.part}={one.plan}@{one.version}"]
    parts += ["--resources", study.resources.id, "--anew"]
    if asked.is_calibrated:  # of the timings that were known when it was made
        until = asked.known_until or study.created_at.isoformat()
        parts += ["--durations", asked.durations, "--known-until", until]
        if asked.prior_weight is not None:
            parts += ["--prior-weight", str(asked.prior_weight)]
    return shlex.join(parts)


def quoted(target: Target, clause: Clause | None) -> str:
    """The sentence of the clause that makes the promise, or the clause's beginning where it is not known."""
    if clause is not None and target.source and target.source in clause.text.replace("\n", " "):
        return target.source
    return excerpt(clause)


def excerpt(clause: Clause | None) -> str:
    """The beginning of a clause as a reader needs it to recognise it."""
    if clause is None:
        return ""
    words = " ".join(part for part in (clause.title, clause.text.replace("\n", " ")) if part)
    return words if len(words) <= EXCERPT else words[: EXCERPT - 1] + "…"
