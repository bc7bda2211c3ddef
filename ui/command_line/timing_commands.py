"""``yuyan timing …``, ``yuyan study calibration`` and ``yuyan study overlay``: observed times and what they teach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from plans_repo.errors import NotFound
from plans_repo.store.work import Work
from plans_repo.timings import calibrating, keeping, overlay, sheet
from plans_repo.timings.calibrating import Calibration, TaskTimings
from plans_repo.timings.overlay import Laid, Overlay
from plans_repo.timings.values import Recorded, Timing, TimingEnd, TimingSubject, Turnout, TurnoutKind, said
from sim.figure import Footing
from sim.lesson import FEW
from ui.command_line.answer import Answer
from ui.command_line.context import Context, name_of, read_file, write_file
from ui.components import timing_words as words
from ui.wording import _, duration_text, figure_text, n_
from ui.wording.errors import worded


def list_timings(context: Context) -> Answer:
    """The turnouts of a plan with their timings."""
    with context.reading() as work:
        found = keeping.turnouts(work, context.arguments.plan)
    return Answer(
        fields={"turnouts": [_turnout_fields(one) for one in found]},
        lines=[line for one in found for line in _turnout_lines(one)] or [_("还没有实测用时")],
    )


def _turnout_fields(one: Recorded) -> dict[str, Any]:
    turnout = {name: value for name, value in asdict(one.turnout).items() if name != "plan"}
    return turnout | {"timings": [_timing_fields(each) for each in one.timings]}


def _timing_fields(each: Timing) -> dict[str, Any]:
    left = ("turnout", "is_withdrawn")
    return {name: value for name, value in asdict(each).items() if name not in left} | {"minutes": each.minutes}


def _turnout_lines(one: Recorded) -> Iterator[str]:
    turnout = one.turnout
    known = _("事先通知") if turnout.is_announced else _("未事先通知")
    cells = [_(words.KINDS[turnout.kind]), said(turnout.began_at), turnout.title, turnout.place, known]
    yield "\t".join([turnout.id, *cells, _("记录人 {name}", name=turnout.recorder)])
    for each in one.timings:
        where = f"@{each.entity}" if each.entity else ""
        figure = f"× {figure_text(each.quantity)}" if each.quantity else ""
        cells = [f"{each.name}{where}", said(each.started_at), said(each.ended_at), duration_text(each.minutes)]
        yield "  " + "\t".join([*cells, _(words.ENDS[each.ending]), figure, each.note]).rstrip()


def add(context: Context) -> Answer:
    """Record one timing; its turnout is taken up again where it is there already."""
    asked = context.arguments
    zero = sheet.moment(asked.zero, "zero")
    turnout = Turnout(
        plan=asked.plan,
        version=asked.version,
        kind=TurnoutKind(asked.kind),
        title=asked.title,
        began_at=zero,
        place=asked.place,
        recorder=asked.recorder,
        is_announced=not asked.unannounced,
    )
    start = sheet.moment(asked.start, "start", zero)
    timing = Timing(
        subject=TimingSubject.TARGET if asked.target else TimingSubject.TASK,
        name=asked.task,
        entity=asked.entity,
        attempt=asked.attempt,
        started_at=start,
        ended_at=sheet.moment(asked.end, "end", start),
        ending=TimingEnd(asked.ending or TimingEnd.DONE),
        quantity=asked.quantity,
        note=asked.note or "",
    )
    with context.work() as work:
        kept = keeping.record(work, turnout, [timing])
    line = _("已录入：{task} {time}", task=timing.name, time=duration_text(timing.minutes))
    return Answer(
        fields={"turnout": kept.turnout.id, "added": kept.added, "unchanged": kept.unchanged},
        lines=[line if kept.added else _("同样的记录已经有了，没有重复录入")],
    )


def correct(context: Context) -> Answer:
    """Put other times in place of a timing, or withdraw it; the one before stays in the record."""
    asked = context.arguments
    with context.work() as work:
        present = _present(work, asked)
        if asked.withdraw:
            done = keeping.withdraw(work, present, reason=asked.reason)
        else:
            start = sheet.moment(asked.start, "start", present.started_at) if asked.start else present.started_at
            changed = replace(
                present,
                started_at=start,
                ended_at=sheet.moment(asked.end, "end", start) if asked.end else present.ended_at,
                ending=TimingEnd(asked.ending) if asked.ending else present.ending,
                quantity=present.quantity if asked.quantity is None else asked.quantity,
                note=present.note if asked.note is None else asked.note,
            )
            done = keeping.correct(work, changed, reason=asked.reason)
    line = _("已撤销") if asked.withdraw else _("已更正：{time}", time=duration_text(done.minutes))
    return Answer(fields={"turnout": done.turnout, "revision": done.revision, "minutes": done.minutes}, lines=[line])


def _present(work: Work, asked: Any) -> Timing:
    subject = TimingSubject.TARGET if asked.target else TimingSubject.TASK
    key = (subject, asked.task, asked.entity, asked.attempt)
    found = keeping.recorded(work, asked.turnout)
    for timing in found.timings:
        if timing.key == key:
            return timing
    raise NotFound("timing-unknown", thing=found.turnout.title, field="name", value=asked.task)


def import_sheet(context: Context) -> Answer:
    """Take a filled sheet, all of it or none; every faulty row is told."""
    asked = context.arguments
    data = read_file(asked.file)
    with context.reading() as work:
        read = sheet.read(work, asked.plan, data, name_of(asked.file))
    if read.faults:
        return Answer(
            fields={"added": 0, "faults": [_fault_fields(fault) for fault in read.faults]},
            lines=[
                n_("有 {count} 行不能录入，整张表都没有录入：", len(read.faults)),
                *(_("  第 {row} 行：{why}", row=one.number, why=worded(one.code, one.fields)) for one in read.faults),
            ],
            is_good=False,
        )
    with context.work() as work:
        taken = sheet.take(work, sheet.read(work, asked.plan, data, name_of(asked.file)))
    return Answer(fields=asdict(taken) | {"faults": []}, lines=[taken_words(taken)])


def _fault_fields(fault: sheet.RowFault) -> dict[str, Any]:
    return {"row": fault.number, "code": fault.code, "sentence": worded(fault.code, fault.fields)}


def taken_words(taken: sheet.Taken) -> str:
    """What a sheet came to."""
    return _(
        "{turnouts} 场：新录入 {added} 条，更正 {corrected} 条，原已录入 {unchanged} 条",
        turnouts=taken.turnouts,
        added=taken.added,
        corrected=taken.corrected,
        unchanged=taken.unchanged,
    )


def export_sheet(context: Context) -> Answer:
    """Write the timings of a plan as .xlsx, with the codes of its tasks."""
    asked = context.arguments
    with context.reading() as work:
        data = sheet.export(work, asked.plan, asked.turnout)
    file = write_file(asked.file, data)
    return Answer(fields={"file": file}, lines=[_("已写出 {file}", file=file)])


# ---- what they teach -------------------------------------------------------------------------------------------------


def calibration(context: Context) -> Answer:
    """Prior, data, posterior and what to expect next of every timed duration of a version."""
    asked = context.arguments
    with context.reading() as work:
        found = calibrating.calibration(work, asked.plan, asked.version, weight=asked.prior_weight)
    return Answer(
        fields={
            "plan": found.plan,
            "version": found.version,
            "prior_weight": found.weight,
            "tasks": [_lesson_fields(each) for each in found.tasks],
            "without_quantity": dict(found.without_quantity),
            "elsewhere": dict(found.elsewhere),
        },
        lines=list(_calibration_lines(found)),
    )


def _lesson_fields(of: TaskTimings) -> dict[str, Any]:
    lesson, law = of.lesson, of.duration.law
    before, after = lesson.prior.held, lesson.posterior
    return {
        "task": of.task,
        "form": lesson.prior.form,
        "written": {"median_min": law.quantile_min(0.5), "p90_min": law.quantile_min(0.9)},
        "prior": {"median_min": before.median_min, "p90_min": before.next_min(0.9)},
        "ended_min": lesson.ended_min,
        "stopped_min": lesson.stopped_min,
        "turnouts": [source.turnout for source in of.sources],
        "posterior": {
            "median_min": after.median_min,
            "median_low_min": after.median_at(0.05),
            "median_high_min": after.median_at(0.95),
            "p90_min": after.next_min(0.9),
        },
        "surprise_share": lesson.surprise_share,
        "success": None if of.success is None else of.success.mean,
        "wary": of.wary,
    }


def _calibration_lines(found: Calibration) -> Iterator[str]:
    yield _(
        "处置程序原时长计 {weight} 次实测；有实测 {count} 项，其中满 {few} 次、依据改为演练校准的 {firm} 项",
        weight=f"{found.weight:g}",
        count=len(found.tasks),
        few=FEW,
        firm=sum(one.played.footing is Footing.CALIBRATED for one in found.tasks),
    )
    for of in found.tasks:
        yield "  " + words.lesson_sentence(of, found.procedure)
        yield "    " + _("先验：{rule}", rule=words.form_words(of))
        if said_of_success := words.success_sentence(of):
            yield "    " + said_of_success
        yield from ("    " + _("注意：{why}", why=why) for why in words.wary_words(of))
    for task, count in found.without_quantity.items():
        title = words.names([task], found.procedure)
        yield _("  “{task}”按数量计时，有 {count} 条没有写数量，未用于校准", task=title, count=count)
    for task, count in found.elsewhere.items():
        yield _("  编号 {task} 的 {count} 条：这一版本没有这项任务，或者它不计时", task=task, count=count)


def lay_over(context: Context) -> Answer:
    """A drill or an incident laid over the band of a study."""
    asked = context.arguments
    with context.reading() as work:
        found = overlay.overlay(work, asked.study, asked.turnout)
    return Answer(
        fields={
            "study": found.study.id,
            "turnout": found.turnout.id,
            "runs": found.runs,
            "counts": {place: found.count(place) for place in overlay.Place},
            "moments": [_laid_fields(each) for each in found.laid],
            "not_played": found.not_played,
        },
        lines=list(_overlay_lines(found)),
    )


def _laid_fields(laid: Laid) -> dict[str, Any]:
    return asdict(laid) | {"place": laid.place, "beyond_min": laid.beyond_min}


def _overlay_lines(found: Overlay) -> Iterator[str]:
    yield words.overlay_sentence(found)
    yield words.overlay_caution(found)
    for each in found.laid:
        band = [words.minutes_text(bound) for bound in (each.p10_min, each.p50_min, each.p90_min)]
        cells = [
            _(words.PLACES[each.place]),
            words.laid_title(each, found.study.procedure),
            _(words.MOMENTS[each.moment]),
        ]
        yield "  " + "\t".join([*cells, words.minutes_text(each.observed_min), "–".join(band)])
    if found.not_played:
        yield _("本情景没有推演的任务：{tasks}", tasks=words.names(found.not_played, found.study.procedure))
