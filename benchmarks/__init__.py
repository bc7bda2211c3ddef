"""Measurements; figures go to docs/performance.md, no test depends on them."""
