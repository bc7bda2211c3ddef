"""The thread of a clause beside its words: promises and how they fared, tasks, forces, telephones, who points here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from plans_repo.linkage.references import Citing
from plans_repo.threads import Called, Thread, Tried
from plans_repo.word.numbers import percent
from sim.procedure import Procedure, Target
from ui.components.badges import badge, verdict
from ui.components.html import Html, join, link, tag
from ui.components.ledger_words import figure_line
from ui.components.plan_names import told
from ui.components.promises import promise, target_title
from ui.components.register_table import amount
from ui.components.verdict_table import interval_words
from ui.wording import _, day_text


def clause_thread(found: Thread, procedure: Procedure | None, address: str, cited: Mapping[str, str]) -> Html:
    """Every strand that has something, under its name; one sentence when there is none."""
    if found.is_bare:
        return tag("p", _("本条没有绑定目标、任务，也没有写到可核对的数值、单位和引用。"), cls="yy-dim")
    strands = [
        (_("目标"), [_target(target, tried, procedure) for target, tried in found.targets if procedure]),
        (_("任务"), [link(told(task.title, task.title_en), f"{address}&part=procedure") for task in found.tasks]),
        (_("数值"), [figure_line(one) for one in found.figures]),
        (_("可用力量"), [_supply(one.title, one.title_en, amount(one), one.place) for one in found.resources]),
        (_("涉及单位和联系方式"), [_called(one) for one in found.called]),
        (
            _("本预案引用本条"),
            [link(cited.get(one.mention.clause, _("正文")), f"{address}&clause={one.mention.clause}")
             for one in found.citing],
        ),
        (
            _("其他预案引用本条"),
            [_citing(one) for one in found.cited_by],
        ),
    ]  # fmt: skip
    return tag("dl", *(join([tag("dt", name), *(tag("dd", one) for one in said)]) for name, said in strands if said),
               cls="yy-thread")  # fmt: skip


def tried_badge(tried: Iterable[Tried]) -> Html:
    """The gravest verdict of the trials of a target, the scenario on hovering; nothing when it was not tried."""
    worst = min(tried, key=lambda one: GRAVITY.index(one.result.verdict.value), default=None)
    if worst is None:
        return Html("")
    return tag("span", verdict(worst.result.verdict), title=_scenario(worst))


GRAVITY = ("not_adequate", "undecided", "adequate")


def _target(target: Target, tried: Iterable[Tried], procedure: Procedure | None) -> Html:
    assert procedure is not None
    state = badge(_("拟议"), "warn") if target.proposed else badge(_("已确认"), "good")
    head = tag("div", tag("b", target_title(target)), " ", promise(target, procedure), " ", state)
    trials = [_tried(one) for one in tried] or [tag("div", _("本版尚未仿真检验。"), cls="yy-dim")]
    return join([head, *trials])


def _tried(one: Tried) -> Html:
    result = one.result
    met = _("推演 {runs} 次，达标 {share}（{interval}）", runs=result.runs, share=percent(result.p_met),
            interval=interval_words(result))  # fmt: skip
    parts = [verdict(result.verdict), link(_scenario(one), f"/study?id={one.study}"), met]
    if result.is_provisional:
        parts.append(badge(_("暂定"), "warn"))
    return tag("div", join(parts, " "))


def _scenario(one: Tried) -> str:
    return told(one.scenario, one.scenario_en)


def _citing(one: Citing) -> Html:
    where = f"/plan?{urlencode({'id': one.plan, 'clause': one.clause})}"
    return join([link(_("《{title}》", title=one.title), where), one.words], " ")


def _supply(title: str, title_en: str, held: str, place: str) -> Html:
    return join([tag("span", told(title, title_en)), tag("b", held), tag("span", place, cls="yy-dim")], " ")


def _called(one: Called) -> Html:
    if not one.contacts:
        return join([one.name, tag("span", _("台账中没有可见的联系方式"), cls="yy-dim")], " ")
    return join([tag("b", one.name), *(_contact(each.post, each.name, each.phone) for each in one.contacts),
                 _checked(one)], " ")  # fmt: skip


def _contact(post: str, name: str, phone: str) -> Html:
    return tag("span", " ".join(filter(None, (post, name, phone))), cls="yy-unbroken")


def _checked(one: Called) -> Html:
    days = [each.checked_on for each in one.contacts]
    if not all(days):
        return badge(_("尚未核对"), "warn")
    return tag("span", _("{day} 核对", day=day_text(min(day for day in days if day))), cls="yy-dim")
