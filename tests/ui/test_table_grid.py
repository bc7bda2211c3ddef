"""Tables written in on the page: what stands there comes back, cells that reach over others keep their reach."""

from __future__ import annotations

import pandas as pd

from plans_repo.text.clause import Cell, Table
from ui.components.table_grid import grid_of, is_writable, table_of


def a_table(*rows: tuple[str, ...]) -> Table:
    return Table(rows=tuple(tuple(Cell(content=(word,)) for word in row) for row in rows))


PLAIN = a_table(("单位", "电话"), ("县应急局", "0999-1"), ("县水利局", "0999-2"))
SPANNED = Table(
    rows=(
        (Cell(content=("组别",), rows=2), Cell(content=("人数",), columns=2)),
        (Cell(content=("编制",)), Cell(content=("在岗",))),
        (Cell(content=("一组",)), Cell(content=("10人",)), Cell(content=("8人",))),
    )
)


def test_a_table_comes_back_as_it_stood() -> None:
    for table in (PLAIN, SPANNED):
        assert is_writable(table)
        assert table_of(table, grid_of(table)) == table


def test_a_cell_is_written_and_the_others_stay_what_they_were() -> None:
    grid = grid_of(PLAIN)
    grid.iat[1, 1] = "0999-9"
    assert table_of(PLAIN, grid) == a_table(("单位", "电话"), ("县应急局", "0999-9"), ("县水利局", "0999-2"))


def test_rows_are_added_and_taken_away_and_an_empty_one_is_none() -> None:
    grid = grid_of(PLAIN).drop(index=1)
    more = pd.DataFrame([["县公安局", "0999-3"], [None, None]], columns=grid.columns, index=[3, 4])
    assert table_of(PLAIN, pd.concat([grid, more])) == a_table(
        ("单位", "电话"), ("县水利局", "0999-2"), ("县公安局", "0999-3")
    )


def test_a_merged_cell_is_written_at_its_upper_left_place_and_keeps_its_reach() -> None:
    grid = grid_of(SPANNED)
    assert [list(line) for line in grid.itertuples(index=False)] == [
        ["组别", "人数", ""], ["", "编制", "在岗"], ["一组", "10人", "8人"],
    ]  # fmt: skip
    grid.iat[0, 1] = "人员数量"
    found = table_of(SPANNED, grid)
    assert (found.rows[0][1].text, found.rows[0][1].columns, found.rows[0][0].rows) == ("人员数量", 2, 2)


def test_a_table_within_a_table_is_not_written_here() -> None:
    assert not is_writable(Table(rows=((Cell(content=(PLAIN,)),),)))
