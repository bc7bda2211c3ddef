"""Tables a template has the register fill: teams, stock, shelters, member units, special plans, contacts.

A version never holds personal data: of persons only the post is told, a telephone only of a duty desk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from plans_repo import plans, resources
from plans_repo.organisations import OrganisationKind, organisations, row_of
from plans_repo.resources import STOCK, Holding, Resource, ResourceClass
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.work import Work
from plans_repo.writing.blanks import blank

Rows = Iterable[Sequence[str]]
_MEMBERS = (OrganisationKind.EMERGENCY_BUREAU, OrganisationKind.DEPARTMENT, OrganisationKind.MILITARY)
_CALLED = (*_MEMBERS, OrganisationKind.GOVERNMENT, OrganisationKind.TOWNSHIP, OrganisationKind.VILLAGE)
_LEADING = (OrganisationKind.GOVERNMENT, OrganisationKind.EMERGENCY_BUREAU, OrganisationKind.HEADQUARTERS)
_HOLDINGS = {
    Holding.OWN: "实物储备",
    Holding.CONTRACT: "协议储备",
    Holding.KEPT_BY_FIRM: "企业代储",
    Holding.CAPACITY: "产能储备",
}


def register_table(work: Work, name: str, organisation: str) -> str:
    """The table of that name for a plan of *organisation*, as Markdown; where nothing is known a row says what to fill.

    Names are those of a template, such as teams or contacts; ``NAMES`` has all of them.
    """
    heads, rows = _TABLES[name]
    found = [tuple(row) for row in rows(work, organisation)]
    return _markdown(heads, found or [tuple(blank(head) for head in heads)])


def _teams(work: Work, organisation: str) -> Rows:
    return (
        (entry.title, f"{entry.quantity}{entry.unit}", entry.place or blank("驻地"), _keeper(work, entry), _day(entry))
        for entry in _held(work, organisation, {ResourceClass.TEAM})
    )


def _stock(work: Work, organisation: str) -> Rows:
    """One row for each thing, form of holding, keeper and day; what lies in several places is added up."""
    sums: dict[tuple[str, str, str, str, str], int] = {}
    for entry in _held(work, organisation, STOCK):
        held = _HOLDINGS[entry.holding] if entry.holding else ""
        key = (entry.title, entry.unit, held, _keeper(work, entry), _day(entry))
        sums[key] = sums.get(key, 0) + entry.quantity
    return ((title, f"{quantity}{unit}", *rest) for (title, unit, *rest), quantity in sums.items())


def _shelters(work: Work, organisation: str) -> Rows:
    return (
        (entry.title, entry.place or blank("位置"), f"{entry.quantity}{entry.unit}", _keeper(work, entry))
        for entry in _held(work, organisation, {ResourceClass.SHELTER})
    )


def _special_plans(work: Work, organisation: str) -> Rows:
    area = row_of(work, organisation).area
    found = (plan for plan in plans.list_plans(work) if plan.kind is PlanKind.SPECIAL and plan.area == area)
    return ((str(number), plan.title) for number, plan in enumerate(found, start=1))


def _member_duties(work: Work, organisation: str) -> Rows:
    area = row_of(work, organisation).area
    members = (body for body in organisations(work) if body.area == area and body.kind in _MEMBERS)
    return ((body.name, blank(f"{body.name}职责")) for body in members)


def _risk_list(work: Work, organisation: str) -> Rows:
    return ()


def _contacts(work: Work, organisation: str) -> Rows:
    own = row_of(work, organisation)
    if own.kind in (OrganisationKind.ENTERPRISE, OrganisationKind.INSTITUTION):
        bodies = [body for body in organisations(work) if body.id == own.id]
    else:
        bodies = [body for body in organisations(work) if body.area.startswith(own.area) and body.kind in _CALLED]
    return ((body.name, "24小时值班", blank(f"{body.name}值班电话")) for body in bodies)


def _promised_teams(work: Work, organisation: str) -> Rows:
    """What a side may lend its neighbour is for that side to say: not all it has."""
    sides = _sides(work, organisation)
    return ((blank(f"{side}可支援的队伍"), blank("规模"), blank("到达集结点的时间"), side) for side in sides)


def _promised_stock(work: Work, organisation: str) -> Rows:
    sides = _sides(work, organisation)
    return ((blank(f"{side}可支援的物资装备"), blank("数量"), blank("存放地点"), side) for side in sides)


def _joint_contacts(work: Work, organisation: str) -> Rows:
    """The bodies that lead on the own side, and a row for the other."""
    area = row_of(work, organisation).area
    own = [body.name for body in organisations(work) if body.area == area and body.kind in _LEADING]
    return ((name, "24小时值班", blank(f"{name}值班电话")) for name in (*own, blank("对方单位")))


def _sides(work: Work, organisation: str) -> tuple[str, str]:
    return row_of(work, organisation).name, "对方"


_TABLES: dict[str, tuple[tuple[str, ...], Callable[[Work, str], Rows]]] = {
    "teams": (("队伍名称", "规模", "驻地", "管理单位", "统计日期"), _teams),
    "stock": (("名称", "数量", "储备方式", "保管单位", "统计日期"), _stock),
    "shelters": (("名称", "位置", "容纳规模", "管理单位"), _shelters),
    "special_plans": (("序号", "预案名称"), _special_plans),
    "member_duties": (("单位", "应急职责"), _member_duties),
    "risk_list": (("风险点", "位置", "类型", "威胁户数和人数", "责任人（职务）"), _risk_list),
    "contacts": (("单位", "岗位", "联系电话"), _contacts),
    "promised_teams": (("队伍", "规模", "到达时间", "提供方"), _promised_teams),
    "promised_stock": (("物资装备", "数量", "存放地点", "提供方"), _promised_stock),
    "joint_contacts": (("单位", "岗位", "联系电话"), _joint_contacts),
}
NAMES = tuple(_TABLES)


def _held(work: Work, organisation: str, kinds: Iterable[ResourceClass]) -> list[Resource]:
    """What the register holds in the area of the body; an enterprise counts only what it keeps itself."""
    body = row_of(work, organisation)
    wanted = frozenset(kinds)
    found = [entry for entry in resources.resources(work, area=body.area) if entry.kind in wanted]
    is_unit = body.kind in (OrganisationKind.ENTERPRISE, OrganisationKind.INSTITUTION)
    return [entry for entry in found if entry.keeper == body.id] if is_unit else found


def _keeper(work: Work, entry: Resource) -> str:
    return row_of(work, entry.keeper).name


def _day(entry: Resource) -> str:
    return f"{entry.checked_on:%Y年%m月%d日}".replace("年0", "年").replace("月0", "月") if entry.checked_on else ""


def _markdown(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "｜")
