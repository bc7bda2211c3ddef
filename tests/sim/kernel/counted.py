"""The reference engine with a count of how often each rule decided something."""

from collections import Counter

from sim.lines import Line
from sim.log import Run
from sim.network import NOBODY, Network
from sim.procedure import JoinKind, Outcome
from sim.reference_engine import _Play

RULES = (
    "several due at one instant",
    "a second round",
    "a late predecessor ignored",
    "ready by any",
    "ready by k of n",
    "a later one served before an earlier for its priority",
    "several pools at once",
    "refused by a short pool",
    "refused by a strict pool",
    "refused by a free pool",
    "refused because a pool is blocked",
    "refused by a closed gate",
    "a capacity cut below what is held",
    "a stock used up",
    "released by a clock",
    "given up at a clock",
    "given up after another",
    "a try failed",
    "failed for good",
    "a try lost since a clock",
    "skipped on a branch not taken",
    "a branch taken on failure",
    "a branch taken on a skip",
    "sent back",
    "no sending back though lacking",
    "the pass begun anew",
    "a process ends anew",
    "cut off at the horizon",
)


class CountedPlay(_Play):
    """One run, counted."""

    def __init__(self, network: Network, seed: int, replication: int) -> None:
        super().__init__(network, seed, replication, keep_log=True)
        self.counts: Counter[str] = Counter()

    def run(self) -> Run:
        found = super().run()
        self.counts["cut off at the horizon"] += sum(token.running for token in self.tokens)
        instants = Counter(entry.tick for entry in found.entries if entry.phase == 1)
        self.counts["several due at one instant"] += sum(count > 1 for count in instants.values())
        self.counts["a second round"] += any(entry.round > 0 for entry in found.entries)
        return found

    def _tell(self, follower: int, index: int, outcome: Outcome, when: Outcome) -> None:
        token = self.tokens[follower]
        if token.first_ready < 1 << 60 and outcome is when:
            self.counts["a late predecessor ignored"] += 1
        before = token.outcome
        super()._tell(follower, index, outcome, when)
        if before is None and token.outcome is Outcome.SKIPPED:
            self.counts["given up after another" if token.is_given_up else "skipped on a branch not taken"] += 1
        if outcome is when and outcome is not Outcome.DONE:
            kind = "a branch taken on failure" if outcome is Outcome.FAILED else "a branch taken on a skip"
            self.counts[kind] += 1

    def _consider(self, index: int, trigger: int) -> None:
        token, node = self.tokens[index], self.network.nodes[index]
        was_ready = token.first_ready
        super()._consider(index, trigger)
        if token.first_ready == was_ready:
            return
        if node.edges and token.satisfied < len(node.edges):
            if node.join is JoinKind.ANY:
                self.counts["ready by any"] += 1
            elif node.join is JoinKind.K_OF_N:
                self.counts["ready by k of n"] += 1
        if node.release != NOBODY:
            self.counts["released by a clock"] += 1

    def _clock_struck(self, moment: int) -> None:
        given_up = [n for n in self.network.given_up_at.get(moment, ()) if self._is_untouched(n)]
        self.counts["given up at a clock"] += len(given_up)
        super()._clock_struck(moment)

    def _change_capacity(self, pool: int, units: int) -> None:
        super()._change_capacity(pool, units)
        self.counts["a capacity cut below what is held"] += units < 0 and self.free[pool] < 0

    def _complete(self, index: int) -> None:
        node, token = self.network.nodes[index], self.tokens[index]
        self.counts["a try lost since a clock"] += any(token.stint >= self.moments[clock] for clock in node.lost_from)
        super()._complete(index)
        self.counts["a try failed"] += token.outcome is None
        self.counts["failed for good"] += token.outcome is Outcome.FAILED

    def _refuse(self, line: Line, cause: int, blocked: set[int]) -> None:
        self.counts[f"refused by a {self.network.pools[cause].rule.value} pool"] += 1
        self.counts["refused because a pool is blocked"] += any(
            d.pool in blocked and self.free[d.pool] >= d.units for d in line.demands
        )
        super()._refuse(line, cause, blocked)

    def _start(self, index: int, line: Line) -> None:
        node, token = self.network.nodes[index], self.tokens[index]
        self.counts["several pools at once"] += len(node.demands) > 1
        self.counts["a stock used up"] += any(d.consumes for d in node.demands)
        self.counts["a later one served before an earlier for its priority"] += any(
            self.tokens[other].ready < token.ready and priority > node.priority for priority, _, other in line.heap[1:]
        )
        super()._start(index, line)

    def _heads(self) -> list[tuple[int, int, int, int]]:
        self.counts["refused by a closed gate"] += sum(
            bool(line.heap) and line.gate != NOBODY and not self.is_open[line.gate] for line in self.lines
        )
        return super()._heads()

    def _preempt(self, index: int, line: Line, blocked: set[int]) -> bool:
        made = super()._preempt(index, line, blocked)
        self.counts["the pass begun anew" if made else "no sending back though lacking"] += 1
        return made

    def _send_back(self, victim: int) -> None:
        self.counts["sent back"] += 1
        super()._send_back(victim)

    def _reschedule(self, index: int, end_min: float | None, origin: int) -> None:
        self.counts["a process ends anew"] += self.tokens[index].running and end_min is not None
        super()._reschedule(index, end_min, origin)
