"""Plans and their ties as a map: bands by level of government, columns by hazard; a click opens the plan.

Boxes stand on a grid. Every line runs in the channels between them, so that none crosses a box: ties upward leave a
box on its left, ties between equals on its right.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from plans_repo.library import Entry
from plans_repo.linkage.network import Network, Tie
from plans_repo.plans import RelationKind
from ui.components.html import Html, tag
from ui.components.plan_names import RELATIONS, hazard_name
from ui.wording import _

WIDTH, HEIGHT, CHANNEL_X, CHANNEL_Y, BAND = 196, 46, 54, 26, 22
"""Measures of a box, of the channels between boxes and of what is added between bands, in pixels."""
HEAD, MARGIN, DEEPEST = 26, 34, 6
"""Height of the column heads, the margin on the left, and how many boxes stand below one another."""
COLOURS = {
    RelationKind.UPPER: "#1456a0",
    RelationKind.SPECIAL_OF: "#2d7d46",
    RelationKind.SUPPORTS: "#8a5a00",
    RelationKind.LINKED: "#6b4fa0",
    RelationKind.REPLACES: "#8a8f98",
}
LANES = {kind: 5 * at for at, kind in enumerate(COLOURS)}
"""How far from a box the lines of a kind run, so that kinds do not cover one another."""
LEVEL = frozenset({RelationKind.LINKED})


@dataclass(frozen=True, kw_only=True)
class _Grid:
    """Where each plan stands, and where each column of a hazard begins."""

    places: Mapping[str, tuple[int, int]]
    heads: tuple[tuple[str, int], ...]

    @property
    def width(self) -> int:
        return max(x for x, _y in self.places.values()) + WIDTH + CHANNEL_X

    @property
    def height(self) -> int:
        return max(y for _x, y in self.places.values()) + HEIGHT + CHANNEL_Y


def plan_map(network: Network, chosen: str = "", kinds: Iterable[RelationKind] = tuple(COLOURS)) -> Html:
    """The map as a drawing with the ties of *kinds*; *chosen* is the plan looked at."""
    if not network.plans:
        return Html("")
    grid, wanted = _grid(network.plans), frozenset(kinds)
    shown = [tie for tie in network.ties if tie.kind in wanted]
    picture = tag(
        "svg",
        *(_line(tie, grid.places) for tie in shown),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {grid.width} {grid.height}",
        width=grid.width,
        height=grid.height,
    )
    source = (
        f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"  # the page lets no drawing in otherwise
    )
    drawn = tag("img", src=source, alt=_("预案衔接关系图"), width=grid.width, height=grid.height)
    heads = (tag("b", hazard_name(hazard), style=f"left:{x}px;top:0", cls="yy-column") for hazard, x in grid.heads)
    boxes = [_box(entry, grid.places[entry.id], is_chosen=entry.id == chosen) for entry in network.plans]
    sheet = tag("div", drawn, *heads, *boxes, style=f"width:{grid.width}px;height:{grid.height}px", cls="yy-sheet")
    return tag("div", sheet, cls="yy-scroll yy-map")


def map_legend() -> Html:
    """Which line means what."""
    shown = (RelationKind.UPPER, RelationKind.SPECIAL_OF, RelationKind.SUPPORTS, RelationKind.LINKED)
    parts = [tag("span", _(RELATIONS[kind]), style=f"border-bottom:3px solid {COLOURS[kind]}") for kind in shown]
    return tag("div", *parts, tag("span", _("虚线为建议建立的关系")), cls="yy-facts")


def _grid(plans: Sequence[Entry]) -> _Grid:
    """A band for every level, the largest area on top; in it a stack for every hazard, overall plans first."""
    hazards = sorted({entry.hazard for entry in plans})
    bands: dict[int, dict[str, list[Entry]]] = {}
    for entry in sorted(plans, key=lambda entry: (entry.area, entry.title)):
        bands.setdefault(_depth(entry), {}).setdefault(entry.hazard, []).append(entry)
    widths = {hazard: max(-(-len(band.get(hazard, ())) // DEEPEST) for band in bands.values()) for hazard in hazards}
    starts = dict(_starts(hazards, widths))
    places: dict[str, tuple[int, int]] = {}
    y = HEAD
    for depth in sorted(bands):
        rows = 0
        for hazard, stack in bands[depth].items():
            deep = -(-len(stack) // widths[hazard])
            rows = max(rows, deep)
            for at, entry in enumerate(stack):
                x = starts[hazard] + at // deep * (WIDTH + CHANNEL_X)
                places[entry.id] = (x, y + at % deep * (HEIGHT + CHANNEL_Y))
        y += rows * (HEIGHT + CHANNEL_Y) + BAND
    return _Grid(places=places, heads=tuple(starts.items()))


def _starts(hazards: Iterable[str], widths: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    x = MARGIN
    for hazard in hazards:
        yield hazard, x
        x += widths[hazard] * (WIDTH + CHANNEL_X)


def _depth(entry: Entry) -> int:
    """Thrice the depth of the area; special plans stand below the overall plan, those of units below them."""
    return 3 * entry.area.count("/") + {"overall": 0, "unit": 2}.get(entry.kind.value, 1)


def _line(tie: Tie, places: Mapping[str, tuple[int, int]]) -> Html:
    lower, upper = sorted((places[tie.plan], places[tie.other]), key=lambda place: -place[1])
    path = _beside(lower, upper) if tie.kind in LEVEL or lower[1] == upper[1] else _upward(lower, upper, tie.kind)
    return tag(
        "path", d=path, fill="none", stroke=COLOURS[tie.kind], stroke_linejoin="round",
        stroke_width="1.6", stroke_dasharray="5 4" if tie.is_proposed else "",
    )  # fmt: skip


def _upward(lower: tuple[int, int], upper: tuple[int, int], kind: RelationKind) -> str:
    """From the left of the lower box up its channel and along below the upper box to its middle."""
    (x1, y1), (x2, y2) = lower, upper
    channel, below = x1 - 8 - LANES[kind] // 2, y2 + HEIGHT + 6 + LANES[kind]
    foot = x2 + WIDTH // 2 + LANES[kind] - 10
    return f"M {x1} {y1 + HEIGHT // 2} H {channel} V {below} H {foot} V {y2 + HEIGHT}"


def _beside(lower: tuple[int, int], upper: tuple[int, int]) -> str:
    """From the right of one box to the right of the other, along below the upper one where columns differ."""
    (x1, y1), (x2, y2) = lower, upper
    lane = 8 + (y1 // (HEIGHT + CHANNEL_Y)) % 4 * 4
    start, end = x1 + WIDTH, x2 + WIDTH
    if x1 == x2:
        return f"M {start} {y1 + HEIGHT // 2} H {start + lane} V {y2 + HEIGHT // 2} H {end}"
    below = y2 + HEIGHT + CHANNEL_Y - 6
    return f"M {start} {y1 + HEIGHT // 2} H {start + lane} V {below} H {end + lane} V {y2 + HEIGHT // 2} H {end}"


def _box(entry: Entry, place: tuple[int, int], *, is_chosen: bool) -> Html:
    x, y = place
    tone = "yy-chosen" if is_chosen else "" if entry.in_force else "yy-unissued"
    return tag(
        "a",
        entry.title,
        href=f"/linkage?{urlencode({'id': entry.id})}",
        target="_self",
        title=entry.title,
        style=f"left:{x}px;top:{y}px;width:{WIDTH}px;height:{HEIGHT}px",
        cls=f"yy-box {tone}".strip(),
    )
