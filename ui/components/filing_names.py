"""The names of what follows issue: terms, deeds, filings, evaluations, occasions to revise, things overdue."""

from __future__ import annotations

from datetime import date

from plans_repo.course.abolition import Abolished
from plans_repo.course.deeds import DeedKind
from plans_repo.course.evaluation import Conclusion
from plans_repo.course.occasions import Answer, OccasionSource, OccasionState
from plans_repo.course.publication import PublishedForm
from plans_repo.course.stages import ClockKind
from plans_repo.course.terms import Validity
from plans_repo.course.training import TrainingForm
from plans_repo.course.trial import Decided, TrialOutcome
from plans_repo.filing.answerers import Answerers
from plans_repo.filing.correspondents import KeyStanding
from plans_repo.filing.filings import Filing, SupplementRequest
from plans_repo.filing.held import HeldAnswer
from plans_repo.filing.inbox import Incoming, Mended
from plans_repo.filing.paper_receipts import Entered as EnteredReceipt
from plans_repo.filing.recipients import Duty, Recipient
from plans_repo.filing.review import Review
from plans_repo.filing.shares import AWAITING_SENDER, FilingState, Share
from plans_repo.force import ClauseFate
from plans_repo.overdue import DueKind
from plans_repo.packs.naming import name_of
from ui.wording import _, day_text, language, later, n_
from ui.wording.errors import worded

VALIDITY = {
    Validity.AHEAD: (later("待实施"), "blue"),
    Validity.IN_FORCE: (later("现行有效"), "good"),
    Validity.ON_TRIAL: (later("试行"), "good"),
    Validity.TRIAL_OVER: (later("试行期满，待处理"), "warn"),
    Validity.SUPERSEDED: (later("已被替代"), "plain"),
    Validity.ABOLISHED: (later("已废止"), "plain"),
}
DEEDS = {
    DeedKind.NOTICE: later("同时废止"),
    DeedKind.PUBLICATION: later("公布"),
    DeedKind.ROUTE: later("选定备案去向"),
    DeedKind.PACKAGE: later("制作备案包"),
    DeedKind.FILING: later("报送备案"),
    DeedKind.RECEIVED: later("收到备案"),
    DeedKind.SUPPLEMENT_REQUEST: later("补正告知"),
    DeedKind.SUPPLEMENT: later("补正材料"),
    DeedKind.MENDED: later("由更正的版次另行报送"),
    DeedKind.RECEIPT: later("备案回执"),
    DeedKind.RECEIPT_ENTERED: later("登记纸质回执"),
    DeedKind.RECEIPT_REFUSED: later("纸质回执核对不符"),
    DeedKind.RECEIPT_HELD: later("待核的答复"),
    DeedKind.TRAINING: later("培训宣贯"),
    DeedKind.EVALUATION: later("定期评估"),
    DeedKind.TRIAL_DECISION: later("处理试行"),
    DeedKind.ABOLITION: later("废止"),
    DeedKind.LONG_TRIAL: later("试行期限较长的理由"),
    DeedKind.OCCASION: later("修订情形"),
    DeedKind.OCCASION_ANSWER: later("处理修订情形"),
    DeedKind.ISSUING_NAME: later("登记印发名义"),
    DeedKind.SUPERVISION: later("上级督办"),
    DeedKind.DRILL_REPORT: later("登记演练情况报送"),
    DeedKind.COUNTERSIGNATURE: later("登记会签"),
}
FILING_STATES = {
    FilingState.TO_PUBLISH: (later("公布后报送"), "plain"),
    FilingState.TO_SEND: (later("待报送"), "warn"),
    FilingState.SENT: (later("已报送，待回执"), "blue"),
    FilingState.RECEIPT_ENTERED: (later("回执待核对"), "warn"),
    FilingState.SUPPLEMENT_ASKED: (later("待补正"), "bad"),
    FilingState.RETURNED: (later("已退回，待重新报送"), "bad"),
    FilingState.MENDED: (later("已由更正的版次另行报送"), "plain"),
    FilingState.RECEIPTED: (later("已备案"), "good"),
    FilingState.DEEMED: (later("视为已备案"), "good"),
    FilingState.ENTERED: (later("补录，未登记备案"), "plain"),
    FilingState.ENDED: (later("已失效"), "plain"),
}
INBOX_STATES = FILING_STATES | {
    FilingState.SENT: (later("待核对"), "warn"),
    FilingState.SUPPLEMENT_ASKED: (later("待对方补正"), "blue"),
    FilingState.RETURNED: (later("已退回对方"), "blue"),
}
"""As the receiver sees them."""


def inbox_state(one: Incoming) -> tuple[str, str]:
    """How far something filed here has come, and its tone; what was supplemented since says so."""
    if one.state is FilingState.SENT and one.was_supplied:
        return _("已补正，待核对"), "warn"
    word, tone = (INBOX_STATES if one.duty is Duty.FILE else FILING_STATES)[one.state]
    return _(word), tone


DUTIES = {Duty.FILE: later("备案"), Duty.SEND: later("径送"), Duty.COPY: later("抄送")}
KEYS = {
    KeyStanding.CONFIRMED: (later("密钥已核对"), "good"),
    KeyStanding.UNCONFIRMED: (later("密钥未核对"), "warn"),
    KeyStanding.OTHER: (later("密钥不符"), "bad"),
}
DUE_KINDS = {
    DueKind.PUBLICATION: later("公布"),
    DueKind.FILING: later("报送备案"),
    DueKind.RECEIPT: later("备案回执"),
    DueKind.TRIAL: later("试行期满处理"),
    DueKind.EVALUATION: later("定期评估"),
    DueKind.WORK_PLAN: later("按年度编修计划完成"),
}
CLOCK_TITLES = {ClockKind.PUBLICATION: later("公布"), ClockKind.FILING: later("报送备案")}
FORMS = {PublishedForm.FULL: later("全文"), PublishedForm.SHORT: later("简本")}
TRAININGS = {
    TrainingForm.MEETING: later("会议传达"),
    TrainingForm.COURSE: later("培训班、专题讲座"),
    TrainingForm.WORKSHOP: later("研讨、桌面推演"),
    TrainingForm.MATERIAL: later("印发宣传材料、明白卡"),
    TrainingForm.MEDIA: later("网站、公众号、广播"),
}
CONCLUSIONS = {
    Conclusion.REVISE: (later("应当修订"), "warn"),
    Conclusion.KEEP: (later("无须修订"), "good"),
}
TRIALS = {TrialOutcome.PERMANENT: later("转为正式施行"), TrialOutcome.EXTENDED: later("延长试行")}
OCCASIONS = {
    OccasionState.OPEN: (later("待处理"), "warn"),
    OccasionState.TO_REVISE: (later("已列入修订"), "blue"),
    OccasionState.REVISED: (later("已修订"), "good"),
    OccasionState.NOT_NEEDED: (later("无须修订"), "plain"),
}
SOURCES = {
    OccasionSource.PERSON: later("人工登记"),
    OccasionSource.UPPER_PLAN: later("上位预案变动"),
    OccasionSource.REGISTER: later("资源台账变动"),
    OccasionSource.DRILL: later("演练发现"),
    OccasionSource.EVALUATION: later("评估结论"),
}
ANSWERS = {Answer.REVISE: later("列入修订"), Answer.NOT_NEEDED: later("无须修订")}
FATES = {
    ClauseFate.FIRST: (later("首次出现"), "good"),
    ClauseFate.SAME: (later("未变"), "plain"),
    ClauseFate.CHANGED: (later("修改"), "warn"),
    ClauseFate.RENUMBERED: (later("仅改号"), "open"),
    ClauseFate.GONE: (later("删去"), "bad"),
}


def recipient_name(one: Recipient) -> str:
    """Who receives a plan: a body by its name; an office without one says that it is still to be filled in.

    >>> recipient_name(Recipient(duty=Duty.COPY, office="upper_government", name="上一级人民政府"))
    '上一级人民政府（单位待填）'
    """
    if one.is_named:
        is_told = not one.side or one.name.startswith(one.side)
        return one.name if is_told else _("{name}（{side}一方）", name=one.name, side=one.side)
    return _("{office}（单位待填）", office=name_of("office", one.office, language()))


def share_words(one: Share) -> str:
    """How the filing of one side of a joint plan stands: with which authority, and whether its receipt is there."""
    names = _("、").join(who.name for who in one.authorities)
    state = _(FILING_STATES[one.state][0])
    if one.receipt is not None:
        state = _("{day} 备案，编号 {number}", day=day_text(one.receipt_on), number=one.receipt.value["number"])
    outside = _("，不在本系统，须另行送达") if one.is_outside else ""
    return _("备案（{side}一方）：{names}{outside}：{state}", side=one.side, names=names, outside=outside, state=state)


def abolition_words(one: Abolished) -> str:
    """By which document a plan is ended, from which day on, and when that was entered where it came late."""
    said = one.said
    words = _("{document}，自 {day} 起废止", document=_document(said.number, said.dated_on), day=day_text(said.ends_on))
    if said.by:
        words = _("随《{plan}》印发废止：", plan=said.by) + words
    if not said.is_late:
        return words
    late = _("{entered} 才登记，此前各日按当时的登记仍为有效", entered=day_text(one.entered_on))
    return f"{words}{_('；')}{late}"


def trial_words(one: Decided) -> str:
    """What was decided of a trial, by which document, on which day, and when that was entered where it came late."""
    said = one.said
    words = _(
        "{document}，{day} 决定：{outcome}",
        document=_document(said.number, said.dated_on),
        day=day_text(one.on),
        outcome=_(TRIALS[said.outcome]),
    )
    if said.until:
        words += _("，至 {until}", until=day_text(said.until))
    if one.entered_on > one.on:
        words += _("；{entered} 登记", entered=day_text(one.entered_on))
    return words


def _document(number: str, dated_on: date | None) -> str:
    """A document by its number and its day; one entered before such was kept by neither."""
    if dated_on is None:
        return _("（没有登记文号）")
    return _("{number}（{day}）", number=number, day=day_text(dated_on)) if number else day_text(dated_on)


def mended_words(one: Mended) -> str:
    """Which earlier filing a filing answers, and what was told of that."""
    told = "；".join(one.request.missing)
    if one.request.is_return:
        return _("本件是退回后的更正报送，前次 {number} 退回理由：{told}", number=one.document_number, told=told)
    return _("本件是补正后的更正报送，前次 {number} 告知补正：{told}", number=one.document_number, told=told)


def entered_words(one: EnteredReceipt) -> str:
    """A receipt on paper that waits for its second person, and who that can be."""
    words = _(
        "回执待核对：{receiver} {number}（{day}）",
        receiver=one.said.receiver,
        number=one.said.number,
        day=day_text(one.on),
    )
    people = _("、").join(one.people)
    if one.is_alone and people:
        who = _("本单位没有第二个账户，由上级或者指导单位核对：{people}", people=people)
    elif people:
        who = _("由本单位另一人核对：{people}", people=people)
    else:
        who = _("没有可以核对的账户，请先建立")
    return f"{words}{_('；')}{who}"


def lateness_words(seen: Review) -> str:
    """That a filing was sent too late, by how much; "" where it was not or the day is not known here."""
    if not seen.late_working_days or seen.send_by is None:
        return ""
    return n_(
        "{sent} 报送，应在 {due} 前报送，逾期 {count} 个工作日",
        seen.late_working_days,
        sent=day_text(seen.sent_on),
        due=day_text(seen.send_by),
    )


def lack_words(one: HeldAnswer) -> str:
    """Why an answer does not count yet, in a sentence; "" when it may be taken in."""
    if not one.lacks:
        return ""
    fields = {"thing": one.title, "value": one.said.receiver, "lacks": one.lacks}
    return worded("held-answer-lacks", fields | {"authorities": one.authorities, "fingerprint": one.fingerprint})


def answerer_words(found: Filing, who: Answerers) -> str:
    """Who has a filing before him at the receiver, or that nobody can answer it; "" where no answer is awaited."""
    if found.state not in (FilingState.SENT, FilingState.TO_SEND) or not who.is_here:
        return ""
    if who.unmandated:
        return _(
            "{receiver}没有登记委托{bureau}办理备案，{bureau}只能转办；请{receiver}登记委托或者设答复备案的账户",
            receiver=who.receiver,
            bureau=who.unmandated,
        )
    if who.is_nobody:
        return _(
            "{receiver}在本系统中没有能够答复备案的账户，请其系统管理员设“备案管理员”账户；也可以凭纸质回执登记",
            receiver=who.receiver,
        )
    if found.state is FilingState.TO_SEND:
        return ""
    return _("已报送{receiver}，由{people}核对答复", receiver=who.receiver, people=_("、").join(who.people))


def request_words(found: Filing) -> str:
    """What the receiver told the sender to bring or to change, while he waits for it; "" otherwise."""
    if found.request is None or found.state not in AWAITING_SENDER:
        return ""
    missing, receiver = "；".join(found.request.missing), found.request.receiver
    if found.state is FilingState.RETURNED:
        return _("{receiver} 退回：{missing}", receiver=receiver, missing=missing)
    words = _("{receiver} 告知补正：{missing}", receiver=receiver, missing=missing)
    return words + supply_day(found.request)


def supply_day(request: SupplementRequest) -> str:
    """Until when what is missing is to be brought, as the end of a sentence; "" where no day was set."""
    return _("，限{day}前补齐", day=day_text(request.bring_by)) if request.bring_by else ""
