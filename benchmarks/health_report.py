"""How long the health report and the rule checks of a Word plan of about a hundred pages take after its import.

`python -m benchmarks.health_report` makes the file, reads it as an importer does, and examines what was read.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import date
from uuid import uuid4

from benchmarks.import_word import a_word_plan
from plans_repo.checks.deciding import decide
from plans_repo.checks.dossier import CourseFacts, Dossier
from plans_repo.course.stages import Stage
from plans_repo.health.examination import report
from plans_repo.store.tables.plans import PlanKind
from plans_repo.text.clause import Clause
from plans_repo.text.reading import read_plan

PAGES, TIMES = 100, 5


def main() -> None:
    """Print medians."""
    reading = read_plan(a_word_plan(PAGES), "plan.docx", new_id=lambda: str(uuid4()))
    say(f"{PAGES} pages, {len(reading.clauses)} clauses, {reading.chars_kept} characters")
    for name, do in (("health report", report), ("rule checks", decide)):
        taken = []
        for _round in range(TIMES):
            dossier = a_dossier(reading.clauses)
            start = time.perf_counter()
            do(dossier)
            taken.append(time.perf_counter() - start)
        say(f"{name}: median {statistics.median(taken):.2f} s, worst {max(taken):.2f} s of {TIMES}")


def a_dossier(clauses: tuple[Clause, ...]) -> Dossier:
    """A draft with that text and nothing around it."""
    return Dossier(
        today=date(2026, 11, 20), plan="p", title="某县防汛应急预案", kind=PlanKind.SPECIAL, hazard="flood",
        area="/a/", version="v", label="第1稿", clauses=clauses, course=CourseFacts(stage=Stage.DRAFT),
    )  # fmt: skip


def say(words: str) -> None:
    """A line of the answer."""
    sys.stdout.write(words + "\n")


if __name__ == "__main__":
    main()
