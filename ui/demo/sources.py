"""The files the demo data are built from: registers, plan texts, the drill programme. All of it is fictional."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

COUNTIES = ("qingchuan", "shiling")
CITY = "yunling"


@cache
def register(name: str) -> dict[str, Any]:
    """The register of the city or of a county."""
    return _table("register", f"{name}.toml")


@cache
def programme() -> dict[str, Any]:
    """The drills held and planned, blackout days and small drills."""
    return _table("programme.toml")


@cache
def timings() -> dict[str, Any]:
    """What was timed in drills and real floods."""
    return _table("timings.toml")


def plan_text(name: str) -> bytes:
    """The source of a demo plan, as an importer gets it."""
    return files("ui.demo").joinpath("plans", f"{name}.md").read_bytes()


def former_text(name: str) -> bytes:
    """The same in the edition before, where that is another one in a few words only."""
    text = plan_text(name).decode("utf-8")
    for now, then in _table("plans", "formerly.toml")[name]["words"]:
        assert text.count(now) == 1, (name, now)
        text = text.replace(now, then)
    return text.encode("utf-8")


def entries(name: str, kind: str) -> list[dict[str, Any]]:
    """The entries of one kind in a register, [] if it has none."""
    found: list[dict[str, Any]] = register(name).get(kind, [])
    return found


def _table(*path: str) -> dict[str, Any]:
    return tomllib.loads(files("ui.demo").joinpath(*path).read_text(encoding="utf-8"))
