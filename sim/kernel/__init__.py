"""The fast engine: the rules of the reference engine, compiled."""

from __future__ import annotations
