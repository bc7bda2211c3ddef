"""Where a plan and one related to it say different things, as the ledger finds it: both clauses, both quotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plans_repo.health.defect import Defect, DefectKind, OtherPlace
from plans_repo.health.quoting import Sentence
from plans_repo.ledger import Contradiction, Side


def disagreements(contradictions: Iterable[Contradiction]) -> Iterator[Defect]:
    """Each contradiction this plan has a part in mending.

    Where one plan is above the other, the lower one has to give way: the upper one's report leaves it out.
    """
    for one in contradictions:
        if one.lower in ("", one.here.plan):
            yield Defect(
                kind=DefectKind.CONTRADICTION,
                reason=f"contradiction_{one.kind.value}",
                clause=one.here.clause,
                quotation=_quoted(one.here),
                fields={
                    "about": one.about,
                    "text": one.here.words,
                    "plan": one.there.title,
                    "other_place": one.there.cited,
                    "other_text": one.there.words,
                },
                there=OtherPlace(
                    plan=one.there.plan,
                    title=one.there.title,
                    clause=one.there.clause,
                    citation=one.there.cited,
                    quotation=_quoted(one.there),
                ),
            )


def _quoted(side: Side) -> str:
    """The sentence of one side, cut to what surrounds its figure."""
    start = max(0, side.sentence.find(side.words))
    return Sentence(clause=side.clause, text=side.sentence).around(start, start + len(side.words))
