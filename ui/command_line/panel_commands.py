"""``yuyan plan draw``: the experts who review a text."""

from __future__ import annotations

from plans_repo import plans
from plans_repo.course import panels, recusal
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.errors import UiError
from ui.wording import _


def draw(context: Context) -> Answer:
    """Draw the review panel from the expert pool."""
    asked = context.arguments
    with context.work() as work:
        panel = panels.draw_panel(
            work,
            plans.version_of(work, asked.plan).id,
            size=asked.size,
            quotas={field: _count(count) for field, count in map(_pair, asked.field)},
            interests=dict(map(_pair, asked.aside)),
            redraw_why=asked.again,
        )
        concerns = recusal.concerns(work, panel.version)
    seats = [
        {
            "seat": seat.id,
            "expert": seat.expert.id,
            "name": seat.expert.name,
            "fields": list(seat.expert.fields),
            "concern": concerns.get(seat.expert.id, ""),
        }
        for seat in panel.seats
    ]
    return Answer(
        fields={"panel": panel.id, "seed": panel.seed, "pool": list(panel.pool), "seats": seats},
        lines=[
            _("抽取种子（正文校验码和抽取次数，任何人可据此复核）：") + panel.seed,
            *(f"{seat.ordinal}\t{seat.expert.name}\t{seat.expert.unit}" for seat in panel.seats),
            *(
                _(
                    "{name}所在的{employer}与正文中承担任务的{unit}属同一系统，请确认是否需要回避。",
                    name=seat.expert.name,
                    employer=seat.expert.unit,
                    unit=concerns[seat.expert.id],
                )
                for seat in panel.seats
                if seat.expert.id in concerns
            ),
        ],
    )


def _pair(word: str) -> tuple[str, str]:
    left, separator, right = word.partition("=")
    if not separator or not left or not right:
        raise UiError("pair-malformed", thing="argument", rule="must look like LEFT=RIGHT", value=word)
    return left, right


def _count(word: str) -> int:
    if not word.isdecimal():
        raise UiError("pair-malformed", thing="argument", rule="must end in a number", value=word)
    return int(word)
