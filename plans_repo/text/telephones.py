"""Telephones of a sentence, each with the one it belongs to and what it is called."""

from __future__ import annotations

import re

from plans_repo.text.figures import WIDE, Figure
from plans_repo.text.quantity import Quantity, QuantityKind
from plans_repo.text.quantity_subjects import PUBLIC_NUMBERS, called, owner_of_phone

_DIALLED = re.compile(
    r"(?:0\d{2,3}-)?[1-9]\d{6,7}(?:-\d{1,6})?|1[3-9]\d{9}|400-?\d{3}-?\d{4}|(?:110|119|120|122|12\d{3}|9[56]\d{3,4})"
)
CALLED = re.compile(r"电\s*话|热线|手\s*机|传\s*真|联系方式|拨打|值班|报警|号码")


def phones_in(sentence: str, figure: Figure) -> list[Quantity]:
    """The telephones of an expression: several may stand side by side."""
    before = sentence[max(0, figure.start - 16) : figure.start]
    found = []
    for match in re.finditer(r"[0-9０-９](?:[0-9０-９\-－—]|[ \u00a0](?=\d{4}))*[0-9０-９]", figure.text):
        number = re.sub(r"\s", "", match[0].translate(WIDE).replace("—", "-"))
        is_own = (
            "-" in number or len(number) >= 11 or (number in PUBLIC_NUMBERS and _is_called(before, sentence, figure))
        )
        if _DIALLED.fullmatch(number) and (is_own or CALLED.search(before)) and not _has_unit(figure, match):
            found.append(
                Quantity(
                    clause="",
                    kind=QuantityKind.PHONE,
                    quotation=match[0],
                    sentence="",
                    value=number,
                    about=owner_of_phone(sentence, figure, number),
                    medium=called(sentence, figure),
                    at=figure.start + match.start(),
                )
            )
    return found


def _is_called(before: str, sentence: str, figure: Figure) -> bool:
    return bool(CALLED.search(before) or re.match(r"[、，及和等]?(?:\d|报警|电话|热线|急救)", sentence[figure.end :]))


def _has_unit(figure: Figure, match: re.Match[str]) -> bool:
    return bool(re.match(r"[\u4e00-\u9fff%℃A-Za-z]", figure.text[match.end() :]))
