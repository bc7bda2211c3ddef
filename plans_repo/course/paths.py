"""The way a plan takes to its number, by kind: stages, papers, what must stand, who decides. Data of a pack."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from plans_repo.course.stages import Move, PaperKind, Process, Stage
from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.packs.reading import pack
from plans_repo.store.tables.plans import PlanKind
from sim.figure import Mark

ALWAYS = ""
"""The switch of a stage that is on every way."""


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How a stage is decided, and the paper that proves it; *has_signer*: the record names the head who signed."""

    id: str
    title: str
    title_en: str
    paper: PaperKind
    has_signer: bool = False


@dataclass(frozen=True, kw_only=True)
class Station:
    """A stage on a path: *asks* names what must stand before it is left, *when* the switch that puts it there."""

    stage: Stage
    papers: tuple[PaperKind, ...] = ()
    asks: tuple[str, ...] = ()
    manners: tuple[Manner, ...] = ()
    when: str = ALWAYS


@dataclass(frozen=True, kw_only=True)
class Path:
    """The stations of a kind of plan from first draft to number, in order, with the source of this order.

    *rule* is how the experts' opinions count; *may_include_own* lets people of the unit itself sit on its panel.
    *barred_words* are those of trades that must not take it, in the name of the unit or the plan. *by_government* says
    that the government decides: its people alone enter what it decides, each signature by another of them.
    """

    id: str
    title: str
    title_en: str
    process: Process
    kinds: tuple[PlanKind, ...]
    stations: tuple[Station, ...]
    source: str
    source_en: str
    mark: Mark
    rule: str = "majority"
    may_include_own: bool = False
    barred_words: tuple[str, ...] = ()
    by_government: bool = False

    def __post_init__(self) -> None:
        stages = self.stages
        if stages[0] is not Stage.DRAFT or stages[-1] is not Stage.NUMBERING or len(set(stages)) < len(stages):
            raise PlansRepoError("path-malformed", thing=self.id, field="stages", rule="from draft to numbering, once")

    def barred_by(self, *names: str) -> str:
        """The word of a trade that keeps a unit or plan of these names off this path, "" where none does.

        >>> path_named("unit-argued").barred_by("恒泰燃气有限公司"), path_named("unit-argued").barred_by("清川宾馆")
        ('燃气', '')
        """
        return next((word for word in self.barred_words if any(word in name for name in names)), "")

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages in order."""
        return tuple(station.stage for station in self.stations)

    def at(self, stage: Stage) -> Station:
        """The station of a stage on this path."""
        found = next((station for station in self.stations if station.stage is stage), None)
        if found is None:
            raise NotFound("stage-not-on-path", thing=self.id, field="stage", value=stage.value)
        return found

    def after(self, stage: Stage) -> Stage:
        """The stage that follows."""
        return self.stages[self.stages.index(stage) + 1]

    def limited_to(self, stages: Collection[Stage]) -> Path:
        """The same path with only those of its stations."""
        return self._with(tuple(station for station in self.stations if station.stage in stages))

    def under(self, switched_on: Collection[str]) -> Path:
        """The path as it is where only those local switches are on.

        >>> Stage.LEGALITY in path_named("overall").under(()).stages
        False
        """
        return self._with(
            tuple(station for station in self.stations if station.when == ALWAYS or station.when in switched_on)
        )

    def _with(self, stations: tuple[Station, ...]) -> Path:
        return Path(**{**{name: getattr(self, name) for name in self.__dataclass_fields__}, "stations": stations})


def paths_for(kind: PlanKind, process: Process) -> tuple[Path, ...]:
    """The paths a kind of plan may take under a procedure; the first is taken unless another is chosen.

    >>> [path.id for path in paths_for(PlanKind.UNIT, Process.FULL)]
    ['unit-reviewed', 'unit-argued']
    """
    return tuple(path for path in all_paths() if kind in path.kinds and path.process is process)


def path_named(path_id: str) -> Path:
    """One path by its id."""
    found = next((path for path in all_paths() if path.id == path_id), None)
    if found is None:
        raise NotFound("path-unknown", thing="path", field="path", value=path_id)
    return found


@cache
def all_paths() -> tuple[Path, ...]:
    """Every path of the pack, those of plans that were under way before it among them."""
    data = pack("course", "paths")
    manners = {name: _manner(name, item) for name, item in data["manner"].items()}
    return tuple(_path(item, manners, data["source"]) for item in data["path"])


@cache
def apart() -> dict[Move, frozenset[Move]]:
    """For a signature in a government, those that another account has given where there is one that may.

    >>> sorted(apart()[Move.ISSUE])
    [<Move.APPROVE: 'approve'>, <Move.APPROVE_PARTY: 'approve_party'>]
    """
    told = pack("course", "paths")["apart"]["moves"]
    return {Move(move): frozenset(map(Move, others)) for move, others in told.items()}


def _manner(name: str, item: dict[str, Any]) -> Manner:
    paper, has_signer = PaperKind(item["paper"]), bool(item.get("signer"))
    return Manner(id=name, title=item["zh"], title_en=item["en"], paper=paper, has_signer=has_signer)


def _path(item: dict[str, Any], manners: dict[str, Manner], sources: dict[str, dict[str, str]]) -> Path:
    source = sources[item["source"]]
    return Path(
        id=item["id"],
        title=item["title"],
        title_en=item["title_en"],
        process=Process(item["process"]),
        kinds=tuple(PlanKind(kind) for kind in item["kinds"]),
        stations=tuple(_station(one, manners) for one in item["stages"]),
        source=source["zh"],
        source_en=source["en"],
        mark=Mark(item["mark"]),
        rule=item.get("rule", "majority"),
        may_include_own=item.get("may_include_own", False),
        barred_words=tuple(item.get("barred_words", ())),
        by_government=item.get("by_government", False),
    )


def _station(item: dict[str, Any], manners: dict[str, Manner]) -> Station:
    return Station(
        stage=Stage(item["stage"]),
        papers=tuple(PaperKind(kind) for kind in item.get("papers", ())),
        asks=tuple(item.get("asks", ())),
        manners=tuple(manners[name] for name in item.get("manners", ())),
        when=item.get("when", ALWAYS),
    )
