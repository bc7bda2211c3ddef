"""The organisations of the demo city and its counties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plans_repo.organisations import OrganisationKind, create_organisation
from plans_repo.store.work import Work
from ui.demo.sources import CITY, COUNTIES, entries, register

_KINDS = {
    "general_headquarters": OrganisationKind.HEADQUARTERS,
    "special_headquarters": OrganisationKind.HEADQUARTERS,
    "member_unit": OrganisationKind.DEPARTMENT,
    "enterprise": OrganisationKind.ENTERPRISE,
    "social_team": OrganisationKind.TEAM,
    "township_government": OrganisationKind.TOWNSHIP,
    "county_government": OrganisationKind.GOVERNMENT,
}


@dataclass(frozen=True)
class Bodies:
    """Organisation ids by register and the id or name they have there."""

    ids: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def of(self, register_name: str, key: str) -> str:
        """The organisation of that id or name in a register; the county's emergency bureau where there is none."""
        return self.ids.get((register_name, key)) or self.ids[register_name, BUREAU]

    def government(self, register_name: str) -> str:
        """The government of the city or a county."""
        return self.ids[register_name, GOVERNMENT]

    def bureau(self, register_name: str) -> str:
        """The emergency bureau of the city or a county."""
        return self.ids[register_name, BUREAU]


GOVERNMENT, BUREAU = "@government", "@bureau"
_IN_FULL = {
    "应急局": "应急管理局", "住建局": "住房和城乡建设局", "城管局": "城市管理局", "发改局": "发展和改革局",
    "发改委": "发展和改革委员会", "工信局": "工业和信息化局", "卫健局": "卫生健康局", "卫健委": "卫生健康委员会",
    "文旅局": "文化和旅游局", "市监局": "市场监督管理局", "人社局": "人力资源和社会保障局", "人武部": "人民武装部",
    "网信办": "网络安全和信息化委员会办公室",
}  # fmt: skip
"""How the registers shorten the ends of names, and how those names end in full."""
_OPERATORS = ("电信", "移动", "联通")
_BUREAU_NAMES = ("应急局", "应急管理局")


def area_of(name: str, township: str = "") -> str:
    """The area path of the city, a county or a township.

    >>> area_of("qingchuan", "T02")
    '/yunling/qingchuan/T02/'
    """
    path = f"/{CITY}/" if name == CITY else f"/{CITY}/{name}/"
    return f"{path}{township}/" if township else path


def make_bodies(work: Work) -> Bodies:
    """City, counties, headquarters, departments, townships and firms."""
    ids: dict[tuple[str, str], str] = {}
    for name in (CITY, *COUNTIES):
        parent = ids.get((CITY, GOVERNMENT))
        ids[name, GOVERNMENT] = _government(work, name, parent)
        for entry in entries(name, "organisation"):
            if entry["kind"] != "county_government":
                _body(work, name, entry, ids)
        for mine in entries(name, "mine"):
            ids[name, mine["id"]] = ids[name, mine["name"]] = _mine(work, name, mine, ids[name, GOVERNMENT])
        if (name, BUREAU) not in ids:
            ids[name, BUREAU] = _own_bureau(work, name, ids[name, GOVERNMENT])
    return Bodies(ids)


def _government(work: Work, name: str, parent: str | None) -> str:
    head = register(name)["register"]
    return create_organisation(
        work,
        f"{head['name']}人民政府",
        name_en=f"People's Government of {head['name_en']}",
        kind=OrganisationKind.GOVERNMENT,
        area=area_of(name),
        parent=parent,
    ).id


def _body(work: Work, name: str, entry: dict[str, str], ids: dict[tuple[str, str], str]) -> None:
    is_bureau = entry.get("short", "").endswith(_BUREAU_NAMES) or entry["name"].endswith(_BUREAU_NAMES)
    made = create_organisation(
        work,
        _full_name(name, entry["name"]),
        name_en=_full_name_en(name, entry.get("name_en", "")),
        kind=OrganisationKind.EMERGENCY_BUREAU if is_bureau else _kind(entry),
        area=area_of(name, entry.get("township", "")),
        parent=ids[name, GOVERNMENT],
    )
    for key in (entry["id"], entry["name"], entry.get("short") or entry["id"]):
        ids.setdefault((name, key), made.id)
    if is_bureau:
        ids.setdefault((name, BUREAU), made.id)


def _kind(entry: dict[str, str]) -> OrganisationKind:
    """What a member of a headquarters is by itself: troops, firms, teams and associations are no departments."""
    if any(word in entry["name"] for word in ("武警", "人武部", "军分区")):
        return OrganisationKind.MILITARY
    if any(word in entry["name"] for word in ("公司", "铁塔", "林场")):
        return OrganisationKind.ENTERPRISE
    if "救护中队" in entry["name"]:
        return OrganisationKind.TEAM
    if entry["name"].startswith("团") or entry["name"].endswith(("红十字会", "总工会", "中心", "急救分站")):
        return OrganisationKind.INSTITUTION
    return _KINDS[entry["kind"]]


def _full_name(name: str, body: str) -> str:
    """A body's name in full, with the county in front where its own does not say it."""
    place = register(name)["register"]["name"]
    bare = place.rstrip("市县")
    if body.startswith("团"):
        return f"共青团{place}委员会"
    if body.startswith("市") and name != CITY:
        return f"{register(CITY)['register']['name']}{body.removeprefix('市')}"
    if body.startswith(_OPERATORS):
        return f"中国{body}"
    return _in_full(body if bare in body else f"{place}{body.removeprefix(place[-1])}")


def _in_full(name: str) -> str:
    """The name with its shortened end written out.

    >>> _in_full("清川县卫健局"), _in_full("清川县水利局")
    ('清川县卫生健康局', '清川县水利局')
    """
    short = next((end for end in _IN_FULL if name.endswith(end)), "")
    return name.removesuffix(short) + _IN_FULL.get(short, "")


def _full_name_en(name: str, body: str) -> str:
    """The same in English; nothing where the body has no English name."""
    place = register(name)["register"]["name_en"]
    return body if not body or place.split()[0] in body else f"{place} {body}"


def _mine(work: Work, name: str, mine: dict[str, str], parent: str) -> str:
    return create_organisation(
        work,
        _full_name(name, mine["name"]),
        name_en=_full_name_en(name, mine["name_en"]),
        kind=OrganisationKind.ENTERPRISE,
        area=area_of(name),
        parent=parent,
    ).id


def _own_bureau(work: Work, name: str, parent: str) -> str:
    head = register(name)["register"]
    return create_organisation(
        work,
        f"{head['name']}应急管理局",
        name_en=f"{head['name_en']} Emergency Management Bureau",
        kind=OrganisationKind.EMERGENCY_BUREAU,
        area=area_of(name),
        parent=parent,
    ).id
