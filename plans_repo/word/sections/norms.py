"""What norms ask for in this event, beside what the runs showed of the same units."""

from __future__ import annotations

from plans_repo.word.assessed import NormFacts
from plans_repo.word.report import Report
from plans_repo.word.tables import Cell

MET, SHORT, UNKNOWN = "met", "short", "unknown"


def norms(report: Report) -> None:
    """A row for every norm with its article and mark; what no norm is known for is said."""
    resources = report.facts.resources
    report.heading(2, "subsection.norms")
    if not resources.norms:
        report.text("setting.no_norms")
        return
    report.text("setting.norms", **{key: _count(report, key) for key in (MET, SHORT, UNKNOWN)})
    report.table(
        "norms",
        "norm_item norm_asked norm_held norm_outcome norm_simulated norm_ground",
        [_row(report, norm) for norm in resources.norms],
        widths=(24, 30, 17, 16, 24, 45),
        aligns="llcccl",
    )
    if resources.uncounted:
        titles = report.say("number.list").join(resources.uncounted)
        report.paper.note(report.say("setting.uncounted", titles=titles))


def _count(report: Report, outcome: str) -> int:
    return sum(norm.outcome == outcome for norm in report.facts.resources.norms)


def _row(report: Report, norm: NormFacts) -> tuple[str | Cell, ...]:
    return (
        norm.title,
        _asked(report, norm),
        norm.held or Cell(text=report.say("norm.held_unknown"), red=True),
        _outcome(report, norm),
        norm.simulated or report.say("norm.not_played"),
        report.marked(report.say("norm.ground", source=norm.source, article=norm.article), norm.mark),
    )


def _asked(report: Report, norm: NormFacts) -> str | Cell:
    if not norm.needed and norm.given:
        return Cell(text=report.say("norm.other_places", basis=norm.basis_title, given=norm.given), red=True)
    if not norm.needed:
        return Cell(text=report.say("norm.basis_unknown", basis=norm.basis_title), red=True)
    return report.say("norm.asked", basis=norm.basis_title, number=norm.basis, needed=norm.needed)


def _outcome(report: Report, norm: NormFacts) -> Cell:
    said = report.say(f"norm.{norm.outcome}", missing=norm.missing)
    return Cell(text=said, bold=norm.outcome == SHORT, red=norm.outcome == UNKNOWN)
