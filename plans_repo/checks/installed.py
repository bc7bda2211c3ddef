"""The rules an installation goes by: the national ones, those of its packs, the figures of its areas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from plans_repo.checks.local_packs import LocalPack, packs_of, rules_for
from plans_repo.checks.rule import Rule, Words
from plans_repo.filing import local_figures
from plans_repo.filing.local_figures import LocalFigure
from plans_repo.store.work import Work
from sim.figure import Mark

PARAMETERS = {
    local_figures.EVALUATION: ("L12", "interval"),
    local_figures.PUBLICATION: ("L02", "limit"),
    local_figures.FILING: ("L03", "limit"),
    local_figures.RECEIPT: ("L06", "limit"),
}
"""The rule, and its parameter, that a figure of an area makes stricter there."""
TITLE = Words(zh="本地期限", en="Limits of the place")


def rules_of(work: Work, packs: Sequence[LocalPack] | None = None) -> tuple[Rule, ...]:
    """Every rule that may hold in the installation (of *packs* where given), each after the one it builds on."""
    figures = tuple({(one.key, one.area): one for one in local_figures.every_figure(work)}.values())  # the newest
    listed = rules_for(packs_of(work) if packs is None else packs)
    return tuple(rule for one in listed for rule in (one, *([] if one.pack else _stricter(one, figures))))


def _stricter(national: Rule, figures: Sequence[LocalFigure]) -> Iterator[Rule]:
    """A rule for each figure of an area that asks more than the national one."""
    for figure in figures:
        base, parameter = PARAMETERS.get(figure.key, ("", ""))
        if base == national.id and figure.value < national.parameters[parameter].value:
            yield _with_figure(national, parameter, figure)


def _with_figure(national: Rule, parameter: str, figure: LocalFigure) -> Rule:
    known = national.parameters[parameter]
    shorter = replace(known, value=figure.value, source=figure.source, mark=Mark.TO_BE_CONFIRMED)
    return replace(
        national,
        id=f"{national.id}@{figure.area}",
        source=Words(zh=figure.source, en=figure.source),
        article="",
        mark=Mark.TO_BE_CONFIRMED,
        areas=figure.area,
        parameters={**national.parameters, parameter: shorter},
        pack="local-figures",
        pack_title=TITLE,
    )
