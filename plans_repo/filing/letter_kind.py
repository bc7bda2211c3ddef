"""Which official document a filing goes by: 报告 up the line of command, 函 outside it, or an enterprise's application.

Who stands above whom follows from kind, area and line of the two bodies; the articles stand in the filing rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from plans_repo.course.duties import line_of
from plans_repo.filing.recipients import Recipient
from plans_repo.organisations import Organisation, OrganisationKind


class LetterKind(StrEnum):
    """The document with which an edition is sent for filing."""

    REPORT = "report"  # 报告：向上级机关
    LETTER = "letter"  # 函：不相隶属机关之间
    APPLICATION = "application"  # 生产经营单位生产安全事故应急预案备案申报表


K = OrganisationKind
OFFICIAL = frozenset({K.GOVERNMENT, K.PARTY_COMMITTEE, K.EMERGENCY_BUREAU, K.DEPARTMENT, K.HEADQUARTERS, K.TOWNSHIP})
"""Bodies that write under a red head."""
LEADING = frozenset({K.GOVERNMENT, K.PARTY_COMMITTEE, K.TOWNSHIP})
"""Bodies to which everything official of their area answers."""
OF_A_LINE = frozenset({K.EMERGENCY_BUREAU, K.DEPARTMENT, K.HEADQUARTERS})
"""Bodies that answer beside that to those of their own line one level up 上级主管部门."""

_NAMES = (
    (re.compile(r"^中共.*委员会$|党委$"), K.PARTY_COMMITTEE),
    (re.compile(r"(?:镇|乡)(?:人民政府|政府)$|街道办事处$|街道办$"), K.TOWNSHIP),
    (re.compile(r"人民政府(?:办公室|办公厅)?$|政府$|管理委员会$|管委会$"), K.GOVERNMENT),
    (re.compile(r"指挥部(?:办公室)?$"), K.HEADQUARTERS),
    (re.compile(r"应急(?:管理)?(?:局|厅|部|委员会)$"), K.EMERGENCY_BUREAU),
    (re.compile(r"村(?:民)?委员会$|居(?:民)?委员会$|(?:村|社区)(?:委会)?$"), K.VILLAGE),
    (re.compile(r"(?:局|厅|委|部|办|委员会|支队|总队|大队)$"), K.DEPARTMENT),
    (re.compile(r"(?:公司|集团|煤矿|厂|矿)$"), K.ENTERPRISE),
)
_RANK = ((re.compile(r"省|自治区|国务院|国家"), 3), (re.compile(r"市|州|盟"), 2), (re.compile(r"县|区|旗"), 1))


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A body as its kind of letter depends on it: its name, kind and area; *is_above* where the route says it."""

    name: str
    kind: OrganisationKind | None
    area: str = ""
    is_above: bool = False


def letter_kind(sender: Standing, addressees: Sequence[Standing], *, applies: bool) -> LetterKind:
    """The document for a sender and those it is addressed to; *applies* where the rules ask for an application form.

    >>> county = Standing(name="清川县人民政府", kind=OrganisationKind.GOVERNMENT, area="/y/q/")
    >>> water = Standing(name="云陵市水利局", kind=OrganisationKind.DEPARTMENT, area="/y/")
    >>> city = Standing(name="云陵市人民政府", kind=OrganisationKind.GOVERNMENT, area="/y/")
    >>> letter_kind(county, [water], applies=False).value, letter_kind(county, [city], applies=False).value
    ('letter', 'report')
    """
    if applies and not any(one.kind in LEADING for one in addressees):
        return LetterKind.APPLICATION
    is_report = bool(addressees) and all(is_above(one, sender) for one in addressees)
    return LetterKind.REPORT if is_report else LetterKind.LETTER


def is_above(one: Standing, other: Standing) -> bool:
    """Whether *other* reports to *one*."""
    if other.kind is K.VILLAGE:
        return one.kind is K.TOWNSHIP
    if other.kind not in OFFICIAL:
        return False
    if one.kind in LEADING:
        return _leads(one, other)
    return one.kind in OF_A_LINE and other.kind in OF_A_LINE and _is_same_line(one, other) and _is_wider(one, other)


def _leads(one: Standing, other: Standing) -> bool:
    """A government leads the governments below it, and every department of its own."""
    if other.kind in (K.GOVERNMENT, K.TOWNSHIP) and one.kind is not K.PARTY_COMMITTEE:
        return _is_wider(one, other)
    return _is_wider(one, other) or (bool(one.area) and one.area == other.area) or one.is_above


def _is_same_line(one: Standing, other: Standing) -> bool:
    both = {one.kind, other.kind}
    return both == {K.EMERGENCY_BUREAU} or (len(both) == 1 and line_of(one.name) == line_of(other.name))


def _is_wider(one: Standing, other: Standing) -> bool:
    """Whether the area of *one* holds that of *other*; by the ranks in their names where an area is not known."""
    if one.area and other.area:
        return one.area != other.area and other.area.startswith(one.area)
    return one.is_above or _rank(one.name) > _rank(other.name) >= 0


def _rank(name: str) -> int:
    """The rank a name tells: 3 province, 2 city, 1 county, 0 township; -1 where it tells none.

    >>> _rank("云陵市清川县人民政府"), _rank("云陵市水利局"), _rank("双堤镇人民政府"), _rank("应急管理部")
    (1, 2, 0, -1)
    """
    if re.search(r"(?:镇|乡|街道)(?:人民)?(?:政府|办事处)$", name):
        return 0
    found = [rank for pattern, rank in _RANK if pattern.search(name)]
    return min(found, default=-1)


def standing_of(recipient: Recipient, bodies: Iterable[Organisation]) -> Standing:
    """A recipient as a body of this installation, or as its name and its office in the route tell."""
    known = next((body for body in bodies if body.id == recipient.organisation or body.name == recipient.name), None)
    if known is not None:
        return Standing(name=known.name, kind=known.kind, area=known.area)
    kind = kind_called(recipient.name) or _kind_of_office(recipient.office)
    leads = recipient.office.endswith("government") or recipient.office == "township"
    return Standing(name=recipient.name, kind=kind, is_above=leads and kind in LEADING)


def body_called(name: str, bodies: Iterable[Organisation]) -> Standing:
    """A body by its name."""
    known = next((body for body in bodies if body.name == name), None)
    return Standing(name=name, kind=known.kind if known else kind_called(name), area=known.area if known else "")


def kind_called(name: str) -> OrganisationKind | None:
    """What sort of body a name tells.

    >>> [kind_called(name).value for name in ("云陵市人民政府", "双堤镇人民政府", "云陵市水利局", "云陵市应急管理局")]
    ['government', 'township', 'department', 'emergency_bureau']
    """
    return next((kind for pattern, kind in _NAMES if pattern.search(name.strip())), None)


def _kind_of_office(office: str) -> OrganisationKind | None:
    if office.endswith("government"):
        return K.GOVERNMENT
    if office == "township":
        return K.TOWNSHIP
    return K.EMERGENCY_BUREAU if "emergency" in office else K.DEPARTMENT if office else None
