"""``yuyan plan tables``: the clerk's tables as Word files, and the reasons that stand in them."""

from __future__ import annotations

from dataclasses import asdict

from plans_repo import clerk_tables
from ui.command_line.answer import Answer
from ui.command_line.context import Context, write_file
from ui.command_line.named import clause_called
from ui.wording import _, n_

REVISIONS, OPINIONS = "revisions", "opinions"
KINDS = (REVISIONS, OPINIONS)


def tables(context: Context) -> Answer:
    """Write 修订对照表 or 征求意见汇总表; with ``--note`` put a reason into the former first."""
    asked = context.arguments
    unfilled = 0
    with context.work() if asked.note else context.reading() as work:
        after = asked.version
        if asked.kind == OPINIONS:
            rows = [asdict(line) for line in clerk_tables.opinion_lines(work, asked.plan, after)]
            data = clerk_tables.opinions_document(work, asked.plan, after)
        else:
            before = asked.against or clerk_tables.edition_before(work, asked.plan, after)
            if asked.note:
                clause = clause_called(work, asked.plan, asked.note, after, before)
                clerk_tables.note(work, asked.plan, before, after, clause, reason=asked.reason, basis=asked.basis)
            lines = clerk_tables.revision_lines(work, asked.plan, before, after)
            rows, unfilled = [asdict(line) for line in lines], sum(line.is_unfilled for line in lines)
            data = clerk_tables.revisions_document(work, asked.plan, before, after)
    file = write_file(asked.out, data)
    return Answer(
        fields={"file": file, "kind": asked.kind, "rows": rows},
        lines=[_("已写出 {file}", file=file), n_("表内 {count} 行", len(rows)), *_unfilled(unfilled)],
    )


def _unfilled(count: int) -> list[str]:
    said = n_("{count} 行的修订理由或者修订依据待填写，可用 --note 条款 --reason … --basis … 写入", count)
    return [said] if count else []
