"""In English no word of ours is left in Chinese: every page of the demo installation is read through.

Data stays in the language it was written in: plan texts, names of people and places, reasons people typed,
sources of figures. Such words are looked up in the data; whatever else is Chinese on a page was forgotten.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from plans_repo import plans, studies
from plans_repo.packs import reading as packs
from plans_repo.procedures.suggestions import suggestions
from plans_repo.store import accounts
from plans_repo.store.actor import local_actor
from plans_repo.store.work import Work
from plans_repo.studies import Request
from plans_repo.text.citation import citations
from plans_repo.text.clause import Clause
from plans_repo.text.quantities import quantities
from plans_repo.text.recognition import levels, time_limits
from plans_repo.writing.catalogue import catalogue
from tests.ui.conftest import Clock
from tests.ui.demonstrated import furnish, opener
from ui.installation import Installation, occupy, open_installation
from ui.navigation import ENTRIES

FLOOD = "清川县防汛应急预案"
CJK = re.compile(r"[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef]")
PHRASE = 8
"""Characters of a stored text from which on a part of it is surely quoted, not said by us."""
WHO_DRILLS = re.compile(r"(?:由|^|[，。；])([^，。；由]{2,10}?)(?:组织|每(?:年|半年|季|月|[0-9两三]))")
OURS = {("version", "label")}
"""Columns that hold words of ours, which have an English twin."""
SEEN = ("header", "subheader", "label", "body", "placeholder", "help", "options", "text", "spec", "caption", "alt")
LANGUAGE_LINK = "中文"
PARTS = ("text", "procedure", "health", "history", "comparison", "ledger", "editing", "moves", "after")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The demo installation with a short study of the flood plan."""
    data = tmp_path_factory.mktemp("english")
    furnish(data)
    installation = open_installation(data, clock=Clock())
    flood = plan_id(installation)
    evaluator = accounts.actor_named(installation.store, "evaluator")
    with installation.store.reading(evaluator) as work:
        version = plans.version_of(work, flood).id
    request = Request(plan=flood, version=version, scenario="qingchuan-flood-low", runs=2)
    studies.run(installation.store, evaluator, request)
    occupy(installation)
    yield installation
    occupy(None)
    installation.store.close()


def plan_id(installation: Installation, title: str = FLOOD) -> str:
    with installation.store.reading(local_actor("tester")) as work:
        return next(plan.id for plan in plans.list_plans(work) if plan.title == title)


@pytest.fixture(scope="module")
def data_words(demo: Installation) -> Words:
    """Everything Chinese that is data, not wording."""
    with demo.store.reading(local_actor("tester")) as work:
        texts = [plans.text_of(work, plan.id) for plan in plans.list_plans(work) if plan.version]
        taken = {words for plan in plans.list_plans(work) for words in suggested(work, plan.id)}
        asked = {line.title for line in catalogue(work)}  # made of names of bodies
    sources = {one.figure.source for scenario in packs.scenarios() for one in scenario.parameters}
    said = {words for clauses in texts for words in said_in(clauses)}
    return Words({*stored(demo.data), *said, *taken, *asked, *sources, LANGUAGE_LINK})


def said_in(clauses: Sequence[Clause]) -> Iterator[str]:
    """What a plan's text says in pieces that are not stored as such: citations, lines, who owes what."""
    yield from citations(clauses).values()
    yield from (limit.who for limit in time_limits(clauses) if limit.who)
    for one in quantities(clauses):
        yield from (one.quotation, one.sentence, one.about, one.window, one.holder, one.to, one.common_unit)
    for clause in clauses:
        yield f"{clause.number}{clause.title}{clause.title_end}"
        yield from clause.text.split("\n")
        yield from re.split(r"《[^》]*》|[0-9.]+|附件", clause.text)  # what stands between the links of a text
        yield from WHO_DRILLS.findall(clause.text)


def suggested(work: Work, plan: str) -> Iterator[str]:
    """The units and acts a text is found to name."""
    procedure, clauses = plans.procedure_of(work, plan), plans.text_of(work, plan)
    if procedure is not None:
        for one in suggestions(procedure, clauses, levels(clauses)):
            yield from (one.unit, one.title, one.quote[:40])


class Words:
    """Stored texts, to be recognised whole or, when long, in part."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = sorted({squeezed(text) for text in texts if CJK.search(text)}, key=len, reverse=True)
        self.whole = "\n".join(self.texts)
        self.known = set(self.texts)

    def forgotten(self, shown: str) -> bool:
        """Whether something Chinese is left of *shown* when the data in it is taken out."""
        words = squeezed(shown)
        if words.endswith("…"):
            words = self._without_cut_quotation(words.rstrip("…"))
        words = words.removeprefix("“").removesuffix("”") if words.startswith("“") else words
        if words in self.known or (len(words) >= PHRASE and words in self.whole):
            return False
        for text in self.texts:
            if len(text) > 1 and text in words:
                words = words.replace(f"《{text}》", " ").replace(text, " ")
        return bool(CJK.search(words))

    def _without_cut_quotation(self, words: str) -> str:
        head, _colon, tail = words.rpartition(": ")
        return head if tail in self.whole else words


def squeezed(text: str) -> str:
    return " ".join(text.split())


# ---- What is stored --------------------------------------------------------------------------------------------------


def stored(data: Path) -> Iterator[str]:
    """Every Chinese string in the database, except one that has an English twin beside it."""
    with sqlite3.connect(f"file:{data / 'yuyan.sqlite3'}?mode=ro", uri=True) as database:
        database.row_factory = sqlite3.Row
        found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%'")
        tables = [row[0] for row in found]  # the index of the search holds pieces of words, not words
        for table in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):
                yield from leaves({name: value for name, value in dict(row).items() if (table, name) not in OURS})


def leaves(value: Any) -> Iterator[str]:
    """The strings in a value, also in JSON that is stored as text or bytes."""
    if isinstance(value, dict):
        for name, part in value.items():
            if not value.get(f"{name}_en"):
                yield from leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part)
    elif isinstance(value, bytes):
        with suppress(UnicodeDecodeError):
            yield from leaves(value.decode())
    elif isinstance(value, str):
        yield from leaves(json.loads(value)) if is_json(value) else (value,)


def is_json(text: str) -> bool:
    if not text.startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


# ---- What is shown ---------------------------------------------------------------------------------------------------


class Texts(HTMLParser):
    """The texts of a piece of markup, and the attributes a person reads."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(markup)

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("title", "aria-label", "placeholder") and value]


def shown(at: AppTest) -> Iterator[str]:
    """Every text on the page: of elements, of blocks such as tabs, of pictures."""
    for root in (at.main, at.sidebar):
        for node in root:
            for text in strings(getattr(node, "proto", None)):
                yield from Texts(text).found if "<" in text else (text,)


def strings(message: Any) -> Iterator[str]:
    """The strings of a protobuf message that reach the eye."""
    for field, value in message.ListFields() if hasattr(message, "ListFields") else ():
        many = isinstance(value, Sequence) and not isinstance(value, str | bytes)
        for part in value if many else (value,):
            if not isinstance(part, str):
                yield from strings(part)
            elif field.name in SEEN:
                yield from leaves(part)


@pytest.fixture
def seen_by(demo: Installation) -> Callable[..., AppTest]:
    """A page in English as somebody of the demo sees it."""
    return opener(demo, "en-US")


def forgotten(at: AppTest, words: Words) -> set[str]:
    return {text for text in shown(at) if words.forgotten(text)}


@pytest.mark.parametrize(
    ("name", "page"),
    [
        *(("author", entry.file) for entry in ENTRIES),
        ("organiser", "desk_page.py"),
        ("organiser", "calendar_page.py"),
        ("organiser", "programme_page.py"),
        ("evaluator", "study_page.py"),
        ("sysadmin", "accounts_page.py"),
    ],
)
def test_no_page_says_anything_in_chinese(
    seen_by: Callable[..., AppTest], data_words: Words, name: str, page: str
) -> None:
    assert forgotten(seen_by(name, page), data_words) == set()


@pytest.mark.parametrize("part", PARTS)
def test_no_part_of_a_plan_says_anything_in_chinese(
    seen_by: Callable[..., AppTest], demo: Installation, data_words: Words, part: str
) -> None:
    at = seen_by("author", "plan_page.py", id=plan_id(demo), part=part)
    assert forgotten(at, data_words) == set()


@pytest.mark.parametrize(
    "title", ["清川县突发地质灾害应急预案", "清川县大面积停电事件应急预案", "清川县危险化学品事故应急预案"]
)
def test_no_step_of_a_plan_under_way_says_anything_in_chinese(
    seen_by: Callable[..., AppTest], demo: Installation, data_words: Words, title: str
) -> None:
    at = seen_by("author", "plan_page.py", id=plan_id(demo, title), part="moves")
    assert forgotten(at, data_words) == set()


def test_the_countersigning_of_a_joint_plan_says_nothing_in_chinese(
    seen_by: Callable[..., AppTest], demo: Installation, data_words: Words
) -> None:
    plan = plan_id(demo, "清川县石岭县清川河流域防汛联合应急预案")
    at = seen_by("leader2", "plan_page.py", id=plan, part="moves")
    assert "Enter the countersignature" in {one.label for one in at.button}
    assert forgotten(at, data_words) == set()


def test_no_result_of_a_study_says_anything_in_chinese(
    seen_by: Callable[..., AppTest], demo: Installation, data_words: Words
) -> None:
    with demo.store.reading(local_actor("tester")) as work:
        study = studies.studies(work)[0].id
    assert forgotten(seen_by("evaluator", "study_page.py", id=study), data_words) == set()


@pytest.mark.parametrize("year", ["2025", "2026", "2027"])
def test_no_year_of_the_programme_says_anything_in_chinese(
    seen_by: Callable[..., AppTest], data_words: Words, year: str
) -> None:
    assert forgotten(seen_by("organiser", "programme_page.py", year=year), data_words) == set()


# ---- The reader itself -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown_text", "is_forgotten"),
    [
        ("Response level: Level II", False),
        ("清川县防汛应急预案", False),
        ("approved by 周砚秋", False),
        ("县防办接到险情报告后立即调派…", False),
        ("响应级别：Ⅱ级", True),
        ("Basic living secured：waiting", True),
        ("第2稿", True),
    ],
)
def test_data_is_told_from_words_of_ours(shown_text: str, is_forgotten: bool) -> None:
    words = Words(["清川县防汛应急预案", "周砚秋", "县防办接到险情报告后立即调派专家。", "Ⅱ级"])
    assert words.forgotten(shown_text) is is_forgotten
