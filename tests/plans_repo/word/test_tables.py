"""Tables: short ones stay on one page, those that fill one may break between rows."""

import pytest

from plans_repo.word.page import new_document
from plans_repo.word.tables import Table, place_table

LONG = "《城市消防站建设标准》（建标152-2017），第十四条：辖区面积不大于7平方千米"


@pytest.mark.parametrize(
    ("rows", "is_kept"),
    [
        ((("甲", "乙"),) * 6, True),
        ((("甲", "乙"),) * 7, False),
        ((("甲", LONG),) * 6, False),
        ((("甲", "一\n二\n三\n四\n五"),) * 6, False),
    ],
)
def test_a_table_is_kept_together_by_its_height(rows: tuple[tuple[str, str], ...], is_kept: bool) -> None:
    document = new_document()
    place_table(document, Table(header=("项目", "依据"), rows=rows, widths=(7, 1)))
    grid = document.tables[0]
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in grid.rows]
    assert kept == [True if is_kept else None] * len(rows) + [None]
