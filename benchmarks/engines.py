"""What a run of the county costs on every engine, side by side in one run, and how the cost grows.

    python -m benchmarks.engines [--growth] [--rounds N]

Engines take turns within a round; the figure is the median over the rounds of the
processor time of one core a run, draws, waits by cause and the two promises included. The
kernel and the reference engine also do what only they do: minutes along the chain behind
each promise, critical tasks, ends of every task. With ``--growth`` ten and a hundred times
the villages (pools with them), for the kernel and the specialised loop.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.county import by_hand, loop, others, ours
from benchmarks.county.law import County
from sim.batch import reference_batch
from sim.kernel.batching import kernel_batch
from sim.reference_engine import play

KERNEL, LOOP, LOOP_PLAIN, HAND = "kernel", "specialised loop", "the same, plain draws", "SimPy by hand"
REFERENCE, PLAY_ONLY = "our SimPy engine", "the same, no statistics"
SIZES = (200, 2_000, 20_000)
SEED = 20261122


@dataclass(eq=False)
class Engine:
    """A way to play so many runs, and what a run took each time."""

    name: str
    play: Callable[[int], object]
    runs: int
    taken_ms: list[float] = field(default_factory=list)

    def take_turn(self) -> None:
        """Play once more."""
        start = time.process_time()
        self.play(self.runs)
        self.taken_ms.append((time.process_time() - start) * 1000 / self.runs)

    @property
    def median_ms(self) -> float:
        """Milliseconds of one core a run."""
        return statistics.median(self.taken_ms)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--growth", action="store_true")
    asked.add_argument("--rounds", type=int, default=5)
    options = asked.parse_args()
    if options.growth:
        growth(options.rounds)
    else:
        side_by_side(options.rounds)


def side_by_side(rounds: int) -> None:
    """All engines on the county of 200 villages."""
    county = County()
    engines = {engine.name: engine for engine in (*compiled(county, 200), *interpreted(county))}
    say(
        f"{county.villages} villages, {county.loads} loads, {county.tasks} tasks;"
        f" {rounds} rounds in turns; speed 1 is SimPy by hand"
    )
    measure(list(engines.values()), rounds)
    hand, kernel, limit = (engines[name].median_ms for name in (HAND, KERNEL, LOOP))
    for engine in engines.values():
        spread = f"{min(engine.taken_ms):.3f}-{max(engine.taken_ms):.3f}"
        say(f"{engine.name:26}{engine.median_ms:10.3f} ms a run ({spread}), speed {hand / engine.median_ms:8.2f}")
    say(f"kernel / SimPy by hand: {hand / kernel:.0f} times as fast (wanted 60)")
    say(
        f"our SimPy engine / SimPy by hand: {engines[REFERENCE].median_ms / hand:.2f} times the time (wanted 3 at most)"
    )
    say(f"kernel / specialised loop: {kernel / limit:.2f} times the time (wanted 3 at most)")


def growth(rounds: int) -> None:
    """The kernel and the loop on more and more villages."""
    first: dict[str, float] = {}
    for villages in SIZES:
        engines = compiled(County(villages=villages), max(2, 40_000 // villages))
        measure(engines, rounds)
        for engine in engines:
            first.setdefault(engine.name, engine.median_ms)
        grown = {engine.name: engine.median_ms / first[engine.name] for engine in engines}
        say(
            f"{villages} villages: "
            + "; ".join(f"{e.name} {e.median_ms:.3f} ms, {grown[e.name]:.1f} x" for e in engines)
        )
        say(f"  growth of the kernel / growth of the loop: {grown[KERNEL] / grown[LOOP]:.2f} (wanted 1.3 at most)")


def measure(engines: list[Engine], rounds: int) -> None:
    """Everybody once to warm up, then in turns."""
    for engine in engines:
        engine.play(1)
    # What the others have made is no work for the collector while one of them plays.
    gc.collect()
    gc.freeze()
    for _round in range(rounds):
        for engine in engines:
            engine.take_turn()


def compiled(county: County, runs: int) -> list[Engine]:
    """The engines that are machine code, with all that is made once made."""
    question, limit = ours.question_of(county), loop.prepared(county)
    return [
        Engine(KERNEL, lambda n: kernel_batch(question, seed=SEED, first=0, runs=n), runs),
        Engine(LOOP, lambda n: limit(SEED, n, False), runs),  # noqa: FBT003  # a compiled call knows no names
        Engine(LOOP_PLAIN, lambda n: limit(SEED, n, True), runs),  # noqa: FBT003
    ]


def interpreted(county: County) -> list[Engine]:
    """The engines that are Python."""
    question = ours.question_of(county)
    network = question.network

    def plays(count: int) -> list[object]:
        return [play(network, seed=SEED, replication=run, keep_log=False) for run in range(count)]

    found = [
        Engine(HAND, lambda n: by_hand.told(county, seed=SEED, runs=n), 6),
        Engine(REFERENCE, lambda n: reference_batch(question, seed=SEED, first=0, runs=n), 2),
        Engine(PLAY_ONLY, plays, 2),
    ]
    for name, told in others.available().items():
        found.append(Engine(name, lambda n, told=told: told(county, seed=SEED, runs=n), 3 if name == "ciw" else 1))  # type: ignore[misc]
    return found


def say(words: str) -> None:
    """A line of the answer."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
