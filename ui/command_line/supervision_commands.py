"""``yuyan filing supervise | notices``: notices to bodies below whose plans are late."""

from __future__ import annotations

from typing import Any

from plans_repo.errors import NotFound
from plans_repo.supervision import Supervised, issue_notice, notices, to_supervise
from plans_repo.word.supervision_notice import supervision_paper
from sim.plain import plain
from ui.command_line.answer import Answer
from ui.command_line.context import Context, require_writable, write_file
from ui.wording import _, day_text, n_


def supervise(context: Context) -> Answer:
    """A notice to the body below whose plans are late, registered, and as a Word file."""
    asked = context.arguments
    require_writable(asked.out)
    with context.work() as work:
        late = [one for one in to_supervise(work) if one.plan in asked.plans]
        if lacking := [plan for plan in asked.plans if plan not in {one.plan for one in late}]:
            raise NotFound("notice-matter-not-late", thing="notice", field="plan", value=lacking[0])
        items = [(one.plan, one.kind) for one in late]
        found = issue_notice(work, items, number=asked.number, finish_on=asked.by, contact=asked.contact)
        data = supervision_paper(found, author=work.actor.name, made_at=work.now)
    file = write_file(asked.out, data)
    return Answer(
        fields={"file": file, **_notice_fields(found)},
        lines=[_("已写出 {file}", file=file), _notice_line(found)],
    )


def list_notices(context: Context) -> Answer:
    """The notices given to bodies below, and those got from above."""
    with context.reading() as work:
        found = notices(work)
    return Answer(fields={"notices": [_notice_fields(one) for one in found]}, lines=list(map(_notice_line, found)))


def _notice_fields(one: Supervised) -> dict[str, Any]:
    said = one.said
    return {
        "notice": said.notice, "number": said.number, "by": said.by, "to": said.to, "on": one.on,
        "finish_on": said.finish_on, "open": one.open, "late": plain(one.late),
    }  # fmt: skip


def _notice_line(one: Supervised) -> str:
    day = day_text(one.said.finish_on)
    words = _("{by}督办{to}：{count} 项，限{day}前办结", by=one.said.by, to=one.said.to, count=len(one.late), day=day)
    return f"{words}，{n_('{count} 项未办', one.open) if one.open else _('已办结')}"
