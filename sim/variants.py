"""The same question with one thing changed: other units, or another network; every draw keeps its identity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from sim.apart import own_pools
from sim.durations import Law
from sim.errors import SimError
from sim.network import Network
from sim.question import Question


class Variant(Question):
    """A question played on a network of its own.

    Where nodes, clocks and their order are those of the question (*is_same_shape*), its targets are not tied anew.
    """

    def __init__(self, question: Question, network: Network, *, is_same_shape: bool = False) -> None:
        super().__init__(procedure=question.procedure, scenario=question.scenario, resources=question.resources)
        self.__dict__["network"] = network
        self.__dict__["level"] = question.level
        if is_same_shape:
            self.__dict__["aims"] = question.aims


class Scaled(Question):
    """A question with the minutes of some tasks multiplied; its network is made only if somebody asks for it."""

    def __init__(self, question: Question, factors: Mapping[str, float]) -> None:
        super().__init__(procedure=question.procedure, scenario=question.scenario, resources=question.resources)
        self.__dict__ |= {"origin": question, "factors": dict(factors), "aims": question.aims}

    @property
    def origin(self) -> Question:
        """The question it was made from."""
        return self.__dict__["origin"]  # type: ignore[no-any-return]

    @property
    def factors(self) -> dict[str, float]:
        """What the minutes of each task named are multiplied by."""
        return self.__dict__["factors"]  # type: ignore[no-any-return]

    @cached_property
    def network(self) -> Network:
        """The network with other factors."""
        factors, network = self.factors, self.origin.network
        nodes = tuple(
            replace(node, factor=node.factor * factors[node.task]) if node.task in factors else node
            for node in network.nodes
        )
        return replace(network, nodes=nodes)


def shape_of(question: Question) -> Question:
    """A question with as many nodes, clocks, pools and ticks as this one, whose network is there already."""
    return shape_of(question.origin) if isinstance(question, Scaled) else question


def with_units(question: Question, units: Iterable[tuple[str, int]]) -> Question:
    """The question with other units in the pools named; refused where there is no such pool, or every place its own."""
    asked = dict(units)
    known = {pool.id for pool in (*question.procedure.pools, *question.network.pools)}
    for pool in asked:
        if pool not in known:
            raise SimError("pool-unknown", thing="resource set", field="pool", rule="must be defined", value=pool)
        if own := own_pools(question.procedure, pool):
            raise SimError("pool-of-places", thing="resource set", field="pool", rule="、".join(own), value=pool)
    sizes = dict(question.resources.units) | asked
    return question.with_resources(replace(question.resources, units=tuple(sorted(sizes.items()))))


def with_laws(question: Question, laws: Mapping[str, Law], success: Mapping[str, float] | None = None) -> Question:
    """The question with other laws for the minutes of some tasks, and other shares of success."""
    met = success or {}
    nodes = tuple(
        replace(
            node,
            law=laws.get(node.task, node.law),
            success_share=met.get(node.task, node.success_share),
        )
        if node.task in laws or node.task in met
        else node
        for node in question.network.nodes
    )
    return Variant(question, replace(question.network, nodes=nodes))
