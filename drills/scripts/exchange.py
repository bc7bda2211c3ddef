"""A script in the Common Exercise Format (CEXF, MISP project), out and in.

The format knows injects that machines carry out and check. What people put into play and are expected to do lies in a
block of our own beside its four keys, which other tools pass over. The same script gives the same bytes, and a file
of ours comes back as the script it was. Read: format-description.md and samples/misp-01.json of MISP/cexf.
"""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from drills.errors import DrillError
from drills.scripts.condition import Condition, Kind
from drills.scripts.script import ExpectedAction, Inject, Script, Timing
from sim.errors import CodedError
from sim.plain import plain, unplain

OWN = "yuyan"
KEYS = ("exercise", "inject_flow", "inject_payloads", "injects")
MOST_BYTES = 20_000_000
SECONDS = 60
START = "startex"
_NAMESPACE = uuid.UUID("5f0e6a54-31a7-5a0c-9d6e-6d1c1f4a0b52")


@dataclass(frozen=True, kw_only=True)
class About:
    """What a file says of the drill besides its script."""

    id: str
    title: str
    description: str = ""
    version: str = "1"


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What a file came to: the script, what it says of itself, and the parts of it that have no place here."""

    script: Script
    about: About
    left: tuple[str, ...] = ()
    is_own: bool = False


def cexf_of(script: Script, about: About) -> bytes:
    """The file of a script: UTF-8 JSON, keys sorted, two blanks a level, a line end at the end."""
    names = {inject.id: str(uuid.uuid5(_NAMESPACE, f"{about.id}/{inject.id}")) for inject in script.injects}
    value = {
        "exercise": {
            "description": about.title,
            "expanded": about.description,
            "meta": {"plan": script.plan, "version": script.version, "scenario": script.scenario},
            "name": about.title,
            "namespace": OWN,
            "tags": [],
            "total_duration": str(round(script.duration_min * SECONDS)),
            "uuid": about.id,
            "version": about.version,
        },
        "inject_flow": [_flow(inject, names) for inject in script.injects],
        "inject_payloads": [_payload(inject, names) for inject in script.injects],
        "injects": [_inject(inject, names, script) for inject in script.injects],
        OWN: plain(script),
    }
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def read_cexf(data: bytes, *, new_id: Callable[[], str]) -> Imported:
    """The script of a file, our own or another tool's; refused in a sentence where it cannot be one.

    Of another tool's the injects with their order and what they are evaluated by come in, as drafts.
    """
    value = _json(data)
    about = _about(_table(value, "exercise"), new_id)
    if OWN in value:
        return Imported(script=unplain(Script, value[OWN]), about=about, is_own=True)
    return _Foreign(value, about).imported()


def _payload_of(name: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, f"payload/{name}"))


def _flow(inject: Inject, names: Mapping[str, str]) -> dict[str, Any]:
    before = sorted(names[name] for name in inject.condition.injects) if inject.condition else []
    at_s = None if inject.at_min is None else round(inject.at_min * SECONDS)
    trigger = {Timing.TIMED: START if at_s == 0 else "time", Timing.CONDITIONAL: "inject-resolution"}
    return {
        "description": inject.title,
        "inject_uuid": names[inject.id],
        "reporting_callback": [],
        "requirements": {"inject_uuid": before[0]} if before else {},
        "sequence": {"completion_trigger": ["time_expiration", "completion"], "followed_by": [],
                     "trigger": [trigger.get(inject.timing, "manual")]},
        "timing": {"triggered_at": at_s},
    }  # fmt: skip


def _payload(inject: Inject, names: Mapping[str, str]) -> dict[str, Any]:
    content = base64.b64encode(inject.text.encode()).decode("ascii")
    return {
        "name": inject.title,
        "parameters": {"content": content, "content-type": "base64", "filename": f"{inject.number}.txt"},
        "type": "file",
        "uuid": _payload_of(names[inject.id]),
    }


def _inject(inject: Inject, names: Mapping[str, str], script: Script) -> dict[str, Any]:
    return {
        "action": "message_to_participants",
        "action_payload_resource_uuid": _payload_of(names[inject.id]),
        "inject_evaluation": [
            {"parameters": [], "result": action.title, "score_range": [0, 1]} for action in script.expected_of(inject)
        ],
        "name": inject.title,
        "target_tool": inject.channel.value,
        "uuid": names[inject.id],
    }


def _json(data: bytes) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise _refusal("cexf-too-large", "size", len(data))
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _refusal("cexf-unreadable", "file", "") from error
    lacking = [key for key in KEYS if not isinstance(value, dict) or key not in value]
    if lacking:
        raise _refusal("cexf-key-missing", lacking[0], lacking[0])
    return dict(value)


def _about(exercise: Mapping[str, Any], new_id: Callable[[], str]) -> About:
    description = exercise.get("expanded", exercise.get("description")) or ""
    return About(
        id=str(exercise.get("uuid") or new_id()),
        title=str(exercise.get("name") or exercise.get("description") or "CEXF"),
        description=str(description),
        version=str(exercise.get("version") or "1"),
    )


class _Foreign:
    """A file of another tool, read part by part."""

    def __init__(self, value: Mapping[str, Any], about: About) -> None:
        self._value = value
        self._about = about
        self._left: list[str] = []
        self._payloads = {str(one.get("uuid")): one for one in _list(value, "inject_payloads")}
        self._flows = {str(one.get("inject_uuid")): one for one in _list(value, "inject_flow")}

    def imported(self) -> Imported:
        actions: list[ExpectedAction] = []
        injects: list[Inject] = []
        for number, each in enumerate(_list(self._value, "injects"), start=1):
            asked = list(self._expected(each, len(actions)))
            actions += asked
            injects.append(self._inject(number, each, tuple(action.id for action in asked)))
        try:
            script = Script(duration_min=self._duration(injects), injects=self._known(injects), actions=tuple(actions))
        except CodedError as error:
            raise _refusal("cexf-unfit", error.code, str(error)) from error
        return Imported(script=script, about=self._about, left=tuple(dict.fromkeys(self._left)))

    def _duration(self, injects: list[Inject]) -> float:
        given = str(_table(self._value, "exercise").get("total_duration") or "")
        last = max((inject.at_min or 0.0 for inject in injects), default=0.0)
        return max(float(given) / SECONDS if given.isdecimal() else 0.0, last, 1.0)

    def _inject(self, number: int, each: Mapping[str, Any], expects: tuple[str, ...]) -> Inject:
        name = str(each.get("uuid") or number)
        flow = self._flows.get(name, {})
        bare = Inject(
            id=name,
            number=str(number),
            title=str(each.get("name") or flow.get("description") or name)[:300],
            text=self._text(each) or str(flow.get("description") or ""),
            timing=Timing.HELD,
            expects=expects,
            note=str(each.get("target_tool") or ""),
            origin=f"cexf:{name}",
        )
        return self._timed(bare, flow)

    def _timed(self, bare: Inject, flow: Mapping[str, Any]) -> Inject:
        """By the clock where the flow gives a time or the start, behind another inject where it names one."""
        at_s = _dict(flow.get("timing")).get("triggered_at")
        sequence = _dict(flow.get("sequence"))
        triggers = sequence.get("trigger") or []
        before = _dict(flow.get("requirements")).get("inject_uuid")
        if isinstance(at_s, int | float) and not isinstance(at_s, bool) and at_s >= 0:
            return replace(bare, timing=Timing.TIMED, at_min=at_s / SECONDS)
        if START in ([triggers] if isinstance(triggers, str) else triggers):
            return replace(bare, timing=Timing.TIMED, at_min=0.0)
        if isinstance(before, str):
            return replace(bare, timing=Timing.CONDITIONAL, condition=Condition(kind=Kind.SENT, name=before))
        return bare

    def _known(self, injects: list[Inject]) -> tuple[Inject, ...]:
        """The injects; one that waits for an inject the file lacks is held instead."""
        known = {inject.id for inject in injects}
        strays = {inject.id for inject in injects if inject.condition and inject.condition.injects - known}
        self._left += ["requirements"] if strays else []
        return tuple(replace(one, timing=Timing.HELD, condition=None) if one.id in strays else one for one in injects)

    def _text(self, each: Mapping[str, Any]) -> str:
        payload = self._payloads.get(str(each.get("action_payload_resource_uuid")), {})
        parameters = _dict(payload.get("parameters"))
        content = parameters.get("content")
        if not isinstance(content, str):
            self._left += [f"payload {payload.get('type')}"] if payload else []
            return ""
        if parameters.get("content-type") != "base64":
            return content
        try:
            return base64.b64decode(content, validate=True).decode()
        except ValueError:
            self._left.append("payload base64")
            return ""

    def _expected(self, each: Mapping[str, Any], before: int) -> Iterator[ExpectedAction]:
        found = each.get("inject_evaluation")
        for place, item in enumerate(found if isinstance(found, list) else [], start=1):
            result = _dict(item).get("result")
            if result:
                self._left += ["inject_evaluation.parameters"] if _dict(item).get("parameters") else []
                number = before + place
                yield ExpectedAction(id=f"{each.get('uuid')}:{place}", number=f"A{number}", title=str(result)[:300])


def _dict(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _table(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    if not isinstance(value[key], dict):
        raise _refusal("cexf-key-missing", key, key)
    return dict(value[key])


def _list(value: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    if not isinstance(value[key], list) or not all(isinstance(one, dict) for one in value[key]):
        raise _refusal("cexf-key-missing", key, key)
    return list(value[key])


def _refusal(code: str, field: str, value: object) -> DrillError:
    return DrillError(code, thing="CEXF file", field=field, rule="must be a CEXF file", value=value)
