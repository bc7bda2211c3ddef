from dataclasses import replace

import pytest

from drills.errors import DrillError
from drills.scripts.condition import Condition, Kind, Sense
from drills.scripts.script import Script, Standing, Timing
from sim.errors import CodedError
from sim.plain import canonical, plain, unplain
from tests.drills.scripts.making_scripts import a_script, an_action, an_inject, an_objective, flood_script

AFTER_TWO = Condition(kind=Kind.SENT, name="i2")


def conditional(number: str, condition: Condition) -> dict[str, object]:
    return {"number": number, "timing": Timing.CONDITIONAL, "at_min": None, "condition": condition}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda: {"injects": (an_inject("1", at_min=-1.0),)}, "inject-before-start"),
        (lambda: {"injects": (an_inject("1", at_min=float("nan")),)}, "inject-before-start"),
        (lambda: {"injects": (an_inject("1", at_min=121.0),), "actions": ()}, "inject-after-end"),
        (lambda: {"injects": (an_inject("1", at_min=None),)}, "inject-time-missing"),
        (lambda: {"injects": (an_inject("1", timing=Timing.HELD),)}, "inject-time-missing"),
        (lambda: {"injects": (an_inject("1", timing=Timing.CONDITIONAL, at_min=None),)}, "inject-condition-missing"),
        (lambda: {"injects": (an_inject("1"), an_inject("1", id="other")), "actions": ()}, "script-name-twice"),
        (lambda: {"injects": (an_inject("1"), an_inject("2", id="i1")), "actions": ()}, "script-name-twice"),
        (lambda: {"injects": (an_inject("1", expects=("nobody",)),), "actions": ()}, "script-name-unknown"),
        (lambda: {"injects": (an_inject("1", objective="none"),), "actions": ()}, "script-name-unknown"),
        (lambda: {"actions": (an_action("A1", since="i9"),), "injects": ()}, "script-name-unknown"),
        (lambda: {"injects": (an_inject(**conditional("1", AFTER_TWO)),), "actions": ()}, "script-name-unknown"),
        (
            lambda: {
                "injects": (
                    an_inject(**conditional("1", AFTER_TWO)),
                    an_inject(**conditional("2", Condition(kind=Kind.SENT, name="i1"))),
                ),
                "actions": (),
            },
            "injects-in-circle",
        ),
        (lambda: {"actions": (an_action("A1", since="a2"), an_action("A2", since="a1"))}, "limits-in-circle"),
        (lambda: {"injects": (an_inject("1", text="水" * 5000),), "actions": ()}, "inject-text-long"),
        (lambda: {"duration_min": 0}, "number-too-small"),
        (lambda: {"duration_min": float("inf")}, "number-not-finite"),
    ],
)
def test_a_script_that_does_not_fit_together_is_refused(change: object, code: str) -> None:
    with pytest.raises(CodedError) as refusal:
        a_script(**change())  # type: ignore[operator]
    assert refusal.value.code == code


def test_a_script_and_its_plain_form_are_one() -> None:
    script = flood_script()
    assert unplain(Script, plain(script)) == script
    assert canonical(unplain(Script, plain(script))) == canonical(script)


def test_injects_are_read_by_the_clock_then_conditional_then_held() -> None:
    late = an_inject("2", at_min=60.0)
    held = an_inject("3", at_min=None, timing=Timing.HELD)
    waiting = an_inject(**conditional("4", AFTER_TWO))
    script = a_script(injects=(held, waiting, late, an_inject("1")), actions=())
    assert [one.number for one in script.in_order] == ["1", "2", "4", "3"]


def test_an_approval_answers_for_the_content_and_not_for_itself() -> None:
    inject = an_inject()
    assert replace(inject, standing=Standing.APPROVED).content == inject.content
    assert replace(inject, text="另一句话。").content != inject.content


def test_parts_are_taken_out_unless_something_refers_to_them() -> None:
    script = a_script(injects=(an_inject("1", expects=("a1",), standing=Standing.APPROVED), an_inject("2", at_min=5.0)))
    assert [one.number for one in script.without_inject("i2").injects] == ["1"]
    with pytest.raises(DrillError) as refusal:
        script.without_inject("i1")
    assert (refusal.value.code, refusal.value.fields["numbers"]) == ("script-part-needed", ("A1",))
    with pytest.raises(DrillError) as refusal:
        script.without_action("a1")
    assert refusal.value.fields["numbers"] == ("A2",)
    with pytest.raises(DrillError) as refusal:
        script.without_objective("o1")
    assert refusal.value.fields["numbers"] == ("A1",)


def test_an_inject_that_asked_for_an_action_taken_out_is_a_draft_again() -> None:
    script = a_script(injects=(an_inject("1", expects=("a1", "a2"), standing=Standing.APPROVED), an_inject("2")))
    after = script.without_action("a2")
    assert [one.number for one in after.actions] == ["A1"]
    assert (after.injects[0].expects, after.injects[0].standing) == (("a1",), Standing.DRAFT)


def test_a_simulated_state_is_asked_at_a_minute() -> None:
    script = a_script()
    assert [script.state_at("growth:water", at) for at in (-1, 0, 29.9, 30, 59, 1000)] == [4.0, 4.0, 4.0, 5.0, 5.0, 5.5]
    with pytest.raises(DrillError):
        script.state_at("nothing", 0)


def test_a_condition_on_a_state_the_script_lacks_is_refused() -> None:
    asking = Condition(kind=Kind.STATE, name="gone", sense=Sense.BELOW, value=1)
    with pytest.raises(DrillError) as refusal:
        a_script(injects=(an_inject(**conditional("1", asking)),), actions=())
    assert refusal.value.code == "script-name-unknown"


def test_an_objective_says_what_it_lacks() -> None:
    assert an_objective().missing == ()
    assert an_objective(effect=" ", measure="", value=None).missing == ("effect", "measure", "value")
