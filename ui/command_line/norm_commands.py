"""``yuyan norms`` and ``yuyan study norms``: figures of the place, and norms beside what a study showed."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

from plans_repo import plans, studies
from plans_repo.access import standpoint
from plans_repo.norms import figures
from plans_repo.norms.counts import Count, counts
from plans_repo.norms.telling import norm_facts
from plans_repo.word.wording import Wording
from sim.figure import Mark
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.command_line.usage import Choice, decimal, of_table
from ui.components.badges import MARKS
from ui.components.plan_names import told
from ui.components.promises import target_title
from ui.wording import _, figure_text, language

Adding = Callable[[str, Callable[[Context], Answer], str], ArgumentParser]
FIGURES = Choice(figures.kinds(), lambda key: told(figures.kinds()[key].title, figures.kinds()[key].title_en))
MARK = of_table({mark: MARKS[mark.value][0] for mark in (Mark.READ, Mark.TO_BE_CONFIRMED, Mark.DEMO)})


def add_norms(command: ArgumentParser) -> None:
    """The words of ``yuyan norms``."""
    command.add_argument("key", metavar="KEY", nargs="?", type=FIGURES, default=None, help=FIGURES.known())
    command.add_argument("value", metavar="VALUE", nargs="?", type=decimal, default=None, help=_("数值"))
    command.add_argument("--source", default="", help=_("出自哪份文件"))
    command.add_argument("--mark", type=MARK, default=Mark.READ, help=MARK.known())
    command.add_argument("--event", metavar="SCENARIO", default="", help=_("只用于这一情景，如某矿自己的装备"))


def norms(context: Context) -> Answer:
    """Enter a figure of the place, or list those there are, or the one that is named."""
    asked = context.arguments
    if asked.key is not None and asked.value is not None:
        with context.work() as work:
            figures.enter(
                work, asked.key, asked.value, source=asked.source, mark=Mark(asked.mark), event=asked.event
            )  # fmt: skip
    with context.reading() as work:
        area = standpoint(work).area
        kept = figures.figures(work, area, [asked.event] if asked.event else ())
    found = {key: one for key, one in kept.items() if asked.key in (None, key)}
    return Answer(
        fields={
            "area": area,
            "figures": [
                {
                    "key": one.key,
                    "value": one.figure.value,
                    "source": one.figure.source,
                    "mark": one.figure.mark.value,
                    "area": one.area,
                    "event": one.event,
                }
                for one in found.values()
            ],
        },
        lines=[_line(one) for one in found.values()]
        or [_("没有登记本地数据；可以登记：{known}", known=FIGURES.known())],
    )


def _line(one: figures.Entered) -> str:
    kind = figures.kinds()[one.key]
    amount = f"{figure_text(one.figure.value)} {told(kind.unit, kind.unit_en)}"
    return f"{told(kind.title, kind.title_en)}\t{amount}\t{one.figure.source}\t{_(MARKS[one.figure.mark.value][0])}"


def study_norms(context: Context) -> Answer:
    """What norms ask for in the event of a study, what there is, and how the same units did in the runs."""
    with context.reading() as work:
        study = studies.study(work, context.arguments.study)
        plan = plans.plan(work, study.plan)
        known = figures.norms_for(work, plan.area, [each.id for each in study.scenarios])
    found = counts(study, known)
    titles = {result.target.id: target_title(result.target) for result in study.findings.targets}
    words = Wording(language())
    facts = norm_facts(found, titles, language())
    return Answer(
        fields={"study": study.id, "norms": [_fields(count) for count in found]},
        lines=[
            "\t".join(
                (
                    fact.title,
                    words.say("norm.asked", basis=fact.basis_title, number=fact.basis, needed=fact.needed)
                    if fact.needed
                    else words.say("norm.basis_unknown", basis=fact.basis_title),
                    fact.held or words.say("norm.held_unknown"),
                    words.say(f"norm.{fact.outcome}", missing=fact.missing),
                    fact.simulated or words.say("norm.not_played"),
                )
            )
            for fact in facts
        ]
        or [words.say("setting.no_norms")],
    )


def _fields(count: Count) -> dict[str, object]:
    return {
        "id": count.norm.id,
        "title": count.norm.title,
        "basis": count.basis,
        "needed": count.needed,
        "held": count.held,
        "outcome": count.outcome.value,
        "wait_min": count.wait_min,
        "holds_back": list(count.held_back),
        "mark": count.norm.mark.value,
    }
