"""One sentence for every error code, in both languages.

The sentences lie in `refusals/*.toml`, one file for each room that refuses
(`[code]` with `zh` and `en`), and are filled from the error's own fields. What a
person may not know about is answered like what does not exist.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from plans_repo.errors import NotAllowed, NotFound
from plans_repo.packs.naming import has_name, name_of
from sim.errors import CodedError
from ui.wording.catalogue import _, language
from ui.wording.codes import CODED, code_word
from ui.wording.field_words import field_with_key, field_word, thing_kinds, thing_word
from ui.wording.formats import NONE

REFUSAL_FILES = Path(__file__).parent / "refusals"


def sentence(error: CodedError, spoken: str = "") -> str:
    """The refusal as one sentence in the language *spoken* (the current one when empty).

    >>> from plans_repo.errors import NotFound
    >>> sentence(NotFound("plan-unknown", thing="plan 7"))
    '不存在或无权访问。'
    """
    spoken = spoken or language()
    if isinstance(error, NotFound | NotAllowed):
        return hidden(spoken)
    return plain_sentence(error, spoken)


def plain_sentence(error: CodedError, spoken: str = "") -> str:
    """The refusal with its own words even where a page would hide them: for the command line."""
    return worded(error.code, error.fields, spoken) or _unknown(error)


def worded(code: str, fields: Mapping[str, object], spoken: str = "") -> str:
    """The sentence of a refusal or of a notice, filled from its fields; "" where the code has none.

    >>> worded("no-heading-found", {})
    '没有识别出章节标题，全文作为正文保存，请在编修中补上标题。'
    """
    texts, spoken = sentences().get(code), spoken or language()
    return texts[spoken].format_map(_Fields(fields, spoken)) if texts else ""


def hidden(spoken: str = "") -> str:
    """The one answer for what does not exist and for what is not this person's."""
    return sentences()["not-found-or-not-allowed"][spoken or language()]


@cache
def sentences() -> dict[str, dict[str, str]]:
    """Every code with its Chinese and English sentence."""
    return {code: texts for path in sorted(REFUSAL_FILES.glob("*.toml")) for code, texts in read(path).items()}


def read(path: Path) -> dict[str, dict[str, str]]:
    """The sentences of one file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _unknown(error: CodedError) -> str:
    return _("操作未完成：{reason}", reason=str(error))


class _Fields(dict[str, Any]):
    """The fields of an error; a missing one reads as a dash, a list as its items, thing and field by their names.

    A sentence about a file that somebody wrote may name the key beside the word: `field_key`.

    In English a field with an English twin, `source` and `source_en`, reads as its twin.

    >>> str(_Fields({"source": "印发办法", "source_en": "Measures"}, "en")["source"])
    'Measures'
    """

    def __init__(self, fields: Mapping[str, object], spoken: str) -> None:
        if spoken == "en":
            fields = {name: fields.get(f"{name}_en") or value for name, value in fields.items()}
        super().__init__({name: _readable(_named(name, value, spoken), spoken) for name, value in fields.items()})
        if isinstance(code := fields.get("field"), str):
            self["field"], self["field_key"] = field_word(code, spoken), field_with_key(code, spoken)
        if isinstance(self.get("thing"), str):
            self["thing"] = _called(self["thing"], spoken)
        if has_name("file_place", str(self.get("where"))):
            self["where"] = name_of("file_place", self["where"], spoken)

    def __missing__(self, name: str) -> str:
        return NONE


def _called(thing: str, spoken: str) -> str:
    """A thing that is given as kind and name, with its kind in the language; another thing as it is.

    >>> _called("task F1", "zh"), _called("resource set own", "zh"), _called("清川县防汛应急预案", "zh")
    ('任务“F1”', '力量方案“own”', '清川县防汛应急预案')
    """
    for kind in thing_kinds(thing):
        if name := thing_word(kind, spoken):
            rest = thing.removeprefix(kind)
            return name if not rest else f"{name}“{rest.strip()}”" if spoken == "zh" else f"{name}{rest}"
    return thing


NAMED = {
    "paper": ("paper",),
    "papers": ("paper",),
    "headings": ("headings",),
    "items": ("items",),
    "lacks": ("answer_lack",),
    "part": ("plan_part",),
    "was": ("plan_kind", "hazard"),
    "issued_by": ("issued_by",),
    "issuers": ("issued_by",),
    "wished": ("plan_kind", "hazard"),
}
"""Fields that hold codes, one or several, with the groups of the pack that name them; `ui.wording.codes` has others."""


def _named(field: str, value: object, spoken: str) -> object:
    """The name of a coded field, or of each of several; anything else as it is."""
    if field not in NAMED and field not in CODED:
        return value
    if isinstance(value, list | tuple):
        return [_named(field, item, spoken) for item in value]
    group = next((group for group in NAMED.get(field, ()) if has_name(group, str(value))), "")
    return name_of(group, str(value), spoken) if group else code_word(field, str(value), spoken)


def _readable(value: object, spoken: str) -> object:
    if isinstance(value, list | tuple | set | frozenset):
        return ("、" if spoken == "zh" else ", ").join(str(item) for item in value)
    return NONE if value is None or value == "" else value
