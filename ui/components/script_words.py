"""Scripts in words: what they lack, when an inject is released, how long an action may take."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from drills.papers.design_papers import DesignPaperKind
from drills.papers.script_papers import PaperKind
from drills.scripts import words
from drills.scripts.checks import Fault, Lack
from drills.scripts.script import ExpectedAction, Inject, Script
from plans_repo.packs.naming import name_of
from plans_repo.word.wording import Wording
from ui.wording import _, language, later, share_text

LACKS = {
    Lack.NO_INJECT: later("脚本还没有注入"),
    Lack.NO_OBJECTIVE: later("没有演练目标"),
    Lack.OBJECTIVE_PART: later("目标“{about}”缺少：{parts}"),
    Lack.OUT_OF_REACH: later("预期行动{about}：推演中只有{first}的场次达到时限"),
    Lack.ENDS_LATER: later("预期行动{about}：时限到第{first}分钟，演练第{second}分钟结束"),
    Lack.CROWDED: later("“{about}”在第{first}分钟要接{second}条注入，应接不暇"),
}
"""One sentence for each lack that has a story of its own."""
SHARED = {
    Lack.NOBODY_RECEIVES: later("没有写明对象的注入：{numbers}"),
    Lack.SAYS_NOTHING: later("没有内容的注入：{numbers}"),
    Lack.EXPECTS_NOTHING: later("没有预期行动的注入：{numbers}"),
    Lack.NOT_APPROVED: later("尚未审定的注入：{numbers}"),
    Lack.NOT_ASKED_FOR: later("没有注入引出的预期行动：{numbers}"),
    Lack.NOBODY_ACTS: later("没有写明单位的预期行动：{numbers}"),
    Lack.NO_SIGN: later("有时限、但没有写明完成标志的预期行动：{numbers}"),
}
"""One sentence for all injects or actions that lack the same."""
MOST_NUMBERS = 10
PAPERS: dict[PaperKind | DesignPaperKind, str] = {
    DesignPaperKind.WORK: later("工作方案"),
    PaperKind.SCRIPT: later("导调脚本"),
    PaperKind.CARDS: later("导调单"),
    PaperKind.SCHEME: later("评估方案"),
    DesignPaperKind.SUPPORT: later("保障方案"),
    DesignPaperKind.HANDBOOK: later("观摩手册"),
}
"""The papers of a drill, in the order of their making."""


def fault_lines(faults: Iterable[Fault]) -> list[str]:
    """What a script lacks, a sentence for each lack; those of one kind are told together."""
    by_lack: dict[Lack, list[Fault]] = {}
    for fault in faults:
        by_lack.setdefault(fault.lack, []).append(fault)
    return [line for lack, several in by_lack.items() for line in _lines(lack, several)]


def _lines(lack: Lack, several: Sequence[Fault]) -> list[str]:
    if lack in SHARED:
        numbers = _("、").join(fault.about for fault in several[:MOST_NUMBERS])
        if len(several) > MOST_NUMBERS:
            numbers = _("{named}等{count}项", named=numbers, count=len(several))
        return [_(SHARED[lack], numbers=numbers)]
    return [_fault_words(fault) for fault in several]


def _fault_words(fault: Fault) -> str:
    parts = fault.parts
    if fault.lack is Lack.OBJECTIVE_PART:
        return _(LACKS[fault.lack], about=fault.about, parts=_("、").join(map(objective_part, parts)))
    first, second = (*parts, "", "")[:2]
    if fault.lack is Lack.OUT_OF_REACH:
        first = share_text(float(first))
    return _(LACKS[fault.lack], about=fault.about, first=first, second=second)


def approval_reason(script: Script, injects: Collection[str]) -> str:
    """What the history of a script says of an approval: which injects it was."""
    numbers = [one.number for one in script.in_order if one.id in injects]
    return _("审定注入 {numbers}", numbers=_("、").join(numbers))


def objective_part(field: str) -> str:
    """What a part of an objective is called."""
    return name_of("script_column", {"condition": "given", "task": "does"}.get(field, field), language())


def release_words(script: Script, inject: Inject) -> str:
    """When an inject is released: its minute, its condition, or that a controller does it."""
    return words.release_words(script, inject, Wording(language()))


def limit_words(script: Script, action: ExpectedAction) -> str:
    """The limit of an action and what it counts from; a dash without one."""
    return words.limit_words(script, action, Wording(language()))


def band_words(action: ExpectedAction) -> str:
    """When simulation ended the task, from the start: P10, P50, P90; a dash where no study says."""
    return words.band_words(action, Wording(language()))


def met_words(action: ExpectedAction) -> str:
    """The share of the runs that kept the limit; a dash where no study says."""
    return words.met_words(action)
