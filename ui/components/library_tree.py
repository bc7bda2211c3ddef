"""The tree beside the library: areas, bodies and kinds as links with their counts, open along the chosen path."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from plans_repo.library_tree import Branch
from plans_repo.organisations import Organisation
from plans_repo.places import bare
from plans_repo.plans import PlanKind
from plans_repo.wanted import NOBODY, Wanted
from ui.components.html import Html, tag
from ui.components.plan_names import kind_name, told
from ui.wording import _

_PLACE_EN = re.compile(r"^(?:.*\bGovernment of )?(.+?)(?: (?:Township )?People's Government)?$")
"""The place in the English name of a government."""


@dataclass(frozen=True, kw_only=True)
class Tree:
    """What the links need to know: names, what is asked for, the reader's own area, and the other filters."""

    bodies: Mapping[str, Organisation]
    places: Mapping[str, Organisation]
    wanted: Wanted
    own_area: str = ""
    kept: Mapping[str, str]

    def markup(self, branches: Sequence[Branch]) -> Html:
        """The whole library and, below it, what is open of the tree."""
        is_chosen = self._path == ("", "", None)
        whole = self._line(_("全部预案"), sum(branch.plans for branch in branches), {}, is_chosen=is_chosen)
        return tag("nav", whole, self._list(branches), cls="yy-tree", aria_label=_("按地区、单位、类别"))

    def _list(self, branches: Sequence[Branch]) -> Html:
        return tag("ul", *map(self._item, branches)) if branches else Html("")

    def _item(self, branch: Branch) -> Html:
        path = {"area": branch.area, "maker": branch.organisation, "kind": branch.kind.value if branch.kind else ""}
        line = self._line(self._name(branch), branch.plans, path, is_chosen=self._is_chosen(branch))
        return tag("li", line, self._list(branch.branches) if self._is_open(branch) else "")

    def _name(self, branch: Branch) -> str:
        if branch.kind is not None:
            return kind_name(branch.kind)
        if branch.organisation:
            body = self.bodies.get(branch.organisation)
            return told(body.name, body.name_en) if body else _("未注明单位")
        return self._place(branch.area)

    def _place(self, area: str) -> str:
        """A place without the name of the one it lies in: 双堤镇 in 清川县."""
        body = self.places[area]
        around = max((one for one in self.places if area.startswith(one) and area != one), key=len, default="")
        outer = bare(self.places[around].name) if around else ""
        short = bare(body.name).removeprefix(outer) or bare(body.name)
        return told(short, _PLACE_EN.sub(r"\1", body.name_en))

    def _is_chosen(self, branch: Branch) -> bool:
        return (branch.area, branch.organisation, branch.kind) == self._path

    def _is_open(self, branch: Branch) -> bool:
        """Open is what was chosen and all it lies in; where nothing was, what the reader's own area lies in."""
        area, body, _kind = self._path
        if branch.organisation:
            return branch.organisation == body
        return (area or self.own_area).startswith(branch.area)

    @property
    def _path(self) -> tuple[str, str, PlanKind | None]:
        asked = self.wanted
        return asked.area or self._area_of(asked.organisation), asked.organisation, asked.kind

    def _area_of(self, body: str) -> str:
        """The innermost area with a name in which a body lies."""
        if body in ("", NOBODY) or body not in self.bodies:
            return ""
        within = [area for area in self.places if self.bodies[body].area.startswith(area)]
        return max(within, key=len, default="")

    def _line(self, name: str, plans: int, path: Mapping[str, str], *, is_chosen: bool) -> Html:
        query = urlencode(dict(self.kept) | {key: value for key, value in path.items() if value})
        marks = {"cls": "yy-chosen", "aria_current": "true"} if is_chosen else {}
        inside = (tag("span", name), tag("small", plans))
        return tag("a", *inside, href=f"/plans?{query}" if query else "/plans", target="_self", **marks)
