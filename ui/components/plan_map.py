"""Plans and their ties as a map: a row for every level of areas, a line for every tie, a click opens the plan."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from plans_repo.library import Entry
from plans_repo.linkage.network import Network, Tie
from plans_repo.plans import RelationKind
from ui.components.html import Html, tag
from ui.components.plan_names import RELATIONS
from ui.wording import _

WIDTH, HEIGHT, GAP_X, GAP_Y, A_ROW = 196, 46, 18, 74, 4
"""Measures of a box and between boxes, in pixels, and how many boxes stand in a row."""
COLOURS = {
    RelationKind.UPPER: "#1456a0",
    RelationKind.SPECIAL_OF: "#2d7d46",
    RelationKind.SUPPORTS: "#8a5a00",
    RelationKind.LINKED: "#6b4fa0",
    RelationKind.REPLACES: "#8a8f98",
}


def plan_map(network: Network, chosen: str = "") -> Html:
    """The map as a drawing; *chosen* is the plan looked at."""
    places = _places(network.plans)
    if not places:
        return Html("")
    width = max(x for x, _y in places.values()) + WIDTH + 8
    height = max(y for _x, y in places.values()) + HEIGHT + 8
    picture = tag(
        "svg",
        *(_line(tie, places) for tie in network.ties),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
    )
    source = (
        f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"  # the page lets no drawing in otherwise
    )
    drawn = tag("img", src=source, alt=_("预案衔接关系图"), width=width, height=height)
    boxes = [_box(entry, places[entry.id], is_chosen=entry.id == chosen) for entry in network.plans]
    sheet = tag("div", drawn, *boxes, style=f"width:{width}px;height:{height}px", cls="yy-sheet")
    return tag("div", sheet, cls="yy-scroll yy-map")


def map_legend() -> Html:
    """Which line means what."""
    shown = (RelationKind.UPPER, RelationKind.SPECIAL_OF, RelationKind.SUPPORTS, RelationKind.LINKED)
    parts = [tag("span", _(RELATIONS[kind]), style=f"border-bottom:3px solid {COLOURS[kind]}") for kind in shown]
    return tag("div", *parts, tag("span", _("虚线为建议建立的关系")), cls="yy-facts")


def _places(plans: Sequence[Entry]) -> dict[str, tuple[int, int]]:
    """A band of rows for every depth of area, the largest area on top; overall plans lead their area."""
    bands: dict[int, list[Entry]] = {}
    for entry in plans:
        bands.setdefault(_depth(entry), []).append(entry)
    found: dict[str, tuple[int, int]] = {}
    y = 4
    for depth in sorted(bands):
        band = sorted(bands[depth], key=lambda entry: (entry.area, entry.title))
        for at, entry in enumerate(band):
            found[entry.id] = (4 + at % A_ROW * (WIDTH + GAP_X), y + at // A_ROW * (HEIGHT + GAP_Y // 3))
        y += -(-len(band) // A_ROW) * (HEIGHT + GAP_Y // 3) + GAP_Y
    return found


def _depth(entry: Entry) -> int:
    """Twice the depth of the area; special plans stand below the overall plan, those of units below them."""
    return 3 * entry.area.count("/") + {"overall": 0, "unit": 2}.get(entry.kind.value, 1)


def _line(tie: Tie, places: Mapping[str, tuple[int, int]]) -> Html:
    (x1, y1), (x2, y2) = places[tie.plan], places[tie.other]
    start, end = (y1, y2 + HEIGHT) if y1 > y2 else (y1 + HEIGHT, y2) if y1 < y2 else (y1 + HEIGHT, y2 + HEIGHT)
    bend = (start + end) / 2 + (26 if y1 == y2 else 0)
    path = f"M {x1 + WIDTH / 2} {start} C {x1 + WIDTH / 2} {bend} {x2 + WIDTH / 2} {bend} {x2 + WIDTH / 2} {end}"
    return tag(
        "path", d=path, fill="none", stroke=COLOURS[tie.kind],
        stroke_width="1.6", stroke_dasharray="5 4" if tie.is_proposed else "",
    )  # fmt: skip


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
