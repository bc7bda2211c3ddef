"""What a scenario's model knows, as curves over time: for whoever writes a scenario, before anything is played."""

from sim.curves.preview import DRAWS, SEED, preview
from sim.curves.response import done_curve, pool_curves, told_tasks
from sim.curves.values import Curve, Kind, Preview, Strike

__all__ = ["DRAWS", "SEED", "Curve", "Kind", "Preview", "Strike", "done_curve", "pool_curves", "preview", "told_tasks"]
