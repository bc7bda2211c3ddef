"""What a curve of a scenario shows, in one plain sentence of either language."""

from __future__ import annotations

from plans_repo.word.numbers import percent, unit_name
from plans_repo.word.wording import Wording
from sim.curves import Curve, Kind

_ZH = {
    Kind.REACHED: "“{title}”：已经发生的地点数，第{half}发生一半，到第{end}共{last}处。",
    Kind.PEOPLE: "“{title}”：所涉地点的人数，第{half}涉及一半，到第{end}共{last}人。",
    Kind.OPEN: "{title}：开始时{first}处，第{half}变化过半，到第{end}为{last}处。",
    Kind.UNTOUCHED: "{title}，无人处置时：从{first}变到第{end}的{last}{unit}，最高{peak}{unit}。",
    Kind.WORKED: "{title}，全部力量自零时起投入时：从{first}变到第{end}的{last}{unit}，最高{peak}{unit}。",
    Kind.GROWTH: "{title}：从{first}{unit}变到第{end}的{last}{unit}，第{half}变化过半。",
    Kind.LEFT: "{title}：从{first}{unit}减到第{end}的{last}{unit}。",
    Kind.UNITS: "“{title}”可用数量：开始时{first}，最少{least}，到第{end}为{last}。",
    Kind.DONE: "“{title}”开始后逐步完成：第{half}完成一半，第{end}完成{last}。只反映用时规律，不计等待力量。",
}
_EN = {
    Kind.REACHED: "{title}: places it has happened at; half of them by {half}, {last} by {end}.",
    Kind.PEOPLE: "{title}: people of the places it has happened at; half by {half}, {last} by {end}.",
    Kind.OPEN: "{title}: {first} at the start, half of the change by {half}, {last} by {end}.",
    Kind.UNTOUCHED: "{title}, nothing done: from {first} to {last} {unit} by {end}, {peak} {unit} at most.",
    Kind.WORKED: "{title}, everything at work from the start: from {first} to {last} {unit} by {end}, "
    "{peak} {unit} at most.",
    Kind.GROWTH: "{title}: from {first} {unit} to {last} {unit} by {end}; half of the change by {half}.",
    Kind.LEFT: "{title}: from {first} {unit} down to {last} {unit} by {end}.",
    Kind.UNITS: "Units of {title}: {first} at the start, {least} at least, {last} by {end}.",
    Kind.DONE: "{title} once begun: half done by {half}, {last} by {end}. The law of its time alone, without waiting.",
}
_BAND_ZH = "色带是十次里有八次所在的范围。"
_BAND_EN = " The band holds eight draws of ten."


def curve_title(curve: Curve, language: str) -> str:
    """What a curve is called, in the language."""
    return curve.title if language == "zh" or not curve.title_en else curve.title_en


def curve_unit(curve: Curve, language: str) -> str:
    """Its unit as people read it."""
    return unit_name(Wording(language), curve.unit)


def curve_sentence(curve: Curve, language: str) -> str:
    """The sentence: from where to where, and when half of it is reached, in the middling case."""
    values = curve.middle
    told = (_ZH if language == "zh" else _EN)[curve.kind].format(
        title=curve_title(curve, language),
        unit=curve_unit(curve, language),
        first=_number(values[0]),
        last=_share(values[-1]) if curve.kind is Kind.DONE else _number(values[-1]),
        peak=_number(max(values)),
        least=_number(min(values)),
        half=_minute(half_way_min(curve), language),
        end=_minute(curve.minutes[-1], language),
    )
    return told + ((_BAND_ZH if language == "zh" else _BAND_EN) if curve.is_random else "")


def half_way_min(curve: Curve) -> float:
    """The first sampled minute at which the middle has gone half its way.

    >>> half_way_min(Curve(name="n", kind=Kind.GROWTH, title="水深", unit="m", minutes=(0, 1, 2), low=(0, 4, 8),
    ...                    middle=(0, 4, 8), high=(0, 4, 8)))
    1
    """
    first, last = curve.middle[0], curve.middle[-1]
    half = abs(last - first) / 2
    return next(at for at, value in zip(curve.minutes, curve.middle, strict=True) if abs(value - first) >= half)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _share(value: float) -> str:
    """A share in whole percent; only all is 100 %, and only nothing 0 %.

    >>> _share(0.45), _share(199 / 200), _share(0.004), _share(1.0)
    ('45%', '99.5%', '0.4%', '100%')
    """
    shown = f"{value:.0%}"
    return percent(value) if shown in ("0%", "100%") else shown


def _minute(minutes: float, language: str) -> str:
    """A moment in hours where it is long, else in minutes.

    >>> _minute(90, "zh"), _minute(600, "en")
    ('90分钟', '10 h')
    """
    if minutes > 180:
        return f"{minutes / 60:.3g}{'小时' if language == 'zh' else ' h'}"
    return f"{minutes:.0f}{'分钟' if language == 'zh' else ' min'}"
