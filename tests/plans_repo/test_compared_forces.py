"""Both sides of a comparison by version and forces, and the pools that differ with units and source."""

from __future__ import annotations

from plans_repo.compared_forces import Forces, Ground, PoolPair, Side, Units, forces_told

OWN = Units(units=2, later=0, ground=Ground.PROCEDURE, source="附件3")
STOCK = Units(units=5, later=3, ground=Ground.REGISTER, entries=4)


def two_sides(*pairs: PoolPair) -> Forces:
    before = Side(version="a", label="第1版", label_en="Edition 1", forces="按处置程序所列力量", forces_en="As listed")
    after = Side(
        version="b",
        label="第2稿",
        label_en="Draft 2",
        forces="按资源台账可用数量",
        forces_en="Register",
        is_changed=True,
    )
    return Forces(before=before, after=after, differing=pairs, same=7)


def boats(before: Units | None, after: Units | None) -> PoolPair:
    return PoolPair(
        pool="boat", title="冲锋舟", title_en="Boats", unit="艘", unit_en="boats", before=before, after=after
    )


def test_both_sides_and_every_pool_that_differs_are_told():
    assert list(forces_told(two_sides(boats(OWN, STOCK)), "zh")) == [
        "A方：第1版；力量：按处置程序所列力量",
        "B方：第2稿；力量：按资源台账可用数量，并有改动",
        "冲锋舟：A方2艘（处置程序所列，出处：附件3），B方5艘，另有3艘稍后到达（资源台账4条）",
        "其余7类力量双方数量相同",
    ]
    assert list(forces_told(two_sides(boats(None, STOCK)), "en"))[2] == (
        "Boats: side A has no such pool; side B 5 boats and 3 boats that come later (resource register, entries: 4)"
    )


def test_sides_with_the_same_units_say_that():
    assert list(forces_told(two_sides(), "zh"))[2:] == ["双方7类力量的数量全部相同"]
