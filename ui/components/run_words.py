"""How one run is told in words: what happened, to whom, by which clause; what its pictures show."""

from __future__ import annotations

from plans_repo.packs.naming import cause_name, clock_name
from plans_repo.study_runs import ToldRun
from sim.joining import own_name, renamed
from sim.log import What
from sim.network import Network
from sim.telling import Event
from sim.ticks import NEVER, minutes
from ui.components.event_words import gate_title
from ui.components.plan_names import told
from ui.components.promises import measured_text, pool_title, target_title, task_title
from ui.wording import _, figure_text, language, n_


def what_happened(what: What) -> str:
    """The word for a kind of entry."""
    return {
        What.READY: _("具备条件"),
        What.STARTED: _("开始"),
        What.DONE: _("完成"),
        What.FAILED_ONCE: _("未成功，再试"),
        What.FAILED: _("最终失败"),
        What.SKIPPED: _("不再进行"),
        What.PREEMPTED: _("力量被抽调，中断"),
        What.CAPACITY_CHANGED: _("力量增减"),
        What.GATE_OPENED: _("条件具备"),
        What.GATE_CLOSED: _("条件不再具备"),
        What.CLOCK_STRUCK: _("到时"),
    }[what]


def entity_title(network: Network, key: str) -> str:
    """The title of an entity in the reader's language; "" for everybody."""
    return next((told(each.title, each.title_en) for each in network.entities if each.key == key), key)


def place_title(run: ToldRun, entity: str) -> str:
    """The title of the place an entity belongs to; of the entity itself where it belongs to none."""
    places = {place.id: place for place in run.study.places}
    home = next((places[key] for key in run.network.lineage(entity) if key in places), None)
    return told(home.title, home.title_en) if home else entity_title(run.network, entity)


def jargon_words(run: ToldRun) -> str:
    """What the pictures call by a word of the trade that not every reader knows; "" where there is none."""
    if not any(each.attribute("refusing") for each in run.network.entities):
        return ""
    return _(
        "“拒转”是动员时起初不愿转移的群众：先上门劝导（“劝导拒转人员”），劝通后随车或者步行转移，劝导和转移的时间都计在内。"
    )


def _of_event(run: ToldRun, event: Event, name: str) -> str:
    """The name, of several events with the event it belongs to where no place tells that."""
    parts = run.study.compound.parts if run.study.compound and not event.entity else ()
    for part in parts:
        if part.id and renamed(part.id, own_name(event.name)) == event.name:
            return _("{name}（{part}）", name=name, part=told(part.scenario.title, part.scenario.title_en))
    return name


def subject(run: ToldRun, event: Event) -> str:
    """What an event is about: a task, a pool, a gate or a clock."""
    if event.what in (What.GATE_OPENED, What.GATE_CLOSED):
        return _of_event(run, event, gate_title(own_name(event.name)))
    if event.what is What.CLOCK_STRUCK:
        return _of_event(run, event, clock_name(event.name, language()))
    if event.what is What.CAPACITY_CHANGED:
        return f"{pool_name(run, event.name)} {event.value:+d}"
    return task_title(run.study.procedure, event.name)


def pool_name(run: ToldRun, pool: str) -> str:
    """A pool by its title; one that only the event brings by its id."""
    if any(each.id == pool for each in run.study.procedure.pools):
        return pool_title(run.study.procedure, pool)
    return pool


def cause_title(run: ToldRun, cause: str) -> str:
    """A cause with the pool it waits for."""
    kind, _colon, name = cause.partition(":")
    words = cause_name(kind, language())
    if kind in ("pool", "decision"):
        return _("{cause}：{pool}", cause=words, pool=pool_name(run, name))
    return words


def run_words(run: ToldRun) -> str:
    """Which run it is and what the chosen target came to."""
    aims, measured = next((aims, each) for aims, each in run.measured if aims.target.id == run.target)
    result = _("达标") if measured.is_met else _("未达标")
    title = target_title(aims.target)
    which = _("第 {number} 次推演", number=run.number)
    if abs(measured.ticks) == NEVER:
        return _(
            "{which}：“{target}”{result}，到推演结束没有计出时间。",
            which=which,
            target=title,
            result=result,
        )
    time = measured_text(aims.target, minutes(measured.ticks))
    return _("{which}：“{target}”{result}，{time}。", which=which, target=title, result=result, time=time)


def searched_words(run: ToldRun) -> str:
    """Among how many runs a named one was found."""
    if not run.searched:
        return ""
    return n_("在前 {runs} 次推演中按该目标排序选出。", run.searched, runs=figure_text(run.searched))
