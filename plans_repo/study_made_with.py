"""What a study was computed with: programs with their versions, the code of the engines, the machine."""

from __future__ import annotations

import hashlib
import os
import platform
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version as version_of_package
from importlib.resources import files
from importlib.resources.abc import Traversable

PACKAGES = ("yuyan", "simpy", "numba", "scipy", "numpy")


@dataclass(frozen=True, kw_only=True, slots=True)
class MadeWith:
    """Programs and their versions, the digest of the code that played the runs, the machine and the time it took."""

    software: tuple[tuple[str, str], ...]
    code: str
    system: str
    python: str
    cores: int
    spent_s: float | None = None


def made_here(spent_s: float | None = None) -> MadeWith:
    """What this process computes with."""
    return MadeWith(
        software=tuple((name, version_of_package(name)) for name in PACKAGES),
        code=code_digest(),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        cores=os.cpu_count() or 1,
        spent_s=spent_s,
    )


@cache
def code_digest() -> str:
    """The sha-256 over every module of ``sim`` by its name, so that equal digests are equal code.

    >>> len(code_digest())
    64
    """
    whole = hashlib.sha256()
    for name, text in sorted(_modules(files("sim"), "sim")):
        whole.update(f"{name}\0{len(text)}\0".encode() + text)
    return whole.hexdigest()


def _modules(folder: Traversable, name: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for item in folder.iterdir():
        if item.is_dir() and item.name != "__pycache__":
            found += _modules(item, f"{name}/{item.name}")
        elif item.name.endswith(".py"):
            found.append((f"{name}/{item.name}", item.read_bytes().replace(b"\r\n", b"\n")))
    return found
