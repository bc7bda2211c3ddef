"""L01, L04, L13–L15: the kind, the route of the filing, changes since issue, the way through the life cycle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from plans_repo.checks.dossier import Dossier
from plans_repo.checks.parts import at_clauses, failed, judge, passed, step, unfit, unseen
from plans_repo.checks.result import Part, Where, WhereKind
from plans_repo.checks.rule import Rule
from plans_repo.course.stages import Move, Process, Stage

SENDING_BACK = frozenset(move for move in Move if move.value.startswith("reject")) | {Move.REDRAFT}
ABOUT_PAPERS = frozenset({Move.RECEIVE_RECEIPT})


@judge("L01")
def kind_fits(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Such a body may make a plan of that kind, and the title does not name another place."""
    allowed = rule.lists.get(dossier.kind.value, ())
    told: dict[str, object] = {"kind": dossier.kind, "maker": dossier.maker_name or dossier.maker, "allowed": allowed}
    if dossier.maker is None:
        yield unseen("maker_unseen", **told)
    elif dossier.elsewhere:
        yield failed("another_place", place=dossier.elsewhere, **told)
    elif dossier.maker.value in allowed:
        yield passed("ok", **told)
    else:
        yield failed("wrong_maker", **told)


@judge("L04")
def route(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Sent to whom the route table says, with copies to whom it says."""
    if dossier.course.filed_on is None:
        yield (
            unseen("before_system", issued=dossier.course.issued_on)
            if dossier.course.is_registered
            else unfit("not_filed")
        )
        return
    if dossier.sent_to is None or dossier.route is None:
        yield unseen("route_unseen")
        return
    lacking = sorted(dossier.route.recipients - dossier.sent_to.recipients)
    copies = sorted(dossier.route.copies - dossier.sent_to.copies - dossier.sent_to.recipients)
    if lacking:
        yield failed("not_sent", names=lacking)
    if copies:
        yield failed("not_copied", names=copies)
    if dossier.route.unnamed:
        yield unseen("copies_unnamed", names=sorted(dossier.route.unnamed))
    if not lacking and not copies:
        yield passed(names=sorted(dossier.sent_to.recipients))


@judge("L13")
def changes_answered(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Every change since issue has a revision task, or there is none."""
    if not dossier.course.is_effective:
        yield unfit("not_issued")
        return
    if dossier.changes is None:
        yield unseen("changes_unseen")
        return
    since = dossier.course.issued_on
    after = [change for change in dossier.changes if since is None or change.on >= since]
    if open_changes := [change for change in after if not change.is_answered]:
        where = (Where(kind=WhereKind.DATE, label=f"{one.what} {one.on}") for one in open_changes)
        yield failed("open", *where, count=len(open_changes), changes=[one.what for one in open_changes])
    else:
        yield passed("answered" if after else "none", count=len(after))


@judge("L14")
def process_fits(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """A revision that touches command, procedure, measures or grading goes the full way."""
    course = dossier.course
    if course.is_registered or course.required_process is None:
        yield unfit("first_edition")
        return
    where = at_clauses(dossier, course.touched)
    if course.process is Process.FULL:
        untouched = "full_asked" if course.required_process is Process.FULL else "full_anyway"
        yield passed("full" if course.touched else untouched, *where, count=len(course.touched))
    elif course.required_process is Process.FULL:
        yield failed("simplified_forbidden", *where, count=len(course.touched))
    else:
        yield passed("simplified")


@judge("L15")
def no_step_skipped(dossier: Dossier, rule: Rule) -> Iterator[Part]:
    """Each move began where the one before ended, and what must be signed was signed before issue."""
    course = dossier.course
    if course.is_registered:
        yield unseen("before_system", issued=course.issued_on)
        return
    if not course.moves:
        yield unfit("not_begun")
        return
    made = [one for one in course.moves if one.move not in ABOUT_PAPERS]
    torn = next(((a, b) for a, b in pairwise(made) if a.to is not b.source and b.source is not Stage.DRAFT), None)
    if torn or made[0].source is not Stage.DRAFT:
        broken = torn[1] if torn else made[0]
        yield failed("skipped", step(broken.move), move=broken.move, source=broken.source)
    elif course.is_issued and course.unsigned:
        yield failed("unsigned", *map(step, course.unsigned), moves=list(course.unsigned))
    elif course.is_issued and dossier.training_on is None:
        yield from _training(dossier)
    else:
        yield passed(stage=course.stage, count=len(made))


def _training(dossier: Dossier) -> Iterator[Part]:
    """After issue the plan is taught; that is asked for once the edition is in force."""
    if dossier.course.stage is Stage.IN_FORCE:
        yield unseen("training_unseen")
    else:
        yield passed("training_ahead", stage=dossier.course.stage)
