"""``yuyan plan elements``: the tables of formal and element review and what the panel answered."""

from __future__ import annotations

from plans_repo import plans
from plans_repo.course import element_review, panels, votes
from plans_repo.course.words import Judgement
from plans_repo.errors import NotFound
from ui.command_line.answer import Answer
from ui.command_line.choices import JUDGEMENT
from ui.command_line.context import Context
from ui.components.course_names import JUDGEMENTS
from ui.components.plan_names import told
from ui.errors import UiError
from ui.wording import _


def elements(context: Context) -> Answer:
    """Every element with its answer; with ``--answer`` some are answered first."""
    asked = context.arguments
    said = [_answer(word) for word in asked.answer]
    if said:
        with context.work() as work:
            panel = panels.panel(work, plans.version_of(work, asked.plan).id)
            if panel is None:
                raise NotFound("panel-unknown", thing="panel", field="panel", value=asked.plan)
            for key, judgement in said:
                element_review.answer_element(work, panel.id, key, judgement, note=asked.note)
    with context.reading() as work:
        plan = plans.plan(work, asked.plan)
        seen = panels.panel(work, plans.version_of(work, asked.plan).id) if plan.version else None
        answers = votes.review_form(work, seen.id) if seen else {}
        text = plans.text_of(work, asked.plan) if plan.version else ()
    tables = element_review.tables(plan.kind, plan.title, text)
    rows = [(one, element, answers.get(element.key)) for one in tables for element in one.elements]
    return Answer(
        fields={
            "plan": asked.plan,
            "elements": [
                {
                    "key": element.key,
                    "table": one.id,
                    "title": told(element.title, element.title_en),
                    "is_key": element.is_key,
                    "mark": element.mark,
                    "source": told(one.source, one.source_en),
                    "judgement": answer.judgement if answer else None,
                    "note": answer.note if answer else "",
                }
                for one, element, answer in rows
            ],
        },
        lines=[
            "\t".join(
                (
                    element.key,
                    f"{told(element.title, element.title_en)}{' ★' if element.is_key else ''}",
                    _(JUDGEMENTS[answer.judgement][0]) if answer else "—",
                    answer.note if answer else "",
                )
            )
            for _one, element, answer in rows
        ]
        or [_("该类预案不作要素评审")],
    )


def _answer(word: str) -> tuple[str, Judgement]:
    """``ELEMENT=JUDGEMENT``."""
    key, _sign, word_of_it = word.partition("=")
    judgement = JUDGEMENT.code_of(word_of_it)
    if judgement is None:
        known = JUDGEMENT.known()
        raise UiError("judgement-unfit", thing="--answer", rule="ELEMENT=JUDGEMENT", value=word, known=known)
    return key, Judgement(judgement)
