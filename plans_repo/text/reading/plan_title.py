"""What an imported plan is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from plans_repo.text.clause import Clause, ClauseKind, squeezed, visible_count
from plans_repo.text.punctuation import full_width
from plans_repo.text.reading.source import Line, Role, Source
from plans_repo.text.reading.titles import is_plan_name, quoted_plan_name

PLACE = re.compile(r"[省市县区旗乡镇村州盟]|公司|集团|煤矿|街道|社区")
HEAD_CHARS = 12
NO_NAME = re.compile(r"[〔\[（(]\d{4}[〕\])）]|\d{4}年\d|目\s*录|文件$|通知$|^附件")


def plan_title(source: Source, clauses: Sequence[Clause], file_name: str) -> str:
    """The plan's name: its title line or lines, else the name quoted in front, else the file's properties or name."""
    styled = [block.text for block in source.blocks if isinstance(block, Line) and block.role is Role.TITLE]
    front = _front_lines(clauses)
    candidates = (_name_among(styled), _name_among(front), _quoted(front), squeezed(" ".join(styled[:2])))
    hint = source.title_hint if is_plan_name(source.title_hint) else ""
    return next((name for name in (*candidates, hint) if name), PurePath(file_name).stem)


def _front_lines(clauses: Sequence[Clause]) -> list[str]:
    lines: list[str] = []
    for clause in clauses:
        if clause.kind in (ClauseKind.HEADING, ClauseKind.ARTICLE):
            break
        if clause.kind is ClauseKind.TEXTBOX or not clause.title:
            lines.extend(clause.text.split("\n"))
    return [line for line in lines if visible_count(line)]


def _name_among(lines: Sequence[str]) -> str:
    for at, line in enumerate(lines):
        if is_plan_name(line) and not NO_NAME.search(squeezed(line.strip())[:-8]):
            return _with_line_before(lines, at)
    return ""


def _with_line_before(lines: Sequence[str], at: int) -> str:
    """A name broken over two lines: the second names no place."""
    name = squeezed(lines[at].strip())
    if at == 0 or PLACE.search(name[:HEAD_CHARS]):
        return name
    before = squeezed(lines[at - 1].strip())
    joins = (
        PLACE.search(before)
        and len(before) <= 20
        and not NO_NAME.search(before)
        and not re.search("[，。：；]", full_width(before))
    )
    return before + name if joins else name


def _quoted(lines: Sequence[str]) -> str:
    return next((name for name in map(quoted_plan_name, lines[:20]) if name), "")
