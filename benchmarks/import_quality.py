"""How well the importer reads: headings over a corpus of Word files, limits over sentences, characters kept.

    python -m benchmarks.import_quality

The files and sentences are those of the tests, made by us after patterns seen in published plans; they say how the
importer does on such patterns, not on plans nobody has looked at. What was fixed before the first reading has been
mended since: docs/import.md keeps the figures of that first reading. The plans of strangers
(tests/plans_repo/strange_plans) were written by others and are counted apart.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from plans_repo.text.reading import Reading, Tracked, read_plan
from tests.plans_repo.text import corpus_blind, corpus_blind_more, corpus_held_back
from tests.plans_repo.text.builders import headings
from tests.plans_repo.text.gold_blind import LIMITS, QUANTITIES
from tests.plans_repo.text.gold_limits import GOLD, HELD_BACK, PROMISED
from tests.plans_repo.text.gold_quantities import GOLD as FIGURES
from tests.plans_repo.text.test_quantities import score
from tests.plans_repo.text.test_time_limits import measured
from tests.plans_repo.text.test_word_corpus import FIXTURES, f1

STRANGERS = Path(__file__).parent.parent / "tests" / "plans_repo" / "strange_plans"


def read(data: bytes, name: str, tracked: Tracked = Tracked.ACCEPT) -> Reading:
    """A file read with short ids."""
    ids = count(1)
    return read_plan(data, name, new_id=lambda: f"c{next(ids)}", tracked=tracked)


def main() -> None:
    """Measure and say."""
    fixtures = list(FIXTURES.values())
    wanted = sum(len(each.gold) for each in fixtures)
    right = sum((Counter(headings(read(each.data, "a.docx"))) & Counter(each.gold)).total() for each in fixtures)
    say(
        f"headings: F1 {f1(fixtures):.4f} over {len(fixtures)} Word files, "
        f"{right} of {wanted} headings with their levels"
    )
    held_back = list(corpus_held_back.FIXTURES)
    say(f"headings, files written after the rules: F1 {f1(held_back):.4f} over {len(held_back)} Word files")
    blind = [*corpus_blind.FIXTURES, *corpus_blind_more.FIXTURES]
    say(f"headings, files fixed before the first reading: F1 {f1(blind):.4f} over {len(blind)} Word files")
    for name, gold in (("gold", GOLD + PROMISED), ("held back", HELD_BACK), ("fixed before", LIMITS)):
        recall, precision = measured(gold)
        limits = sum(len(found) for _, found in gold)
        say(
            f"limits, {name}: recall {recall:.4f}, precision {precision:.4f} "
            f"over {len(gold)} sentences with {limits} limits"
        )
    for name, lines in (("gold", FIGURES), ("fixed before", QUANTITIES)):
        figures, hits, found, _wrong = score(lines)
        say(f"ledger, {name}: recall {hits / figures:.4f}, precision {hits / found:.4f} over {figures} figures")
    readings = [read(each.data, "a.docx", mode) for each in fixtures for mode in Tracked]
    strangers = [read(path.read_bytes(), path.name) for path in sorted(STRANGERS.glob("*.txt"))]
    say(f"characters, corpus in three modes: {_kept(readings)}")
    say(f"characters, plans of strangers: {_kept(strangers)}")


def _kept(readings: Iterable[Reading]) -> str:
    found = list(readings)
    exact = sum(each.chars_in == each.chars_kept for each in found)
    return f"{exact} of {len(found)} exact, {sum(each.chars_kept for each in found)} characters"


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


if __name__ == "__main__":
    main()
