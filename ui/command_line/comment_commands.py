"""``yuyan plan comments``: read comments, add one, answer, settle or open one again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from plans_repo import comments, plans
from plans_repo.comments import Comment
from plans_repo.store.work import Work
from plans_repo.text.citation import citations
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.command_line.named import clause_called
from ui.components.comment_thread import GONE
from ui.wording import _, instant_text, n_


def comment_list(context: Context) -> Answer:
    """Make the change asked for, then list the comments of the version or the draft."""
    asked = context.arguments
    is_changing = asked.add or asked.reply or asked.resolve or asked.reopen
    with context.work() if is_changing else context.reading() as work:
        changed = _changed(work, asked) if is_changing else None
        found = comments.comments(work, asked.plan, asked.version, draft=asked.draft, only_open=asked.open)
        count = comments.open_comments(work, asked.plan)
        clauses = plans.text_of(work, asked.plan, asked.version)
    cited = citations(clauses)
    return Answer(
        fields={
            "plan": asked.plan,
            "open": count,
            "comment": changed.id if changed else None,
            "comments": [_fields(one, cited) for one in found],
        },
        lines=[*_lines(found, cited), n_("未办结批注 {count} 条", count)],
    )


def _changed(work: Work, asked: Any) -> Comment:
    if asked.add:
        clause = clause_called(work, asked.plan, asked.add, asked.version)
        return comments.comment(
            work,
            asked.plan,
            clause,
            asked.text,
            quotation=asked.quote,
            version=asked.version,
            draft=asked.draft,
        )
    if asked.reply:
        return comments.reply(work, asked.reply, asked.text)
    if asked.resolve:
        return comments.resolve(work, asked.resolve, asked.text)
    return comments.reopen(work, asked.reopen, asked.text)


def _fields(one: Comment, cited: dict[str, str]) -> dict[str, Any]:
    return {
        "id": one.id,
        "clause": one.place.clause,
        "number": cited.get(one.place.clause, ""),
        "quotation": one.anchor.quotation,
        "hold": one.place.hold,
        "text": one.text,
        "author": one.author_name,
        "unit": one.unit,
        "at": one.at.isoformat(),
        "version": one.version,
        "open": one.is_open,
        "carried": one.is_carried,
        "replies": [
            {"kind": entry.kind, "text": entry.text, "author": entry.author_name, "at": entry.at.isoformat()}
            for entry in one.entries
        ],
    }


def _lines(found: Sequence[Comment], cited: dict[str, str]) -> Iterator[str]:
    for one in found:
        state = _("未办结") if one.is_open else _("已办结")
        gone = _(GONE[one.place.hold]) if one.place.hold in GONE else ""
        quoted = f"“{one.anchor.quotation}”" if one.anchor.quotation else ""
        number = cited.get(one.place.clause, "")
        head = " ".join(part for part in (one.id, state, number, gone, quoted) if part)
        yield f"{head} {one.unit}{one.author_name} {instant_text(one.at)}"
        yield f"    {one.text}"
        yield from (f"    ↳ {entry.author_name}：{entry.text}" for entry in one.entries if entry.text)
