"""``yuyan plan draw | panel | vote``: the experts who review a text, their meeting, what each of them signed."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plans_repo import plans
from plans_repo.course import panel_result, panels, recusal, votes
from plans_repo.course.opinions import Remark
from plans_repo.course.panels import Panel, Seat
from plans_repo.course.votes import SignedVote
from plans_repo.course.words import Vote
from plans_repo.errors import NotFound
from plans_repo.people import display_names
from plans_repo.store.work import Work
from ui.command_line.answer import Answer
from ui.command_line.context import Context, name_of, read_file
from ui.command_line.named import clause_called
from ui.components.course_names import VOTES
from ui.components.version_history import person_name
from ui.errors import UiError
from ui.wording import _, day_text


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
    return Answer(
        fields={
            "panel": panel.id,
            "seed": panel.seed,
            "pool": list(panel.pool),
            "seats": [_seat_fields(seat) | {"concern": concerns.get(seat.expert.id, "")} for seat in panel.seats],
        },
        lines=[
            _("抽取种子（正文校验码和抽取次数，任何人可据此复核）：") + panel.seed,
            *(f"{seat.ordinal}\t{seat.expert.name}\t{seat.expert.unit}" for seat in panel.seats),
            *_concern_lines(panel, concerns),
        ],
    )


def _concern_lines(panel: Panel, concerns: Mapping[str, str]) -> Iterator[str]:
    for seat in panel.seats:
        if seat.expert.id in concerns:
            yield _(
                "{name}所在的{employer}与正文中承担任务的{unit}属同一系统，请确认是否需要回避。",
                name=seat.expert.name,
                employer=seat.expert.unit,
                unit=concerns[seat.expert.id],
            )


def show_panel(context: Context) -> Answer:
    """The panel and what its experts signed; with ``--head`` its meeting is entered first, with ``--decline`` a seat
    is filled anew, with ``--confirm`` a reviewer says that the changed text does what was asked.
    """
    asked = context.arguments
    is_changing = bool(asked.head or asked.decline or asked.confirm)
    with context.work() if is_changing else context.reading() as work:
        version = plans.version_of(work, asked.plan).id
        panel = _panel(work, version, asked.plan)
        if asked.decline:
            panel = panels.decline(work, _seat_called(panel, asked.decline).id, reason=asked.reason, on=asked.on)
        if asked.head:
            panel = _convened(work, panel, asked)
        if asked.confirm:
            votes.confirm_changes(work, panel.id, version)
        return _panel_answer(work, asked.plan, panel)


def _convened(work: Work, panel: Panel, asked: Namespace) -> Panel:
    """The meeting: those named as present, else everybody who was not named as absent."""
    absent = {_seat_called(panel, name).expert.id for name in asked.absent}
    present = [_seat_called(panel, name).expert.id for name in asked.present]
    present = present or [seat.expert.id for seat in panel.held if seat.expert.id not in absent]
    head = _seat_called(panel, asked.head).expert.id
    return panels.convene(work, panel.id, present=present, head=head, met_on=asked.on, place=asked.place)


def vote(context: Context) -> Answer:
    """The opinion an expert signed: his own, or entered from the signed form."""
    asked = context.arguments
    paper = (name_of(asked.paper), read_file(asked.paper)) if asked.paper else None
    with context.work() as work:
        version = plans.version_of(work, asked.plan)
        panel = _panel(work, version.id, asked.plan)
        votes.vote(
            work,
            _seat_called(panel, asked.expert).id,
            Vote(asked.conclusion),
            words=asked.words,
            remarks=[_remark(work, panel, asked.plan, word) for word in asked.opinion],
            on=asked.on,
            paper=paper,
            correction=asked.correction,
            is_scan_of_all=asked.scan_of_all,
        )
        return _panel_answer(work, asked.plan, panels.panel(work, version.id) or panel)


def _panel_answer(work: Work, plan: str, panel: Panel) -> Answer:
    signed = {one.seat: one for one in votes.votes(work, panel.id)}
    counted = panel_result.result(work, panel.id)
    names = display_names(work, [one.entered_by for one in signed.values()])
    passes = counted.is_complete and counted.passes
    return Answer(
        fields={
            "plan": plan,
            "panel": panel.id,
            "met_on": panel.met_on,
            "place": panel.place,
            "head": panel.head,
            "seats": [_seat_fields(seat) | _vote_fields(signed.get(seat.id), names) for seat in panel.seats],
            "passes": passes,
        },
        lines=[*_meeting_lines(panel), *(_seat_line(panel, seat, signed.get(seat.id), names) for seat in panel.seats),
               _("达到通过要求") if passes else _("意见未收齐") if not counted.is_complete else _("未达到通过要求")],
    )  # fmt: skip


def _meeting_lines(panel: Panel) -> Iterator[str]:
    if panel.met_on is None:
        yield _("未开会")
    else:
        yield f"{_('{day} 评审会', day=day_text(panel.met_on))}　{panel.place}".strip()


def _seat_line(panel: Panel, seat: Seat, signed: SignedVote | None, names: Mapping[str, str]) -> str:
    name = f"{seat.expert.name}（{_('组长')}）" if seat.expert.id == panel.head else seat.expert.name
    came = _("已签到") if seat.signed_in_on else _("未到会") if panel.met_on else _("待签到")
    if not seat.is_held:
        came = _("回避或不能参加：{why}", why=seat.declined_why)
    return "\t".join((str(seat.ordinal), name, seat.expert.unit, came, _vote_words(signed, names)))


def _vote_words(signed: SignedVote | None, names: Mapping[str, str]) -> str:
    """The conclusion, and how it came into the record."""
    if signed is None:
        return "—"
    words = [_(VOTES[signed.vote][0])]
    if signed.on_paper:
        words.append(_("{name}据签字件录入", name=person_name(signed.entered_by, names)))
    if signed.is_scan_of_all:
        words.append(_("与其他专家的意见合为一件扫描件"))
    return _("；").join(words)


def _seat_fields(seat: Seat) -> dict[str, Any]:
    return {
        "seat": seat.id,
        "expert": seat.expert.id,
        "name": seat.expert.name,
        "fields": list(seat.expert.fields),
        "signed_in_on": seat.signed_in_on,
        "declined": seat.declined_why,
    }


def _vote_fields(signed: SignedVote | None, names: Mapping[str, str]) -> dict[str, Any]:
    if signed is None:
        return {"vote": None}
    return {
        "vote": signed.vote,
        "words": signed.words,
        "voted_on": signed.on,
        "on_paper": signed.on_paper,
        "scan_of_all": signed.is_scan_of_all,
        "entered_by": person_name(signed.entered_by, names),
        "opinions": [one.id for one in signed.opinions],
    }


def _panel(work: Work, version: str, plan: str) -> Panel:
    found = panels.panel(work, version)
    if found is None:
        raise NotFound("panel-unknown", thing="panel", field="panel", value=plan)
    return found


def _seat_called(panel: Panel, word: str) -> Seat:
    """A seat by its number, its id, or the name or id of its expert."""
    held: Sequence[Seat] = panel.held
    found = [seat for seat in held if word in (str(seat.ordinal), seat.id, seat.expert.id, seat.expert.name)]
    if len(found) != 1:
        raise NotFound("expert-not-on-panel", thing="panel", field="expert", value=word)
    return found[0]


def _remark(work: Work, panel: Panel, plan: str, word: str) -> Remark:
    """``CLAUSE=TEXT`` on the text the panel was drawn for, or a text about the whole."""
    clause, separator, text = word.partition("=")
    if not separator:
        return Remark(text=word)
    return Remark(text=text, clause=clause_called(work, plan, clause, panel.version))


def _pair(word: str) -> tuple[str, str]:
    left, separator, right = word.partition("=")
    if not separator or not left or not right:
        raise UiError("pair-malformed", thing="argument", rule="must look like LEFT=RIGHT", value=word)
    return left, right


def _count(word: str) -> int:
    if not word.isdecimal():
        raise UiError("pair-malformed", thing="argument", rule="must end in a number", value=word)
    return int(word)
