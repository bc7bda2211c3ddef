"""The units a text gives duties to, and the clauses that do: whom to ask and who belongs in the working group."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from plans_repo import organisations, versions
from plans_repo.course.partners import partner_names, partner_places, places_of
from plans_repo.health.bodies import successor
from plans_repo.organisations import Organisation, OrganisationKind
from plans_repo.store.tables.plans import PlanKind, PlanRow
from plans_repo.store.tables.versions import VersionRow
from plans_repo.store.work import Work
from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.rendering import clause_text

WORDLESS = frozenset({ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER, ClauseKind.PICTURE, ClauseKind.CAPTION})
ABOVE = frozenset({OrganisationKind.GOVERNMENT, OrganisationKind.PARTY_COMMITTEE, OrganisationKind.HEADQUARTERS})
"""Bodies a text names as those who lead, not as units with a duty of their own to be asked about."""
_UNKNOWN = re.compile(
    r"[县市区](?!级|属|内|城|区)[一-鿿]{2,8}?(?:局(?![势部面限长])|委(?<!常委)(?![员托派])|人武部|救援大队|交警大队|融媒体中心|供电公司)"
)
_JOINED = re.compile(r"^.*[和与及同向](?=[省市县区])")
"""What stands before the last of several bodies of which the first has no ending of its own: 县政府和市应急管理局."""
_ALL_TOWNSHIPS = re.compile(
    r"各(?:乡镇|乡（镇）|乡\(镇\)|镇|乡)(?:（街道）|、?街道|\(街道\))?(?:人民政府|政府|党委|办事处|(?=[：:（(负应按组]))"
)
"""Where a text speaks of every township of its area: 各乡镇人民政府负责人员转移."""
_BRANCHES = re.compile(r"((?:[一-鿿]{2,4}、)+[一-鿿]{2,4})(?=[一-鿿]{2}分公司)")
"""Companies that share the end of their names: 电信、移动、联通石岭分公司."""
_PLACE = re.compile(r"^.{2,8}?[市县区州旗](?=.)")
_TOWNSHIP = re.compile(r"^(.{1,8}?(?:镇|乡|街道))(人民政府|办事处)$")


@dataclass(frozen=True, kw_only=True)
class DutyUnit:
    """A unit as the register or the text names it, and the clauses that speak of it."""

    name: str
    organisation: str | None
    clauses: tuple[str, ...]


def duty_units(work: Work, plan: PlanRow, version: VersionRow) -> tuple[DutyUnit, ...]:
    """The units of the area that a version gives duties to; the plan's own body is not among them.

    Of a joint plan also the governments and units of the other places it speaks of.
    """
    every = organisations.organisations(work)
    bodies = [body for body in every if body.kind not in ABOVE and body.area.startswith(plan.area)]
    ranks = {rank_of(body.name) for body in every if body.area == plan.area} - {""}
    clauses = versions.clauses(work, version)
    partners = tuple(_partners(plan, clauses, every)) if plan.kind is PlanKind.JOINT else ()
    found = (*units_in(clauses, bodies, ranks, without=[unit.name for unit in partners]), *partners)
    return tuple(unit for unit in found if unit.organisation is None or unit.organisation != plan.organisation_id)


def partner_governments(work: Work, plan: PlanRow, version: VersionRow) -> tuple[str, ...]:
    """The governments of the other places that a joint plan's title or text speaks of."""
    every = organisations.organisations(work)
    named = _named(plan, versions.clauses(work, version), every)
    return tuple(f"{place}人民政府" for place in _partner_sides(plan, every, named))


def _named(plan: PlanRow, clauses: Sequence[Clause], every: Sequence[Organisation]) -> dict[str, tuple[str, ...]]:
    """The bodies of other places that clauses name, with those clauses."""
    return partner_names(partner_places(plan.title, *_places(plan, every)), clauses)


def _partner_sides(plan: PlanRow, every: Sequence[Organisation], named: Iterable[str]) -> tuple[str, ...]:
    """The other places: those of the title, then those of which the text names a body."""
    own, others = _places(plan, every)
    bodies = tuple(named)
    spoken = (place for place in others if any(name.startswith(place) for name in bodies))
    return tuple(dict.fromkeys((*partner_places(plan.title, own, ()), *spoken)))


def _places(plan: PlanRow, every: Sequence[Organisation]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The places of the plan, then those the register knows elsewhere."""
    own = places_of(body for body in every if plan.area.startswith(body.area))
    return own, places_of(body for body in every if not body.area.startswith(plan.area))


def _partners(plan: PlanRow, clauses: Sequence[Clause], every: Sequence[Organisation]) -> Iterator[DutyUnit]:
    """The bodies of the other places with their clauses, and of each place its government, which has to agree."""
    by_name = {body.name: body.id for body in every}
    named = _named(plan, clauses, every)
    for place in _partner_sides(plan, every, named):
        of_place = dict.fromkeys(one for name, ids in named.items() if name.startswith(place) for one in ids)
        named.setdefault(f"{place}人民政府", tuple(of_place))
    for name, ids in named.items():
        yield DutyUnit(name=name, organisation=by_name.get(name), clauses=ids)


def _called(bodies: Iterable[Organisation]) -> dict[str, Organisation]:
    """The bodies by what they are called; a name several bear (县水利局 of two counties) is that of none of them."""
    found: dict[str, list[Organisation]] = {}
    for body in bodies:
        for alias in dict.fromkeys(aliases(body.name)):
            found.setdefault(alias, []).append(body)
    widest = {
        alias: [one for one in several if len(one.area) == min(len(each.area) for each in several)]
        for alias, several in found.items()
    }
    return {alias: several[0] for alias, several in widest.items() if len(several) == 1}


def units_in(
    clauses: Sequence[Clause],
    bodies: Iterable[Organisation],
    ranks: Collection[str] = (),
    without: Collection[str] = (),
) -> tuple[DutyUnit, ...]:
    """Of *bodies* those the clauses name, in the order of the text; then departments the register does not know.

    A body that a reform did away with stands for the one it has become. *ranks* (县, 市…) are those of the place
    itself: departments of another rank are not its own; without any all count. Names in *without* are of others: the
    县水利局 in 石岭县水利局 is not that of this county.
    """
    bodies = tuple(bodies)
    called = _called(bodies)
    townships = [body for body in bodies if body.kind is OrganisationKind.TOWNSHIP]
    known: dict[str, tuple[Organisation, list[str]]] = {}
    strange: dict[str, list[str]] = {}
    pattern = re.compile("|".join(map(re.escape, sorted(called, key=len, reverse=True)))) if called else None
    foreign = re.compile("|".join(map(re.escape, sorted(without, key=len, reverse=True)))) if without else None
    for clause in clauses:
        if clause.kind in WORDLESS:
            continue
        text = _each_named(clause_text(clause))
        text = foreign.sub("。", text) if foreign else text
        for body in townships if _ALL_TOWNSHIPS.search(text) else ():
            _note(known.setdefault(body.id, (body, []))[1], clause.id)
        for word in pattern.findall(text) if pattern else ():
            body = called[word]
            _note(known.setdefault(body.id, (body, []))[1], clause.id)
        for word in _UNKNOWN.findall(pattern.sub("。", text) if pattern else text):
            name = _present(_JOINED.sub("", word))
            if ranks and name[:1] not in ranks:
                continue
            if name in called:
                _note(known.setdefault(called[name].id, (called[name], []))[1], clause.id)
            elif name:
                _note(strange.setdefault(name, []), clause.id)
    return (
        *(DutyUnit(name=body.name, organisation=body.id, clauses=tuple(ids)) for body, ids in known.values()),
        *(DutyUnit(name=name, organisation=None, clauses=tuple(ids)) for name, ids in strange.items()),
    )


def _each_named(text: str) -> str:
    """The text with companies that share the end of their names named in full.

    >>> _each_named("由电信、移动、联通石岭分公司负责")
    '由电信石岭分公司、移动石岭分公司、联通石岭分公司负责'
    """
    return _BRANCHES.sub(lambda match: match[1].replace("、", f"{text[match.end() :][:5]}、"), text)


def _present(name: str) -> str:
    became = successor(name)
    return name if became is None else became


def aliases(name: str) -> tuple[str, ...]:
    """How a text may call a body: in full, by its place's last character, and shortened as officials do.

    >>> aliases("清川县应急管理局")
    ('清川县应急管理局', '县应急管理局', '县应急局')
    >>> aliases("清川县卫生健康局")
    ('清川县卫生健康局', '县卫生健康局', '县卫健局')
    >>> aliases("清川县市场监督管理局")
    ('清川县市场监督管理局', '县市场监督管理局', '县市场监管局', '县市监局')
    >>> aliases("清川县双堤镇人民政府")
    ('清川县双堤镇人民政府', '县双堤镇人民政府', '双堤镇人民政府', '双堤镇政府')
    """
    place = _PLACE.match(name)
    if place is None:
        return tuple(dict.fromkeys((name, name.removeprefix("中国"), *_of_township(name))))
    bare = name[place.end() :]
    short = place[0][-1] + bare
    forms = [name, short, *_briefs(short), *_written_out(short), *_of_township(bare)]
    return tuple(form for form in dict.fromkeys(forms) if len(form) >= 4)


def rank_of(name: str) -> str:
    """The last character of the place a body's name begins with, "" where it begins with none.

    >>> rank_of("清川县应急管理局"), rank_of("云陵市人民政府"), rank_of("青杠坪煤矿")
    ('县', '市', '')
    """
    place = _PLACE.match(name)
    return place[0][-1] if place else ""


def _of_township(bare: str) -> tuple[str, ...]:
    found = _TOWNSHIP.match(bare)
    return (bare, found[1] + ("政府" if found[2] == "人民政府" else "办")) if found else ()


def _written_out(short: str) -> list[str]:
    return [short.removesuffix(brief) + long for long, brief in SHORT_FORMS if short.endswith(brief)]


def line_of(name: str) -> str:
    """A body's name without its place and rank: what those of city and county have in common.

    >>> line_of("云陵市供电公司") == line_of("县供电公司"), line_of("云陵市消防救援支队") == line_of("县消防救援大队")
    (True, True)
    """
    place = _PLACE.match(name)
    bare = name[place.end() :] if place else name.lstrip("省市县区州旗")
    return re.sub(r"(?:总队|支队|大队|中队|局|委员会|委|厅)$", "", _shortened(bare))


def _shortened(name: str) -> str:
    return next(iter(_briefs(name)), name)


def _briefs(name: str) -> list[str]:
    return [name.removesuffix(long) + brief for long, brief in SHORT_FORMS if name.endswith(long)]


SHORT_FORMS = (
    ("应急管理局", "应急局"),
    ("卫生健康局", "卫健局"),
    ("卫生健康委员会", "卫健委"),
    ("发展和改革局", "发改局"),
    ("发展和改革委员会", "发改委"),
    ("住房和城乡建设局", "住建局"),
    ("自然资源和规划局", "自然资源局"),
    ("工业和信息化局", "工信局"),
    ("农业农村和水利局", "农业农村局"),
    ("交通运输局", "交通局"),
    ("市场监督管理局", "市场监管局"),
    ("市场监督管理局", "市监局"),
    ("城市管理局", "城管局"),
    ("文化和旅游局", "文旅局"),
    ("人力资源和社会保障局", "人社局"),
    ("网络安全和信息化委员会办公室", "网信办"),
    ("人民武装部", "人武部"),
)


def _note(clauses: list[str], clause: str) -> None:
    if clause not in clauses:
        clauses.append(clause)
