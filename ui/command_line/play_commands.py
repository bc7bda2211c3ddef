"""``yuyan play …``: a drill begun, turned, released, taken down and read, as on its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drills.conduct import field, log, playing
from drills.conduct.entry import Entry, EntryKind
from drills.conduct.play import Play
from drills.conduct.playing import Playing, Told
from drills.drill import Drill
from drills.errors import DrillError
from plans_repo.store.work import Work
from ui.command_line.answer import Answer
from ui.command_line.context import Context, read_file, write_file
from ui.command_line.script_commands import drill_named
from ui.components.drill_names import drill_title
from ui.components.field_form import field_form
from ui.components.plan_names import told
from ui.components.play_words import (
    PHASES,
    about_words,
    clock_text,
    line_words,
    merged_words,
    standing_words,
    time_text,
)
from ui.components.script_words import limit_words, release_words
from ui.wording import _

NEXT_COUNT = 5


def show(context: Context) -> Answer:
    """The clocks, what comes next and how the expected actions stand."""
    with context.reading() as work:
        found, now = playing.playing(work, drill_named(work, context.arguments.drill).id), work.now
    play = found.play
    minute = play.minute_at(play.ended_at or now)
    return Answer(
        fields=_fields(found) | {"minute": round(minute, 3)},
        lines=[
            f"{drill_title(found.drill)}\t{_(PHASES[play.phase][0])}\t{clock_text(minute)}",
            *([_("已叫停：{why}", why=play.stop.entry.text)] if play.stop else []),
            _("已下达{sent}条，共{total}条", sent=len(play.sent), total=len(play.script.injects)),
            *_coming_lines(play),
            *_action_lines(play, minute),
        ],
    )


def _coming_lines(play: Play) -> list[str]:
    timed = [one for _at, one in play.coming()][:NEXT_COUNT]
    rest = [one for one in play.script.injects if one.at_min is None and play.is_open(one)]
    return ["\t".join([
        one.number, clock_text(due) if (due := play.due_minute(one)) is not None else release_words(play.script, one),
        _("、").join(one.to) or "—", told(one.title, one.title_en),
    ]) for one in [*timed, *rest]]  # fmt: skip


def _action_lines(play: Play, minute: float) -> list[str]:
    return ["\t".join([
        one.number, told(one.title, one.title_en), one.unit or "—", limit_words(play.script, one),
        standing_words(play, one, minute)[0],
    ]) for one in play.script.actions]  # fmt: skip


def show_log(context: Context) -> Answer:
    """The log of play, first to last, each line with its number, and whether it is as it was written."""
    with context.reading() as work:
        found = playing.playing(work, drill_named(work, context.arguments.drill).id)
        changed = log.first_changed(work, found.drill.id)
    lines = [_line_words(found, place, one) for place, one in enumerate(found.entries, start=1)]
    verdict = _("逐条核验，没有改动") if changed is None else _("第{place}条起与写入时不符", place=changed)
    return Answer(
        fields={"drill": found.drill.id, "entries": [_entry_fields(one) for one in found.entries], "changed": changed},
        lines=[*lines, verdict] if lines else [_("演练还没有开始")],
        is_good=changed is None,
    )


def _line_words(found: Playing, place: int, entry: Entry) -> str:
    known = {one.id: one for one in found.entries}
    return "\t".join([
        str(place), time_text(entry.at), line_words(entry), about_words(found.play.script, known, entry) or "—",
        entry.text or "—", entry.unit or entry.name or _("时钟"),
    ])  # fmt: skip


def begin(context: Context) -> Answer:
    """Begin play."""
    speed = context.arguments.speed
    return _do(context, lambda work, drill: playing.begin(work, drill.id, speed=speed), _("演练开始"))


def pause(context: Context) -> Answer:
    """Halt the drill clock."""
    return _turn(context, EntryKind.PAUSED, _("已暂停"))


def resume(context: Context) -> Answer:
    """Let the drill clock run on."""
    return _turn(context, EntryKind.RESUMED, _("继续进行"))


def jump(context: Context) -> Answer:
    """Put the drill clock to another minute."""
    return _turn(context, EntryKind.JUMPED, _("演练时间已调整"), minute=context.arguments.minute)


def clear(context: Context) -> Answer:
    """Lift a stop."""
    return _turn(context, EntryKind.CLEARED, _("叫停已解除，演练暂停中"))


def end(context: Context) -> Answer:
    """End play, and the drill with it."""
    return _turn(context, EntryKind.ENDED, _("演练结束"))


def stop(context: Context) -> Answer:
    """Freeze play at once."""
    why = context.arguments.reason.strip() or _("未说明")
    return _do(context, lambda work, drill: playing.stop(work, drill.id, text=why), _("已叫停，全体停止行动"))


def release(context: Context) -> Answer:
    """Release an inject now."""
    return _of_inject(context, playing.release, _("已下达"))


def skip(context: Context) -> Answer:
    """Leave an inject out."""
    return _of_inject(context, playing.skip, _("已跳过"), text=context.arguments.reason)


def postpone(context: Context) -> Answer:
    """Put an inject to another minute."""
    asked = context.arguments
    return _of_inject(context, playing.postpone, _("已改时"), minute=asked.minute, text=asked.reason)


def improvise(context: Context) -> Answer:
    """Release something outside the script."""
    asked = context.arguments
    return _do(
        context, lambda work, drill: playing.improvise(work, drill.id, to=asked.to, text=asked.text), _("已下达")
    )


def mark_done(context: Context) -> Answer:
    """Take down that an expected action is done."""
    asked = context.arguments

    def done(work: Work, drill: Drill) -> None:
        script = playing.playing(work, drill.id).play.script
        found = next((one.id for one in script.actions if one.number == asked.number), asked.number)
        playing.mark_done(work, drill.id, found, text=asked.text)

    return _do(context, done, _("已记下"))


def note(context: Context) -> Answer:
    """Take down what was seen."""
    asked = context.arguments

    def noted(work: Work, drill: Drill) -> None:
        about = _numbered(playing.playing(work, drill.id).play, asked.about) if asked.about else ""
        playing.note(work, drill.id, text=asked.text, about=about)

    return _do(context, noted, _("已记下"))


def void(context: Context) -> Answer:
    """Declare a line void."""
    asked = context.arguments

    def voided(work: Work, drill: Drill) -> None:
        entries = playing.playing(work, drill.id).entries
        place = int(asked.line) if asked.line.isdecimal() and len(asked.line) < 10 else 0
        entry = entries[place - 1].id if 0 < place <= len(entries) else asked.line
        playing.void(work, drill.id, entry, text=asked.reason)

    return _do(context, voided, _("已作废，实录照留"))


def form(context: Context) -> Answer:
    """Write the form on which a drill is taken down without network."""
    asked = context.arguments
    with context.reading() as work:
        data = field_form(playing.playing(work, drill_named(work, asked.drill).id))
    write_file(asked.file, data)
    return Answer(fields={"file": asked.file}, lines=[_("已写入 {file}", file=asked.file)])


def merge(context: Context) -> Answer:
    """Put what a device exported into the log."""
    asked = context.arguments
    file = field.read_field_file(read_file(asked.file))
    with context.work() as work:
        drill = drill_named(work, asked.drill)
        merged = field.merge(work, drill.id, file, offset_s=asked.offset)
    return Answer(
        fields={"drill": drill.id, "added": merged.added, "known": merged.known, "is_checked": merged.is_checked},
        lines=[merged_words(merged)],
    )


def seat(context: Context) -> Answer:
    """What was released to the actor's unit."""
    with context.reading() as work:
        found = playing.seat(work, drill_named(work, context.arguments.drill).id)
    return Answer(
        fields={"messages": [_told_fields(one) for one in found]},
        lines=[
            "\t".join([one.id, time_text(one.at), _answered_words(one), told(one.text, one.text_en)]) for one in found
        ]
        or [_("还没有收到导调信息")],
    )


def _answered_words(one: Told) -> str:
    return _("{at}已收到", at=time_text(one.received_at)) if one.received_at else _("未答复")


def receive(context: Context) -> Answer:
    """Answer that a message was received."""
    line = context.arguments.line
    return _do(context, lambda work, drill: playing.receive(work, drill.id, line), _("已答复收到"))


def report(context: Context) -> Answer:
    """Report for the actor's unit."""
    text = context.arguments.text
    return _do(context, lambda work, drill: playing.report(work, drill.id, text=text), _("已报告"))


def _turn(context: Context, kind: EntryKind, done: str, *, minute: float | None = None) -> Answer:
    why = getattr(context.arguments, "reason", "")
    return _do(context, lambda work, drill: playing.turn(work, drill.id, kind, text=why, minute=minute), done)


def _of_inject(context: Context, what: Callable[..., Playing], done: str, **more: Any) -> Answer:
    def released(work: Work, drill: Drill) -> None:
        play = playing.playing(work, drill.id).play
        what(work, drill.id, _inject(play, context.arguments.number), **more)

    return _do(context, released, done)


def _do(context: Context, what: Callable[[Work, Drill], object], done: str) -> Answer:
    with context.work() as work:
        drill = drill_named(work, context.arguments.drill)
        what(work, drill)
        phase, _why = playing.phase(work, drill.id)
    return Answer(
        fields={"drill": drill.id, "phase": phase}, lines=[f"{drill_title(drill)}\t{done}\t{_(PHASES[phase][0])}"]
    )


def _inject(play: Play, number: str) -> str:
    for one in play.script.injects:
        if one.number == number:
            return one.id
    raise DrillError("script-inject-unknown", thing="script", rule="must be in the script", value=number)


def _numbered(play: Play, number: str) -> str:
    """The id of the inject or action of that number."""
    for one in play.script.actions:
        if one.number == number:
            return one.id
    return _inject(play, number)


def _fields(found: Playing) -> dict[str, Any]:
    play = found.play
    return {
        "drill": found.drill.id,
        "phase": play.phase,
        "speed": play.speed,
        "started_at": play.started_at,
        "ended_at": play.ended_at,
        "sent": sorted(play.script.inject(one).number for one in play.sent),
        "coming": [{"number": one.number, "minute": at} for at, one in play.coming()],
        "done": {play.script.action(name).number: round(one.minute, 3) for name, one in play.done.items()},
        "most_late_s": max(play.late_s.values(), default=0.0),
    }


def _entry_fields(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id, "kind": entry.kind, "at": entry.at, "by": entry.by, "name": entry.name, "unit": entry.unit,
        "about": entry.about, "minute": entry.minute, "text": entry.text, "device": entry.device,
    }  # fmt: skip


def _told_fields(one: Told) -> dict[str, Any]:
    return {"id": one.id, "text": one.text, "sender": one.sender, "at": one.at, "received_at": one.received_at}
