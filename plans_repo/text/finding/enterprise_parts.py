"""The parts of an enterprise's file: comprehensive plan, special plans and on-site schemes bound together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from plans_repo.text.clause import Clause, ClauseKind, parents

COMPREHENSIVE, SPECIAL, ON_SITE = "comprehensive", "special", "on_site"
FORMS = (COMPREHENSIVE, SPECIAL, ON_SITE)
BEGINS = {
    COMPREHENSIVE: re.compile(r"综合应急(?:救援)?预案$"),
    SPECIAL: re.compile(r"专项应急(?:救援)?预案$"),
    ON_SITE: re.compile(r"现场(?:应急)?处置方案$"),
}
"""How the heading ends with which a part begins; several special plans are one part."""
ABOUT_THE_SYSTEM = re.compile("体系|构成|衔接|目录|清单|名录")
"""Under such a heading the plans are only named."""
LEAST_HEADINGS = 2


def parts(clauses: Sequence[Clause]) -> Mapping[str, tuple[Clause, ...]]:
    """The clauses of each part by its form, in order of the forms; empty for a text that is not made of parts."""
    above = parents(clauses)
    by_id = {clause.id: clause for clause in clauses}
    found: dict[str, list[Clause]] = {}
    form = ""
    for at, clause in enumerate(clauses):
        begun = _form(clause)
        if begun and _is_whole(clauses, at) and not _is_named_only(clause, above, by_id):
            form = begun
        if form:
            found.setdefault(form, []).append(clause)
    return {name: tuple(found[name]) for name in FORMS if name in found}


def _form(clause: Clause) -> str:
    if clause.kind is not ClauseKind.HEADING:
        return ""
    title = clause.plain_title.strip()
    return next((form for form, ending in BEGINS.items() if ending.search(title)), "")


def _is_whole(clauses: Sequence[Clause], at: int) -> bool:
    """Whether headings of its own stand under it."""
    own = 0
    for clause in clauses[at + 1 :]:
        if clause.kind is not ClauseKind.HEADING:
            continue
        if clause.level <= clauses[at].level:
            break
        own += 1
    return own >= LEAST_HEADINGS


def _is_named_only(clause: Clause, above: Mapping[str, str], by_id: Mapping[str, Clause]) -> bool:
    parent = above[clause.id]
    while parent:
        if ABOUT_THE_SYSTEM.search(by_id[parent].plain_title):
            return True
        parent = above[parent]
    return False
