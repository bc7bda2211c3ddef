"""The names of consultation, review and authoring as people say them."""

from __future__ import annotations

from plans_repo.course.conditions import Unmet
from plans_repo.course.draft_names import draft_name
from plans_repo.course.experts import Expert
from plans_repo.course.holders import Holder
from plans_repo.course.opinions import Treated
from plans_repo.course.paths import Manner, Path
from plans_repo.course.stages import CLOSED, EFFECTIVE, Move, Stage
from plans_repo.course.words import Answer, GroupPart, Judgement, Treatment, Vote
from plans_repo.packs.naming import name_of
from ui.components.badges import badge
from ui.components.html import Html, join, tag
from ui.components.names import role_names
from ui.components.plan_names import told
from ui.wording import _, day_text, language, later
from ui.wording.codes import MOVES
from ui.wording.errors import worded

GROUP_PARTS = {
    GroupPart.HEAD: later("组长"),
    GroupPart.MEMBER: later("成员"),
    GroupPart.EXPERT: later("专家"),
    GroupPart.CLERK: later("执笔人"),
}
ANSWERS = {Answer.NO_OPINION: (later("无意见"), "good"), Answer.OPINIONS: (later("有意见"), "blue")}
TREATMENTS = {
    Treatment.ADOPTED: (later("已采纳"), "good"),
    Treatment.PARTLY: (later("部分采纳"), "warn"),
    Treatment.REFUSED: (later("未采纳"), "plain"),
}
VOTES = {
    Vote.AGREE: (later("同意"), "good"),
    Vote.AGREE_IF: (later("原则同意，修改后通过"), "warn"),
    Vote.DISAGREE: (later("不同意"), "bad"),
}
JUDGEMENTS = {
    Judgement.CONFORMS: (later("符合"), "good"),
    Judgement.MOSTLY: (later("基本符合"), "warn"),
    Judgement.FAILS: (later("不符合"), "bad"),
    Judgement.NOT_APPLICABLE: (later("不适用"), "plain"),
}


def unmet_words(unmet: Unmet) -> str:
    """What is not met yet, as a sentence."""
    return worded(unmet.code, unmet.fields)


def holder_words(holder: Holder) -> str:
    """For whom a text waits, by name where there is an account, else by office."""
    move = _(MOVES[holder.move])
    if holder.move is Move.RECEIVE_RECEIPT and holder.people:
        return _("等候备案机关答复；收到纸质回执的，由{people}登记", people=_("、").join(holder.people))
    if holder.people:
        return _("现由{people}办理：{move}", people=_("、").join(holder.people), move=move)
    return _(
        "现由{roles}办理：{move}（本系统中没有该岗位的账户）", roles=role_names(frozenset(holder.roles)), move=move
    )


def waiting_people(holder: Holder) -> str:
    """Who has a step before him: people by name, else the office, which has no account."""
    if holder.people:
        return _("、").join(holder.people)
    return _("{roles}（本系统中没有该岗位的账户）", roles=role_names(frozenset(holder.roles)))


def path_name(path: Path) -> str:
    """A path in the reader's language."""
    return told(path.title, path.title_en)


def manner_name(manner: Manner) -> str:
    """How a step is decided, in the reader's language."""
    return told(manner.title, manner.title_en)


def expert_name(expert: Expert) -> str:
    """An expert in a list to choose from, with his unit."""
    return _("{name}（{unit}）", name=expert.name, unit=expert.unit)


def recusal_name(why: str) -> str:
    """Why an expert stands aside; what a person wrote stays as written."""
    return name_of("recusal", why, language())


def draft_badge(stage: Stage) -> Html:
    """What officials call the text as it stands; nothing once it is issued."""
    word = "" if stage in EFFECTIVE | CLOSED else draft_name(stage, language())
    return badge(word, "open") if word else Html("")


def treated_cell(treated: Treated | None) -> Html:
    """What became of an opinion, with reason and, where it was disputed, how that was settled."""
    if treated is None:
        return badge(_("尚未处理"), "warn")
    word, tone = TREATMENTS[treated.treatment]
    parts = [badge(_(word), tone)]
    if treated.reason:
        parts.append(tag("div", treated.reason))
    if treated.is_open:
        parts.append(badge(_("有分歧，待协调"), "bad"))
    elif treated.resolution:
        words = _("分歧协调（{day}）：{words}", day=day_text(treated.resolved_on), words=treated.resolution)
        parts.append(tag("div", words, cls="yy-dim"))
    return join(parts)
