"""Sums of whole numbers in arrays, exact whatever their size and in whatever pieces."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]

_FLOAT_EXACT = 1 << 53  # a sum of products below this is exact in a double, in whatever order it is added
_INT64 = (1 << 63) - 1
_SQUARABLE = 3_037_000_499  # the largest whole number whose square an int64 holds
_WORTH_A_CALL = 256
_ROWS_AT_ONCE = 4096


def sums(values: Whole) -> tuple[list[int], list[int]]:
    """Σx and Σx² of every column.

    >>> sums(np.array([[3, 1 << 60], [4, 1 << 60]])) == ([7, 1 << 61], [25, 1 << 121])
    True
    """
    ones = np.ones((values.shape[0], 1), dtype=np.int64)
    return products(ones, values)[0], squares(ones, values)[0]


def products(left: Whole, right: Whole) -> list[list[int]]:
    """Σxy of every column of *left* with every column of *right*, row by row.

    >>> products(np.array([[1], [2]]), np.array([[10, 0], [10, 1]]))
    [[30, 2]]
    """
    if not left.size or not right.size:
        return [[0] * right.shape[1] for _ in range(left.shape[1])]
    bound = max(1, _largest(left)) * max(1, _largest(right))
    if bound * _WORTH_A_CALL < _FLOAT_EXACT:
        return _added(_blocks(left.astype(np.float64), right.astype(np.float64), _FLOAT_EXACT // bound))
    if _INT64 // bound >= min(left.shape[0], _ROWS_AT_ONCE):
        return _added(_blocks(left, right, _INT64 // bound))
    return _halved(left, right)


def squares(counted: Whole, values: Whole) -> list[list[int]]:
    """Σx² of every column of *values* over the rows that every column of ones and zeros in *counted* has.

    >>> squares(np.array([[1], [0], [1]]), np.array([[3], [9], [1 << 40]])) == [[9 + (1 << 80)]]
    True
    """
    if not values.size or _largest(values) <= _SQUARABLE:
        return products(counted, values * values)
    half = _largest(values).bit_length() // 2
    upper, lower = values >> half, values & ((1 << half) - 1)
    parts = (squares(counted, upper), products(counted, upper * lower), squares(counted, lower))
    return [
        [(a << 2 * half) + (b << half + 1) + c for a, b, c in zip(*rows, strict=True)]
        for rows in zip(*parts, strict=True)
    ]


def _largest(values: Whole) -> int:
    return max(int(values.max()), -int(values.min()))


def _blocks(left: NDArray[np.generic], right: NDArray[np.generic], rows: int) -> Iterator[list[list[int]]]:
    """The products of so many rows at once as cannot overflow."""
    turned = np.ascontiguousarray(left.T)  # else a product of few columns takes ten times as long
    for start in range(0, left.shape[0], rows):
        part = turned[:, start : start + rows] @ right[start : start + rows]
        yield part.astype(np.int64).tolist()


def _halved(left: Whole, right: Whole) -> list[list[int]]:
    """Too large to be multiplied at once: *left* is cut into an upper and a lower half of its bits."""
    if _largest(left) < _largest(right):
        return [list(row) for row in zip(*_halved(right, left), strict=True)]
    half = max(1, _largest(left).bit_length() // 2)
    upper, lower = left >> half, left & ((1 << half) - 1)
    return [
        [(high << half) + low for high, low in zip(highs, lows, strict=True)]
        for highs, lows in zip(products(upper, right), products(lower, right), strict=True)
    ]


def _added(parts: Iterator[list[list[int]]]) -> list[list[int]]:
    total = next(parts)
    for part in parts:
        total = [[a + b for a, b in zip(old, new, strict=True)] for old, new in zip(total, part, strict=True)]
    return total
