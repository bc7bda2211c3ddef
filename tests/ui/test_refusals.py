"""Every code that any floor raises has one sentence in both languages."""

from __future__ import annotations

import ast
import re
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
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def raised_codes() -> dict[str, str]:
    """Every code in the house with the place that raises it."""
    return {
        code: f"{path.relative_to(ROOT)}:{line}"
        for floor in FLOORS
        for path in sorted((ROOT / floor).rglob("*.py"))
        for code, line in codes_in(ast.parse(path.read_text(encoding="utf-8")))
    }


BUILDERS = frozenset(
    {
        "CodedError", "NotFound", "NotAllowed", "StaleRevision", "SignInRefused", "Cancelled",
        "refusal", "refused", "unfit", "notice", "told", "fault",
    }
)  # fmt: skip
"""What takes a code among its first two words, besides every class that ends in Error."""


def codes_in(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The code of everything built like an error or a notice: ``SomeError("a-code", …)``, ``Unmet(code="a-code")``."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "id", getattr(call.func, "attr", "")).lstrip("_")
        builds = name in BUILDERS or name.endswith("Error")
        words = [*(call.args[:2] if builds else ()), *(one.value for one in call.keywords if one.arg == "code")]
        for word in words:
            if isinstance(word, ast.Constant) and isinstance(word.value, str) and CODE.fullmatch(word.value):
                yield word.value, call.lineno


def test_every_code_has_its_sentence() -> None:
    known = sentences()
    assert {code: where for code, where in raised_codes().items() if code not in known} == {}


def written_words() -> set[str]:
    """Every whole string in the code of the house and in its packs: a code nobody writes is one nobody raises."""
    words: set[str] = set()
    for floor in FLOORS:
        for path in (ROOT / floor).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            words |= {
                node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return words


def test_every_sentence_is_said_by_somebody() -> None:
    assert sorted(set(sentences()) - written_words()) == []


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
