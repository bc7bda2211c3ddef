"""``yuyan plan references`` and ``yuyan plan linkage``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plans_repo import plans
from plans_repo.checks.intervals import Interval
from plans_repo.linkage import references as plan_references
from plans_repo.linkage.comparison import Claim, Comparison, LimitRow, compare
from plans_repo.linkage.network import Network, network
from plans_repo.linkage.references import Citing, Reference
from plans_repo.supplies import unit_of
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.components.linkage_tables import MISFITS, measure_name, other_name
from ui.components.reference_list import OUTCOMES, meaning
from ui.components.tie_reasons import doubt_words, why_proposed
from ui.wording import _, figure_text, language


def references(context: Context) -> Answer:
    """What the text of a plan refers to, what became of it, and which plans refer to this one."""
    asked = context.arguments
    with context.reading() as work:
        version = plans.version_of(work, asked.plan, asked.version)
        found = plan_references.references(work, asked.plan, version.id)
        citing = plan_references.cited_by(work, asked.plan)
    fields = {
        "plan": asked.plan,
        "version": version.id,
        "references": [_fields(one) for one in found],
        "findings": sum(one.is_finding for one in found),
        "cited_by": [_citing_fields(one) for one in citing],
    }
    lines = [f"{one.cited_at}\t{one.mention.words}\t{_(OUTCOMES[one.outcome][0])}\t{meaning(one)}" for one in found]
    lines += [_("被引用：{title}“{words}”", title=one.title, words=one.words) for one in citing]
    return Answer(fields=fields, lines=lines)


def linkage(context: Context) -> Answer:
    """How a plan stands to the others, and where its levels, limits, duties and resources do not fit theirs."""
    asked = context.arguments
    with context.reading() as work:
        around = network(work, asked.plan)
        beside = compare(work, asked.plan)
    titles = around.titles
    fields = {
        "plan": asked.plan,
        "relations": [
            {
                "plan": tie.plan,
                "other": tie.other,
                "kind": tie.kind,
                "reason": tie.reason,
                "proposed": tie.is_proposed,
                "basis": tie.basis.basis if tie.basis else None,
                "why": why_proposed(tie) or None,
            }
            for tie in around.ties
            if asked.plan in (tie.plan, tie.other)
        ],
        "doubts": [{"plan": one.plan, "place": one.place, "body": one.body} for one in around.doubts],
        "levels": [
            {
                "measure": row.measure,
                "subject": row.subject,
                "plans": {plan: [_interval(one) for one in found] for plan, found in row.cells.items() if found},
                "misfits": [{"kind": kind, "levels": levels} for kind, levels in row.misfits],
            }
            for row in beside.levels
        ],
        "limits": [
            {
                "clause": row.mine.clause,
                "text": row.mine.text,
                "minutes": row.mine.minutes,
                "other_plan": row.other_plan,
                "other_clause": row.other.clause,
                "other_minutes": row.other.minutes,
                "misfit": row.misfit,
            }
            for row in beside.limits
        ],
        "duties": {
            unit: [{"plan": one.plan, "clause": one.clause, "text": one.words} for one in several]
            for unit, several in beside.duties.items()
        },
        "clashes": [
            {"unit": one.unit, "about": one.about, "plans": [one.first.plan, one.second.plan], "values": one.values}
            for one in beside.clashes
        ],
        "without_duty": [{"unit": unit, "clause": clause} for unit, clause in beside.without_duty],
        "resources": [
            {"pool": one.pool.id, "title": one.pool.title, "units": dict(one.units), "registered": one.registered}
            for one in beside.claims
        ],
    }
    return Answer(fields=fields, lines=list(_linkage_lines(asked.plan, around, beside, titles)))


def _linkage_lines(plan: str, around: Network, beside: Comparison, titles: dict[str, str]) -> Iterator[str]:
    yield from _headed(_("预案关系"), _tie_lines(plan, around, titles))
    yield from _headed(_("题名与制定单位不一致"), (doubt_words(one, titles) for one in around.doubts))
    yield from _headed(_("响应级别不衔接"), _level_lines(beside))
    yield from _headed(_("时限不衔接"), (_limit_line(limit, titles | dict(beside.titles)) for limit in beside.limits))
    yield from _headed(
        _("职责不一致"), (f"{clash.unit}\t{clash.about}\t{' / '.join(clash.values)}" for clash in beside.clashes)
    )
    short = (claim for claim in beside.claims if claim.is_short)
    yield from _headed(_("几件预案合计超过台账的力量与资源"), (_claim_line(claim, titles) for claim in short))


def _headed(head: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines under a heading that says what they are; nothing where there are none."""
    listed = list(lines)
    if listed:
        yield _("{head}：", head=head)
        yield from (f"  {line}" for line in listed)


def _tie_lines(plan: str, around: Network, titles: dict[str, str]) -> Iterator[str]:
    for tie in around.ties:
        if plan in (tie.plan, tie.other):
            word = _("（建议）") if tie.is_proposed else ""
            line = (titles[tie.plan], f"{other_name(tie.kind)}{word}", titles[tie.other], why_proposed(tie))
            yield "\t".join(filter(None, line))


def _level_lines(beside: Comparison) -> Iterator[str]:
    for row in beside.levels:
        for kind, levels in row.misfits:
            yield f"{_(MISFITS[kind])}\t{measure_name(row)}\t{levels}"


def _limit_line(limit: LimitRow, titles: Mapping[str, str]) -> str:
    other = _("“{title}”：{text}", title=titles.get(limit.other_plan, limit.other_plan), text=limit.other.text)
    return f"{_(MISFITS[limit.misfit])}\t{limit.mine.text}\t{other}"


def _claim_line(claim: Claim, titles: dict[str, str]) -> str:
    """What the plans count on together and each by itself, in the unit of the pool, beside what is registered."""
    unit = unit_of(claim.pool, language())
    each = _("、").join(
        _("“{title}”{count}", title=titles.get(plan, plan), count=figure_text(count, unit=unit))
        for plan, count in claim.units.items()
    )
    total = [_("合计 {count}", count=figure_text(sum(claim.units.values()), unit=unit))] if claim.is_added else []
    return "\t".join(
        (
            claim.pool.title,
            *total,
            _("台账 {count}", count=figure_text(claim.registered, unit=unit)),
            each,
        )
    )


def _interval(one: Interval) -> dict[str, Any]:
    return {"level": one.level, "at_least": one.low, "below": one.high, "clause": one.clause, "text": one.text}


def _fields(one: Reference) -> dict[str, Any]:
    return {
        "clause": one.mention.clause,
        "at": one.cited_at,
        "text": one.mention.words,
        "kind": one.mention.kind,
        "outcome": one.outcome,
        "plan": one.plan or None,
        "title": one.plan_title or (one.law.title if one.law else one.mention.title) or None,
        "target": one.clause or None,
        "number": one.number or None,
        "now": one.law.now if one.law and one.law.now else None,
        "candidates": list(one.candidates),
    }


def _citing_fields(one: Citing) -> dict[str, Any]:
    return {"plan": one.plan, "title": one.title, "clause": one.clause, "text": one.words, "target": one.target or None}
