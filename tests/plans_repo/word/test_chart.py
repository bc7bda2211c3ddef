"""Native charts: what is drawn, what lies in the workbook, and what Word's schema says."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from plans_repo.errors import PlansRepoError
from plans_repo.word.chart import Chart, Kind, Series
from plans_repo.word.chart_part import workbook
from plans_repo.word.chart_xml import chart_space
from plans_repo.word.paper import Paper
from tests.plans_repo.word.builders import part
from tests.plans_repo.word.checking import complaints

SPACES = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}


def a_chart(kind: Kind = Kind.COLUMNS, *, line: bool = False) -> Chart:
    return Chart(
        kind=kind,
        categories=("到场", "转移", "报告"),
        series=(
            Series(name="达标率", values=(0.6, 0.92, 0.986), low=(0.5, 0.9, 0.97), high=(0.7, 0.95, 1.0))
            if line
            else Series(name="甲", values=(1.5, None, 3.25)),
            *(() if line else (Series(name="乙", values=(2.0, 4.0, 8.0)),)),
        ),
        line=Series(name="要求", values=(0.9, 0.9, 0.95)) if line else None,
        value_title="分钟",
        alt="三项目标的比较",
    )


def on_paper(chart: Chart) -> bytes:
    paper = Paper()
    paper.chart(chart, caption="图1　比较", height_mm=70)
    return paper.saved(title="图", author="县应急管理局", made_at=datetime(2026, 3, 1, tzinfo=UTC))


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_of_chart_satisfies_the_schema(kind: Kind, tmp_path: Path) -> None:
    assert complaints(on_paper(a_chart(kind)), tmp_path) == []


def test_columns_with_intervals_and_a_line_across_satisfy_the_schema(tmp_path: Path) -> None:
    assert complaints(on_paper(a_chart(line=True)), tmp_path) == []


def test_the_workbook_holds_the_values_and_computes_only_the_reach_of_intervals() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(a_chart(line=True)))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == (
        None, "达标率", "要求", "达标率 (low)", "达标率 (high)", "达标率 (minus)", "达标率 (plus)",
    )  # fmt: skip
    assert rows[1] == ("到场", 0.6, 0.9, 0.5, 0.7, "=B2-D2", "=E2-B2")


def test_the_drawn_values_are_those_of_the_workbook() -> None:
    space = etree.fromstring(etree.tostring(chart_space(a_chart())))
    drawn = [
        [float(point) for point in series.xpath("c:val//c:pt/c:v/text()", namespaces=SPACES)]
        for series in space.iter(f"{{{SPACES['c']}}}ser")
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(a_chart()))).active
    assert sheet is not None
    columns = [[cell for cell in column[1:] if cell is not None] for column in sheet.iter_cols(values_only=True)]
    assert drawn == columns[1:] == [[1.5, 3.25], [2.0, 4.0, 8.0]]


@pytest.mark.parametrize("kind", list(Kind))
def test_axis_ids_are_positive_and_every_text_has_an_east_asian_face(kind: Kind) -> None:
    space = etree.fromstring(etree.tostring(chart_space(a_chart(kind))))
    ids = space.xpath("//c:axId/@val | //c:crossAx/@val", namespaces=SPACES)
    assert ids
    assert all(int(number) > 0 for number in ids)
    properties = space.xpath("//a:defRPr | //a:rPr", namespaces=SPACES)
    assert properties
    assert all(item.find("a:ea", SPACES) is not None for item in properties)


def test_markers_of_different_things_are_not_joined_by_a_line() -> None:
    space = etree.fromstring(etree.tostring(chart_space(a_chart(Kind.RANGES))))
    series = space.xpath("//c:ser", namespaces=SPACES)
    assert [len(one.xpath("c:spPr/a:ln/a:noFill", namespaces=SPACES)) for one in series] == [1, 1]
    assert all(one.xpath("c:marker/c:symbol", namespaces=SPACES) for one in series)
    assert space.xpath("//c:lineChart/c:hiLowLines", namespaces=SPACES)


def test_the_data_link_stands_last_and_does_not_update_by_itself() -> None:
    space = etree.fromstring(part(on_paper(a_chart()), "word/charts/chart1.xml"))
    last = space[-1]
    assert etree.QName(last).localname == "externalData"
    assert last[0].get("val") == "0"


def test_the_chart_tells_its_content_to_those_who_cannot_see_it() -> None:
    document = etree.fromstring(part(on_paper(a_chart()), "word/document.xml"))
    assert document.xpath("//*[local-name()='docPr']/@descr") == ["三项目标的比较"]


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(PlansRepoError, match="chart-length"):
        Chart(kind=Kind.BARS, categories=("甲", "乙"), series=(Series(name="x", values=(1.0,)),), alt="")
