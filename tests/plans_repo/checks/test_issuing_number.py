"""A07 on an overall plan entered later: the number tells who issued it, as far as it can."""

import pytest

from plans_repo.checks.deciding import decide
from plans_repo.checks.dossier import MoveMade
from plans_repo.checks.result import Outcome
from plans_repo.course.stages import Move, Stage
from plans_repo.store.tables.plans import PlanKind
from tests.plans_repo.checks.dossiers import ISSUED, a_course, dossier


@pytest.mark.parametrize(("number", "is_remarked"), [("清政发〔2025〕21号", True), ("清发〔2025〕21号", False)])
def test_a_number_of_the_government_alone_is_remarked_on(number: str, is_remarked: bool) -> None:
    entered = MoveMade(move=Move.REGISTER, source=Stage.DRAFT, to=Stage.IN_FORCE, on=ISSUED)
    course = a_course(document_number=number, moves=(entered,))
    (found,) = (one for one in decide(dossier(kind=PlanKind.OVERALL, course=course)) if one.id == "A07")
    assert found.outcome is Outcome.CANNOT_TELL
    assert (number in found.found) is is_remarked
