"""What an audit vouches for is told truly; every thing and field it can name has words."""

from dataclasses import replace

from plans_repo.store.anchors import ASIDE, COVERED, rows_of
from plans_repo.store.audit import Verification
from ui.components.fault_names import found_lines
from ui.components.row_names import FIELDS, THINGS
from ui.wording import speaking


def test_success_says_how_much_is_vouched_for_and_since_when() -> None:
    found = Verification(events=58, valid=True, first_bad=None, rows=205)
    assert found_lines(found) == ["已核验 58 条事件及其所证的 205 行业务数据，全部相符"]
    earlier = replace(found, unvouched=65)
    first, second = found_lines(earlier)
    assert first == "已核验 58 条事件及其所证的 140 行业务数据，全部相符"
    assert second.startswith("另有 65 行由旧版本写入，尚无事件为证，未能核验")
    with speaking("en"):
        (line, more) = found_lines(replace(found, taken_over=1))
    assert line == "58 events and the 205 rows they vouch for verified, everything fits"
    assert more.startswith("1 row of them stands as it was found at an update")


def test_every_covered_table_and_field_has_words() -> None:
    assert set(THINGS) == set(COVERED)
    columns = {
        column.key
        for table in COVERED
        for column in rows_of(table).columns
        if not column.primary_key and column.key not in ASIDE.get(table, ())
    }
    assert columns <= set(FIELDS)
