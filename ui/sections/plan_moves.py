"""流转: where the edition stands, its papers, signatures and clocks, and the moves open to this person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from plans_repo import people, plans
from plans_repo.course import open_blanks, papers
from plans_repo.course import passage as course
from plans_repo.course.holders import Holder, holders
from plans_repo.course.issuing import IssuingNotice
from plans_repo.course.open_blanks import OpenBlank
from plans_repo.course.passage import Attachment, OpenMove, Passage
from plans_repo.course.signer import Signer
from plans_repo.course.stages import Move, PaperKind, Process, Stage
from plans_repo.course.working_days import calendar
from plans_repo.filing import filings
from plans_repo.filing.copies import CopyTo
from plans_repo.histories import Moved, moves_of
from plans_repo.packs.naming import name_of
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Action
from plans_repo.store.tables.plans import PlanKind
from ui.components.course_names import manner_name
from ui.components.fields import fields, start_anew
from ui.components.filing_names import DUTIES, recipient_name
from ui.components.plan_names import PROCESSES
from ui.components.refusal import answered
from ui.identity import guard, reading, work
from ui.sections.course_now import show_now
from ui.sections.course_record import show_moves_made, show_record
from ui.sections.ending_form import ending_input
from ui.sections.issuing_form import ISSUING, IssuingForm, issuing_form, notice_input
from ui.sections.opened import OpenedVersion
from ui.sections.plan_blanks import reason_label, show_blanks
from ui.sections.plan_course import proceedings, show_others, show_path, show_path_form, show_present, today
from ui.wording import _, language
from ui.wording.codes import MOVES, PAPERS

SCANS = ["pdf", "docx", "doc", "jpg", "jpeg", "png", "md", "txt", "ofd"]


def show_moves(opened: OpenedVersion, actor: Actor) -> None:
    """What is to be done now with the button at hand, the part of the present step, and folded what is behind."""
    with reading() as asked:
        stand = course.passage(asked, opened.version.id)
        moves = course.open_moves(asked, opened.version.id)
        unmet = course.unmet(asked, opened.version.id)
        waits = holders(asked, opened.version.id)
        left = open_blanks.open_blanks(asked, opened.version.id) if stand.stage in stand.path.stages else ()
        made = moves_of(asked, opened.version.id)
        accounts = [sign.signed_by for sign in stand.sign_offs] + [one.account for one in made]
        names = people.display_names(asked, accounts)
        days = calendar(asked)
        is_guest = plans.is_of_another_side(asked, opened.plan.id)
    show_now(opened, stand, waits, unmet, moves, days, today())
    show_blanks(opened, left)
    _show_making(opened, stand, moves, waits, left)
    if not is_guest:
        _show_preparations(opened, actor, stand)
    is_underway = stand.stage in stand.path.stages
    parts = proceedings(opened, actor, stand) if is_underway or _went(made, stand) else []
    parts = parts if is_underway else [part for part in parts if part.belongs_to(stand.path)]
    shown = show_present(parts, stand) if parts else None
    st.subheader(_("办理经过"))
    show_path(stand, has_sheet=opened.plan.kind is not PlanKind.UNIT and not is_guest)
    show_moves_made(made, names)
    show_others(parts, shown, made, names)
    show_record(opened, stand, names, days, today())


def _went(made: Sequence[Moved], stand: Passage) -> bool:
    """Whether the edition was written and signed here, and not entered as it was issued before."""
    return any(one.source in stand.path.stages and one.move is not Move.REGISTER for one in made)


def _show_making(
    opened: OpenedVersion,
    stand: Passage,
    moves: tuple[OpenMove, ...],
    waits: tuple[Holder, ...],
    left: tuple[OpenBlank, ...],
) -> None:
    """The form of the moves this person may make: open where the step waits for it and nothing keeps it back."""
    if not moves:
        return
    if stand.stage is Stage.NUMBERING:
        st.caption(_("“编号印发”是办公室编文号、排印的环节；办理“印发”即登记印发日期，公布和备案期限从该日起算。"))
    awaited = {one.move for one in waits}
    onward = [one for one in moves if one.move in awaited]
    is_ready = any(not one.unmet and not one.missing_signatures for one in onward)
    if is_ready:
        _show_move_form(opened, stand, moves, left)
        return
    words = _("、").join(_(MOVES[one.move]) for one in moves)
    label = _("条件具备后办理：{moves}", moves=words) if onward else _("可办理的其他事项：{moves}", moves=words)
    with st.expander(label, key="making-open"):
        _show_move_form(opened, stand, moves, left)


def _show_move_form(
    opened: OpenedVersion, stand: Passage, moves: tuple[OpenMove, ...], left: tuple[OpenBlank, ...]
) -> None:
    by_move = {one.move: one for one in moves}
    chosen = by_move[st.selectbox(_("办理事项"), list(by_move), format_func=lambda move: _(MOVES[move]), key="move")]
    issuing = issuing_form(opened) if chosen.move in ISSUING else None
    with st.form(f"move-{chosen.move}", border=True):
        files = [
            (kind, st.file_uploader(_(PAPERS[kind]), type=SCANS, key=f"paper-{chosen.move}-{kind}"))
            for kind in _paper_kinds(chosen)
        ]
        number = _number_input(chosen, stand, issuing)
        notice = notice_input(issuing, chosen.move) if issuing else None
        manner = _manner_input(chosen)
        signer = _signer_input(chosen)
        file_with = _receiver_input(opened, chosen)
        copies, no_copies = _copies_input(chosen)
        number, received_from = _receipt_input(chosen, number)
        ending = ending_input(chosen.move, today())
        label = _("意见") if chosen.step.signs else _("理由") if chosen.step.needs_reason else _("说明")
        label = reason_label(chosen.move, left, label)
        reason = st.text_area(label, key=f"reason-{chosen.move}", height=90)
        on = st.date_input(
            _("办理日期"), value=today(), max_value=today(), format="YYYY-MM-DD", key=f"on-{chosen.move}"
        )
        is_moving = st.form_submit_button(_(MOVES[chosen.move]), type="primary", key="do-move")
    if is_moving:
        dated_on = ending.dated_on if ending else None
        attachments = [
            Attachment(kind=kind, name=file.name, data=file.getvalue(), dated_on=dated_on)
            for kind, file in files
            if file
        ]
        number = ending.number if ending else number
        ends_on = ending.ends_on if ending else None
        _move(
            opened,
            stand,
            chosen.move,
            reason,
            attachments,
            number,
            on,
            manner,
            notice,
            file_with,
            ends_on,
            received_from,
            signer,
            copies,
            no_copies,
        )


def _manner_input(chosen: OpenMove) -> str:
    """How it is decided, where there is a choice."""
    manners = chosen.manners
    if len(manners) < 2:
        return ""
    at = st.radio(
        _("办理方式"),
        range(len(manners)),
        format_func=lambda one: manner_name(manners[one]),
        key=f"manner-{chosen.move}",
    )
    return manners[at].id


def _signer_input(chosen: OpenMove) -> tuple[str, str]:
    """Name and post of the head who signed on paper, where a head does."""
    if not any(manner.has_signer for manner in chosen.manners):
        return "", ""
    left, right = st.columns(2)
    post = right.text_input(_("签署人职务"), key=f"signer-post-{chosen.move}", placeholder=_("例如 村党支部书记"))
    name = left.text_input(_("签署人姓名"), key=f"signer-name-{chosen.move}")
    st.caption(_("以签署页上的签名为准；办理经过写明签署人，并注明由您录入。"))
    return str(name).strip(), str(post).strip()


def _receiver_input(opened: OpenedVersion, chosen: OpenMove) -> str:
    """To whom a filing goes; with which body, asked where the rules name an office that no body here answers to."""
    if chosen.move is not Move.FILE:
        return ""
    with reading() as asked:
        goes_to = filings.filing(asked, opened.version.id).destination.recipients
    names = _("；").join(f"{_(DUTIES[one.duty])} {recipient_name(one)}" for one in goes_to)
    st.caption(_("送往：{names}。去向在“印发后”改定，备案文书也可在那里代拟。", names=names))
    if chosen.unnamed_office is None:
        return ""
    office = recipient_name(chosen.unnamed_office)
    st.caption(_("按规定向“{office}”备案，单位名录中没有对应的单位，请写明是哪个单位。", office=office))
    return str(st.text_input(_("备案机关"), key=f"receiver-{chosen.move}"))


def _copies_input(chosen: OpenMove) -> tuple[list[CopyTo], str]:
    """The bodies that only get a copy, asked where the rules name an office to which nobody has put a name."""
    if not chosen.unnamed_copies:
        return [], ""
    copies = []
    for at, office in enumerate(chosen.unnamed_copies):
        label = _(
            "{duty}：{office}是哪些单位（几个单位用分号隔开）",
            duty=_(DUTIES[office.duty]),
            office=name_of("office", office.office, language()),
        )
        named = st.text_input(label, key=f"copies-{at}")
        names = (name.strip() for name in str(named).replace(";", "；").split("；"))
        copies += [CopyTo(name=name, office=office.office, side=office.side) for name in names if name]
    why_none = st.text_input(_("没有应当抄送的单位的理由"), key="no-copies")
    return copies, str(why_none)


def _receipt_input(chosen: OpenMove, number: str) -> tuple[str, str]:
    """Number and issuing body of a receipt on paper."""
    if chosen.move is not Move.RECEIVE_RECEIPT:
        return number, ""
    left, right = st.columns(2)
    given = left.text_input(_("备案编号"), key="receipt-number", placeholder="某应急备〔2026〕1号")
    body = right.text_input(_("出具单位"), key="receipt-body")
    st.caption(_("办理日期填回执的落款日期。登记后须由本单位另一人与纸质回执核对，核对前期限继续计算。"))
    return str(given), str(body)


def _paper_kinds(chosen: OpenMove) -> list[PaperKind]:
    """The papers asked for, those of every manner among them."""
    others = [manner.paper for manner in chosen.manners[1:]]
    return [*chosen.missing_papers, *(kind for kind in others if kind not in chosen.missing_papers)]


def _number_input(chosen: OpenMove, stand: Passage, issuing: IssuingForm | None) -> str:
    if issuing is None:
        return ""
    hint = _("本单位下一个文号为 {number}；其他公文也占用编号，以机要登记为准", number=issuing.number)
    return str(
        st.text_input(
            _("文号"),
            value=stand.document_number,
            key=f"number-{chosen.move}",
            placeholder="某政办发〔2026〕12号",
            help=hint if issuing.number else None,
        )
    )


def _move(
    opened: OpenedVersion,
    stand: Passage,
    move: Move,
    reason: str,
    attachments: list[Attachment],
    number: str,
    on: date,
    manner: str,
    notice: IssuingNotice | None,
    file_with: str,
    ends_on: date | None,
    received_from: str,
    signer: tuple[str, str],
    copies: Sequence[CopyTo],
    no_copies: str,
) -> None:
    with answered():
        guard()
        with work() as asked:
            course.move(
                asked,
                opened.version.id,
                move,
                reason=reason,
                attachments=attachments,
                document_number=number,
                on=on,
                manner=manner,
                seen_revision=stand.revision,
                notice=notice,
                file_with=file_with,
                ends_on=ends_on,
                received_from=received_from,
                signer=Signer(name=signer[0], post=signer[1]) if any(signer) else None,
                copies=copies,
                no_copies=no_copies,
            )
        st.rerun()


def _show_preparations(opened: OpenedVersion, actor: Actor, stand: Passage) -> None:
    """Papers ahead of a move, the process of the revision, its path, the document number."""
    if stand.stage is Stage.DRAFT and actor.may(Action.EDIT_PLAN):
        _show_process_form(opened, stand)
        show_path_form(opened, stand)
    if stand.stage is Stage.NUMBERING and actor.may(Action.NUMBER_PLAN):
        _show_number_form(opened, stand)
    kinds = [kind for kind in PaperKind if any(map(actor.may, papers.actions_for(kind)))]
    if kinds and actor.may(Action.COMMENT_PLAN):
        _show_paper_form(opened, kinds)


def _show_process_form(opened: OpenedVersion, stand: Passage) -> None:
    with st.expander(_("选定修订程序"), key="process-open"), st.form("process", border=False):
        processes = list(Process)
        place = st.radio(
            _("程序"),
            range(len(processes)),
            index=processes.index(stand.process),
            format_func=lambda one: _(PROCESSES[processes[one]]),
            horizontal=True,
            key="process-kind",
        )
        reason = st.text_input(_("理由"), key="process-reason")
        if st.form_submit_button(_("选定"), key="choose-process"):
            with answered():
                guard(Action.EDIT_PLAN)
                with work() as asked:
                    course.choose_process(asked, opened.version.id, processes[place], reason=reason)
                st.rerun()


def _show_number_form(opened: OpenedVersion, stand: Passage) -> None:
    with st.expander(_("编文号"), key="number-open"), st.form("number", border=False):
        number = st.text_input(_("文号"), value=stand.document_number, key="number", placeholder="某政办发〔2026〕12号")
        if st.form_submit_button(_("保存文号"), key="save-number"):
            with answered():
                guard(Action.NUMBER_PLAN)
                with work() as asked:
                    course.number_document(asked, opened.version.id, number)
                st.rerun()


def _show_paper_form(opened: OpenedVersion, kinds: list[PaperKind]) -> None:
    field = fields("paper")
    with st.expander(_("附上材料"), key="paper-open"), st.form("paper", border=False):
        place = st.selectbox(
            _("材料"), range(len(kinds)), format_func=lambda one: _(PAPERS[kinds[one]]), key=field("paper-kind")
        )
        file = st.file_uploader(_("文件"), type=SCANS, key=field("paper-file"))
        is_attaching = st.form_submit_button(_("附上"), key="attach-paper")
    if is_attaching and file is None:
        st.error(_("请先选择文件。"))
    elif is_attaching and file is not None:
        with answered():
            guard(Action.COMMENT_PLAN)
            with work() as asked:
                course.attach(
                    asked, opened.version.id, Attachment(kind=kinds[place], name=file.name, data=file.getvalue())
                )
            start_anew("paper")
            st.rerun()
