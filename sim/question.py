"""What a study asks: this procedure, this event, these resources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from sim.apart import fitted, gathered, told_apart
from sim.bounds import MOST_MIN
from sim.compiling import compile_network
from sim.errors import SimError
from sim.failing import with_failures
from sim.hazards.contribution import Contribution
from sim.hazards.models import contribution_of
from sim.measures import Aims, aims_of, is_concerned
from sim.network import Network
from sim.plain import digest
from sim.procedure import Change, Procedure, Target
from sim.scenario import ResourceSet, Scenario


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a study asks: this procedure, this event, these resources.

    Pools of which every place has its own are told apart by the event's places.
    """

    procedure: Procedure
    scenario: Scenario
    resources: ResourceSet

    def __post_init__(self) -> None:
        object.__setattr__(self, "procedure", told_apart(self.procedure, self.scenario))

    @cached_property
    def level(self) -> str:
        """The label of the response level the event starts; "" if none is reached."""
        if self.scenario.level:
            return self.scenario.level if self._has_level(self.scenario.level) else ""
        level = self.procedure.level_for(dict(self.scenario.measures))
        return level.label if level else ""

    def _has_level(self, label: str) -> bool:
        return any(level.label == label for level in self.procedure.levels)

    @cached_property
    def contribution(self) -> Contribution:
        """What the hazard brings."""
        return contribution_of(self.fitted)

    @property
    def fitted(self) -> Scenario:
        """The event with what the resources change of its places' own units."""
        return fitted(self.scenario, self.procedure, self.resources)

    @cached_property
    def network(self) -> Network:
        """The compiled network; refused if the event is of another hazard, or lasts longer than a year."""
        _check_hazard(self.procedure, self.scenario)
        _check_horizon(self.scenario)
        network = compile_network(
            equipped(self.procedure, self.resources),
            self.contribution,
            horizon_min=self.scenario.horizon_min,
            level=self.level,
            spread=self.scenario.spread,
        )
        return with_failures(network, self.scenario.failures)

    def with_resources(self, resources: ResourceSet) -> Question:
        """The same question with other units; what the hazard brings is looked up once."""
        changed = replace(self, resources=resources)
        if changed.fitted == self.fitted:
            changed.__dict__["contribution"] = self.contribution
        return changed

    def with_values(self, values: Mapping[str, float]) -> Question:
        """The same question with other values of some parameters of the event."""
        scenario = self.scenario
        for name, value in values.items():
            scenario = scenario.with_value(name, value)
        return replace(self, scenario=scenario)

    @cached_property
    def tasks(self) -> frozenset[str]:
        """The ids of the procedure's tasks; a network may hold others that merely happen, such as a breakdown."""
        return frozenset(task.id for task in self.procedure.tasks)

    @cached_property
    def aims(self) -> tuple[Aims, ...]:
        """The targets made for the event that it gives something to measure, tied to the network."""
        network = self.network
        return tuple(aims_of(t, network) for t in self.procedure.targets if self.asks(t) and is_concerned(t, network))

    def asks(self, target: Target) -> bool:
        """Whether a promise is made at the level the event starts and in its circumstances."""
        return target.is_made_at(self.level) and target.is_made_for(self.scenario.circumstances)

    @cached_property
    def digest(self) -> str:
        """A fingerprint of everything that can change the results."""
        return digest([self.network.digest, [aims.target for aims in self.aims]])

    @property
    def own_seed(self) -> int:
        """The seed used when nobody asks for another: a hash of the inputs."""
        return int(self.digest[:12], 16)


def asked_targets(question: Question) -> tuple[Target, ...]:
    """The promises made for the event of a question, whether or not it gives them anything to measure."""
    return tuple(target for target in question.procedure.targets if question.asks(target))


def equipped(procedure: Procedure, resources: ResourceSet) -> Procedure:
    """The procedure with the units of a resource set and what arrives later.

    Pools the procedure does not have are passed over.
    """
    pools = {pool.id for pool in procedure.pools}
    sized = procedure.with_units((pool, units) for pool, units in resources.units if pool in pools)
    later: dict[str, list[Change]] = {}
    for arrival in resources.arrivals:
        if arrival.ready_units:
            later.setdefault(arrival.pool, []).append(arrival.change)
    supplied = [
        replace(pool, changes=(*pool.changes, *later[pool.id])) if pool.id in later else pool for pool in sized.pools
    ]
    return replace(sized, pools=gathered(supplied))


def _check_horizon(scenario: Scenario) -> None:
    if scenario.horizon_min > MOST_MIN:
        raise SimError(
            "horizon-too-long",
            thing=f"scenario {scenario.id}",
            field="horizon_min",
            rule=f"must be <= {MOST_MIN}",
            most=MOST_MIN,
            value=scenario.horizon_min,
        )


def _check_hazard(procedure: Procedure, scenario: Scenario) -> None:
    same = procedure.hazard is scenario.hazard and (not procedure.spread or procedure.spread == scenario.spread)
    if not same:
        raise SimError(
            "scenario-of-other-hazard",
            thing=f"scenario {scenario.id}",
            field="hazard",
            rule=f"the plan answers {procedure.hazard} {procedure.spread}".rstrip(),
            value=f"{scenario.hazard} {scenario.spread}",
        )
