"""Packs of a province, city or county: TOML files of the installation that override national rules or add to them.

A file names the area it holds for and, rule by rule, the national rule it builds on::

    format = 1
    [pack]
    id = "demo-province"
    title = { zh = "某省规则", en = "A province's rules" }
    area = "/"

    [[rule]]
    id = "P-L12"
    base = "L12"
    way = "add"                 # add: both hold, the stricter decides; override: this one alone
    source = { zh = "某省应急预案管理办法", en = "…" }
    article = "第二十条"
    mark = "to_be_confirmed"
    parameters = { interval = { value = 1, unit = "year" } }
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from plans_repo.checks.pack import national_rules, words_from
from plans_repo.checks.rule import DAYS_PER, Rule, Words
from plans_repo.errors import PlansRepoError
from plans_repo.organisations import OrganisationKind
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.work import Work
from plans_repo.toml_files import table_of
from sim.figure import Figure, Mark

FORMAT = 1
FOLDER = "packs"
"""Where an installation keeps its local packs, below its data directory."""
WAYS = ("add", "override")
RULE_FIELDS = frozenset(
    {
        "id", "base", "way", "title", "expected", "todo", "source", "article", "mark", "kinds", "makers", "parameters",
        "lists",
    }
)  # fmt: skip
MOST_BYTES = 1_000_000


@dataclass(frozen=True, kw_only=True)
class LocalPack:
    """A pack of an area: its rules, each built on a national one."""

    id: str
    title: Words
    area: str
    is_fictional: bool
    rules: tuple[Rule, ...]
    file: str


def read_packs(folder: Path) -> tuple[LocalPack, ...]:
    """The packs in a folder, in the order of their file names; none where there is no folder.

    A file that does not fit is refused as a whole, with its name, the rule and the field.
    """
    files = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    packs = tuple(_pack_at(path, path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    _check_once(packs)
    return packs


@lru_cache(maxsize=64)
def _pack_at(path: Path, _changed_at_ns: int, _size: int) -> LocalPack:
    """The pack of a file, read again when the file has changed."""
    return pack_from(_read(path), path.name)


def packs_of(work: Work) -> tuple[LocalPack, ...]:
    """The packs of the installation the work is done in."""
    return read_packs(work.data / FOLDER) if work.data else ()


def rules_for(packs: Sequence[LocalPack]) -> tuple[Rule, ...]:
    """The national rules with what the packs add and override, in order.

    A rule that was overridden still holds outside the area of its pack.
    """
    local = [rule for pack in packs for rule in pack.rules]
    return tuple(
        rule
        for national in national_rules()
        for rule in (national, *(each for each in local if each.base == national.id))
    )


def pack_from(data: Mapping[str, Any], file: str) -> LocalPack:
    """A pack from the content of its file; refuses what does not fit, naming it."""
    head = _table(data, "pack", file)
    if data.get("format") != FORMAT:
        raise _unfit("pack-format-unknown", file, "format", value=data.get("format"), rule=f"must be {FORMAT}")
    for name in ("id", "area"):
        _word(head, name, f"{file} [pack]")
    title = _sentence(head, "title", f"{file} [pack]")
    if not head["area"].startswith("/") or not head["area"].endswith("/"):
        raise _unfit("pack-area-malformed", file, "area", value=head["area"], rule="must look like /a/b/")
    items = data.get("rule")
    if not isinstance(items, list) or not items:
        raise _unfit("pack-without-rules", file, "rule", value="", rule="needs one [[rule]]")
    pack = LocalPack(
        id=head["id"], title=title, area=head["area"], is_fictional=head.get("fictional") is True, rules=(), file=file
    )
    return replace(pack, rules=tuple(_rule(item, pack) for item in items))


def _rule(item: Any, pack: LocalPack) -> Rule:
    where = f"{pack.file} [[rule]]"
    if not isinstance(item, dict):
        raise _unfit("pack-table-missing", where, "rule", value=item, rule="must be a table")
    thing = f"{pack.file} {_word(item, 'id', where)}"
    if unknown := sorted(item.keys() - RULE_FIELDS):
        raise _unfit("pack-field-unknown", thing, unknown[0], value=unknown[0], rule="is no field of a rule")
    base = _base(item, thing)
    way = item.get("way")
    if way not in WAYS:
        raise _unfit("pack-way-unknown", thing, "way", value=way, rule="must be add or override")
    source = _sentence(item, "source", thing)
    mark = _mark(item, thing)
    parameters = dict(base.parameters)
    for name, form in _table(item, "parameters", thing, needed=False).items():
        parameters[name] = _parameter(base, name, form, source, mark, thing)
    return replace(
        base,
        id=item["id"],
        title=_sentence(item, "title", thing) if "title" in item else base.title,
        expected=_sentence(item, "expected", thing) if "expected" in item else base.expected,
        todo=_sentence(item, "todo", thing) if "todo" in item else base.todo,
        source=source,
        article=str(item.get("article", "")),
        mark=mark,
        kinds=_members(item, "kinds", PlanKind, base.kinds, thing),
        makers=_members(item, "makers", OrganisationKind, base.makers, thing),
        areas=pack.area,
        parameters=parameters,
        lists=_lists(item, base, thing),
        pack=pack.id,
        pack_title=pack.title,
        is_fictional=pack.is_fictional,
        instead=() if "expected" in item else base.instead,
        overrides=base.id if way == "override" else "",
    )


def _base(item: Mapping[str, Any], thing: str) -> Rule:
    name = _word(item, "base", thing)
    base = next((rule for rule in national_rules() if rule.id == name), None)
    if base is None:
        raise _unfit("pack-base-unknown", thing, "base", value=name, rule="must be a national rule")
    if item["id"] in (rule.id for rule in national_rules()):
        raise _unfit("pack-id-taken", thing, "id", value=item["id"], rule="must be new")
    return base


def _parameter(base: Rule, name: str, form: Any, source: Words, mark: Mark, thing: str) -> Figure:
    known = base.parameters.get(name)
    if known is None:
        names = ", ".join(sorted(base.parameters)) or "—"
        raise _unfit("pack-parameter-unknown", thing, name, value=name, rule=f"{base.id} has {names}", known=names)
    value, unit = (form.get("value"), form.get("unit")) if isinstance(form, dict) else (None, None)
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise _unfit("pack-value-wrong", thing, name, value=value, rule="must be a number above 0")
    same = unit == known.unit or (unit in DAYS_PER and known.unit in DAYS_PER)
    if not isinstance(unit, str) or not same:
        rule = f"must be measured as {known.unit}"
        raise _unfit("pack-unit-wrong", thing, name, value=unit, rule=rule, known=known.unit)
    return Figure(value=value, unit=unit, source=source.zh, mark=mark)


def _lists(item: Mapping[str, Any], base: Rule, thing: str) -> Mapping[str, tuple[str, ...]]:
    given = _table(item, "lists", thing, needed=False)
    for name, entries in given.items():
        known = ", ".join(sorted(base.lists)) or "—"
        if name not in base.lists:
            raise _unfit("pack-parameter-unknown", thing, name, value=name, rule=f"{base.id} has {known}", known=known)
        if not isinstance(entries, list) or not all(isinstance(one, str) and one for one in entries):
            raise _unfit("pack-list-wrong", thing, name, value=entries, rule="must be a list of words")
    return dict(base.lists) | {name: tuple(entries) for name, entries in given.items()}


def _members(item: Mapping[str, Any], name: str, kind: Any, default: frozenset[Any], thing: str) -> frozenset[Any]:
    if name not in item:
        return default
    try:
        return frozenset(kind(word) for word in item[name])
    except (ValueError, TypeError) as error:
        known = ", ".join(one.value for one in kind)
        raise _unfit("pack-kind-unknown", thing, name, value=item[name], rule=f"one of {known}", known=known) from error


def _mark(item: Mapping[str, Any], thing: str) -> Mark:
    try:
        return Mark(str(item.get("mark")))
    except ValueError as error:
        known = ", ".join(one.value for one in Mark)
        raise _unfit(
            "pack-mark-unknown", thing, "mark", value=item.get("mark"), rule=f"one of {known}", known=known
        ) from error


def _sentence(item: Mapping[str, Any], name: str, thing: str) -> Words:
    form = item.get(name)
    if isinstance(form, str):
        form = {"zh": form, "en": form}
    if not isinstance(form, dict) or not isinstance(form.get("zh"), str) or not form["zh"].strip():
        raise _unfit("pack-word-missing", thing, name, value=form, rule="must be given, at least in Chinese")
    return words_from({key: str(text) for key, text in form.items()})


def _word(item: Mapping[str, Any], name: str, thing: str) -> str:
    word = item.get(name)
    if not isinstance(word, str) or not word.strip():
        raise _unfit("pack-word-missing", thing, name, value=word, rule="must be given")
    return word


def _table(item: Mapping[str, Any], name: str, thing: str, *, needed: bool = True) -> Mapping[str, Any]:
    found = item.get(name, None if needed else {})
    if not isinstance(found, dict):
        raise _unfit("pack-table-missing", thing, name, value=found, rule="must be a table")
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _unfit("pack-too-large", path.name, "size", value=path.stat().st_size, rule=f"<= {MOST_BYTES}")
        return table_of(path.read_bytes(), "pack-unreadable", path.name)
    except OSError as error:
        raise _unfit("pack-out-of-reach", path.name, "file", value="", rule="must be readable") from error


def _check_once(packs: Iterable[LocalPack]) -> None:
    seen: dict[str, str] = {}
    for pack in packs:
        for name in (pack.id, *(rule.id for rule in pack.rules)):
            if name in seen:
                thing = f"{pack.file} {name}"
                raise _unfit("pack-id-taken", thing, "id", value=name, rule=f"stands in {seen[name]} already")
            seen[name] = pack.file


def _unfit(code: str, thing: str, field: str, *, value: object, rule: str, known: str = "") -> PlansRepoError:
    return PlansRepoError(code, thing=thing, field=field, rule=rule, value=value, known=known)
