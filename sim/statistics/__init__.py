"""What many runs say, and how surely: start with ``wilson`` and ``verdict``."""

from sim.statistics import exact
from sim.statistics.interval import Interval
from sim.statistics.moments import (
    lognormal_from_mean,
    lognormal_from_p90,
    lognormal_mean,
    lognormal_with_p90,
    pert_mean,
    pert_sd,
    triangular_mean,
    triangular_sd,
)
from sim.statistics.paired import paired_change
from sim.statistics.proportions import Verdict, clopper_pearson, decided, sign_chance, verdict, wilson
from sim.statistics.ranks import RankInterval, quantile, quantile_rank, quantile_ranks
from sim.statistics.selection import Race, select
from sim.statistics.sensitivity import Influence, Screening, morris, sobol
from sim.statistics.stopping import is_precise, look_ahead_runs, look_alpha, looks, runs_for_precision
from sim.statistics.sums import FEW, PairedDifference, Sums, paired_difference

__all__ = [
    "FEW",
    "Influence",
    "Interval",
    "PairedDifference",
    "Race",
    "RankInterval",
    "Screening",
    "Sums",
    "Verdict",
    "clopper_pearson",
    "decided",
    "exact",
    "is_precise",
    "lognormal_from_mean",
    "lognormal_from_p90",
    "lognormal_mean",
    "lognormal_with_p90",
    "look_ahead_runs",
    "look_alpha",
    "looks",
    "morris",
    "paired_change",
    "paired_difference",
    "pert_mean",
    "pert_sd",
    "quantile",
    "quantile_rank",
    "quantile_ranks",
    "runs_for_precision",
    "select",
    "sign_chance",
    "sobol",
    "triangular_mean",
    "triangular_sd",
    "verdict",
    "wilson",
]
