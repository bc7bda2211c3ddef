"""The default values of the data packs, for tests that a published figure comes out of pack and formula together."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[3] / "plans_repo" / "packs" / "parameters"
PACKS = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def entries(pack: str) -> dict[str, dict[str, Any]]:
    """Every figure of a pack by name."""
    return tomllib.loads((FOLDER / f"{pack}.toml").read_text(encoding="utf-8"))


def value(pack: str, name: str) -> float:
    """The number of one figure."""
    return float(entries(pack)[name]["value"])
