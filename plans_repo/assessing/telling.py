"""What an assessment says, in one language, for the report."""

from __future__ import annotations

from collections.abc import Mapping

from plans_repo.assessing.values import Assessment, Look
from plans_repo.store.tables.assessments import StepKind
from plans_repo.study_assumptions import Assumption
from plans_repo.word.assessed import OBJECTED, OPEN, TICKED, AssessedFacts, ConclusionFacts, ItemFacts, SignatureFacts
from plans_repo.word.numbers import minutes, plain, unit_name
from plans_repo.word.wording import Wording


def assessed_facts(found: Assessment, cited: Mapping[str, str], language: str) -> AssessedFacts:
    """The assessment as a report states it; *cited* numbers the clauses."""
    words = Wording(language)
    last = found.last(StepKind.SUBMIT)
    return AssessedFacts(
        state=found.state.value,
        items=tuple(_item(words, item, found.look_at(item.key), cited) for item in found.items),
        conclusions=tuple(
            ConclusionFacts(
                target=each.target,
                judgement=each.judgement.value,
                computed=each.computed.value,
                reason=each.reason,
                departure=each.departure,
                name=each.name,
            )
            for each in found.conclusions
        ),
        signatures=tuple(
            SignatureFacts(kind=each.kind.value, name=each.name, post=each.post, at=each.at, words=each.words)
            for each in found.signatures
        ),
        digest=last.digest if last else "",
    )


def _item(words: Wording, item: Assumption, look: Look | None, cited: Mapping[str, str]) -> ItemFacts:
    return ItemFacts(
        kind=words.say(f"item_kind.{item.kind}"),
        title=item.title if words.language == "zh" else item.title_en,
        value=value_words(words, item),
        source=item.source if words.language == "zh" else item.source_en or item.source,
        mark=item.mark,
        clause_number=cited.get(item.clause, ""),
        look=OPEN if look is None else OBJECTED if look.is_objection else TICKED,
        note=look.note if look else "",
        name=look.name if look else "",
        answer=look.answer if look else "",
        answered_by=look.answered_by if look else "",
        is_withdrawn=look.is_withdrawn if look else False,
    )


def value_words(words: Wording, item: Assumption) -> str:
    """A figure with its unit; of a random duration the median and what nine in ten do not exceed."""
    median = _amount(words, item, item.value)
    if item.high is None:
        return median
    return words.say("item_kind.median", median=median, high=_amount(words, item, item.high))


def _amount(words: Wording, item: Assumption, value: float) -> str:
    if item.unit == "min":
        return minutes(words, value)
    if item.unit == "own_time":
        return words.say("item_kind.own", value=plain(float(f"{value:.3g}")))
    unit = unit_name(words, item.unit if words.language == "zh" else item.unit_en)
    gap = "" if words.language == "zh" or not unit else " "
    return f"{plain(float(f'{value:.6g}'))}{gap}{unit}"
