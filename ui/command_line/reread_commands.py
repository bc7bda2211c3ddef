"""``yuyan plan reread``: the kept original read with the rules of today."""

from __future__ import annotations

from collections.abc import Iterator

from plans_repo import rereading
from plans_repo.rereading import Reread, Taken
from plans_repo.store.work import new_uuid
from ui.command_line.answer import Answer
from ui.command_line.changed_lines import changed_lines
from ui.command_line.context import Context
from ui.wording import _, n_


def reread(context: Context) -> Answer:
    """What the present rules read otherwise; with ``--draft`` that goes into the draft."""
    asked = context.arguments
    with context.reading() as work:
        found = rereading.original(work, asked.plan)
        read = rereading.read_again(work, found, new_id=new_uuid)
    taken = Taken(draft=None, changes=read.changes)
    if asked.draft:
        with context.work() as work:
            taken = rereading.take_again(work, read)
    return Answer(
        fields={
            "plan": found.plan,
            "version": found.version,
            "file": found.name,
            "draft": taken.draft,
            "changes": [{"clause": one.clause, "change": one.change} for one in read.changes],
            "conflicts": list(taken.waiting),
        },
        lines=list(_lines(read, taken, is_taken=asked.draft)),
    )


def _lines(read: Reread, taken: Taken, *, is_taken: bool) -> Iterator[str]:
    if not read.changes:
        yield _("“{name}”按现行规则读出的正文与{label}相同。", name=read.original.name, label=read.original.label)
        return
    yield n_("与{label}有 {count} 处不同。", len(read.changes), label=read.original.label)
    yield from changed_lines(read.changes, taken.waiting)
    if is_taken:
        yield n_("重读原件的 {count} 处改动已并入初稿。", len(taken.changes))
    else:
        yield _("尚未改动任何内容；要并入初稿，请加 --draft")
