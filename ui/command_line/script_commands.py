"""``yuyan script …``: the script of a drill, made from a plan, shown, taken out and in, approved."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from drills import register
from drills.drill import Drill
from drills.errors import DrillError
from drills.scripts import keeping
from drills.scripts.checks import Fault, faults
from drills.scripts.exchange import About, cexf_of, read_cexf
from drills.scripts.keeping import KeptScript
from drills.scripts.script import Script, Standing
from drills.scripts.sheet import RowFault, Sheet, read_sheet, sheet_of
from plans_repo.packs.naming import name_of
from plans_repo.store.work import Work, new_uuid
from ui.command_line.answer import Answer
from ui.command_line.context import Context, read_file, write_file
from ui.command_line.context import name_of as file_name
from ui.components.drill_names import STATES, drill_title
from ui.components.plan_names import told
from ui.components.script_words import PAPERS, approval_reason, band_words, fault_lines, limit_words, release_words
from ui.downloads.drill_paper import made
from ui.wording import _, instant_text, language, n_
from ui.wording.errors import worded

CEXF = ".json"


def list_drills(context: Context) -> Answer:
    """The drills that may be known, by day, with whether they have a script."""
    with context.reading() as work:
        found = register.list_drills(work, context.arguments.year)
        scripted = {one.id: _revision(work, one.id) for one in found}
    return Answer(
        fields={"drills": [_drill_fields(one) | {"script": scripted[one.id]} for one in found]},
        lines=["\t".join(map(str, _drill_cells(one, scripted[one.id]))) for one in found] or [_("没有演练")],
    )


def _revision(work: Work, drill_id: str) -> int:
    """The newest revision of a script, 0 where there is none or it is not for the actor."""
    if not keeping.may_read(work, drill_id):
        return 0
    kept = keeping.script(work, drill_id)
    return kept.revision if kept else 0


def _drill_fields(drill: Drill) -> dict[str, Any]:
    return {"id": drill.id, "title": drill.title, "state": drill.state, "on": drill.on}


def _drill_cells(drill: Drill, revision: int) -> list[object]:
    script = _("脚本第{revision}稿", revision=revision) if revision else ""
    return [drill.id, drill.on or "—", _(STATES[drill.state][0]), drill_title(drill), script]


def drill_named(work: Work, words: str) -> Drill:
    """The drill of that id, or the only one of that title."""
    found = [one for one in register.list_drills(work) if words in (one.id, one.title, one.title_en)]
    if len(found) > 1:
        raise DrillError("drill-title-shared", thing=words, field="drill", value=len(found))
    return found[0] if found else register.drill(work, words)


def make(context: Context) -> Answer:
    """Make the script of a drill from its plan and an event, and keep it."""
    asked = context.arguments
    with context.work() as work:
        drill = drill_named(work, asked.drill)
        script = keeping.make(
            work, drill.id, plan=asked.plan, scenario=asked.scenario, study=asked.study, duration_min=asked.minutes
        )
        kept = keeping.keep(work, drill.id, script, base=_revision(work, drill.id), reason=asked.reason)
    return _kept_answer(kept, _("脚本已生成"))


def show(context: Context) -> Answer:
    """The injects, the expected actions, and what the script still lacks."""
    with context.reading() as work:
        drill, kept = _found(work, context.arguments.drill, context.arguments.revision)
    script = kept.script
    lacks = faults(script)
    return Answer(
        fields=_fields(kept) | {"faults": [_fault_fields(one) for one in lacks]},
        lines=[
            _("{title}：脚本第{revision}稿，{who}于{at}保存", title=drill_title(drill), revision=kept.revision,
              who=kept.saved_by, at=instant_text(kept.saved_at)),
            *_inject_lines(script),
            *_action_lines(script),
            *([_("还缺：")] if lacks else []),
            *(f"  {line}" for line in fault_lines(lacks)),
        ],
    )  # fmt: skip


def _inject_lines(script: Script) -> list[str]:
    return ["\t".join([
        one.number, release_words(script, one), _("、").join(one.to) or "—", told(one.title, one.title_en),
        name_of("inject_standing", one.standing, language()),
    ]) for one in script.in_order]  # fmt: skip


def _action_lines(script: Script) -> list[str]:
    return ["\t".join([
        one.number, told(one.title, one.title_en), one.unit or "—", limit_words(script, one), band_words(one),
    ]) for one in script.actions]  # fmt: skip


def export(context: Context) -> Answer:
    """Write the script to a sheet, or, to a file that ends with .json, in the Common Exercise Format."""
    asked = context.arguments
    with context.reading() as work:
        drill, kept = _found(work, asked.drill, asked.revision)
    if asked.file.lower().endswith(CEXF):
        about = About(id=drill.id, title=drill.title, description=drill.note, version=str(kept.revision))
        data = cexf_of(kept.script, about)
    else:
        data = sheet_of(kept.script, language=language())
    write_file(asked.file, data)
    return Answer(
        fields={"file": asked.file, "injects": len(kept.script.injects), "hash": kept.hash},
        lines=[_("已写入 {file}", file=asked.file)],
    )


def paper(context: Context) -> Answer:
    """Write a paper of the drill, in Word."""
    asked = context.arguments
    kind = next(one for one in PAPERS if one.value == asked.kind)
    with context.reading() as work:
        data = made(work, drill_named(work, asked.drill).id, kind, language())
    write_file(asked.file, data)
    return Answer(fields={"file": asked.file, "paper": asked.kind}, lines=[_("已写入 {file}", file=asked.file)])


def take(context: Context) -> Answer:
    """Read a sheet or a CEXF file into the script of a drill: all of it, or nothing with every fault told."""
    asked = context.arguments
    data = read_file(asked.file)
    with context.reading() as work:
        drill = drill_named(work, asked.drill)
        before = keeping.script(work, drill.id)
    base = before.script if before else Script(duration_min=drill.duration_min or 240)
    left: tuple[str, ...] = ()
    if asked.file.lower().endswith(CEXF):
        found = read_cexf(data, new_id=new_uuid)
        script, left = found.script, found.left
    else:
        sheet = read_sheet(data, file_name(asked.file), base, new_id=new_uuid, drops=asked.drop)
        if sheet.script is None:
            return _faulty(sheet)
        script = sheet.script
    reason = asked.reason or _("读入文件 {name}", name=file_name(asked.file)[:100])
    with context.work() as work:
        kept = keeping.keep(work, drill.id, script, base=before.revision if before else 0, reason=reason)
    answer = _kept_answer(kept, _("已读入"))
    lines = [_("本系统没有对应之处、未读入的部分：{left}", left=_("、").join(left))] if left else []
    return Answer(fields=dict(answer.fields) | {"left": list(left), "faults": []}, lines=[*answer.lines, *lines])


def _faulty(sheet: Sheet) -> Answer:
    return Answer(
        fields={"faults": [_row_fault_fields(one) for one in sheet.faults]},
        lines=[
            _("表中有 {count} 处不对，改好前一行也不会读入：", count=len(sheet.faults)),
            *(_("  {page}第 {row} 行：{why}", page=name_of("script_page", one.page, language()), row=one.number,
                why=worded(one.code, one.fields)) for one in sheet.faults),
        ],
        is_good=False,
    )  # fmt: skip


def approve(context: Context) -> Answer:
    """Approve injects by their numbers, or all that are not."""
    asked = context.arguments
    with context.work() as work:
        drill, kept = _found(work, asked.drill)
        chosen = [_inject(kept.script, number) for number in asked.number] or [
            one.id for one in kept.script.injects if one.standing is not Standing.APPROVED
        ]
        if not chosen:
            return _kept_answer(kept, _("全部注入都已审定。"))
        reason = approval_reason(kept.script, chosen)
        after = keeping.approve(work, drill.id, chosen, base=kept.revision, reason=reason)
    return _kept_answer(after, _("已审定{count}条。", count=len(chosen)))


def history(context: Context) -> Answer:
    """Who kept the script when and why."""
    with context.reading() as work:
        found = keeping.history(work, drill_named(work, context.arguments.drill).id)
    return Answer(
        fields={"revisions": [asdict(one) for one in found]},
        lines=[
            "\t".join([str(one.revision), instant_text(one.saved_at), one.saved_by, str(one.injects_count),
                       one.reason or _("首次保存"), one.hash[:12]])
            for one in found
        ] or [_("还没有脚本")],
    )  # fmt: skip


def _inject(script: Script, number: str) -> str:
    for one in script.injects:
        if one.number == number:
            return one.id
    raise DrillError("script-inject-unknown", thing="script", rule="must be in the script", value=number)


def _found(work: Work, words: str, revision: int = 0) -> tuple[Drill, KeptScript]:
    drill = drill_named(work, words)
    kept = keeping.script(work, drill.id, revision=revision)
    if kept is None:
        raise DrillError("script-not-there", thing=drill.title, field="script")
    return drill, kept


def _kept_answer(kept: KeptScript, done: str) -> Answer:
    counted = [n_("{count} 条注入", len(kept.script.injects)), n_("{count} 项预期行动", len(kept.script.actions))]
    return Answer(
        fields=_fields(kept),
        lines=[_("{done}（第{revision}稿）：{counted}", done=done.rstrip("。."), revision=kept.revision,
                 counted=_("、").join(counted))],
    )  # fmt: skip


def _fields(kept: KeptScript) -> dict[str, Any]:
    script = kept.script
    return {
        "drill": kept.drill,
        "revision": kept.revision,
        "hash": kept.hash,
        "plan": script.plan,
        "version": script.version,
        "scenario": script.scenario,
        "study": script.study,
        "injects": [
            {"number": one.number, "title": one.title, "at_min": one.at_min, "timing": one.timing, "to": list(one.to),
             "expects": [action.number for action in script.expected_of(one)], "standing": one.standing}
            for one in script.in_order
        ],
        "actions": [
            {"number": one.number, "title": one.title, "unit": one.unit, "limit_min": one.limit_min,
             "clause": one.clause, "target": one.target, "p10_min": one.p10_min, "p50_min": one.p50_min,
             "p90_min": one.p90_min}
            for one in script.actions
        ],
    }  # fmt: skip


def _fault_fields(fault: Fault) -> dict[str, Any]:
    return {"lack": fault.lack, "about": fault.about, "is_grave": fault.is_grave}


def _row_fault_fields(fault: RowFault) -> dict[str, Any]:
    return {"page": fault.page, "row": fault.number, "code": fault.code, "why": worded(fault.code, fault.fields)}
