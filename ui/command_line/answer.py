"""What a command answers, and how the answer is printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sim.plain import plain


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The fields of the JSON document, the lines a person reads instead, and whether it was a yes."""

    fields: Mapping[str, Any]
    lines: Sequence[str] = field(default_factory=tuple)
    is_good: bool = True


def show(answer: Answer, *, as_json: bool) -> None:
    """Print one JSON document on standard output, or the lines."""
    if as_json:
        print(json.dumps(readable(answer.fields), ensure_ascii=False, indent=2))
        return
    for line in answer.lines:
        print(line)


def tell(sentence: str) -> None:
    """Say something that is not the answer, on standard error."""
    print(sentence, file=sys.stderr)


def readable(value: Any) -> Any:
    """Plain data for a JSON document, floats kept as numbers.

    >>> readable({"p_met": 0.5, "targets": (1, None)})
    {'p_met': 0.5, 'targets': [1, None]}
    """
    if isinstance(value, float):
        return value
    if isinstance(value, Mapping):
        return {str(key): readable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [readable(item) for item in value]
    return plain(value)
