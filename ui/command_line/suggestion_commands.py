"""``yuyan plan suggestions``: tracked changes that came in with a file, to be accepted or declined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from plans_repo import suggestions
from plans_repo.store.work import Work
from plans_repo.suggestions import Decided, Decision, TakenSuggestion
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.command_line.plan_fields import suggestion_fields
from ui.components.suggestion_words import DECISIONS, KINDS
from ui.wording import _, n_


def suggestion_list(context: Context) -> Answer:
    """Make the decisions asked for, then list the suggestions with what became of each."""
    asked = context.arguments
    is_deciding = bool(asked.accept or asked.decline or asked.accept_all or asked.decline_all)
    with context.work() if is_deciding else context.reading() as work:
        decided = _decided(work, asked) if is_deciding else Decided(decided=())
        found = suggestions.suggestions(work, asked.plan)
    return Answer(
        fields={
            "plan": asked.plan,
            "decided": list(decided.decided),
            "in_conflict": list(decided.in_conflict),
            "suggestions": [suggestion_fields(one.suggestion) | {"decision": one.decision} for one in found],
        },
        lines=[*_lines(found), *_conflict_lines(decided)],
    )


def _decided(work: Work, asked: Any) -> Decided:
    decision = Decision.ACCEPTED if asked.accept or asked.accept_all else Decision.DECLINED
    ids = asked.accept or asked.decline
    if asked.accept_all or asked.decline_all:
        ids = [one.suggestion.id for one in suggestions.suggestions(work, asked.plan) if one.decision is Decision.OPEN]
    return suggestions.decide(work, asked.plan, ids, decision)


def _lines(found: Sequence[TakenSuggestion]) -> Iterator[str]:
    for one in found:
        told = one.suggestion
        words = f"[-{told.before}-]" if told.before else ""
        words += f"[+{told.after}+]" if told.after else ""
        yield f"{told.id}\t{_(DECISIONS[one.decision])}\t{_(KINDS[told.kind])}\t{told.author}\t{words}"
    count = sum(one.decision is Decision.OPEN for one in found)
    yield n_("未定的修改建议 {count} 条", count)


def _conflict_lines(decided: Decided) -> Iterator[str]:
    if decided.in_conflict:
        ids = _("、").join(decided.in_conflict)
        yield _("建议 {ids} 所在的文字已有别的改动，未写入初稿，仍为未定，请在编修中处理", ids=ids)
