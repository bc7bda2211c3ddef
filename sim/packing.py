"""The sums of a chunk as bytes, and back: what an interrupted study is resumed from."""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from typing import Any, get_type_hints

import numpy as np

from sim.chunk import Chunk
from sim.errors import SimError
from sim.plain import canonical, unplain
from sim.spread import Spreads

FORMAT = 1
_LEVEL = 1  # of compression: fast, and bins repeat themselves


def packed(chunk: Chunk) -> bytes:
    """The chunk as bytes: a head in JSON, then the table of its spreads."""
    head = canonical({"format": FORMAT, "chunk": _plain(chunk), "bins": int(chunk.spreads.keys.size)})
    body = b"".join(array.astype("<i8").tobytes() for array in chunk.spreads.arrays)
    return zlib.compress(len(head).to_bytes(8, "big") + head + body, _LEVEL)


def unpacked(data: bytes) -> Chunk:
    """The chunk that was packed; refused if the bytes are none, or of another release."""
    try:
        whole = zlib.decompress(data)
        size = int.from_bytes(whole[:8], "big")
        head = json.loads(whole[8 : 8 + size])
        if head["format"] != FORMAT:
            raise ValueError(f"format {head['format']}")
        table = (
            np.frombuffer(whole[8 + size :], dtype="<i8").astype(np.int64).reshape(len(fields(Spreads)), head["bins"])
        )
        said = {name: unplain(kind, head["chunk"][name]) for name, kind in _kinds().items()}
        return Chunk(**said, spreads=Spreads(*table))
    except (zlib.error, ValueError, KeyError) as error:
        raise SimError("kept-sums-unreadable", thing="study", field="sums", rule=str(error)) from error


def _plain(chunk: Chunk) -> dict[str, Any]:
    return {name: getattr(chunk, name) for name in _kinds()}


def _kinds() -> dict[str, Any]:
    """The parts of a chunk in its head, with what they are."""
    kinds = get_type_hints(Chunk)
    del kinds["spreads"]
    return kinds
