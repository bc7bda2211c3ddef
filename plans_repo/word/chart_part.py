"""A chart as parts of a Word package: its XML, the workbook behind it, and the drawing in the text."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml as parse_word
from docx.oxml.ns import nsdecls as word_nsdecls
from docx.shared import Mm
from lxml import etree

from plans_repo.word.chart import Chart
from plans_repo.word.chart_xml import chart_space

SHEET = "Sheet1"
_CREATED = datetime(1980, 1, 1, tzinfo=UTC)  # no clock here: equal values are equal bytes
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHART_NS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_RELATION_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(chart: Chart) -> bytes:
    """The data sheet: categories in column A, then the chart's columns; differences as formulas."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet(SHEET)
    sheet.write_column(1, 0, chart.categories)
    for place, column in enumerate(chart.columns, start=1):
        sheet.write_string(0, place, column.name)
        for row, value in enumerate(column.values, start=1):
            if value is not None:
                _write(sheet, chart, row, place, value, column.difference)
    book.close()
    return out.getvalue()


def _write(sheet: Any, chart: Chart, row: int, place: int, value: float, difference: tuple[str, str] | None) -> None:
    if difference is None:
        sheet.write_number(row, place, value)
        return
    left, right = (f"{chart.letter(name)}{row + 1}" for name in difference)
    sheet.write_formula(row, place, f"={left}-{right}", None, value)


def place_chart(document: Document, chart: Chart, *, number: int, width_mm: float, height_mm: float) -> None:
    """Append a paragraph holding the chart, with its alternative text; *number* is unique in the document."""
    relation = document.part.relate_to(_chart_part(document, chart, number), RELATIONSHIP_TYPE.CHART)
    paragraph = document.add_paragraph(style="Figure")
    drawing = parse_word(_drawing_xml(relation, number, Mm(width_mm), Mm(height_mm)))
    for properties in drawing.iter("{*}docPr"):
        properties.set("descr", chart.alt)
    paragraph.add_run()._r.append(drawing)


def _chart_part(document: Document, chart: Chart, number: int) -> Part:
    package = document.part.package
    sheet = Part(PackURI(f"/word/embeddings/data{number}.xlsx"), _SHEET_TYPE, workbook(chart), package)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", package)
    space = chart_space(chart)
    data = etree.SubElement(space, f"{{{_CHART_NS}}}externalData")  # the schema wants it last
    data.set(f"{{{_RELATION_NS}}}id", part.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE))
    etree.SubElement(data, f"{{{_CHART_NS}}}autoUpdate").set("val", "0")
    part._blob = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    return part


def _drawing_xml(relation: str, number: int, width: int, height: int) -> str:
    return (
        f'<w:drawing {word_nsdecls("w", "wp", "a", "r")}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name="Chart {number}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_CHART_NS}"><c:chart xmlns:c="{_CHART_NS}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
