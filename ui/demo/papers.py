"""Papers of the demo: short dated Word documents under Chinese names; and the last working day up to a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from plans_repo.course.papers import Attachment
from plans_repo.course.stages import PaperKind
from plans_repo.course.working_days import ZONE, Calendar
from plans_repo.word.course_papers import chinese_day
from plans_repo.word.paper import Paper
from ui.wording.codes import PAPERS

CALENDAR = Calendar()
WORDS = {
    PaperKind.ISSUED_DOCUMENT: ("现将《{title}》印发给你们，请认真贯彻执行。",),
    PaperKind.EXPLANATION: (
        "一、编制背景。机构职责、风险和应急力量发生变化，需要完善应急预案。",
        "二、编制原则。坚持人民至上、生命至上，简明管用，上下衔接。",
        "三、编制过程和主要内容。开展风险评估、应急资源调查和案例分析，形成初稿并修改完善。",
        "四、征求意见及采纳情况。书面征求有关单位意见，意见均已研究处理。",
        "五、分歧意见的处理。无分歧意见。",
        "六、其他事项。无。",
    ),
    PaperKind.FILING_REPORT: ("现将《{title}》（含电子文本）及编制说明报上，请予备案。",),
    PaperKind.FILING_APPLICATION: ("单位名称、地址、主要负责人、预案名称及版本，按规定填报如下，申请备案。",),
    PaperKind.REVIEW_OPINION: ("经评审，《{title}》要素完整、针对性强，同意通过评审。",),
    PaperKind.RISK_ASSESSMENT: ("经辨识和分析，对所涉风险的等级、影响范围和薄弱环节作出评估，提出防范措施。",),
    PaperKind.RESOURCE_SURVEY: ("对第一时间可以调用和请求支援的队伍、装备、物资、场所进行了调查。",),
    PaperKind.CASE_ANALYSIS: ("分析近年本地和同类地区典型案例的经过、处置得失，提出《{title}》应吸取的经验教训。",),
    PaperKind.CONSULTATION_LETTER: ("现将《{title}（征求意见稿）》送你单位，请研究提出书面意见，于规定期限前反馈。",),
    PaperKind.OPINIONS_RECORD: ("《{title}》征求意见期间收到的意见及采纳情况汇总如下。",),
    PaperKind.LINKAGE_OPINION: ("经审核，《{title}》与总体预案及相关专项预案的响应级别、职责分工相衔接，同意。",),
    PaperKind.LEGALITY_OPINION: ("经审查，《{title}》内容合法，制定程序符合规定。",),
    PaperKind.FAIR_COMPETITION: ("经审查，《{title}》不含排除、限制竞争的内容。",),
    PaperKind.DRAFTING_SHEET: ("《{title}》拟稿、核稿、会签、签发意见。",),
    PaperKind.BUREAU_MINUTES: ("会议审议了《{title}》，原则同意，按程序报批。",),
    PaperKind.MEETING_MINUTES: ("会议审议了《{title}》，决定予以印发。",),
    PaperKind.PUBLICATION_PROOF: ("《{title}》已在县人民政府网站政府信息公开专栏全文公布。",),
}
OTHERWISE = ("有关《{title}》的{paper}。",)


def working_day(day: date) -> date:
    """The day itself if it is a working day, else the last one before it.

    >>> working_day(date(2026, 10, 7))
    datetime.date(2026, 9, 30)
    """
    while not CALENDAR.is_working_day(day):
        day -= timedelta(days=1)
    return day


def paper(kind: PaperKind, title: str, unit: str, on: date, *, dated_on: date | None = None) -> Attachment:
    """A paper of a plan, signed by *unit*."""
    name = str(PAPERS[kind]).replace("（扫描件）", "").replace("扫描件", "")
    day = dated_on or on
    lines = [line.format(title=title, paper=name) for line in WORDS.get(kind, OTHERWISE)]
    data = document(f"{title}{name}", lines, unit, day)
    return Attachment(kind=kind, name=f"{title}{name}.docx", data=data, dated_on=day)


def letter(title: str, unit: str, on: date, *lines: str) -> tuple[str, bytes]:
    """A letter or a form with its file name."""
    return f"{title}.docx", document(title, lines, unit, on)


def document(title: str, lines: Sequence[str], unit: str, on: date) -> bytes:
    """A short document: title, paragraphs, who and when."""
    made = Paper()
    made.title(title)
    for line in lines:
        made.text(line)
    made.text(unit)
    made.text(chinese_day(on))
    at = datetime.combine(on, time(9), ZONE)
    return made.saved(title=title, author=unit, made_at=at)
