"""What the text orders and the procedure does not hold: tasks, owners, limits and levels, each with its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from plans_repo.proposals import unbound_limits
from plans_repo.proposals.orders import NO_ORDER, NO_ORDERS, sentences
from plans_repo.proposals.passage import Surroundings
from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.finding.levels import FoundLevel
from plans_repo.text.finding.limits import FoundLimit
from plans_repo.text.finding.parties import who_in
from sim.procedure import Procedure, Task

_READ = (ClauseKind.HEADING, ClauseKind.ARTICLE, ClauseKind.BODY)
_RESPONSE = re.compile(r"响应|处置|救援|抢险|扑救|疏散|转移|安置|报告|预警|叫应|先期|启动|支援|调度")
"""Titles under which a text orders what is done."""
_OPENING = re.compile(r"^(?:应当|应|必须|须|要|负责|立即|第一时间|迅速|及时|尽快|同时|随即|会同|协助|、|，|,)+")
_ACT = re.compile(
    r"组织|派|调|赶赴|到达|到岗|集结|转移|疏散|封|设置|抢|救|搜|灭|扑|排|监测|巡|叫应|通知|发布|报告|报送|会商|研判|启动|决定|下达|开放|安置|发放|运送|保障|开展|实施|清点|警戒|管制|切断|关闭|撤"
)
_NOBODY = re.compile(
    r"^(?:全县|上级|矿区|灾区|任何|每|各类)|[《》]|群众$|(?<!值班)(?<!巡查)(?<!现场)(?<!值守)(?<!工作)(?<!责任)人员$|者$"
)
"""What stands like a unit and leads nothing: people who are helped, places, everybody."""
_VERB_WITHIN = re.compile(
    r"(?<=..)(?:开放|封[锁控闭]|设置|搜[救索]|清点|警戒|管制|切断|关闭|发放|运送|集结|调派|派出|腾出|提供)"
)
"""Verbs that stand before a thing with the name of a body: 县教育局开放学校."""
_NO_ACT = re.compile(r"^(?:不得|已|为|内|后|时|的|方)")
_TITLE_MOST = 24
_SHORT = 4


class SuggestionKind(StrEnum):
    """What is suggested."""

    TASK = "task"  # a sentence orders something that is no task
    OWNER = "owner"  # a task's clause names another leading unit
    LIMIT = "limit"  # a limit that no target carries
    LEVEL = "level"  # a level of the text that the procedure does not know


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """One suggestion, bound to the clause whose sentence makes it.

    *task* is the task whose owner is meant, *title* and *unit* what a new task would be called and who leads it,
    *limit* the limit meant, *level* the label of the level meant.
    """

    kind: SuggestionKind
    clause: str
    quote: str
    title: str = ""
    unit: str = ""
    task: str = ""
    limit: FoundLimit | None = None
    level: FoundLevel | None = None

    @property
    def key(self) -> str:
        """What tells it apart from the others of the same text."""
        return f"{self.kind}|{self.clause}|{self.quote}|{self.task}"


def suggestions(
    procedure: Procedure, clauses: Sequence[Clause], levels: Sequence[FoundLevel]
) -> tuple[Suggestion, ...]:
    """What the author may take over, in the order of the text within each kind: levels, limits, owners, tasks."""
    orders = tuple(_orders(clauses))
    return (
        *_level_suggestions(procedure, levels),
        *(
            Suggestion(kind=SuggestionKind.LIMIT, clause=limit.clause, quote=limit.text, limit=limit, unit=limit.who)
            for limit in unbound_limits(procedure, clauses)
        ),
        *_owner_suggestions(procedure, orders),
        *_task_suggestions(procedure, orders),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Order:
    """A sentence that has somebody do something."""

    clause: str
    quote: str
    unit: str
    act: str


def _orders(clauses: Sequence[Clause]) -> Iterator[_Order]:
    surroundings = Surroundings.of(clauses)
    for clause in clauses:
        titles = surroundings.titles(clause.id)
        if clause.kind not in _READ or not _RESPONSE.search(titles):
            continue
        if any(NO_ORDERS.search(title) for title in titles.split("\n")):
            continue
        for sentence in sentences(clause):
            if not NO_ORDER.search(sentence) and (order := _order(clause, sentence.strip())):
                yield order


def _order(clause: Clause, sentence: str) -> _Order | None:
    """Who does what by a sentence; None where it does not say both."""
    for part in re.split(r"[，,]", sentence):
        unit = _VERB_WITHIN.split(who_in(part).rpartition("由")[2])[0]
        if not unit or len(unit) > _TITLE_MOST or _NOBODY.search(unit) or unit not in part:
            continue
        rest = sentence[sentence.index(part) + part.index(unit) + len(unit) :]
        act = re.split(r"[，,。；;：:]", _OPENING.sub("", rest))[0].strip()
        if len(act) >= _SHORT and _ACT.search(act) and not _NO_ACT.search(act):
            return _Order(clause=clause.id, quote=sentence, unit=unit, act=act)
    return None


def _owner_suggestions(procedure: Procedure, orders: Sequence[_Order]) -> Iterator[Suggestion]:
    """The only task of a clause whose only order is another unit's."""
    for task in procedure.tasks:
        said = [order for order in orders if order.clause == task.clause]
        sole = sum(other.clause == task.clause for other in procedure.tasks) == 1
        if sole and len(said) == 1 and not _names(task, said[0].unit):
            yield Suggestion(
                kind=SuggestionKind.OWNER, clause=task.clause, quote=said[0].quote, unit=said[0].unit, task=task.id
            )


def _task_suggestions(procedure: Procedure, orders: Sequence[_Order]) -> Iterator[Suggestion]:
    """Orders of clauses no task is bound to, or to another unit than those of its tasks."""
    for order in orders:
        bound = [task for task in procedure.tasks if task.clause == order.clause]
        if not any(_names(task, order.unit) for task in bound) and not (len(bound) == 1 and _is_sole(order, orders)):
            yield Suggestion(
                kind=SuggestionKind.TASK,
                clause=order.clause,
                quote=order.quote,
                title=order.act[:_TITLE_MOST],
                unit=order.unit,
            )


def _is_sole(order: _Order, orders: Sequence[_Order]) -> bool:
    return sum(other.clause == order.clause for other in orders) == 1


def _names(task: Task, unit: str) -> bool:
    """Whether a unit leads or supports a task, by its full or its short name."""
    return any(unit in name or name in unit for name in (task.lead, *task.support) if name)


def _level_suggestions(procedure: Procedure, levels: Sequence[FoundLevel]) -> Iterator[Suggestion]:
    known = {level.label for level in procedure.levels}
    for level in levels:
        if level.label not in known and level.title not in known:
            quote = "；".join(condition.text for condition in level.conditions) or level.title
            yield Suggestion(
                kind=SuggestionKind.LEVEL, clause=level.clause, quote=quote, title=level.label, level=level
            )
