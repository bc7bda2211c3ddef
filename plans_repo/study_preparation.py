"""An engine made ready before its first study, and heard of while that takes its time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

from sim.compiled import counting

EVERY_S = 0.5


def prepared(once: Callable[[], object], heard: Callable[[int], None]) -> None:
    """Do something *once* so that all it needs is compiled; meanwhile *heard* is told how many functions are.

    Nothing is told where all is compiled already. What *heard* raises is raised when the compiler has finished: it
    cannot be interrupted.
    """
    with counting() as count, ThreadPoolExecutor(1) as pool:
        done = pool.submit(once)
        while not wait([done], timeout=EVERY_S).done:
            if count.functions:
                heard(count.functions)
        done.result()
