"""The rows of one run: what was done and what was waited for, by task or by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from plans_repo.study_runs import ToldRun
from sim.chain import CLOCK, PREDECESSOR
from sim.telling import Stretch
from ui.components.promises import task_title
from ui.components.run_words import entity_title
from ui.wording import _, n_

MOST_ROWS = 60
"""Entities of one task shown at once, those that ended last first."""
MOST_PIECES = 60
"""Bars in one lane; finer ones are drawn together with the longest."""


@dataclass(frozen=True, kw_only=True)
class Piece(Stretch):
    """A stretch of a row; *count* are the nodes it tells of, at most."""

    count: int = 1


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the chart: what is done on it, what is waited for, whether it is on the critical chain.

    A row of several nodes tells both at once: while some work others may stand in line. *count* are its nodes.
    """

    name: str
    clause: str
    pieces: tuple[Piece, ...]
    waits: tuple[Piece, ...] = ()
    is_critical: bool
    lead: str = ""
    count: int = 1

    @property
    def every(self) -> tuple[Piece, ...]:
        """Both lanes."""
        return (*self.pieces, *self.waits)


def task_rows(run: ToldRun) -> list[Row]:
    """A row for every task that came up, in the order of the procedure; many entities are drawn as one."""
    rows = []
    for task in run.study.procedure.tasks:
        nodes = came_about(run, task.id)
        if nodes:
            pieces = [piece for node in nodes for piece in shown(run.stretches[node])]
            rows.append(
                Row(
                    name=_counted(run, task_title(run.study.procedure, task.id), nodes),
                    clause=task.clause,
                    pieces=together(piece for piece in pieces if piece.is_work),
                    waits=together(piece for piece in pieces if not piece.is_work),
                    is_critical=not run.critical.isdisjoint(nodes),
                    lead=task.lead,
                    count=len(nodes),
                )
            )
    return rows


def entity_rows(run: ToldRun, task: str) -> list[Row]:
    """A row for every entity of a task, those that ended last first, at most MOST_ROWS."""
    latest = sorted(came_about(run, task), key=lambda node: (-run.stretches[node][-1].end, node))[:MOST_ROWS]
    clause = run.study.procedure.task(task).clause
    return [
        Row(
            name=entity_title(run.network, run.network.nodes[node].entity) or task_title(run.study.procedure, task),
            clause=clause,
            pieces=together(piece for piece in shown(run.stretches[node]) if piece.is_work),
            waits=together(piece for piece in shown(run.stretches[node]) if not piece.is_work),
            is_critical=node in run.critical,
            lead=run.study.procedure.task(task).lead,
        )
        for node in latest
    ]


def cut_words(run: ToldRun, task: str) -> str:
    """How many places of a task have no row of their own, and where they are told; "" where all have one."""
    rest = len(came_about(run, task)) - MOST_ROWS
    if rest <= 0:
        return ""
    return n_(
        "只列最后结束的 {shown} 处，先结束的 {count} 处没有列出，可在页末“全部事件及条款”中逐条查看。",
        rest,
        shown=MOST_ROWS,
    )


def came_about(run: ToldRun, task: str) -> list[int]:
    """The nodes of a task that were waited for or worked on in this run; what might have come up is left out."""
    return [node for node in run.network.of_task.get(task, ()) if any(True for _ in shown(run.stretches[node]))]


def ends(run: ToldRun) -> Iterator[int]:
    """When each task that came up was done with at its last place."""
    for task in run.network.of_task:
        if nodes := came_about(run, task):
            yield max(piece.end for node in nodes for piece in shown(run.stretches[node]))


def shown(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """What is drawn: waits in line and own minutes; the time before a node was ready is left blank."""
    return (each for each in stretches if each.cause not in (PREDECESSOR, CLOCK))


def together(stretches: Iterable[Stretch]) -> tuple[Piece, ...]:
    """Stretches of several nodes on one lane: at every tick the cause of most of them.

    >>> one = Stretch(node=0, start=0, end=4, cause="pool:bus")
    >>> two = Stretch(node=1, start=2, end=6, cause="pool:bus")
    >>> [(each.start, each.end, each.cause, each.count) for each in together([one, two])]
    [(0, 6, 'pool:bus', 2)]
    """
    changes: dict[int, Counter[tuple[bool, str]]] = {}
    for each in stretches:
        changes.setdefault(each.start, Counter())[each.is_work, each.cause] += 1
        changes.setdefault(each.end, Counter())[each.is_work, each.cause] -= 1
    now, pieces = Counter[tuple[bool, str]](), list[Piece]()
    for tick, after in pairwise(sorted(changes)):
        for key, change in changes[tick].items():
            now[key] += change
        present = [(count, is_work, cause) for (is_work, cause), count in now.items() if count]
        if not present:
            continue
        count, is_work, cause = max(present)
        if pieces and pieces[-1].end == tick and pieces[-1].cause == cause:
            former = pieces.pop()
            tick, count = former.start, max(count, former.count)
        pieces.append(Piece(node=-1, start=tick, end=after, cause=cause, is_work=is_work, count=count))
    return _fewer(pieces)


def _fewer(pieces: list[Piece]) -> tuple[Piece, ...]:
    """At most MOST_PIECES: what is close together is joined under the cause of the longest, gaps no wider than that."""
    grain = max(1, (pieces[-1].end - pieces[0].start) // 1000) if pieces else 1
    while len(pieces) > MOST_PIECES:
        joined: list[list[Piece]] = []
        for piece in pieces:
            if joined and piece.end - joined[-1][0].start <= grain:
                joined[-1].append(piece)
            else:
                joined.append([piece])
        pieces = [_joined(some) for some in joined]
        grain *= 2
    return tuple(pieces)


def _joined(some: list[Piece]) -> Piece:
    longest = max(some, key=lambda each: each.ticks)
    return Piece(
        node=-1, start=some[0].start, end=some[-1].end, cause=longest.cause, is_work=longest.is_work,
        count=max(each.count for each in some),
    )  # fmt: skip


def _counted(run: ToldRun, name: str, nodes: list[int]) -> str:
    """The name of a task with how often it came up, and at how many places where one place has several."""
    if len(nodes) < 2:
        return name
    known = {place.id for place in run.study.places}
    lineages = [run.network.lineage(run.network.nodes[node].entity) for node in nodes]
    places = {next((key for key in lineage if key in known), "") for lineage in lineages} - {""}
    if places and len(places) < len(nodes):
        return _("{name}（{count} 批，{places} 处）", name=name, count=len(nodes), places=len(places))
    return n_("{name}（{count} 处）", len(nodes), name=name)
