from dataclasses import replace

import pytest

from drills.scripts.checks import GRAVE, Fault, Lack, due_min, faults
from drills.scripts.script import Script, Standing, Timing
from tests.drills.scripts.making_scripts import a_script, an_action, an_inject, an_objective, flood_script


def ready() -> Script:
    """A script that lacks nothing."""
    told = {"to": ("县防办",), "standing": Standing.APPROVED}
    return a_script(
        injects=(an_inject("1", expects=("a1",), **told), an_inject("2", at_min=30.0, expects=("a2",), **told)),
        actions=(
            an_action("A1", limit_min=30, since="i1", sign="响应命令发出", p10_min=12.0, objective="o1"),
            an_action("A2", limit_min=15, since="a1", sign="签到齐全"),
        ),
    )


def changed(script: Script, number: str, **more: object) -> Script:
    inject = next((one for one in script.injects if one.number == number), None)
    if inject is not None:
        return script.with_inject(replace(inject, **more))  # type: ignore[arg-type]
    action = next(one for one in script.actions if one.number == number)
    return script.with_action(replace(action, **more))  # type: ignore[arg-type]


def test_a_script_that_is_whole_lacks_nothing() -> None:
    assert faults(ready()) == ()


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        (a_script(injects=(), actions=()), Fault(lack=Lack.NO_INJECT)),
        (replace(ready(), objectives=(), actions=(replace(ready().actions[0], objective=""), ready().actions[1])),
         Fault(lack=Lack.NO_OBJECTIVE)),
        (ready().with_objective(an_objective(effect="")),
         Fault(lack=Lack.OBJECTIVE_PART, about="启动响应", parts=("effect",))),
        (changed(ready(), "2", to=()), Fault(lack=Lack.NOBODY_RECEIVES, about="2")),
        (changed(ready(), "2", text=" "), Fault(lack=Lack.SAYS_NOTHING, about="2")),
        (changed(ready(), "2", expects=()), Fault(lack=Lack.EXPECTS_NOTHING, about="2")),
        (changed(ready(), "2", expects=()), Fault(lack=Lack.NOT_ASKED_FOR, about="A2")),
        (changed(ready(), "2", standing=Standing.DRAFT), Fault(lack=Lack.NOT_APPROVED, about="2")),
        (changed(ready(), "A2", unit=""), Fault(lack=Lack.NOBODY_ACTS, about="A2")),
        (changed(ready(), "A2", sign=""), Fault(lack=Lack.NO_SIGN, about="A2")),
        (changed(ready(), "A1", met_share=0.09), Fault(lack=Lack.OUT_OF_REACH, about="A1", parts=("0.090",))),
        (changed(ready(), "A2", limit_min=91.0), Fault(lack=Lack.ENDS_LATER, about="A2", parts=("121", "120"))),
    ],
)  # fmt: skip
def test_each_lack_is_told_about_what_lacks_it(script: Script, fault: Fault) -> None:
    assert fault in faults(script)


def test_six_injects_for_one_unit_in_a_minute_are_too_many() -> None:
    told = {"to": ("县防办",), "standing": Standing.APPROVED, "at_min": 3.0}
    several = tuple(an_inject(str(number), **told) for number in range(6))
    crowded = [fault for fault in faults(a_script(injects=several, actions=())) if fault.lack is Lack.CROWDED]
    assert crowded == [Fault(lack=Lack.CROWDED, about="县防办", parts=("3", "6"))]
    assert Lack.CROWDED not in {one.lack for one in faults(a_script(injects=several[1:], actions=()))}


def test_what_is_grave_comes_first() -> None:
    found = [fault.is_grave for fault in faults(flood_script())]
    assert found == sorted(found, reverse=True)
    assert set(found) == {True, False}
    assert {fault.lack in GRAVE for fault in faults(flood_script())} == {True, False}


def test_an_action_is_due_from_what_its_limit_counts_from() -> None:
    script = ready()
    first, second = script.actions
    assert (due_min(script, first), due_min(script, second)) == (30, 45)
    unlimited = changed(script, "A1", limit_min=None, p50_min=20.0)
    assert due_min(unlimited, unlimited.actions[1]) == 35
    held = changed(script, "1", timing=Timing.HELD, at_min=None)
    assert due_min(held, held.actions[0]) is None


def test_a_long_chain_of_limits_is_followed_to_its_beginning() -> None:
    chain = [an_action("A0", limit_min=1)] + [
        an_action(f"A{number}", limit_min=1, since=f"a{number - 1}") for number in range(1, 3000)
    ]
    script = a_script(injects=(), actions=tuple(chain))
    assert due_min(script, script.actions[-1]) == 3000
