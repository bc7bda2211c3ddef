"""Who signed a plan of the grass roots or of a unit 签署人: name and post, as they stand on the signed page.

The people of the body that files it enter the signature; it is the head's, and the record says whose.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from plans_repo.course.paths import Manner
from plans_repo.errors import PlansRepoError
from plans_repo.packs.reading import pack
from plans_repo.store.tables.plans import PlanRow

MOST_NAME, MOST_POST = 40, 120


@dataclass(frozen=True, kw_only=True)
class Signer:
    """The person on the paper: 王立春, 河沿村党支部书记.

    >>> str(Signer(name="王立春", post="河沿村党支部书记"))
    '河沿村党支部书记 王立春'
    """

    name: str
    post: str

    def __post_init__(self) -> None:
        for field, words, most in (("name", self.name, MOST_NAME), ("post", self.post, MOST_POST)):
            if not words.strip() or len(words) > most:
                raise PlansRepoError(
                    "signer-unfit", thing="signer", field=field, rule=f"1 to {most} characters", value=words[:80],
                    most=most,
                )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.post} {self.name}"


def check_signer(plan: PlanRow, manner: Manner | None, signer: Signer | None) -> None:
    """Refuse a signature of a head without his name and post, a name where nobody signs, and a post of another body.

    The plan of a village is signed by the head of the village (article 25), not by one of the township.
    """
    is_asked = manner is not None and manner.has_signer
    if signer is None:
        if is_asked:
            raise PlansRepoError("signer-missing", thing=plan.title, field="signer", rule="must be given")
        return
    if not is_asked:
        raise PlansRepoError("signer-unasked", thing=plan.title, field="signer", value=str(signer))
    barred = _barred().get(plan.kind.value, ())
    if word := next((word for word in barred if word in signer.post), ""):
        raise PlansRepoError(
            "signer-of-another-body", thing=plan.title, field="post", rule="the head of the body itself",
            value=signer.post, word=word,
        )  # fmt: skip


@cache
def _barred() -> dict[str, tuple[str, ...]]:
    """By kind of plan, words in a post that say that its bearer heads another body."""
    found: dict[str, Any] = pack("course", "paths")["signer"]["barred"]
    return {kind: tuple(words) for kind, words in found.items()}
