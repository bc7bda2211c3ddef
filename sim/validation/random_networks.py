"""Random networks that are dense in what the rules of time speak of: one mixture a rule, all drawn from a seed.

Durations are mostly whole minutes, so that much happens at one instant.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from sim.draws import identity
from sim.durations import Exponential, Fixed, Law, Lognormal, Pert, Triangular, Uniform, Weibull
from sim.formulas.containment import Tactic
from sim.formulas.wildland import Fire
from sim.hazards.forest_fire import Containment
from sim.hazards.mine_accident import Drain
from sim.hazards.stations import UntilCalled
from sim.network import NOBODY, Demand, Door, Edge, Moment, Network, Node, Swing, Work
from sim.procedure import Change, JoinKind, Outcome, Pool, PoolRule, TaskKind
from sim.ticks import ticks


@dataclass(frozen=True, kw_only=True)
class Mixture:
    """How often a network of the mixture has each feature, as shares."""

    nodes: int = 14
    pools: int = 3
    most_units: int = 3
    demands: float = 1.2
    strict: float = 0.2
    free: float = 0.2
    any_join: float = 0.15
    k_join: float = 0.15
    edges: float = 1.2
    priorities: int = 3
    later_is_urgent: bool = False
    zero: float = 0.15
    random_law: float = 0.25
    fails: float = 0.15
    tries: int = 3
    branches: float = 0.1
    gates: float = 0.2
    doors: int = 3
    most_asked: int = 2
    releases: float = 0.1
    untils: float = 0.1
    changes: float = 1.0
    consumes: float = 0.1
    preemption: float = 0.0
    works: float = 0.0
    follows: float = 0.0
    losses: float = 0.0
    horizon_min: float = 60.0


# fmt: off
MIXTURES = {
    "plain": Mixture(),
    "ties": Mixture(zero=0.5, random_law=0.0, edges=1.6),
    "joins": Mixture(any_join=0.35, k_join=0.35, edges=2.5),
    "pools": Mixture(pools=4, most_units=4, demands=2.2, strict=0.34, free=0.33, nodes=18),
    "priorities": Mixture(
        priorities=6, later_is_urgent=True, demands=1.2, most_units=1, edges=0.2, releases=0.7, nodes=26, pools=2,
        zero=0.05, consumes=0.0, changes=0.2,
    ),
    "gates": Mixture(gates=0.6, releases=0.3, untils=0.3),
    "crowds": Mixture(
        gates=0.9, doors=9, nodes=60, pools=3, most_units=3, demands=1.8, most_asked=1, changes=0.3, edges=0.4,
        zero=0.05,
    ),
    "stocks": Mixture(changes=4.0, consumes=0.4, demands=1.6),
    "branches": Mixture(fails=0.5, branches=0.6, edges=1.8, tries=1, any_join=0.3, untils=0.3, losses=0.3),
    "retries": Mixture(fails=0.6, tries=5),
    "preemption": Mixture(
        preemption=0.9, priorities=5, later_is_urgent=True, pools=2, most_units=3, demands=1.4, strict=0.1, free=0.5,
        edges=0.2, releases=0.7, untils=0.05, changes=0.2, consumes=0.02, zero=0.02, nodes=26, gates=0.1,
        horizon_min=90.0,
    ),
    "interruptions": Mixture(
        preemption=1.0, priorities=9, later_is_urgent=True, pools=3, most_units=4, demands=2.0, strict=0.0, free=0.7,
        edges=0.1, releases=0.8, untils=0.0, changes=0.0, consumes=0.0, zero=0.0, nodes=30, gates=0.2, fails=0.3,
        horizon_min=120.0,
    ),
    "overtakings": Mixture(
        preemption=1.0, priorities=9, later_is_urgent=True, pools=2, most_units=2, demands=1.6, strict=0.0, free=0.6,
        edges=0.9, releases=0.5, untils=0.0, changes=0.0, consumes=0.0, zero=0.4, nodes=30, gates=0.1, fails=0.0,
    ),
    "withdrawals": Mixture(
        untils=0.6, gates=0.3, nodes=40, pools=4, most_units=3, demands=1.2, most_asked=3, edges=0.3, zero=0.02,
        changes=0.2, consumes=0.02, free=0.0,
    ),
    "works": Mixture(works=1.0, edges=1.0, nodes=20, untils=0.02, gates=0.05),
    "horizon": Mixture(horizon_min=12.0),
    "chains": Mixture(
        follows=0.7, works=0.7, releases=0.5, untils=0.2, gates=0.4, edges=0.6, nodes=20, changes=0.3,
        random_law=0.6, zero=0.05, horizon_min=120.0, losses=0.3,
    ),
}
# fmt: on


def a_random_network(mixture: Mixture, seed: int) -> Network:
    """The network of a mixture that the seed draws."""
    return _Draw(mixture, seed).network()


class _Draw:
    def __init__(self, mixture: Mixture, seed: int) -> None:
        self.mixture = mixture
        self.random = np.random.default_rng(seed)

    def happens(self, share: float) -> bool:
        return bool(self.random.random() < share)

    def whole(self, low: int, high: int) -> int:
        return int(self.random.integers(low, high + 1))

    def network(self) -> Network:
        moments = tuple(self.moment(index) for index in range(self.whole(0, 4)))
        doors = tuple(self.door(index, len(moments)) for index in range(self.whole(0, self.mixture.doors)))
        pools = tuple(self.pool(index) for index in range(self.whole(1, self.mixture.pools)))
        works = self.whole(1, 2) if self.happens(self.mixture.works) else 0
        nodes: list[Node] = []
        for index in range(self.whole(4, self.mixture.nodes)):
            nodes.append(self.node(index, nodes, pools, len(doors), len(moments), works))
        waiting = {node.process for node in nodes}
        found = Network(
            nodes=tuple(nodes),
            pools=pools,
            doors=doors,
            moments=moments,
            works=tuple(self.work(index, [n for n in nodes if n.process != index]) for index in range(works)),
            entities=(),
            horizon=ticks(self.mixture.horizon_min),
            level="",
        )
        found = self.chained(found) if self.mixture.follows and moments else found
        return found if waiting else self.network()

    def chained(self, network: Network) -> Network:
        """Clocks counted from clocks before them, processes that begin with one, units that come and go by one."""
        return replace(
            network,
            moments=tuple(replace(one, after=self.after(index)) for index, one in enumerate(network.moments)),
            works=tuple(replace(one, after=self.after(len(network.moments))) for one in network.works),
            swings=tuple(
                Swing(
                    pool=self.whole(0, len(network.pools) - 1),
                    units=self.whole(-2, 3),
                    after=self.whole(0, len(network.moments) - 1),
                    delay_min=float(self.whole(0, 20)),
                )
                for _ in range(self.random.poisson(1.5))
            ),
        )

    def after(self, index: int) -> int:
        """Some clock before the one of that index, or none."""
        return self.whole(0, index - 1) if index and self.happens(self.mixture.follows) else NOBODY

    def moment(self, index: int) -> Moment:
        law = Lognormal(median_min=1.0, sigma=0.5) if self.happens(0.3) else None
        base, offset = float(self.whole(0, 20)), float(self.whole(-5, 10))
        return Moment(
            name=f"m{index}", entity="", who=identity("clock", str(index)), law=law, base_min=base, offset_min=offset
        )

    def door(self, index: int, moments: int) -> Door:
        opens, closes = (self.whole(NOBODY, moments - 1) if moments else NOBODY for _ in range(2))
        return Door(name=f"g{index}", entity="", cause="road", is_open=self.happens(0.5), opens=opens, closes=closes)

    def pool(self, index: int) -> Pool:
        kind = self.random.random()
        rule = PoolRule.STRICT if kind < self.mixture.strict else PoolRule.SHORT
        if self.mixture.strict <= kind < self.mixture.strict + self.mixture.free:
            rule = PoolRule.FREE
        changes = [
            Change(at_min=float(self.whole(0, 25)), units=self.whole(-2, 4))
            for _ in range(self.random.poisson(self.mixture.changes))
        ]
        return Pool(
            id=f"p{index}",
            title="池",
            units=self.whole(0 if changes else 1, self.mixture.most_units),
            rule=rule,
            preemptible=self.happens(self.mixture.preemption),
            changes=tuple(changes),
        )

    def law(self) -> Law:
        if self.happens(self.mixture.zero):
            return Fixed(minutes=0.0)
        if not self.happens(self.mixture.random_law):
            return Fixed(minutes=float(self.whole(1, 6)))
        laws: tuple[Law, ...] = (
            Exponential(mean_min=4.0),
            Lognormal(median_min=3.0, sigma=0.6),
            Uniform(low_min=1.0, high_min=5.0),
            Triangular(low_min=1.0, mode_min=2.0, high_min=6.0),
            Pert(low_min=1.0, mode_min=3.0, high_min=9.0),
            Weibull(a=0.02, b=2.0),
        )
        return laws[self.whole(0, len(laws) - 1)]

    def node(
        self, index: int, before: list[Node], pools: tuple[Pool, ...], doors: int, moments: int, works: int
    ) -> Node:
        edges = tuple(self.edge(node) for node in self.some(before, self.mixture.edges))
        demands = self.demands(pools)
        process = self.whole(0, works - 1) if works and self.happens(0.3) else NOBODY
        if any(node.process == process for node in before):
            process = NOBODY
        node = Node(
            index=index,
            task=f"t{index % 7}",
            entity=str(index),
            who=identity("t", str(index)),
            kind=tuple(TaskKind)[self.whole(0, 4)],
            law=self.law(),
            factor=float(self.whole(1, 3)),
            edges=edges,
            join=JoinKind.ALL,
            need=len(edges),
            demands=demands,
            priority=self.whole(0, self.mixture.priorities - 1) - index // 4 * self.mixture.later_is_urgent,
            preemptible=self.happens(self.mixture.preemption) and not any(d.consumes for d in demands),
            gate=self.whole(0, doors - 1) if doors and self.happens(self.mixture.gates) else NOBODY,
            release=self.whole(0, moments - 1) if moments and self.happens(self.mixture.releases) else NOBODY,
            until=self.whole(0, moments - 1) if moments and self.happens(self.mixture.untils) else NOBODY,
            process=process,
            tries=self.whole(1, self.mixture.tries),
            success_share=0.5 if self.happens(self.mixture.fails) else 1.0,
            people=1,
            lost_from=self.lost_from(moments),
        )
        return self.joined(node)

    def lost_from(self, moments: int) -> tuple[int, ...]:
        """No clock, one or two; nothing is drawn where no network of the mixture has losses."""
        if not moments or not self.mixture.losses or not self.happens(self.mixture.losses):
            return ()
        return tuple(sorted({self.whole(0, moments - 1) for _ in range(2)}))

    def joined(self, node: Node) -> Node:
        if not node.edges:
            return node
        if self.happens(self.mixture.any_join):
            return replace(node, join=JoinKind.ANY, need=1)
        if self.happens(self.mixture.k_join):
            return replace(node, join=JoinKind.K_OF_N, need=self.whole(1, len(node.edges)))
        return node

    def some(self, before: list[Node], mean: float) -> list[Node]:
        count = min(len(before), int(self.random.poisson(mean)))
        recent = before[-6:]
        picked = self.random.permutation(len(recent))[: min(count, len(recent))]
        return [recent[place] for place in sorted(picked)]

    def edge(self, node: Node) -> Edge:
        if self.happens(self.mixture.branches):
            if (node.success_share < 1.0 or node.lost_from) and self.happens(0.6):
                return Edge(node=node.index, when=Outcome.FAILED)
            if node.until != NOBODY or any(edge.when is not Outcome.DONE for edge in node.edges):
                return Edge(node=node.index, when=Outcome.SKIPPED)
        return Edge(node=node.index, when=Outcome.DONE)

    def demands(self, pools: tuple[Pool, ...]) -> tuple[Demand, ...]:
        count = min(len(pools), int(self.random.poisson(self.mixture.demands)))
        picked = sorted(self.random.permutation(len(pools))[:count])
        return tuple(
            Demand(
                pool=int(pool),
                units=self.whole(1, self.mixture.most_asked),
                consumes=self.happens(self.mixture.consumes),
            )
            for pool in picked
        )

    def work(self, index: int, helpers: list[Node]) -> Work:
        steps = (
            UntilCalled(),
            Drain(
                start_m3=600.0, inflow_m3_h=300.0, inflow_stops_min=float(self.whole(0, 20)), residual_m3_h=30.0,
                entry_m3=100.0,
            ),
            Containment(
                fire=Fire(head_m_min=1.2, length_to_width=2.0),
                tactic=Tactic.HEAD if self.happens(0.5) else Tactic.REAR,
                area_m2=800.0,
                within_min=600.0,
            ),
        )  # fmt: skip
        kind = self.whole(0, 2)
        effort = (1.0, 900.0, 4.0)[kind]
        chosen = [node.index for node in helpers if self.happens(0.5)]
        return Work(
            name=f"w{index}",
            step=steps[kind],
            efforts=tuple((node, effort * (math.sqrt(2), 1.0, 1.0, -0.5)[self.whole(0, 3)]) for node in chosen),
        )
