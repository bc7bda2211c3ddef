"""Plain builders with defaults, so that a test shows only what matters to it."""

from __future__ import annotations

from typing import Any

from sim.compiling import compile_network
from sim.durations import Duration, Exponential, minutes_fixed
from sim.hazards.contribution import Contribution
from sim.log import Run
from sim.network import Network
from sim.procedure import After, Hazard, Need, Pool, Procedure, Task
from sim.reference_engine import play

NOTHING = Contribution()


def a_task(name: str, minutes: float | Duration = 1.0, *after: str | After, **fields: Any) -> Task:
    """A task of fixed duration after others; ``pool="u"`` is short for one unit of u."""
    duration = minutes if isinstance(minutes, Duration) else minutes_fixed(minutes)
    edges = tuple(After(task=edge) if isinstance(edge, str) else edge for edge in after)
    if pool := fields.pop("pool", ""):
        fields["needs"] = (Need(pool=pool),)
    return Task(id=name, title=name, duration=duration, after=edges, **fields)


def a_pool(name: str, units: int = 1, **fields: Any) -> Pool:
    """A pool of so many units."""
    return Pool(id=name, title=name, units=units, **fields)


def a_procedure(*tasks: Task, pools: tuple[Pool, ...] = (), **fields: Any) -> Procedure:
    """A procedure of these tasks."""
    return Procedure(hazard=Hazard.FLOOD, tasks=tasks, pools=pools, **fields)


def a_network(*tasks: Task, pools: tuple[Pool, ...] = (), brings: Contribution = NOTHING, **fields: Any) -> Network:
    """The compiled network of these tasks; the horizon is 1,000 minutes unless given."""
    fields.setdefault("horizon_min", 1000)
    return compile_network(a_procedure(*tasks, pools=pools), brings, **fields)


def exponential(mean_min: float = 1.0) -> Duration:
    """An exponential duration of that mean."""
    return Duration(law=Exponential(mean_min=mean_min))


def played(network: Network, seed: int = 1, replication: int = 0) -> Run:
    """One run."""
    return play(network, seed=seed, replication=replication)


def story(network: Network, run: Run) -> dict[str, tuple[float, float] | str]:
    """Start and end in minutes of every node by name, or how it ended if it did not start."""
    told: dict[str, tuple[float, float] | str] = {}
    for node, passage in zip(network.nodes, run.passages, strict=True):
        outcome = passage.outcome.value if passage.outcome else "unfinished"
        if outcome == "done":
            told[node.name] = (passage.start / 60_000, passage.finish / 60_000)
        else:
            told[node.name] = outcome
    return told
