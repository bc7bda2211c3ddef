"""What follows issue and waits for a person: filings to check, papers asked for, trials, occasions to revise."""

from __future__ import annotations

from collections.abc import Iterator

from plans_repo import library
from plans_repo.course import occasions
from plans_repo.filing import filings, held, inbox, paper_receipts
from plans_repo.filing.shares import FilingState
from plans_repo.overdue import DueKind, overdue
from plans_repo.packs.naming import name_of
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from plans_repo.supervision import notices, to_supervise
from ui.components.filing_names import request_words
from ui.components.plan_names import TRIGGERS
from ui.todos import Todo, of_plan, todo_source
from ui.todos.kinds import Kind
from ui.wording import _, day_text, language, n_

SHOWN_CHARS = 40
"""Of what somebody wrote about an occasion, so much stands on the desk."""


@todo_source
def filings_to_check(work: Work) -> Iterator[Todo]:
    """What was filed with this body and awaits its answer."""
    if not work.actor.may(Action.RECEIPT_FILING):
        return
    for one in inbox.inbox(work):
        if one.is_open:
            duty = _("{sender}报备《{title}》，请核对并出具回执", sender=one.sender, title=one.title)
            if one.acts_for:
                told = {"sender": one.sender, "title": one.title, "owner": one.acts_for}
                duty = _("{sender}报备《{title}》，请代{owner}核对并出具回执", **told)
            yield Todo(duty=duty, href="/filing", kind=Kind.TO_CHECK, due_on=one.answer_by.on)


@todo_source
def late_below(work: Work) -> Iterator[Todo]:
    """What bodies below have not done in time, for who supervises them; with the day a notice has set."""
    late = to_supervise(work)
    if not late:
        return
    given = {(item.plan, item.kind): one for one in notices(work) for item in one.late}
    for due in late:
        matter = name_of("due_kind", due.kind, language())
        notice = given.get((due.plan, due.kind))
        words = _("督促{body}办理：{matter}", body=due.body, matter=matter)
        if notice is not None:
            day = day_text(notice.said.finish_on)
            words = _("督促{body}办理：{matter}（已发督办通知，限{day}前办结）", body=due.body, matter=matter, day=day)
        yield Todo(plan=due.plan, subject=due.title, duty=words, href="/filing", kind=Kind.BELOW, due_on=due.due_on)


@todo_source
def notices_got(work: Work) -> Iterator[Todo]:
    """What a body above has told this one to do, until it is done."""
    if not any(map(work.actor.may, (Action.FILE_PLAN, Action.EDIT_PLAN))):
        return
    for one in notices(work):
        if one.open and one.said.by_organisation != work.actor.organisation:
            words = n_("{body}督办 {count} 项超期事项，请限期办结", one.open, body=one.said.by)
            yield Todo(duty=words, href="/filing", kind=Kind.FROM_ABOVE, due_on=one.said.finish_on)


@todo_source
def answers_held(work: Work) -> Iterator[Todo]:
    """Answers that came and do not count yet: the key is to be checked, or the right body is to give one."""
    if not work.actor.may(Action.FILE_PLAN):
        return
    for one in held.waiting(work):
        words = _("{body}的答复待核，请核对出具单位和密钥", body=one.said.receiver)
        yield Todo(plan=one.plan, subject=one.title, duty=words, href="/filing", kind=Kind.HELD)


@todo_source
def receipts_to_compare(work: Work) -> Iterator[Todo]:
    """Receipts on paper that somebody else has entered and this person compares."""
    for one in paper_receipts.waiting(work):
        words = _("请与纸质回执核对：{body} {number}", body=one.said.receiver, number=one.said.number)
        yield of_plan(one.plan, one.title, words, kind=Kind.HELD, v=one.version, part="after")


@todo_source
def papers_asked_for(work: Work) -> Iterator[Todo]:
    """Filings whose receiver has told what is missing."""
    if not work.actor.may(Action.FILE_PLAN):
        return
    for one in filings.own_filings(work, asked_only=True):
        if one.state is FilingState.SUPPLEMENT_ASKED:
            day = one.request.bring_by if one.request else None
            words = _("{asked}，请报送补正材料", asked=request_words(one))
            yield of_plan(one.plan, one.title, words, kind=Kind.SUPPLEMENT, due_on=day, part="after")
        elif one.state is FilingState.RETURNED:
            words = _("{asked}，请办理后重新报送", asked=request_words(one))
            yield of_plan(one.plan, one.title, words, kind=Kind.RETURNED, part="after")


@todo_source
def trials_to_settle(work: Work) -> Iterator[Todo]:
    """Trials of the own place that are over or soon will be: for who decides, who writes and who watches the days."""
    if not any(map(work.actor.may, (Action.ISSUE_PLAN, Action.EDIT_PLAN, Action.FILE_PLAN))):
        return
    for due in overdue(work, soon=True):
        if due.kind is DueKind.TRIAL and due.is_own:
            words = _("试行期满，请决定转为正式施行、延长、修订或废止")
            if not work.actor.may(Action.ISSUE_PLAN):
                words = _("试行期满，请提出转为正式施行、延长、修订或废止的意见")
            yield of_plan(due.plan, due.title, words, kind=Kind.TRIAL, due_on=due.due_on, part="after")


@todo_source
def work_plan_lines(work: Work) -> Iterator[Todo]:
    """Lines of the yearly work plan whose day has passed or is near, for who writes plans and who watches the days."""
    if not any(map(work.actor.may, (Action.EDIT_PLAN, Action.FILE_PLAN))):
        return
    for due in overdue(work, soon=True):
        if due.kind is DueKind.WORK_PLAN:
            duty = _("年度编修计划要求按期完成（{body}）", body=due.body)
            yield Todo(
                plan=due.plan, subject=due.title, duty=duty, href="/work-plan", kind=Kind.WORK_PLAN, due_on=due.due_on
            )


@todo_source
def evaluations_watched(work: Work) -> Iterator[Todo]:
    """For the filing officer: evaluations of the own place that are late or near; the author has them by himself."""
    if not work.actor.may(Action.FILE_PLAN) or work.actor.may(Action.EDIT_PLAN):
        return
    for due in overdue(work, soon=True):
        if due.kind is DueKind.EVALUATION and due.is_own and (due.is_late or due.is_soon):
            words = _("定期评估到期，请督促{body}组织评估", body=due.body)
            yield of_plan(due.plan, due.title, words, kind=Kind.EVALUATE, due_on=due.due_on, part="after")


@todo_source
def occasions_to_answer(work: Work) -> Iterator[Todo]:
    """Occasions to revise that nobody has answered."""
    if not work.actor.may(Action.EDIT_PLAN):
        return
    waiting = occasions.open_by_plan(work)
    for entry in library.entries(work, library.Part.WRITTEN) if waiting else ():
        told = waiting.get(entry.id, ())
        if told and entry.in_force is not None:
            words = _(
                "{words}：{trigger}（{summary}）",
                words=n_("有 {count} 项修订情形待处理", len(told)),
                trigger=_(TRIGGERS[told[-1].trigger]),
                summary=cut(told[-1].summary),
            )
            yield of_plan(entry.id, entry.title, words, kind=Kind.REVISE, part="after")


def cut(words: str) -> str:
    """The beginning of what somebody wrote, for a line of the desk.

    >>> cut("值班电话变更"), cut("一" * 50)[-3:]
    ('值班电话变更', '一一…')
    """
    return words if len(words) <= SHOWN_CHARS else f"{words[: SHOWN_CHARS - 1]}…"
