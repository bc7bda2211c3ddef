"""What a difference and an alignment cost and how right they are, against difflib on characters and on rows.

    python -m benchmarks.text_difference

Everything is measured in one run on the same texts; the accuracy is also a test (tests/plans_repo/text).
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from itertools import count
from time import perf_counter
from typing import TypeVar

from benchmarks.texts import a_text, revised
from plans_repo.text.alignment import aligned
from plans_repo.text.clause import Clause
from plans_repo.text.difference import changes, words
from plans_repo.text.merge import merged
from plans_repo.text.quantities import quantities
from plans_repo.text.tokens import token_difference

CLAUSES, ROUNDS = 400, 7
T = TypeVar("T")


def main() -> None:
    """Build, measure, print."""
    draw = random.Random(20261122)
    numbers = count()
    old = a_text(draw, CLAUSES, lambda: f"o{next(numbers)}")
    new, origin = revised(draw, old)
    pairs = edited_pairs(old, new, origin)
    tokens_ms = per_pair(pairs, lambda one, other: token_difference(one, other))
    characters_ms = per_pair(pairs, lambda one, other: SequenceMatcher(None, one, other, autojunk=False).get_opcodes())
    say("改动条款（条，平均字数）", f"{len(pairs)}，{sum(len(one) for one, _ in pairs) // len(pairs)}")
    say("逐条比对，本系统", f"{tokens_ms:.3f} ms/条")
    say("逐条比对，difflib 逐字", f"{characters_ms:.3f} ms/条（{characters_ms / tokens_ms:.1f} 倍）")
    own_s, own = timed(lambda: aligned(old, new))
    rows_s, rows = timed(lambda: by_rows(old, new))
    say("无编号对齐 400 条，本系统", f"{own_s * 1000:.0f} ms，正确 {right(own, new, origin):.1%}")
    say("无编号对齐，difflib 逐段", f"{rows_s * 1000:.0f} ms，正确 {right(rows, new, origin):.1%}")
    continued = [Clause(**{**vars(clause), "id": origin.get(clause.id, clause.id)}) for clause in new]
    say("两版全文比对（含对齐、移动）", f"{timed(lambda: changes(old, continued))[0] * 1000:.0f} ms")
    other, other_origin = revised(random.Random(7), old)
    theirs = [Clause(**{**vars(one), "id": other_origin.get(one.id, f"t{one.id}")}) for one in other]
    merge_s, both = timed(lambda: merged(old, continued, theirs))
    say("三方合并全文", f"{merge_s * 1000:.0f} ms，{len(both.clauses)} 条，冲突 {len(both.conflicts)} 处")
    ledger_s, book = timed(lambda: quantities(old))
    say("数值台账", f"{ledger_s * 1000:.0f} ms，{len(book)} 项")


def edited_pairs(old: Sequence[Clause], new: Sequence[Clause], origin: dict[str, str]) -> list[tuple[str, str]]:
    """Words before and after of the clauses that were edited."""
    before = {clause.id: clause for clause in old}
    both = [(words(before[origin[clause.id]]), words(clause)) for clause in new if clause.id in origin]
    return [(one, other) for one, other in both if one != other]


def by_rows(old: Sequence[Clause], new: Sequence[Clause]) -> dict[str, str]:
    """What difflib makes of the clauses as rows of text: equal ones, and replaced runs pair by pair."""
    found: dict[str, str] = {}
    matcher = SequenceMatcher(None, [words(one) for one in old], [words(one) for one in new], autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag in ("equal", "replace"):
            found |= {after.id: before.id for before, after in zip(old[a0:a1], new[b0:b1], strict=False)}
    return found


def right(found: dict[str, str], new: Sequence[Clause], origin: dict[str, str]) -> float:
    """The share of the clauses of the new text that are told right: which they continue, or that they are new."""
    return sum(found.get(clause.id, "") == origin.get(clause.id, "") for clause in new) / len(new)


def per_pair(pairs: Sequence[tuple[str, str]], call: Callable[[str, str], object]) -> float:
    """Milliseconds a pair in the quickest of several rounds over all: what else runs counts least."""
    call(*pairs[0])
    rounds = []
    for _ in range(ROUNDS):
        start = perf_counter()
        for one, other in pairs:
            call(one, other)
        rounds.append((perf_counter() - start) / len(pairs) * 1000)
    return min(rounds)


def timed(call: Callable[[], T]) -> tuple[float, T]:
    """Seconds of the quickest of several rounds, and the last answer."""
    seconds = []
    for _ in range(ROUNDS):
        start = perf_counter()
        answer = call()
        seconds.append(perf_counter() - start)
    return min(seconds), answer


def say(what: str, figure: str) -> None:
    """One line of the answer."""
    sys.stdout.write(f"{what}\t{figure}\n")


if __name__ == "__main__":
    main()
