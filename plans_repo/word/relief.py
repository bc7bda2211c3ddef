"""What eases a bottleneck and what that changed, in the words the report and the screen share."""

from __future__ import annotations

from collections.abc import Iterator

from plans_repo.packs.naming import cause_name
from plans_repo.word.facts import BottleneckFacts, LossFacts
from plans_repo.word.numbers import change, change_interval, minutes
from plans_repo.word.wording import Wording
from sim.pairs import Counts, Effect

SMALLEST_MIN = 0.05
"""Less than this is printed as nought minutes."""


def cause(words: Wording, label: str) -> str:
    """The name of a label of minutes."""
    name = cause_name(label, words.language)
    return words.say("cause.other") if name == label.partition(":")[0] and words.language == "zh" else name


def cause_cell(words: Wording, item: LossFacts) -> str:
    """The cause with the units it names."""
    name = cause(words, item.cause)
    return words.say("cause.of_pool", cause=name, pool=item.pool) if item.pool else name


def stuck(words: Wording, item: LossFacts) -> str:
    """What a bottleneck is waiting for."""
    key = f"stuck.{item.kind}" if words.has(f"stuck.{item.kind}") else "stuck.other"
    return words.say(key, pool=item.pool or cause(words, item.cause), task=item.task)


def relief(words: Wording, item: LossFacts) -> str:
    """What is assumed when the same runs are played again."""
    key = "relief.own" if item.is_own else f"relief.{item.kind}"
    return words.say(
        key if words.has(key) else "relief.other", cause=cause(words, item.cause), pool=item.pool, task=item.task
    )


def relief_cell(words: Wording, item: LossFacts) -> str:
    """The same in a table, where the task stands beside it."""
    return words.say("relief.own_cell", cause=cause(words, item.cause)) if item.is_own else relief(words, item)


def met_cell(words: Wording, item: BottleneckFacts) -> str:
    """Runs that met the target before and after; also those that got there and those concerned, where they changed."""
    counts = item.counts
    if counts is None:
        return words.say("relief.not_recorded")
    said = [words.say("relief.met", before=counts.met_before, after=counts.met_after)]
    if counts.arrived_before != counts.arrived_after:
        said.append(words.say("relief.arrived", before=counts.arrived_before, after=counts.arrived_after))
    return "\n".join([*said, *_concerned(words, counts)])


def _concerned(words: Wording, counts: Counts) -> Iterator[str]:
    """In how many runs the target no longer concerns anybody, and in how many only now."""
    if counts.no_longer:
        yield words.say("relief.no_longer", count=counts.no_longer)
    if counts.only_now:
        yield words.say("relief.only_now", count=counts.only_now)


def gain_cell(words: Wording, item: BottleneckFacts) -> str:
    """How much earlier the target came; an effect that may be nothing is said to be so."""
    if item.saving_min is None:
        return words.say("relief.no_pair_cell" if item.counts else "relief.not_simulated")
    if item.low is None or item.high is None:
        return words.say("number.without_interval", value=change(words, item.saving_min))
    value, interval = shift(words, item.saving_min, item.low, item.high)
    if not interval:
        return value
    said = {Effect.OPEN: words.say("relief.no_effect"), Effect.MIXED: words.say("relief.mixed", value=value)}
    return f"{said.get(item.effect, value)}\n{interval}"


def shift(words: Wording, mean_min: float, low_min: float, high_min: float) -> tuple[str, str]:
    """How much earlier or later something came, and the interval; "" for that where the change is too small to print.

    >>> shift(Wording("zh"), -6.4, -9.0, -3.1)
    ('推迟6.4分钟', '（3.1分钟～9分钟）')
    >>> shift(Wording("zh"), 0.0, 0.0, 0.0)
    ('没有变化', '')
    """
    if _is_nothing(low_min, high_min):
        return words.say("relief.no_change" if low_min == high_min == 0 else "relief.hardly_cell"), ""
    return change(words, mean_min), words.say("relief.range", range=change_interval(words, low_min, high_min))


def _is_nothing(low_min: float, high_min: float) -> bool:
    """Whether a change is less than the smallest that is printed, whichever way."""
    return max(abs(low_min), abs(high_min)) < SMALLEST_MIN


def effect(words: Wording, item: BottleneckFacts) -> str:
    """The same as part of a sentence."""
    return words.say("relief.and").join(_effects(words, item))


def _effects(words: Wording, item: BottleneckFacts) -> list[str]:
    counts, said = item.counts, []
    if counts is not None:
        pairs = {"met": (counts.met_before, counts.met_after), "arrived": (counts.arrived_before, counts.arrived_after)}
        said += [
            words.say(f"relief.{key}_{'same' if old == new else 'said'}", before=old, after=new)
            for key, (old, new) in pairs.items()
            if key == "met" or old != new
        ]
        said += _concerned(words, counts)
    if item.saving_min is not None:
        said.append(_minutes_said(words, item))
    elif counts is not None and counts.arrived_before == counts.arrived_after:
        said.append(words.say("relief.no_pair"))
    return said


def _minutes_said(words: Wording, item: BottleneckFacts) -> str:
    assert item.saving_min is not None
    value = change(words, item.saving_min)
    if item.low is None or item.high is None:
        return words.say("number.without_interval", value=value)
    if _is_nothing(item.low, item.high):
        return words.say("relief.mean_same" if item.low == item.high == 0 else "relief.hardly")
    fields = {"value": value, "range": change_interval(words, item.low, item.high)}
    if item.counts is not None and item.counts.paired < item.runs:
        return words.say("relief.paired_mean", paired=item.counts.paired, **fields)
    return words.say("relief.mean", **fields)


def remark(words: Wording, item: BottleneckFacts) -> str:
    """That easing this both helps and harms, or what still holds the target back where it changes nothing."""
    if item.mixed:
        return words.say("relief.earlier_and_fewer" if (item.saving_min or 0) > 0 else "relief.later_and_more")
    if item.left is None or item.proven or item.harmful:
        return ""
    return words.say(
        "relief.left", task=item.left.task, stuck=stuck(words, item.left), wait=minutes(words, item.left.wait_min)
    )
