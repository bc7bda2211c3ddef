"""Lists over many plans ask the database as often for many plans as for few."""

from collections.abc import Callable

import pytest

from plans_repo.filing.filings import own_filings
from plans_repo.organisations import OrganisationKind
from plans_repo.store.roles import Role
from plans_repo.store.work import Actor, Store, Work
from plans_repo.writing.catalogue import catalogue
from tests.plans_repo.builders import a_body
from tests.plans_repo.conftest import person
from tests.plans_repo.offices import a_plan_in_force, done_by
from tests.statements import statements

FEW, MANY = 2, 9


@pytest.mark.parametrize("listed", [own_filings, catalogue], ids=["own filings", "catalogue"])
def test_a_list_asks_as_often_for_many_plans_as_for_few(
    store: Store, everybody: Actor, listed: Callable[[Work], tuple[object, ...]]
) -> None:
    with store.work(everybody) as work:
        body = a_body(work, "县政府", "/1/", OrganisationKind.GOVERNMENT).id
        looking = done_by(work, person("o", Role.FILING_OFFICER, Role.PLAN_AUTHOR, organisation=body))
        asked: list[list[str]] = []
        lengths: list[int] = []
        for start, end in ((0, FEW), (FEW, MANY)):
            for number in range(start, end):
                a_plan_in_force(work, f"{number}号预案", body)
            work.session.expire_all()
            with statements(work) as told:
                lengths.append(len(listed(looking)))
            asked.append(told)
        assert lengths[1] - lengths[0] == MANY - FEW
        assert len(asked[1]) == len(asked[0]), asked[1]
