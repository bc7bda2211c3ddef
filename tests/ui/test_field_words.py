"""No refusal names a field by its code: whatever the house refuses has a word in both languages."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pydantic import TypeAdapter

import ui
from plans_repo.authored import toml_text
from plans_repo.checks.local_packs import RULE_FIELDS
from sim.compound import Compound
from sim.errors import SimError
from sim.procedure import Procedure
from sim.scenario import ResourceSet, Scenario
from ui.wording.errors import plain_sentence, sentences
from ui.wording.field_words import has_word, words

ROOT = Path(ui.__file__).parents[1]
FLOORS = ("sim", "plans_repo", "drills", "ui")
NAMING = frozenset(
    code
    for code, texts in sentences().items()
    if {"field", "field_key"} & {name for _text, name, _spec, _conversion in string.Formatter().parse(texts["zh"])}
)
"""The codes whose sentence names the field."""
Function = ast.FunctionDef


@cache
def modules() -> dict[Path, ast.Module]:
    return {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for floor in FLOORS
        for path in sorted((ROOT / floor).rglob("*.py"))
    }


def takers() -> dict[str, dict[str, int]]:
    """Functions that hand a parameter called ``field`` on to a refusal: by name, module ("" for any), its place."""
    found: dict[str, dict[str, int]] = {}
    every = [
        (path, made, names)
        for path, tree in modules().items()
        for made in ast.walk(tree)
        if isinstance(made, Function)
        and "field" in (names := [one.arg for one in (*made.args.posonlyargs, *made.args.args, *made.args.kwonlyargs)])
    ]
    while True:
        before = sum(map(len, found.values()))
        for path, made, names in every:
            if any(_hands_on(call, path, found) for call in ast.walk(made)):
                own = str(path) if made.name.startswith("_") else ""
                found.setdefault(made.name, {})[own] = names.index("field") - (names[0] in ("self", "cls"))
        if sum(map(len, found.values())) == before:
            return found


def _hands_on(call: ast.AST, path: Path, known: dict[str, dict[str, int]]) -> bool:
    if not isinstance(call, ast.Call):
        return False
    name = _name_of(call)
    given = [*call.args, *(one.value for one in call.keywords)]
    passes = any(isinstance(one, ast.Name) and one.id == "field" for one in given)
    return passes and (name.endswith("Error") or {str(path), ""} & known.get(name, {}).keys() != set())


def _name_of(call: ast.Call) -> str:
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def named_fields() -> Iterator[tuple[str, str]]:
    """Every field a refusal may name, with where."""
    known = takers()
    for path, tree in modules().items():
        for scope, call in _calls(tree):
            places = known.get(_name_of(call), {})
            place = places.get(str(path), places.get(""))
            for value in _fields_of(call, place):
                for said in _strings(value, scope, tree):
                    if said[:1].isalpha():
                        yield said, f"{path.relative_to(ROOT)}:{call.lineno}"


def _fields_of(call: ast.Call, place: int | None) -> Iterator[ast.expr]:
    """What *call* gives as field: to a refusal that names it, or to a function that takes one."""
    by_name = [one.value for one in call.keywords if one.arg == "field"]
    codes = {one.value for one in call.args[:2] if isinstance(one, ast.Constant)}
    if codes & NAMING:
        yield from by_name
    elif place is not None:
        yield from by_name or call.args[place : place + 1]


def _calls(tree: ast.Module) -> Iterator[tuple[ast.AST, ast.Call]]:
    def under(node: ast.AST, scope: ast.AST) -> Iterator[tuple[ast.AST, ast.Call]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                yield scope, child
            yield from under(child, child if isinstance(child, Function) else scope)

    return under(tree, tree)


def _strings(value: ast.expr, scope: ast.AST, tree: ast.Module) -> set[str]:
    """The words *value* can be: written there, or run through by a loop of the same function."""
    if isinstance(value, ast.Constant):
        return {str(value.value)}
    if not isinstance(value, ast.Name):
        return set()
    loops = [node for node in ast.walk(scope) if isinstance(node, ast.For | ast.comprehension)]
    every = [one.iter for one in loops if value.id in {n.id for n in ast.walk(one.target) if isinstance(n, ast.Name)}]
    return {word for one in every for word in _words_in(one, tree)}


def _words_in(value: ast.expr, tree: ast.Module) -> set[str]:
    names = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
    given = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id in names
    ]
    return {
        node.value
        for one in (value, *given)
        for node in ast.walk(one)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_field_a_refusal_names_has_a_word():
    found = dict(named_fields())
    assert len(found) > 200
    assert {field: where for field, where in found.items() if not has_word(field)} == {}


@pytest.mark.parametrize("kind", [Procedure, Scenario, Compound, ResourceSet])
def test_every_field_of_what_people_hand_in_has_a_word(kind: type):
    schema = TypeAdapter(kind).json_schema()
    found = {name for part in (schema, *schema["$defs"].values()) for name in part.get("properties", ())}
    assert {name for name in found if not has_word(name)} == set()


def test_every_key_of_the_files_people_write_has_a_word():
    keys = {*RULE_FIELDS, *toml_text._SCENARIO, *toml_text._COMPOUND, *toml_text._PARAMETER, *toml_text._FAILURE}
    assert {key for key in keys | toml_text._PART | toml_text._TRIGGER if not has_word(key)} == set()


def test_words_are_of_both_languages_and_nothing_is_named_twice():
    told = [texts for table in words().values() for texts in table.values()]
    assert all(set(texts) == {"zh", "en"} and all(word.strip() for word in texts.values()) for texts in told)
    assert not [word for texts in told for word in texts["en"] if "\u4e00" <= word <= "\u9fff"]


@pytest.mark.parametrize(
    ("field", "zh", "en"),
    [
        ("precision_share", "仿真研究的“精度（用时的相对误差）”", "study: precision (relative error of the times)"),
        ("low_min, high_min", "仿真研究的“最短（分钟）、最长（分钟）”", "study: least minutes, most minutes"),
        ("tasks.2.tries", "仿真研究的“任务·第3项·最多尝试次数”", "study: tasks·no. 3·most tries"),
        ("零时", "仿真研究的“零时”", "study: 零时"),
    ],
)
def test_a_refusal_says_the_word_and_never_the_code(field: str, zh: str, en: str):
    refusal = SimError("share-out-of-range", thing="study", field=field, rule="must lie in 0-1", value=7)
    assert plain_sentence(refusal, "zh").startswith(zh)
    assert plain_sentence(refusal, "en").startswith(en)
