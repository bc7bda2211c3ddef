"""The versions of a plan and what happened to it, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from plans_repo.course.deeds import DeedKind
from plans_repo.course.signer import Signer
from plans_repo.course.stages import Move, PaperKind, Process
from plans_repo.course.terms import Validity
from plans_repo.people import LOCAL
from plans_repo.plans import RelationKind, VersionSummary
from plans_repo.store.events import Event
from plans_repo.suggestions import Decision
from plans_repo.writing.supporting import SupportKind
from ui.components.badges import badge
from ui.components.cells import unbroken
from ui.components.course_names import draft_badge
from ui.components.filing_names import DEEDS, VALIDITY
from ui.components.html import Html, join, link, table, tag
from ui.components.plan_names import EVENTS, PROCESSES, RELATIONS, SUPPORT_KINDS, TRIGGERS, stage_badge, version_name
from ui.wording import _, day_text, figure_text, instant_text, later, n_
from ui.wording.codes import MOVES, PAPERS

SHORT = 12
"""Characters of a hash a reader compares; the whole of it is on hovering."""


DECISIONS = {Decision.ACCEPTED: later("采纳修改建议"), Decision.DECLINED: later("不采纳修改建议")}


def person_name(account: str, names: Mapping[str, str]) -> str:
    """Who did something; what was done on the machine itself says so."""
    return names.get(account) or (_("本机操作") if account == LOCAL else _("系统"))


def signer_name(signer: Signer | None, account: str, names: Mapping[str, str]) -> str:
    """Who signed: the head on paper with the one who entered it, else whose account did."""
    who = person_name(account, names)
    return _("{post} {name}签署，由{who}录入", post=signer.post, name=signer.name, who=who) if signer else who


def short_hash(value: str) -> Html:
    """The beginning of a hash, the whole on hovering."""
    return tag("code", value[:SHORT], title=value)


def state_badge(version: VersionSummary) -> Html:
    """Where a version stands; of an edition only its newest text counts, the others led there."""
    return stage_badge(version.state) if version.is_current else badge(_("过程稿"), "plain")


def validity_badge(version: VersionSummary, standing: Validity | None) -> Html:
    """As ``state_badge``; an edition that is on trial or still to come says so."""
    if standing is None or not version.is_current or standing not in SAID:
        return state_badge(version)
    word, tone = VALIDITY[standing]
    return badge(_(word), tone)


SAID = frozenset({Validity.AHEAD, Validity.ON_TRIAL, Validity.TRIAL_OVER})
"""What the stage does not tell."""


def versions_table(
    versions: Sequence[VersionSummary], names: Mapping[str, str], address: str, standing: Mapping[str, Validity]
) -> Html:
    """Every version with its state, who made it and why; *standing* is how those that were issued count today."""
    heads = [_("版本"), _("状态"), _("缘由"), _("说明"), _("形成人"), _("形成时间"), _("正文校验码")]
    rows = [
        [
            link(version_name(version), f"{address}&v={version.id}"),
            join(
                [
                    validity_badge(version, standing.get(version.id)),
                    draft_badge(version.state) if version.is_current else "",
                ],
                " ",
            ),
            _(TRIGGERS[version.trigger]),
            version.reason,
            person_name(version.author, names),
            unbroken(instant_text(version.created_at)),
            short_hash(version.root_hash),
        ]
        for version in reversed(versions)
    ]
    return table(heads, rows)


def events_table(events: Iterable[Event], versions: Sequence[VersionSummary], names: Mapping[str, str]) -> Html:
    """Every event with who and when."""
    labels = {version.id: version_name(version) for version in versions}
    rows = [
        [
            unbroken(instant_text(event.at)),
            unbroken(_(EVENTS.get(event.kind, later("其他事项")))),
            _what(event.kind, event.payload, labels),
            person_name(event.account, names),
            short_hash(event.hash),
        ]
        for event in reversed(list(events))
    ]
    return table([_("时间"), _("事项"), _("内容"), _("办理人"), _("事件校验码")], rows)


def _begun(told: Mapping[str, Any]) -> str:
    words = _("{day} 起实施", day=day_text(date.fromisoformat(told["effective_on"])))
    until = told.get("trial_until")
    return words + (_("，试行至 {day}", day=day_text(date.fromisoformat(until))) if until else "")


def _ended(told: Mapping[str, Any]) -> str:
    day = day_text(date.fromisoformat(told["ended_on"]))
    return _("{day} 起废止", day=day) if told["kind"] == "abolished" else _("{day} 起由新版替代", day=day)


def _abolished(told: Mapping[str, Any]) -> str:
    return " · ".join((_("{day} 起废止", day=day_text(date.fromisoformat(told["ends_on"]))), str(told["reason"])))


def _deed(told: Mapping[str, Any]) -> str:
    return " · ".join((_(DEEDS[DeedKind(told["kind"])]), day_text(date.fromisoformat(told["on"]))))


def _suggested(told: Mapping[str, Any]) -> str:
    decided = _(DECISIONS[Decision(told["decision"])])
    return n_("{decision} {count} 条", len(told["suggestions"]), decision=decided)


def _supported(told: Mapping[str, Any]) -> str:
    return " · ".join((_(SUPPORT_KINDS[SupportKind(told["kind"])]), str(told["unit"])))


TOLD: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "term-begun": _begun,
    "term-ended": _ended,
    "abolition-decided": _abolished,
    "deed-kept": _deed,
    "suggestion-decided": _suggested,
    "supporting-document-made": _supported,
}
"""What an event tells beside its name, in words."""


ANSWERED = {"accepted": later("采纳，写入初稿"), "declined": later("不采纳")}
"""What an author said to a change of the register."""


def _what(kind: str, told: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """The content of an event as one reads it."""
    version = labels.get(str(told.get("version", "")), "")
    if kind == "moved":
        left = len(told.get("blanks", ()))
        blanks = n_("带待填 {count} 处", left) if left else ""
        words = [_(MOVES[Move(told["move"])]), version, str(told.get("reason", "")), blanks]
    elif kind == "paper-attached":
        words = [_(PAPERS[PaperKind(told["kind"])]), str(told.get("name", ""))]
    elif kind == "document-numbered":
        words = [str(told["number"])]
    elif kind == "process-chosen":
        words = [_(PROCESSES[Process(told["process"])]), str(told.get("reason", ""))]
    elif kind == "plan-related":
        words = [_(RELATIONS[RelationKind(told["kind"])])]
    elif kind in TOLD:
        words = [TOLD[kind](told)]
    elif kind == "replacement-answered":
        words = [_(ANSWERED[str(told["answer"])]), str(told.get("reason", ""))]
    elif kind == "study-kept":
        words = [version, n_("推演 {runs} 次", int(told["runs"]), runs=figure_text(told["runs"]))]
    else:
        words = [version or str(told.get("title", ""))]
    return " · ".join(word for word in words if word)
