import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.errors import DrillError
from drills.scripts.exchange import About, cexf_of, read_cexf
from drills.scripts.script import Timing
from tests.drills.scripts.making_scripts import a_script, flood_script, fresh_ids

ABOUT = About(id="75d74600-af9d-4098-8ad1-754457076b32", title="山洪演练", description="夜间断网", version="3")


def phishing() -> dict[str, Any]:
    """A file as another tool writes it: two injects of a mail that turns out to be fraud."""
    return {
        "exercise": {"name": "Phishing e-mail", "description": "A fraud case", "total_duration": "7200", "uuid": "e1"},
        "inject_flow": [
            {"inject_uuid": "m1", "description": "first", "requirements": {}, "timing": {"triggered_at": None},
             "sequence": {"trigger": ["startex"], "followed_by": ["m2"]}},
            {"inject_uuid": "m2", "description": "second", "requirements": {"inject_uuid": "m1"},
             "sequence": {"trigger": "inject-resolution"}, "timing": {"triggered_at": None}},
            {"inject_uuid": "m3", "timing": {"triggered_at": 900}, "sequence": {}, "requirements": {}},
        ],
        "inject_payloads": [
            {"uuid": "p1", "type": "file", "parameters": {"content": "SGVsbG8=", "content-type": "base64"}},
            {"uuid": "p2", "type": "tcp_connection", "parameters": {"port": "25"}},
        ],
        "injects": [
            {"uuid": "m1", "name": "a mail", "action_payload_resource_uuid": "p1", "target_tool": "MISP",
             "inject_evaluation": [{"result": "Event created", "parameters": [{"x": 1}], "score_range": [0, 10]}]},
            {"uuid": "m2", "name": "network flow", "action_payload_resource_uuid": "p2", "inject_evaluation": []},
            {"uuid": "m3", "name": "later"},
        ],
    }  # fmt: skip


@pytest.mark.parametrize("script", [a_script(), flood_script()], ids=["by hand", "flood"])
def test_out_and_in_and_out_is_the_same_file(script: Any) -> None:
    data = cexf_of(script, ABOUT)
    found = read_cexf(data, new_id=fresh_ids())
    assert (found.script, found.about, found.is_own) == (script, ABOUT, True)
    assert cexf_of(found.script, found.about) == data


def test_the_four_keys_other_tools_read_are_there() -> None:
    value = json.loads(cexf_of(a_script(), ABOUT))
    injects = {one["uuid"] for one in value["injects"]}
    assert injects == {one["inject_uuid"] for one in value["inject_flow"]}
    assert value["exercise"]["total_duration"] == "7200"
    assert [one["timing"]["triggered_at"] for one in value["inject_flow"]] == [0, 1800]


def test_a_file_of_another_tool_comes_in_with_its_order() -> None:
    found = read_cexf(json.dumps(phishing()).encode(), new_id=fresh_ids())
    first, second, third = found.script.injects
    assert (found.about.title, found.script.duration_min) == ("Phishing e-mail", 120)
    assert (first.timing, first.at_min, first.text) == (Timing.TIMED, 0.0, "Hello")
    assert second.timing is Timing.CONDITIONAL
    assert second.condition is not None
    assert second.condition.injects == {"m1"}
    assert (third.timing, third.at_min) == (Timing.TIMED, 15.0)
    assert [action.title for action in found.script.expected_of(first)] == ["Event created"]
    assert found.left == ("inject_evaluation.parameters", "payload tcp_connection")


def test_an_inject_that_waits_for_one_the_file_lacks_is_held() -> None:
    value = phishing()
    value["inject_flow"][1]["requirements"] = {"inject_uuid": "gone"}
    found = read_cexf(json.dumps(value).encode(), new_id=fresh_ids())
    assert found.script.injects[1].timing is Timing.HELD
    assert "requirements" in found.left


@pytest.mark.parametrize("key", ["exercise", "inject_flow", "inject_payloads", "injects"])
def test_a_file_without_one_of_the_keys_is_refused(key: str) -> None:
    value = phishing()
    del value[key]
    with pytest.raises(DrillError) as refusal:
        read_cexf(json.dumps(value).encode(), new_id=fresh_ids())
    assert (refusal.value.code, refusal.value.fields["value"]) == ("cexf-key-missing", key)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(["exercise", "inject_flow", "inject_payloads", "injects"]), JSON)
def test_whatever_stands_under_a_key_is_read_or_refused(key: str, value: Any) -> None:
    with suppress(DrillError):
        read_cexf(json.dumps(phishing() | {key: value}).encode(), new_id=fresh_ids())


@given(st.sampled_from(["uuid", "name", "requirements", "sequence", "timing", "inject_evaluation"]), JSON)
def test_whatever_stands_in_an_inject_is_read_or_refused(key: str, value: Any) -> None:
    whole = phishing()
    for part in ("injects", "inject_flow"):
        whole[part][0] |= {key: value}
    with suppress(DrillError):
        read_cexf(json.dumps(whole).encode(), new_id=fresh_ids())


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_object_is_refused(data: bytes) -> None:
    with pytest.raises(DrillError):
        read_cexf(data, new_id=fresh_ids())
