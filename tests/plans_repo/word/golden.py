"""Agreed outlines of the report, kept as readable text.

Renew them, after reading the difference, with ``python -m tests.plans_repo.word.golden``.
"""

from __future__ import annotations

from pathlib import Path

from plans_repo.word.assessment_report import assessment_report
from plans_repo.word.wording import LANGUAGES
from tests.plans_repo.word.builders import opened, outline, some_facts

FOLDER = Path(__file__).parent / "golden"


def outline_of(language: str) -> str:
    """The report of the example facts as text."""
    return outline(opened(assessment_report(some_facts(), language=language)))


def kept(language: str) -> str:
    """The agreed outline."""
    return (FOLDER / f"report_{language}.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in LANGUAGES:
        (FOLDER / f"report_{each}.txt").write_text(outline_of(each), encoding="utf-8")
