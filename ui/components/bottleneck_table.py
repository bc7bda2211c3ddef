"""What holds the targets back and what easing it changes, in the words and numbers of the report."""

from __future__ import annotations

from collections.abc import Mapping

from plans_repo.causes import bottlenecks
from plans_repo.studies import Study
from plans_repo.word import relief
from plans_repo.word.facts import BottleneckFacts
from plans_repo.word.numbers import minutes, percent
from plans_repo.word.wording import Wording
from ui.components.cells import card_table, unbroken
from ui.components.clause_pages import ClausePages
from ui.components.html import Html, join, link, tag
from ui.components.promises import target_title
from ui.wording import language

COLUMNS = ("target", "task", "cause", "wait", "relief", "met_runs", "gain")


def bottleneck_table(study: Study, cited: Mapping[str, str], pages: ClausePages) -> Html:
    """A row for every loss that was eased in a second playing."""
    words = Wording(language())
    found = bottlenecks(study, cited, words.language)
    fields = {"runs": _runs(study), "confidence": percent(found[0].confidence) if found else ""}
    heads = [words.say(f"column.{name}", **fields) for name in COLUMNS]
    titles = {target.id: target_title(target) for target in study.procedure.targets}
    rows = []
    for item, saving in zip(found, study.savings, strict=True):
        clause = study.procedure.task(saving.suspect.task).clause
        where = unbroken(link(cited[clause], pages.of(clause))) if clause in cited else ""
        rows.append(
            [
                titles[item.target],
                join([item.task, tag("div", where, cls="yy-source")]) if where else item.task,
                relief.cause_cell(words, item),
                unbroken(minutes(words, item.wait_min)),
                relief.relief_cell(words, item),
                _lines(relief.met_cell(words, item)),
                _gain(words, item),
            ]
        )
    return card_table(heads, rows, cls="yy-bottlenecks")


def bottleneck_notes(study: Study) -> list[str]:
    """How the table is to be read."""
    words = Wording(language())
    return [
        words.say("causes.bottlenecks_note", runs=_runs(study), all=study.findings.runs),
        words.say("causes.gain_note"),
    ]


def _runs(study: Study) -> int:
    return max((saving.runs for saving in study.savings), default=0)


def _gain(words: Wording, item: BottleneckFacts) -> Html:
    """The change with its interval, and what has to be known of it besides."""
    said = [_lines(relief.gain_cell(words, item))]
    if remark := relief.remark(words, item):
        said.append(tag("small", remark.lstrip("，；; "), cls="yy-source"))
    return join(said)


def _lines(words: str) -> Html:
    """The first line in bold, what stands below it small."""
    first, *rest = words.split("\n")
    return join([tag("b", unbroken(first)), *(tag("small", line, cls="yy-source") for line in rest)])
