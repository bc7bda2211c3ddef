"""How large a procedure and its event may be: far above any plan, far below what a computer cannot bear."""

from __future__ import annotations

MOST_TASKS = 5_000
"""Tasks of one procedure; the largest plan of a province has some hundreds."""
MOST_NODES = 1_000_000
"""Tasks times the places each is done for: a kernel of them fits in the memory of a small machine."""
MOST_UNITS = 1_000_000
"""Units of a pool, of a need or of a change: more than a province has of anything that is counted in units."""
MOST_TRIES = 100
"""Tries of a task that may fail."""
MOST_MIN = 366 * 24 * 60
"""Minutes to the end of a run: a year."""
MOST_SIGMA = 5.0
"""σ of a lognormal duration; at 5 the ninetieth percentile is six hundred times the median."""
