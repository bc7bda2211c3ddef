"""The thread of a clause beside its words: promises and how they fared, tasks, forces, telephones, who points here.

Every entry leads to its record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from plans_repo.course.occasions import Occasion
from plans_repo.linkage.references import Citing
from plans_repo.threads import Called, Thread, Tried
from plans_repo.word.numbers import percent
from sim.procedure import Procedure, Target
from ui.components.badges import badge, verdict
from ui.components.filing_names import OCCASIONS, SOURCES
from ui.components.html import Html, join, link, tag
from ui.components.ledger_words import figure_line
from ui.components.plan_names import told
from ui.components.promises import promise, target_title
from ui.components.register_table import amount
from ui.components.verdict_table import interval_words
from ui.wording import _, day_text, n_


def clause_thread(found: Thread, procedure: Procedure | None, address: str, cited: Mapping[str, str]) -> Html:
    """Every strand that has something, under its name; one sentence when there is none."""
    if found.is_bare:
        return tag("p", _("本条没有绑定目标、任务，也没有写到可核对的数值、单位和引用。"), cls="yy-dim")
    part = f"{address}&part="
    strands = [
        (_("目标"), [_target(target, tried, procedure, f"{part}procedure#targets")
                     for target, tried in found.targets if procedure]),
        (_("任务"), [link(told(task.title, task.title_en), f"{part}procedure#tasks") for task in found.tasks]),
        (_("修订情形"), [_occasion(one, f"{part}after#occasions") for one in reversed(found.occasions)]),
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
        (_("数值"), [tag("a", figure_line(one), href=f"{part}ledger", target="_self", cls="yy-quiet-link")
                     for one in found.figures]),
    ]  # fmt: skip
    return tag("dl", *(_strand(name, said) for name, said in strands if said), cls="yy-thread")


def _strand(name: str, said: Sequence[Html]) -> Html:
    """The entries under their name; of many the first, the others folded away."""
    lines = [tag("dd", one) for one in said]
    if len(said) <= AT_ONCE + 1:
        return join([tag("dt", name), *lines])
    rest = tag("details", tag("summary", n_("另有 {count} 项", len(said) - AT_ONCE)), *map(_line, said[AT_ONCE:]))
    return join([tag("dt", name), *lines[:AT_ONCE], tag("dd", rest)])


def _line(one: Html) -> Html:
    return tag("div", one)


def drill_strand(held: Iterable[tuple[str, str, Html]]) -> Html:
    """The drills on the plan: title, address, and the day with the state of each."""
    lines = [tag("dd", join([link(title, address), said], " ")) for title, address, said in held]
    return tag("dl", tag("dt", _("本预案的演练")), *lines, cls="yy-thread") if lines else Html("")


def tried_badge(tried: Iterable[Tried]) -> Html:
    """The gravest verdict of the trials of a target, the scenario on hovering; nothing when it was not tried."""
    worst = min(tried, key=lambda one: GRAVITY.index(one.result.verdict.value), default=None)
    if worst is None:
        return Html("")
    return tag("span", verdict(worst.result.verdict), title=_scenario(worst))


AT_ONCE = 6
"""So many entries of a strand stand unfolded."""
GRAVITY = ("not_adequate", "undecided", "adequate")


def _target(target: Target, tried: Iterable[Tried], procedure: Procedure, record: str) -> Html:
    state = badge(_("拟议"), "warn") if target.proposed else badge(_("已确认"), "good")
    head = tag("div", link(target_title(target), record), " ", promise(target, procedure), " ", state)
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


def _occasion(one: Occasion, record: str) -> Html:
    word, tone = OCCASIONS[one.state]
    source = tag("span", _(SOURCES[one.told.source]), " ", day_text(one.on), cls="yy-dim")
    return join([link(one.told.summary, record), source, badge(_(word), tone)], " ")


def _scenario(one: Tried) -> str:
    return told(one.scenario, one.scenario_en)


def _citing(one: Citing) -> Html:
    where = f"/plan?{urlencode({'id': one.plan, 'clause': one.clause})}"
    return join([link(_("《{title}》", title=one.title), where), one.words], " ")


def _supply(title: str, title_en: str, held: str, place: str) -> Html:
    entry = link(told(title, title_en), f"/register?{urlencode({'q': title})}")
    return join([entry, tag("b", held), tag("span", place, cls="yy-dim")], " ")


def _called(one: Called) -> Html:
    if not one.contacts:
        return join([one.name, tag("span", _("台账中没有可见的联系方式"), cls="yy-dim")], " ")
    record = f"/register?{urlencode({'unit': one.organisation})}#contacts"
    return join([link(one.name, record), *(_contact(each.post, each.name, each.phone) for each in one.contacts),
                 _checked(one)], " ")  # fmt: skip


def _contact(post: str, name: str, phone: str) -> Html:
    return tag("span", " ".join(filter(None, (post, name, phone))), cls="yy-unbroken")


def _checked(one: Called) -> Html:
    days = [each.checked_on for each in one.contacts]
    if not all(days):
        return badge(_("尚未核对"), "warn")
    return tag("span", _("{day} 核对", day=day_text(min(day for day in days if day))), cls="yy-dim")
