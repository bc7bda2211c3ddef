"""A script as tables: injects by the clock, expected actions with limit and simulated band, objectives, history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from drills.scripts.keeping import Revision
from drills.scripts.script import Inject, Objective, Script, Standing
from plans_repo.packs.naming import name_of
from plans_repo.word.numbers import unit_name
from plans_repo.word.wording import Wording
from ui.components.badges import badge
from ui.components.html import Html, join, link, table, tag
from ui.components.plan_names import told
from ui.components.script_words import band_words, limit_words, met_words, objective_part, release_words
from ui.wording import _, figure_text, instant_text, language

ACTIONS_NAMED = 4
"""So many expected actions are named in the row of an inject; the others are counted."""


def injects_table(script: Script) -> Html:
    """Injects in playing order: number, when, for whom, what, and what is expected."""
    rows = [
        [
            inject.number,
            release_words(script, inject),
            join([tag("div", _("、").join(inject.to) or "—"), tag("small", _channel(inject))]),
            join([tag("strong", told(inject.title, inject.title_en)), tag("div", told(inject.text, inject.text_en)),
                  *_notes(inject)]),
            _expected(script, inject),
            badge(_standing(inject), "good" if inject.standing is Standing.APPROVED else "open"),
        ]
        for inject in script.in_order
    ]  # fmt: skip
    return table([_("编号"), _("何时下达"), _("对象"), _("内容"), _("预期行动"), _("审定")], rows)


def _notes(inject: Inject) -> Iterable[Html]:
    """What only control staff and evaluators read, told apart from what is put into play."""
    if inject.note:
        yield tag("small", _("导调备注：{note}", note=inject.note), cls="yy-muted")
    if inject.cue:
        yield tag("small", _("评估提示：{cue}", cue=inject.cue), cls="yy-muted")


def _channel(inject: Inject) -> str:
    channel = name_of("inject_channel", inject.channel, language())
    return _("{sender}，{channel}", sender=inject.sender, channel=channel) if inject.sender else channel


def _standing(inject: Inject) -> str:
    return name_of("inject_standing", inject.standing, language())


def _expected(script: Script, inject: Inject) -> str:
    actions = script.expected_of(inject)
    named = _("；").join(f"{action.number} {told(action.title, action.title_en)}" for action in actions[:ACTIONS_NAMED])
    if len(actions) <= ACTIONS_NAMED:
        return named or "—"
    return _("{named}等{count}项", named=named, count=len(actions))


def actions_table(script: Script, cited: Mapping[str, str]) -> Html:
    """Expected actions: who does what by when, where that is written, and when simulation had it done."""
    rows = [
        [
            action.number,
            told(action.title, action.title_en),
            action.unit or "—",
            limit_words(script, action),
            band_words(action),
            met_words(action),
            _clause(script, action.clause, cited),
            action.sign or "—",
        ]
        for action in script.actions
    ]
    band = _("推演中完成于（P10 / P50 / P90）")
    return table(
        [_("编号"), _("预期行动"), _("单位"), _("时限"), band, _("推演中达到时限"), _("条款"), _("完成标志")], rows
    )


def _clause(script: Script, clause: str, cited: Mapping[str, str]) -> object:
    """The citation as a link into the plan, the words somebody wrote where it is none of its clauses."""
    if clause not in cited:
        return clause or "—"
    return link(cited[clause], f"/plan?id={script.plan}&v={script.version}&clause={clause}")


def objectives_table(objectives: Iterable[Objective]) -> Html:
    """Objectives part by part: who, under which condition, does what, by which standard, with what effect."""
    parts = ("who", "condition", "task", "standard", "effect", "measure")
    rows = [
        [*(getattr(one, part) or "—" for part in parts),
         "—" if one.value is None else _measured(one)]
        for one in objectives
    ]  # fmt: skip
    return table([*map(objective_part, parts), objective_part("value")], rows)


def _measured(objective: Objective) -> str:
    return f"{figure_text(objective.value)} {unit_name(Wording(language()), objective.unit)}".strip()


def history_table(revisions: Iterable[Revision]) -> Html:
    """Who kept the script when, why, and how many injects it had."""
    rows = [
        [one.revision, instant_text(one.saved_at), one.saved_by, one.injects_count, one.reason or _("首次保存"),
         tag("code", one.hash[:12])]
        for one in revisions
    ]  # fmt: skip
    return table([_("第几稿"), _("时间"), _("保存人"), _("注入数"), _("缘由"), _("校验值")], rows)
