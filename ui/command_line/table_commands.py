"""``yuyan plan tables``: the clerk's tables as Word files, and the reasons that stand in them."""

from __future__ import annotations

from dataclasses import asdict

from plans_repo import clerk_tables, plans
from plans_repo.store.work import Work
from ui.command_line.answer import Answer
from ui.command_line.context import Context, write_file
from ui.command_line.named import clause_called
from ui.wording import _, n_

REVISIONS, OPINIONS = "revisions", "opinions"
KINDS = (REVISIONS, OPINIONS)


def tables(context: Context) -> Answer:
    """Write 修订对照表 or 征求意见汇总表; with ``--note`` put a reason into the former first."""
    asked = context.arguments
    with context.work() if asked.note else context.reading() as work:
        before, after = asked.against or _before(work, asked.plan, asked.version), asked.version
        if asked.kind == OPINIONS:
            rows = [asdict(line) for line in clerk_tables.opinion_lines(work, asked.plan, after)]
            data = clerk_tables.opinions_document(work, asked.plan, after)
        else:
            if asked.note:
                clause = clause_called(work, asked.plan, asked.note, after, before)
                clerk_tables.note(work, asked.plan, before, after, clause, reason=asked.reason, basis=asked.basis)
            rows = [asdict(line) for line in clerk_tables.revision_lines(work, asked.plan, before, after)]
            data = clerk_tables.revisions_document(work, asked.plan, before, after)
    file = write_file(asked.out, data)
    return Answer(
        fields={"file": file, "kind": asked.kind, "rows": rows},
        lines=[_("已写出 {file}", file=file), n_("表内 {count} 行", len(rows))],
    )


def _before(work: Work, plan_id: str, version: str) -> str:
    """The version before the one asked for; that itself where it is the first."""
    chosen = plans.version_of(work, plan_id, version)
    older = [one for one in plans.versions_of(work, plan_id) if one.ordinal < chosen.ordinal]
    return older[-1].id if older else chosen.id
