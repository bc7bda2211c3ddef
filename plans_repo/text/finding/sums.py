"""Sums that do not come out: a whole beside its parts in a sentence, a row of totals in a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from plans_repo.text.clause import Clause, ClauseKind, Table
from plans_repo.text.distribution import says_each
from plans_repo.text.figures import COUNT_UNITS, MEASURE_UNITS, WIDE, either
from plans_repo.text.table_grid import NO_QUANTITY, Grid, is_bare_number, plain_number

UNREAD = (ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER)
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_UNIT = either((*MEASURE_UNITS, *COUNT_UNITS))
_WHOLE = re.compile(
    rf"(?:\d+[支个队组家处座所])?(?<![\d.,])(?P<whole>{_NUMBER})\s*(?P<unit>{_UNIT})[，,（(：:]+\s*"
    rf"(?P<how>其中|分别(?:为|是|有)?|包括|包含|由|分为)[：:，,]?(?P<parts>[^。；;\n（(）)]+)"
)
_COUNT = re.compile(r"(\d+)\s*[支个队组家处座所]\s*$")
_PART = re.compile(rf"\s*(?P<name>[^\d、，,]{{2,30}}?)(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})\s*")
_LIST = re.compile(r"[、，]|,(?!\d)|和(?=[^\d]{2,20}\d)|以及|及(?=[^\d]{2,20}\d)")
_BODY = re.compile(
    r"(?:队|站|局|所|院|乡|镇|村|组|街道|社区|县|区|市|公司|企业|集团|厂|矿|库|仓库|中心|学校|林场|办|部|连|排|民兵|分队)$"
)
_TOTAL = re.compile(r"^(?:合\s*计|总\s*计|共\s*计|总\s*数|总\s*和)[：:]?$")
_SUBTOTAL = re.compile(r"小\s*计")
_NO_SUM = re.compile(r"率|比例|占比|平均|人均|均值|%|％|高程|水位|海拔|等级|距离|单价|上限|下限")
"""Heads over numbers that are not added up."""


@dataclass(frozen=True, kw_only=True)
class WrongSum:
    """A whole that is not what its parts come to: *whole* as written, *parts* in order, what they add up to."""

    clause: str
    quotation: str
    whole: str
    parts: tuple[str, ...]
    added: str
    unit: str = ""
    column: str = ""


def wrong_sums(clauses: Iterable[Clause]) -> Iterator[WrongSum]:
    """Every sum of a text that does not come out, in order.

    >>> clause = Clause(id="a", kind=ClauseKind.BODY, text="共3支180人，其中消防大队60人、民兵分队80人、抢险队50人。")
    >>> [(one.whole, one.added) for one in wrong_sums([clause])]
    [('180人', '190')]
    """
    for clause in clauses:
        if clause.kind in UNREAD:
            continue
        for sentence in re.findall(r"[^。；;\n]+", clause.text):
            yield from _in_sentence(sentence, clause.id)
        if clause.table:
            yield from _in_table(clause.table, clause.id)


def _in_sentence(sentence: str, clause: str) -> Iterator[WrongSum]:
    plain = sentence.translate(WIDE)
    for match in _WHOLE.finditer(plain):
        parts = _parts(match["parts"], match["unit"])
        added = sum(number for _name, number in parts)
        count = _COUNT.search(plain[: match.start("whole")])
        if _is_wrong(_value(match["whole"]), added, parts, match, int(count[1]) if count else 0):
            yield WrongSum(
                clause=clause,
                quotation=sentence.strip(),
                whole=f"{match['whole']}{match['unit']}",
                parts=tuple(f"{name}{number}{match['unit']}" for name, number in parts),
                added=_written(added),
                unit=match["unit"],
            )


def _parts(words: str, unit: str) -> list[tuple[str, Decimal]]:
    """The parts of a list that counts in one unit all through; [] where it holds anything else, or what each has."""
    found = []
    for part in _LIST.split(words):
        match = _PART.fullmatch(part)
        if match is None or match["unit"] != unit or says_each(match["name"]):
            return []
        found.append((match["name"].strip(), _value(match["number"])))
    return found


def _is_wrong(
    whole: Decimal, added: Decimal | int, parts: Sequence[tuple[str, Decimal]], match: re.Match[str], count: int
) -> bool:
    """Parts that come to more are wrong where they are bodies of their own; to less only where all are listed."""
    if len(parts) < 2 or added == whole or any(number >= whole for _name, number in parts):
        return False
    are_bodies = all(_BODY.search(name) for name, _number in parts)
    are_all = len(parts) == count or match["how"] != "其中"
    return are_bodies if added > whole else are_all and "等" not in match["parts"]


def _in_table(table: Table, clause: str) -> Iterator[WrongSum]:
    grid = Grid(table)
    for column in range(grid.width):
        head = grid.heads[column]
        if not _NO_SUM.search(head) and not NO_QUANTITY.search(head) and not says_each(head):
            yield from _in_column(grid, column, clause)


def _in_column(grid: Grid, column: int, clause: str) -> Iterator[WrongSum]:
    """Totals of a column against the numbers above them; a column with other words than numbers is not added up."""
    parts: list[str] = []
    subtotals: list[str] = []
    is_sound = True
    for row in range(grid.head_rows, len(grid.table.rows)):
        if (row, column) not in grid.begins:
            continue
        words = plain_number(grid.text(row, column))
        kind = _row_kind(grid, row, column)
        if kind == "part":
            is_total = not any(says_each(grid.text(row, at)) for at in range(column))
            is_sound = is_sound and is_total and (is_bare_number(words) or words in _NOTHING)
            parts += [words] if is_bare_number(words) else []
            continue
        above = subtotals if kind == "total" and subtotals and not parts else parts
        if (
            is_bare_number(words)
            and is_sound
            and len(above) > 1
            and (not subtotals or above is subtotals or kind != "total")
        ):
            added = sum(map(_value, above), Decimal())
            if added != _value(words):
                yield WrongSum(
                    clause=clause,
                    quotation="，".join(dict.fromkeys(filter(None, (grid.text(row, at) for at in range(column + 1))))),
                    whole=words,
                    parts=tuple(above),
                    added=_written(added),
                    column=re.sub(r"\s", "", grid.last_head(column)),
                )
        if kind == "subtotal" and is_bare_number(words):
            subtotals.append(words)
        parts, is_sound = [], True


_NOTHING = ("", "-", "—", "——", "/", "／", "无", "0")


def _row_kind(grid: Grid, row: int, column: int) -> str:
    """Whether a row is a total, a subtotal or a part, by the words left of its number."""
    labels = [re.sub(r"\s", "", grid.text(row, at)) for at in range(column) if (row, at) in grid.begins]
    if any(_TOTAL.fullmatch(label) for label in labels):
        return "total"
    return "subtotal" if any(_SUBTOTAL.search(label) for label in labels) else "part"


def _value(words: str) -> Decimal:
    return Decimal(words.translate(WIDE).replace(",", ""))


def _written(added: Decimal | int) -> str:
    return f"{Decimal(added).normalize():f}"
