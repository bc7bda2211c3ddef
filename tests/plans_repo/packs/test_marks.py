"""A mark never says more than the words beside it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from plans_repo.packs.reading import names, template
from sim.figure import Footing, Mark

DOUBT = re.compile(r"记忆|待对照|待确认|待核|经验|judgement|from memory|to be confirmed", re.IGNORECASE)
FOLDERS = ("parameters", "procedures", "rules", "scenarios")


def marked(value: Any) -> Iterator[dict[str, Any]]:
    """Every table with a mark, at any depth."""
    if isinstance(value, dict):
        if "mark" in value:
            yield value
        for item in value.values():
            yield from marked(item)
    elif isinstance(value, list):
        for item in value:
            yield from marked(item)


def everything_marked(*folders: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for folder in folders:
        for name in names(folder):
            text = files("plans_repo.packs").joinpath(folder, f"{name}.toml").read_text(encoding="utf-8")
            for item in marked(tomllib.loads(text)):
                yield f"{folder}/{name}", item


def test_what_is_doubted_in_words_is_not_marked_read() -> None:
    doubted = [
        (where, words)
        for where, item in everything_marked(*FOLDERS)
        if item["mark"] == Mark.READ
        for words in (item.get("source", ""), item.get("note", ""), item.get("note_en", ""))
        if DOUBT.search(words)
    ]
    assert doubted == []


def test_a_duration_is_published_only_where_it_was_read() -> None:
    loose = [
        (where, item)
        for where, item in everything_marked("procedures", "replays")
        if item.get("footing") == Footing.PUBLISHED and (item["mark"] != Mark.READ or DOUBT.search(item["source"]))
    ]
    assert loose == []


def test_who_cites_the_spread_of_oroville_has_it() -> None:
    """Five agencies of 2017 took minutes to issue their warnings whose logarithms spread by 0.65."""
    cited = [
        item for _, item in everything_marked("procedures") if "离散度取自2017年奥罗维尔" in item.get("source", "")
    ]
    assert {item["sigma"] for item in cited} == {0.65}


def test_an_estimate_is_shown_as_one_whatever_case_it_starts_from() -> None:
    for name in names("procedures"):
        for task in template(name).procedure.tasks:
            if task.duration.footing in (Footing.EXPERT, Footing.TEMPLATE):
                assert task.duration.standing not in (Mark.READ, Mark.CALIBRATED), task.id
