"""The kernel as plain Python, altered line by line: does the comparison with the reference engine notice?

Run as a program with the compiler switched off (``NUMBA_DISABLE_JIT=1``). Reads mutants from standard input as JSON,
a list of (module, text, other text, mixture), and writes for each how many networks it took to notice, 0 if
``NETWORKS`` were not enough. A mutant with equal texts is the kernel as it is. A place outside the kernel's memory,
which compiled code would read without a word, is an error here.
"""

import importlib
import importlib.abc
import importlib.machinery
import json
import sys
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np

from sim.reference_engine import play
from sim.validation.random_networks import MIXTURES, a_random_network

WEEKS = {"weeks": replace(MIXTURES["retries"], horizon_min=42 * 1440.0, preemption=0.5)}
"""Ticks of six weeks do not fit into 32 bits."""
NETWORKS = 120
REPLICATIONS = (1, 3_000_000_007)
"""A number read in the place of another does less harm the smaller it is."""
MOST_STEPS = 200_000
"""Reads of the memory in one run; an altered kernel may not come to an end."""


class Guarded(np.ndarray):
    """A memory in which a negative place is an error too, and which is not read for ever."""

    reads = 0

    def __getitem__(self, place):
        Guarded.reads += 1
        if Guarded.reads > MOST_STEPS:
            raise TimeoutError
        value = super().__getitem__(checked(place))
        # As compiled code reads it: a whole number is one of 64 bits, however narrow it lies in the memory.
        return int(value) if isinstance(value, np.integer) else value

    def __setitem__(self, place, value):
        super().__setitem__(checked(place), value)


def checked(place):
    """The place, if it can be one."""
    if isinstance(place, int | np.integer) and place < 0:
        raise IndexError(place)
    return place


class Altered(importlib.abc.MetaPathFinder):
    """Finds one module of the kernel with a text replaced in its source."""

    def __init__(self, module: str, text: str, other: str) -> None:
        self.name, self.text, self.other = f"sim.kernel.{module}", text, other

    def find_spec(self, name, path=None, target=None):
        if name != self.name:
            return None
        found = importlib.machinery.PathFinder.find_spec(name, path)
        source = Path(found.origin).read_text("utf-8")
        assert self.text in source, (self.name, self.text)
        found.loader = Source(name, found.origin, source.replace(self.text, self.other, 1))
        return found


class Source(importlib.machinery.SourceFileLoader):
    """A module made from a text, whatever lies on disk."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self.source = source

    def get_data(self, path):
        return self.source.encode()

    def path_stats(self, path):
        raise OSError  # no compiled form of the unaltered source


def networks_until_noticed(module: str, text: str, other: str, mixture: str) -> int:
    """How many networks of a mixture it takes until an altered kernel plays one differently."""
    finder = Altered(module, text, other)
    for name in [name for name in sys.modules if name.startswith("sim.kernel")]:
        del sys.modules[name]
    sys.meta_path.insert(0, finder)
    playing = importlib.import_module("sim.kernel.playing")
    sys.meta_path.remove(finder)
    laid_out = playing.laid_out
    playing.laid_out = lambda *args, **options: type(laid_out(*args, **options))(
        *(array.view(Guarded) for array in laid_out(*args, **options))
    )
    return next((seed + 1 for seed in range(NETWORKS) if differs(playing.kernel_play, mixture, seed)), 0)


def differs(altered, mixture: str, seed: int) -> bool:
    """Whether a network is played differently, or not to its end."""
    network, replication = a_random_network((MIXTURES | WEEKS)[mixture], seed), REPLICATIONS[seed % len(REPLICATIONS)]
    Guarded.reads = 0
    try:
        return bool(altered(network, seed=5, replication=replication) != play(network, seed=5, replication=replication))
    except (IndexError, TimeoutError, ValueError):
        return True


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    json.dump([networks_until_noticed(*mutant) for mutant in json.load(sys.stdin)], sys.stdout)
