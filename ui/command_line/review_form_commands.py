"""``yuyan plan review-form``: the six items every review answers."""

from __future__ import annotations

from plans_repo import plans
from plans_repo.course import panels, review_form, votes
from plans_repo.course.review_form import Item
from plans_repo.course.votes import ReviewAnswer
from plans_repo.course.words import Judgement
from plans_repo.errors import NotFound
from ui.command_line.answer import Answer
from ui.command_line.choices import JUDGEMENT
from ui.command_line.context import Context
from ui.components.course_names import JUDGEMENTS
from ui.components.plan_names import told
from ui.errors import UiError
from ui.wording import _


def items(context: Context) -> Answer:
    """Every item with the panel's answer; with ``--answer`` some are answered first."""
    asked = context.arguments
    said = [_answer(word) for word in asked.answer]
    with context.work() if said else context.reading() as work:
        panel = panels.panel(work, plans.version_of(work, asked.plan).id)
        if panel is None:
            raise NotFound("panel-unknown", thing="panel", field="panel", value=asked.plan)
        for item, judgement in said:
            votes.answer_item(work, panel.id, item, judgement, note=asked.note)
        found = votes.review_form(work, panel.id)
    return Answer(
        fields={
            "plan": asked.plan,
            "items": [
                {
                    "key": one.id,
                    "title": told(one.title, one.title_en),
                    "judgement": found[one.id].judgement if one.id in found else None,
                    "note": found[one.id].note if one.id in found else "",
                }
                for one in review_form.items()
            ],
        },
        lines=[_line(one, found.get(one.id)) for one in review_form.items()],
    )


def _line(one: Item, answer: ReviewAnswer | None) -> str:
    word = _(JUDGEMENTS[answer.judgement][0]) if answer else _("未填写")
    return "\t".join((one.id, told(one.title, one.title_en), word, answer.note if answer else ""))


def _answer(word: str) -> tuple[str, Judgement]:
    """``ITEM=JUDGEMENT``, the item by its code or its title."""
    key, _sign, said = word.partition("=")
    judgement = JUDGEMENT.code_of(said)
    if judgement is None:
        known = JUDGEMENT.known()
        raise UiError("judgement-unfit", thing="--answer", rule="ITEM=JUDGEMENT", value=word, known=known)
    item = next((one.id for one in review_form.items() if key in (one.title, one.title_en)), key)
    return item, Judgement(judgement)
