"""Rules on a dossier: each judged by its code, the strictest of several on one matter deciding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from plans_repo.checks import (  # noqa: F401  each registers the code of its rules
    annex_rules,
    authoring_rules,
    clock_rules,
    course_rules,
    export_rules,
    interval_rules,
    level_rules,
    linkage_rules,
    register_rules,
    text_rules,
)
from plans_repo.checks.articles import article_words, cited
from plans_repo.checks.dossier import Dossier
from plans_repo.checks.pack import national_rules
from plans_repo.checks.parts import JUDGES, unfit
from plans_repo.checks.result import Beaten, CheckResult, Outcome, Part, gravest
from plans_repo.checks.rule import Rule
from plans_repo.checks.speaking import Speaker

Names = Callable[[object], str]
"""How the roof names a code (a paper, a move, a stage) in the reader's language."""


@dataclass(frozen=True, kw_only=True)
class _Judged:
    """A rule with what its code found."""

    rule: Rule
    parts: tuple[Part, ...]
    beats: tuple[Rule, ...] = ()
    beaten_by: str = ""

    @property
    def outcome(self) -> Outcome:
        return gravest(part.outcome for part in self.parts)

    @property
    def decides(self) -> bool:
        """Whether it holds and saw something: a rule that saw nothing takes nobody's place."""
        return any(part.outcome not in (Outcome.NOT_APPLICABLE, Outcome.CANNOT_TELL) for part in self.parts)


def decide(
    dossier: Dossier, *, rules: Sequence[Rule] = (), language: str = "zh", names: Names = str
) -> tuple[CheckResult, ...]:
    """The result of every rule (the national ones unless given) on a plan, in the order of the rules."""
    in_force = [rule for rule in rules or national_rules() if not rule.pack or _holds(rule, dossier)]
    overridden = {rule.overrides: rule for rule in in_force if rule.overrides}
    judged = [_judged(rule, dossier, overridden.get(rule.id)) for rule in in_force]
    speaker = Speaker(language=language, names=names)
    return tuple(_result(item, speaker) for item in _strictest(judged, speaker))


def _holds(rule: Rule, dossier: Dossier) -> bool:
    return rule.holds_for(dossier.kind, dossier.maker, dossier.area)


def _judged(rule: Rule, dossier: Dossier, by: Rule | None) -> _Judged:
    rule = rule.as_for(dossier.kind, dossier.maker)
    if not rule.pack and by is not None:
        return _Judged(rule=rule, parts=(unfit("overridden", rule=by.id),))
    if not _holds(rule, dossier):
        return _Judged(rule=rule, parts=(unfit("other_area"),))
    return _Judged(rule=rule, parts=tuple(JUDGES[rule.base](dossier, rule)))


def _strictest(judged: Sequence[_Judged], speaker: Speaker) -> list[_Judged]:
    """Of the rules that hold on one matter the strictest keeps its result; the others say which it is."""
    matters: dict[str, list[_Judged]] = {}
    for item in judged:
        if item.rule.matter and item.decides:
            matters.setdefault(item.rule.matter, []).append(item)
    changed: dict[str, _Judged] = {}
    for rivals in matters.values():
        first, *rest = sorted(rivals, key=lambda item: item.rule.strictness)
        changed[first.rule.id] = replace(first, beats=tuple(item.rule for item in rest))
        for item in rest:
            told = unfit("beaten", rule=first.rule.id, asks=speaker.expected(first.rule))
            changed[item.rule.id] = replace(item, parts=(told,), beaten_by=first.rule.id)
    return [changed.get(item.rule.id, item) for item in judged]


def _result(item: _Judged, speaker: Speaker) -> CheckResult:
    rule, outcome = item.rule, item.outcome
    told = [part for part in item.parts if part.outcome is not Outcome.PASS] or list(item.parts)
    told = [part for part in told if part.outcome is not Outcome.NOT_APPLICABLE] or told
    told.sort(key=lambda part: part.outcome is not outcome)
    is_done = outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE)
    return CheckResult(
        id=rule.id,
        title=speaker.words(rule.title),
        outcome=outcome,
        where=tuple(dict.fromkeys(speaker.named(place) for part in told for place in part.where)),
        expected=speaker.expected(rule),
        found=speaker.joined(speaker.found(rule, part) for part in told),
        todo="" if is_done else speaker.todo(rule, told[0]),
        source=speaker.words(rule.source),
        article=article_words(rule.article, speaker.language),
        mark=rule.mark,
        pack=rule.pack and speaker.words(rule.pack_title),
        is_fictional=rule.is_fictional,
        overrides=rule.overrides,
        beats=tuple(_beaten(other, speaker) for other in item.beats),
        beaten_by=item.beaten_by,
        due_on=next((str(part.fields["due"]) for part in told if part.outcome is outcome and "due" in part.fields), ""),
    )


def _beaten(rule: Rule, speaker: Speaker) -> Beaten:
    source = cited(speaker.words(rule.source), article_words(rule.article, speaker.language))
    return Beaten(rule=rule.id, title=speaker.words(rule.title), asks=speaker.expected(rule), source=source)
