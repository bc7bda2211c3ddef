"""The XML of a native chart: python-pptx writes it, and what it leaves out for Word is added here."""

from __future__ import annotations

from typing import Any

from pptx.chart.chart import Chart as Proxy
from pptx.chart.data import CategoryChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from plans_repo.word.chart import Chart, Kind, Series, minus, plus
from plans_repo.word.fonts import SONGTI

_FILLS = ("6F93BD", "C3D2E3", "7F7F7F", "C9A227", "6B8E6B", "8064A2", "BFBFBF", "4B4B4B")
_REQUIRED = "B22222"
_FONT_PT = 9
_LYING = (Kind.BARS, Kind.STACKED_BARS)
_NO_FRAME = "<c:spPr {ns}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
_BLACK_LINE = '<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></c:spPr>'


def chart_space(chart: Chart) -> Any:
    """The chartSpace element: everything of the chart but its externalData."""
    space = parse_xml(_first_xml(chart).encode())
    _dress(space, chart)
    _draw_intervals(space, chart)
    if chart.line is not None:
        _last_series_as_line(space)
    _positive_axis_ids(space)
    _east_asian_font(space)
    space.find(qn("c:chart")).addnext(parse_xml(_NO_FRAME.format(ns=nsdecls("c", "a")).encode()))
    return space


def _first_xml(chart: Chart) -> str:
    """What python-pptx makes of the values."""
    data = CategoryChartData(number_format=chart.number_format)  # type: ignore[no-untyped-call]
    data.categories = chart.categories
    for row in chart.rows:
        data.add_series(row.name, row.values)  # type: ignore[no-untyped-call]
    return str(ChartXmlWriter(chart.kind.value, data).xml)  # type: ignore[no-untyped-call]


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour)  # type: ignore[no-untyped-call, no-any-return]


def _dress(space: Any, chart: Chart) -> None:
    proxy = Proxy(space, None)  # type: ignore[no-untyped-call]
    proxy.has_title = False
    proxy.font.size, proxy.font.name = Pt(_FONT_PT), SONGTI.latin
    proxy.has_legend = len(chart.rows) > 1
    if proxy.has_legend:
        proxy.legend.position, proxy.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _dress_axes(proxy, chart)
    _dress_plot(proxy.plots[0], chart)


def _dress_axes(proxy: Any, chart: Chart) -> None:
    axis = proxy.value_axis
    axis.minimum_scale = 0
    if chart.top is not None:
        axis.maximum_scale = chart.top
    axis.major_gridlines.format.line.color.rgb = _rgb("D9D9D9")
    _level_labels(axis)
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = chart.number_format, False
    axis.has_title = bool(chart.value_title)
    if chart.value_title:
        axis.axis_title.text_frame.text = chart.value_title
        font = axis.axis_title.text_frame.paragraphs[0].runs[0].font
        font.size, font.bold = Pt(_FONT_PT), False
    _level_labels(proxy.category_axis)
    if chart.kind in _LYING:  # first category on top, values still along the bottom
        proxy.category_axis.reverse_order = True
        axis._element.find(qn("c:crosses")).set("val", "max")


def _level_labels(axis: Any) -> None:
    """Keep the labels of an axis level, wrapped instead of slanted."""
    axis.tick_labels.font.size = Pt(_FONT_PT)
    for body in axis._element.iter(qn("a:bodyPr")):
        body.set("rot", "0")
        body.set("vert", "horz")


def _dress_plot(plot: Any, chart: Chart) -> None:
    if chart.kind is Kind.RANGES:
        for series, row in zip(plot.series, range(len(chart.rows)), strict=True):
            _dress_markers(series, row)
        _join_each_category(plot)
        return
    plot.gap_width = 60 if chart.kind in _LYING else 90
    plot.has_data_labels = chart.labels
    if chart.labels:
        plot.data_labels.number_format, plot.data_labels.number_format_is_linked = chart.number_format, False
        plot.data_labels.show_value = True
    for series, colour in zip(plot.series, _FILLS * (1 + len(chart.rows) // len(_FILLS)), strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _rgb(colour)


def _dress_markers(series: Any, row: int) -> None:
    """Quantiles of different things: markers told apart by shape, and no line from one thing to the next."""
    markers = (XL_MARKER_STYLE.TRIANGLE, XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE)
    colour = _rgb((_FILLS[2], "2F5C8F", _FILLS[7])[row % 3])
    series.smooth = False
    series.format.line.fill.background()
    series.marker.style, series.marker.size = markers[row % 3], 8
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour
    series.marker.format.line.color.rgb = colour


def _join_each_category(plot: Any) -> None:
    """A line over every category from its lowest marker to its highest."""
    last = plot._element.findall(qn("c:ser"))[-1]
    last.addnext(parse_xml(f"<c:hiLowLines {nsdecls('c', 'a')}>{_BLACK_LINE}</c:hiLowLines>".encode()))


def _draw_intervals(space: Any, chart: Chart) -> None:
    for element, row in zip(space.iter(qn("c:ser")), chart.rows, strict=True):
        if row.low:
            element.find(qn("c:cat")).addprevious(parse_xml(_error_bars_xml(chart, row).encode()))


def _error_bars_xml(chart: Chart, row: Series) -> str:
    above, below = (_reference_xml(chart, name) for name in (plus(row), minus(row)))
    return (
        f'<c:errBars {nsdecls("c", "a")}><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{above}</c:plus><c:minus>{below}</c:minus>{_BLACK_LINE}</c:errBars>"
    )


def _reference_xml(chart: Chart, name: str) -> str:
    """A reference to one column of the data sheet, with its values cached."""
    letter = chart.letter(name)
    values = next(column.values for column in chart.columns if column.name == name)
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{value!r}</c:v></c:pt>' for index, value in enumerate(values) if value is not None
    )
    return (
        f"<c:numRef><c:f>Sheet1!${letter}$2:${letter}${len(values) + 1}</c:f><c:numCache>"
        f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef>'
    )


def _last_series_as_line(space: Any) -> None:
    """Move the last series out of the columns into a line chart on the same axes."""
    columns = next(space.iter(qn("c:barChart")))
    series = columns.findall(qn("c:ser"))[-1]
    for name in ("c:spPr", "c:invertIfNegative"):
        for child in series.findall(qn(name)):
            series.remove(child)
    series.find(qn("c:tx")).addnext(parse_xml(_line_look_xml().encode()))
    series.find(qn("c:spPr")).addnext(
        parse_xml(f'<c:marker {nsdecls("c")}><c:symbol val="dash"/><c:size val="12"/></c:marker>'.encode())
    )
    axes = "".join(f'<c:axId val="{axis.get("val")}"/>' for axis in columns.findall(qn("c:axId")))
    line = parse_xml(
        f'<c:lineChart {nsdecls("c")}><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'<c:marker val="1"/>{axes}</c:lineChart>'.encode()
    )
    line.find(qn("c:varyColors")).addnext(series)
    series.append(parse_xml(f'<c:smooth {nsdecls("c")} val="0"/>'.encode()))
    columns.addnext(line)


def _line_look_xml() -> str:
    return (
        f'<c:spPr {nsdecls("c", "a")}><a:ln w="22225"><a:solidFill><a:srgbClr val="{_REQUIRED}"/></a:solidFill>'
        '<a:prstDash val="dash"/></a:ln></c:spPr>'
    )


def _positive_axis_ids(space: Any) -> None:
    """python-pptx writes negative ids; the schema wants unsigned ones."""
    for name in ("c:axId", "c:crossAx"):
        for element in space.iter(qn(name)):
            element.set("val", element.get("val").lstrip("-"))


def _east_asian_font(space: Any) -> None:
    """Give every text of the chart an East-Asian face; python-pptx sets the Latin one only."""
    for name in ("a:defRPr", "a:rPr"):
        for properties in space.iter(qn(name)):
            for face in properties.findall(qn("a:ea")):
                properties.remove(face)
            face = parse_xml(f'<a:ea {nsdecls("a")} typeface="{SONGTI.east_asian}"/>'.encode())
            latin = properties.find(qn("a:latin"))
            fill = properties.find(qn("a:solidFill"))
            before = latin if latin is not None else fill
            properties.insert(0, face) if before is None else before.addnext(face)
