"""For every rule a kernel that breaks it: comparing logs on random networks must notice each."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MUTANTS = (
    # rule, module, text, other text, mixture of networks
    ("1 the horizon is excluded", "loop", "if tick >= m[at.HORIZON]", "if tick > m[at.HORIZON]", "horizon"),
    ("1 rounding to ticks", "dealing", "np.rint(count)", "count", "plain"),
    ("2 clocks release", "loop", "m[m[place] + at.IS_RELEASED] = 1", "pass", "gates"),
    ("2 efforts add up", "works", "at.WORK_EFFORT] += x", "at.WORK_EFFORT] = x", "works"),
    ("2 a new end voids the old", "loop", "and m[node + at.DUE_TICK] == m[NOW]", "", "works"),
    ("3 ready at its need", "lines", "else m[common + at.NEED]", "else m[common + at.EDGES]", "joins"),
    ("3 later ones ignored", "lines", "m[node + at.FIRST_READY] != NOT_YET", "False", "joins"),
    ("4 completions in start order", "heaps", "DUE_TURN] > turn", "DUE_TURN] < turn", "ties"),
    ("4 no duration opens a round", "heaps", "if tick == m[NOW]:", "if tick == m[NOW] and m[DUE] % 2:", "ties"),
    ("5 by priority", "heaps", "priority < other_priority", "priority > other_priority", "priorities"),
    ("5 by time ready", "heaps", "m[one + READY] < m[other", "m[one + READY] > m[other", "priorities"),
    ("5 by index", "heaps", "m[one + INDEX] < m[other", "m[one + INDEX] > m[other", "pools"),
    ("6 the earliest head", "heaps", "while rank > 0 and goes_before(m, node, m[first + (rank - 1) // 2 * 2 + 1])",
     "while rank > 0 and goes_before(m, m[first + (rank - 1) // 2 * 2 + 1], node)", "pools"),
    ("7 all pools at once", "starting", "range(m[line + at.DEMANDS], m[line + at.DEMANDS_END], at.DEMAND):\n"
     "        pool = m[demand]\n        if m[pool + at.IS_BLOCKED]",
     "range(m[line + at.DEMANDS], min(m[line + at.DEMANDS] + 1, m[line + at.DEMANDS_END]), at.DEMAND):\n"
     "        pool = m[demand]\n        if m[pool + at.IS_BLOCKED]", "pools"),
    ("7 the gate must be open", "queues", "is_open = m", "is_open = True or m", "gates"),
    ("8 a closed gate has its cause", "swift", "blame(m, line, m[line + at.GATE_CAUSE])", "pass", "gates"),
    ("9 short blocks what it lacks", "starting", "elif m[pool + at.RULE] == at.SHORT", "elif False", "pools"),
    ("9 strict blocks all it asks", "starting", "m[m[other] + at.IS_BLOCKED] = 1", "pass", "pools"),
    ("9 free blocks none", "starting", "elif m[pool + at.RULE] == at.SHORT", "elif True", "pools"),
    ("10 cuts go below nought", "loop", "m[what + at.FREE] += value",
     "m[what + at.FREE] = max(0, m[what + at.FREE] + value)", "stocks"),
    ("11 units come back", "tokens", "m[pool + at.FREE] += m[demand + at.DEMAND_UNITS]", "pass", "plain"),
    ("11 but not what is used up", "tokens", "if not m[demand + at.CONSUMES]:", "if True:", "stocks"),
    ("11 a new try, a new draw", "draws", "m[node + at.ATTEMPT] << 8", "0 << 8", "retries"),
    ("11 failure tells nobody", "tokens", "elif outcome == at.FAILED:", "elif False:", "branches"),
    ("11 tries are lost from a clock on", "tokens", "m[node + at.STINT] >= long", "m[node + at.STINT] > long",
     "branches"),
    ("11 each of the clocks counts", "tokens", "m[common + at.LOST_END])",
     "min(m[common + at.LOST_END], m[common + at.LOST] + 1))", "branches"),
    ("12 none started now", "preemption", "m[other + at.STINT] < m[NOW]", "m[other + at.STINT] <= m[NOW]",
     "overtakings"),
    ("12 only lower ones", "preemption", "m[common + at.PRIORITY] <= m", "m[common + at.PRIORITY] < m",
     "interruptions"),
    ("12 the later begun first", "preemption", "m[one + at.STINT] > m[other", "m[one + at.STINT] < m[other",
     "interruptions"),
    ("12 all or none", "preemption", "return first\n        m[last]", "return last\n        m[last]", "interruptions"),
    ("12 only flagged pools", "preemption", "(is_short and not m[pool + at.IS_FLAGGED])", "False", "preemption"),
    ("12 not if blocked", "preemption", "m[pool + at.IS_BLOCKED] or (", "(", "preemption"),
    ("13 keeps what is left", "preemption", "m[victim + at.REMAINING] -= worked", "pass", "interruptions"),
    ("13 keeps its time ready", "preemption", "    queue(m, victim)",
     "    m[victim + at.READY] = m[NOW]\n    queue(m, victim)", "interruptions"),
    ("13 the pass begins anew", "starting", "if cause != NOBODY:\n            _gather_heads(m)",
     "if cause != NOBODY:\n            pass", "interruptions"),
    ("14 every run draws anew", "dealing", "m[at.REPLICATION]", "0", "plain"),
    ("14 every purpose draws anew", "draws", "<< 8 | purpose", "<< 8", "retries"),
    ("15 the first lacking pool", "starting", "return int(m[pool + at.POOL_INDEX])\n    return NOBODY",
     "return int(m[m[line + at.DEMANDS_END - at.DEMAND] + at.POOL_INDEX])\n    return NOBODY", "pools"),
    ("15 causes follow the passes", "swift", "if m[island + at.IS_UNSETTLED]:", "if False:", "crowds"),
    ("15 those who joined are told", "swift", "while line != NOWHERE:", "while False:", "crowds"),
    ("15 who is given up blocks nobody", "tokens", "mark_line(m, m[m[node + at.COMMON] + at.LINE])", "pass",
     "withdrawals"),
    ("16 a branch not taken is skipped", "tokens", "m[common + at.WAITS_FOR_ALL] and when != at.DONE", "False",
     "branches"),
    ("16 an AND waits for the others", "tokens", "m[node + at.GONE] += 1", "pass", "branches"),
    ("16 given up at a clock", "loop", "skip(m, node, at.GIVEN_UP)", "pass", "gates"),
    ("16 who follows is given up too", "tokens", "return at.GIVEN_UP if _follows_given_up(m, node) else at.SKIPPED",
     "return at.SKIPPED", "withdrawals"),
    ("16 not on a branch of skips", "tokens", "m[edge + at.WHEN] == at.DONE and m[m", "m[m", "branches"),
    ("16 a branch asks for skips", "tokens", "or (outcome == at.GIVEN_UP and when == at.SKIPPED)", "", "branches"),
    ("2 a clock counts from another", "loop", "begin = long_at(m, after + at.TICK) if", "begin = 0 if", "chains"),
    ("2 units come and go by a clock", "loop", "+ m[change + at.CHANGE_DELAY]", "", "chains"),
    ("2 a process begins with a clock", "works", "int(long_at(m, after + at.TICK)) if", "0 if", "chains"),
)  # fmt: skip
UNALTERED = ("loop", "changes", "changes")


@pytest.fixture(scope="module")
def noticed() -> dict[str, int]:
    """For each mutant how many networks it took to be noticed, 0 for never; "" is the kernel as it is."""
    mutants = [mutant[1:] for mutant in MUTANTS]
    asked = json.dumps(
        [*mutants, *((*UNALTERED, mixture) for mixture in ("plain", "crowds", "interruptions", "weeks"))]
    )
    answer = subprocess.run(
        [sys.executable, "-m", "tests.sim.kernel.plain_kernel"],
        input=asked,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(ROOT)},
    )
    counts = json.loads(answer.stdout)
    return dict(zip([mutant[0] for mutant in MUTANTS], counts, strict=False)) | {"": sum(counts[len(MUTANTS) :])}


@pytest.mark.parametrize("rule", [mutant[0] for mutant in MUTANTS])
def test_a_broken_rule_is_noticed(noticed: dict[str, int], rule: str) -> None:
    assert noticed[rule] > 0


def test_the_kernel_as_it_is_keeps_to_its_memory_and_to_the_rules(noticed: dict[str, int]) -> None:
    assert noticed[""] == 0
