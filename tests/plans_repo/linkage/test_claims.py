"""What several plans count on: added up only where they count the same thing, and no desk that serves them all."""

import pytest

from plans_repo.linkage.comparison import Claim
from sim.procedure import Pool


def a_claim(title: str, *units: int, words: tuple[str, ...] = ()) -> Claim:
    plans = [f"p{at}" for at in range(len(units))]
    return Claim(
        pool=Pool(id="x", title=title, units=units[0]),
        units=dict(zip(plans, units, strict=True)),
        registered=30,
        words=dict(zip(plans, words, strict=False)),
    )


@pytest.mark.parametrize(
    ("claim", "is_added", "is_short"),
    [
        (a_claim("冲锋舟", 20, 12), True, True),
        (a_claim("冲锋舟", 20, 10), True, False),
        (a_claim("县政府总值班室", 20, 12), False, False),
        (a_claim("县政府总值班室", 31, 12), False, True),
        (a_claim("安置救助小组", 8, 40, words=("安置救助小组", "安置登记和救助人员")), False, False),
    ],
)
def test_units_are_added_where_they_are_the_same(claim: Claim, is_added: bool, is_short: bool) -> None:
    assert (claim.is_added, claim.is_short) == (is_added, is_short)
