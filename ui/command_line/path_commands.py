"""``yuyan plan path | number``: the procedure and the path a revision takes, and its document number."""

from __future__ import annotations

from plans_repo import plans
from plans_repo.course import passage
from plans_repo.course.paths import paths_for
from plans_repo.course.stages import Process
from plans_repo.errors import NotFound
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.command_line.standing import standing_answer
from ui.components.course_names import path_name
from ui.components.plan_names import PROCESSES
from ui.wording import _


def path(context: Context) -> Answer:
    """The paths open to the plan, the one it takes marked; with ``--process`` or ``--take`` chosen first."""
    asked = context.arguments
    with context.work() if asked.process or asked.take else context.reading() as work:
        version = plans.version_of(work, asked.plan).id
        if asked.process:
            passage.choose_process(work, version, Process(asked.process), reason=asked.reason)
        kind = plans.plan(work, asked.plan).kind
        open_paths = paths_for(kind, passage.passage(work, version).process)
        if asked.take:
            taken = [one.id for one in open_paths if asked.take in (one.id, one.title, one.title_en)]
            if not taken:
                raise NotFound("path-unknown", thing=asked.plan, field="path", value=asked.take)
            passage.choose_path(work, version, taken[0], reason=asked.reason)
        stand = passage.passage(work, version)
    return Answer(
        fields={
            "plan": asked.plan,
            "process": stand.process,
            "path": stand.path.id,
            "paths": [{"id": one.id, "title": path_name(one)} for one in open_paths],
        },
        lines=[
            _(PROCESSES[stand.process]),
            *(f"{'→' if one.id == stand.path.id else ' '} {one.id}\t{path_name(one)}" for one in open_paths),
        ],
    )


def number(context: Context) -> Answer:
    """Give the edition its document number ahead of the issue."""
    asked = context.arguments
    with context.work() as work:
        version = plans.version_of(work, asked.plan).id
        passage.number_document(work, version, asked.number)
        return standing_answer(work, passage.passage(work, version))
