"""What a chart in a report shows, as values: categories, series, intervals and a line across."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from pptx.enum.chart import XL_CHART_TYPE

from plans_repo.errors import PlansRepoError

MIN_PER_HOUR = 60.0


class Kind(Enum):
    """The shapes a report uses; RANGES are markers over each category, joined from the lowest to the highest."""

    COLUMNS = XL_CHART_TYPE.COLUMN_CLUSTERED
    STACKED_COLUMNS = XL_CHART_TYPE.COLUMN_STACKED
    BARS = XL_CHART_TYPE.BAR_CLUSTERED
    STACKED_BARS = XL_CHART_TYPE.BAR_STACKED
    RANGES = XL_CHART_TYPE.LINE_MARKERS


@dataclass(frozen=True, slots=True)
class Scale:
    """The unit an axis of times is drawn in: hours where a table would print hours, else minutes."""

    unit: str
    minutes_each: float

    @classmethod
    def of(cls, minutes: Iterable[float | None]) -> Scale:
        """The scale that fits the longest of some times; None is a time that was not reached.

        >>> Scale.of([12.0, None, 240.0]).shown(90.0), Scale.of([12.0, None]).shown(9.0), Scale.of([]).shown(None)
        (1.5, 9.0, None)
        """
        longest = max((value for value in minutes if value is not None), default=0.0)
        return cls("hours", MIN_PER_HOUR) if longest >= MIN_PER_HOUR else cls("minutes", 1.0)

    def shown(self, minutes: float | None) -> float | None:
        """A time in the unit of the axis."""
        return None if minutes is None else minutes / self.minutes_each


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """A named row of values, one per category; None leaves a gap.

    ``low`` and ``high``, if given, draw an interval around each value.
    """

    name: str
    values: tuple[float | None, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of the data sheet; ``difference`` names the two columns it is computed from."""

    name: str
    values: tuple[float | None, ...]
    difference: tuple[str, str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A chart. ``line`` is drawn as a line across the columns: a value that is required.

    >>> chart = Chart(kind=Kind.BARS, categories=("road",), series=(Series(name="min", values=(4.5,)),), alt="waits")
    >>> [(column.name, column.values) for column in chart.columns]
    [('min', (4.5,))]
    """

    kind: Kind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    value_title: str = ""
    number_format: str = "General"
    line: Series | None = None
    top: float | None = None
    labels: bool = False

    def __post_init__(self) -> None:
        wanted = len(self.categories)
        for column in self.columns:
            if not wanted or len(column.values) != wanted:
                raise PlansRepoError("chart-length", thing=f"chart column {column.name}", field="values",
                                     rule=f"must hold one value for each of {wanted} categories",
                                     value=len(column.values))  # fmt: skip

    @property
    def rows(self) -> tuple[Series, ...]:
        """All series, the line last."""
        return self.series if self.line is None else (*self.series, self.line)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The data sheet from its second column on: the series, then what their intervals need."""
        found = [Column(name=row.name, values=row.values) for row in self.rows]
        for row in self.series:
            if row.low:
                found += interval_columns(row)
        return tuple(found)

    def letter(self, name: str) -> str:
        """The sheet's letter of a column; categories are in A."""
        return "BCDEFGHIJKLMNOPQRSTUVWXYZ"[[column.name for column in self.columns].index(name)]


def interval_columns(row: Series) -> list[Column]:
    """Low and high as they are, and how far they reach from the value: what error bars are drawn from."""
    low, high = f"{row.name} (low)", f"{row.name} (high)"
    pairs = [(float(value or 0), a, b) for value, a, b in zip(row.values, row.low, row.high, strict=True)]
    return [
        Column(name=low, values=row.low),
        Column(name=high, values=row.high),
        Column(name=minus(row), values=tuple(value - a for value, a, _ in pairs), difference=(row.name, low)),
        Column(name=plus(row), values=tuple(b - value for value, _, b in pairs), difference=(high, row.name)),
    ]


def minus(row: Series) -> str:
    """The name of the column saying how far the interval reaches down."""
    return f"{row.name} (minus)"


def plus(row: Series) -> str:
    """The name of the column saying how far the interval reaches up."""
    return f"{row.name} (plus)"
