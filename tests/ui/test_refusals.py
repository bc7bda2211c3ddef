"""Every code that any floor raises has one sentence in both languages."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import ui
from plans_repo.errors import NotAllowed, NotFound, PlansRepoError
from ui.wording import sentence
from ui.wording.errors import REFUSAL_FILES, plain_sentence, read, sentences

ROOT = Path(ui.__file__).parents[1]
FLOORS = ("sim", "plans_repo", "drills", "ui")
LANGUAGES = ("zh", "en")


def raised_codes() -> dict[str, str]:
    """Every code in the house with the place that raises it."""
    return {
        code: f"{path.relative_to(ROOT)}:{line}"
        for floor in FLOORS
        for path in sorted((ROOT / floor).rglob("*.py"))
        for code, line in codes_in(ast.parse(path.read_text(encoding="utf-8")))
    }


def codes_in(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The first argument of everything that is built like an error: ``SomeError("a-code", …)``."""
    # ``refusal(…)`` is how the reading of files builds its errors
    errors = {"CodedError", "NotFound", "NotAllowed", "StaleRevision", "SignInRefused", "Cancelled", "refusal"}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            value = call.args[0].value
            if (
                (name in errors or name.endswith("Error") or name == "refusal")
                and isinstance(value, str)
                and "-" in value
            ):
                yield value, call.lineno


def test_every_code_has_its_sentence() -> None:
    known = sentences()
    assert {code: where for code, where in raised_codes().items() if code not in known and " " not in code} == {}


def test_a_code_has_its_sentence_in_one_file_only() -> None:
    seen: dict[str, list[str]] = {}
    for path in sorted(REFUSAL_FILES.glob("*.toml")):
        for code in read(path):
            seen.setdefault(code, []).append(path.name)
    assert {code: files for code, files in seen.items() if len(files) > 1} == {}


@pytest.mark.parametrize("code", sorted(sentences()))
def test_both_sentences_name_the_same_fields(code: str) -> None:
    texts = sentences()[code]
    assert set(texts) == set(LANGUAGES)
    assert all(text.strip() for text in texts.values())
    zh, en = (
        {name for _text, name, _spec, _conv in string.Formatter().parse(texts[which]) if name} for which in LANGUAGES
    )
    assert zh == en


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_unknown_and_forbidden_read_the_same(spoken: str) -> None:
    unknown = NotFound("plan-unknown", thing="plan", value="7")
    forbidden = NotAllowed("plan-of-another-body", thing="plan 防汛预案", action="edit_plan")
    assert sentence(unknown, spoken) == sentence(forbidden, spoken)


def test_the_command_line_says_what_a_page_hides() -> None:
    assert plain_sentence(NotFound("download-unknown", value="x")) == "没有“x”这种下载。"


def test_a_field_the_error_does_not_carry_reads_as_a_dash() -> None:
    assert plain_sentence(PlansRepoError("download-unknown")) == "没有“—”这种下载。"


def test_an_error_without_a_sentence_still_says_something() -> None:
    assert "never-written" in sentence(PlansRepoError("never-written", thing="x"))
