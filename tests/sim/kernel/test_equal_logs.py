"""Two engines, one answer: the kernel's log is the reference engine's, entry for entry."""

from collections import Counter

import pytest

from sim.kernel.playing import kernel_play
from sim.reference_engine import play
from sim.validation.random_networks import MIXTURES, a_random_network
from tests.sim.kernel.counted import RULES, CountedPlay

EACH = 60
"""Networks of every mixture, each played twice; sixteen mixtures make 960."""
LEAST = 70
"""How often every rule has decided something before the equality means anything."""


@pytest.mark.parametrize("name", MIXTURES)
def test_every_run_is_equal(name: str) -> None:
    for seed in range(EACH):
        network = a_random_network(MIXTURES[name], seed)
        for replication, luck in ((0, 5), (1_000_000 + seed, 2**63 + seed)):
            expected = play(network, seed=luck, replication=replication)
            found = kernel_play(network, seed=luck, replication=replication)
            assert found.entries == expected.entries, (name, seed, replication)
            assert found == expected, (name, seed, replication)


def test_every_rule_decides_often() -> None:
    counts: Counter[str] = Counter()
    for mixture in MIXTURES.values():
        for seed in range(EACH):
            for replication in range(2):
                play = CountedPlay(a_random_network(mixture, seed), 5, replication)
                play.run()
                counts += play.counts
    assert {rule: counts[rule] for rule in RULES if counts[rule] < LEAST} == {}
