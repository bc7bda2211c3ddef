"""What a refusal calls the field it names: never by its code where there is a word for it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from plans_repo.packs import reading as packs
from plans_repo.packs.naming import has_name, name_of

WORDS = Path(__file__).parent / "field_words.toml"
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_PATH = re.compile(r"[a-z]\w*(\.\w+)+")
ORDINALS = {"zh": "第{place}项", "en": "no. {place}"}


def field_word(field: str, spoken: str) -> str:
    """The word for a field; for a place inside a file the word of every step; what is no code as it stands.

    >>> field_word("precision_share", "zh"), field_word("tasks.0.duration.sigma", "zh")
    ('精度（用时的相对误差）', '任务·第1项·用时·离散程度（σ）')
    >>> field_word("people", "en"), field_word("开始时间", "zh")
    ('people', '开始时间')
    """
    if word := _word(field, spoken):
        return word
    if ", " in field:
        return {"zh": "、", "en": ", "}[spoken].join(field_word(one, spoken) for one in field.split(", "))
    return "·".join(_step(step, spoken) for step in field.split(".")) if _PATH.fullmatch(field) else field


def field_with_key(field: str, spoken: str) -> str:
    """The word for a field with its key, for whoever writes the file the key stands in.

    >>> field_with_key("horizon_min", "zh"), field_with_key("开始", "zh")
    ('推演时长（分钟）（horizon_min）', '开始')
    """
    word = field_word(field, spoken)
    if word == field:
        return field
    return f"{word}（{field}）" if spoken == "zh" else f"{word} ({field})"


def thing_word(kind: str, spoken: str) -> str:
    """The word for a kind of thing; "" where it has none.

    >>> thing_word("stopping rule", "zh"), thing_word("task", "zh"), thing_word("清川县", "zh")
    ('停止规则', '任务', '')
    """
    code = kind.replace(" ", "_")
    if has_name("thing", code):
        return name_of("thing", code, spoken)
    return words()["thing"].get(kind, {}).get(spoken, "")


def thing_kinds(thing: str) -> tuple[str, ...]:
    """What the kind of a thing may be: its first two words, or its first."""
    parts = thing.split(" ")
    return tuple(" ".join(parts[:count]) for count in (2, 1) if len(parts) >= count)


def has_word(field: str) -> bool:
    """Whether a field has a word in both languages.

    >>> has_word("precision_share"), has_word("people"), has_word("of_nobody_min")
    (True, True, False)
    """
    return all(_word(field, spoken) for spoken in ORDINALS)


@cache
def words() -> dict[str, dict[str, dict[str, str]]]:
    """The words of fields and of things, by code."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def _step(step: str, spoken: str) -> str:
    return ORDINALS[spoken].format(place=int(step) + 1) if step.isdecimal() else _word(step, spoken) or step


def _word(field: str, spoken: str) -> str:
    """The word that stands here, or the name that the packs have for a number of places or a parameter; or ""."""
    own = words()["field"].get(field)
    if own:
        return own[spoken]
    for group in ("place_number", "measure"):
        if has_name(group, field):
            return name_of(group, field, spoken)
    return _parameters().get(field, {}).get(spoken, "") if _CODE.fullmatch(field) else ""


@cache
def _parameters() -> dict[str, dict[str, str]]:
    """The titles of the parameters of the ready-made scenarios."""
    every = (one for name in packs.names("scenarios") for one in packs.scenario(name).parameters)
    return {one.name: {"zh": one.title, "en": one.title_en} for one in every if one.title and one.title_en}
