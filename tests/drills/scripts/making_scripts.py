"""Scripts to test with: small ones by hand, one from a flash flood with lost lines."""

import io
from collections.abc import Callable
from functools import cache
from itertools import count
from typing import Any

from openpyxl import load_workbook

from drills.scripts.making import script_of
from drills.scripts.script import ExpectedAction, Inject, Objective, Script, SimulatedState
from plans_repo.packs.reading import scenario, template
from sim.question import Question
from sim.scenario import ResourceSet

WATER = SimulatedState(name="growth:water", title="水位（米）", minutes=(0, 30, 60), values=(4.0, 5.0, 5.5))


def an_inject(number: str = "1", **more: Any) -> Inject:
    plain = {"id": f"i{number}", "number": number, "title": f"注入{number}", "text": "水位上涨。", "at_min": 0.0}
    return Inject(**(plain | more))


def an_action(number: str = "A1", **more: Any) -> ExpectedAction:
    plain = {"id": number.lower(), "number": number, "title": f"行动{number}", "unit": "县防办"}
    return ExpectedAction(**(plain | more))


def an_objective(**more: Any) -> Objective:
    whole = {
        "id": "o1",
        "who": "县防办",
        "condition": "水位超警戒",
        "task": "启动响应",
        "standard": "30分钟内",
        "effect": "响应到位",
        "measure": "用时",
        "value": 30.0,
        "unit": "min",
    }
    return Objective(**(whole | more))


def a_script(**more: Any) -> Script:
    whole = {
        "duration_min": 120,
        "objectives": (an_objective(),),
        "injects": (an_inject("1", expects=("a1",)), an_inject("2", at_min=30.0, expects=("a2",))),
        "actions": (
            an_action("A1", limit_min=30, since="i1", objective="o1"),
            an_action("A2", since="a1", limit_min=15),
        ),
        "states": (WATER,),
    }
    return Script(**(whole | more))


@cache
def flood_script(duration_min: float = 240) -> Script:
    """The script of a flash flood with lost lines, cut roads and an absent commander."""
    return script_of(flood_question(), duration_min=duration_min)


@cache
def flood_question() -> Question:
    return Question(
        procedure=template("flash_flood").procedure,
        scenario=scenario("flash-flood-lines-lost"),
        resources=ResourceSet(id="own", title="本县力量"),
    )


def fresh_ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"new-{next(numbers)}"


def edited(data: bytes, change: Callable[[Any], None]) -> bytes:
    """The sheet after somebody worked on it in a spreadsheet."""
    book = load_workbook(io.BytesIO(data))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
