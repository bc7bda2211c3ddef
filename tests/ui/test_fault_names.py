"""Every fault an audit or the verification of a revealed drill can name has words."""

import re
from pathlib import Path

import pytest

from drills.sealing import lot, pledges, revelation
from drills.sealing.revelation import Fault, Part
from plans_repo.store import audit, row_audit
from ui.components.fault_names import WHY
from ui.components.seal_fault_names import PARTS, PLACES, fault_words
from ui.wording import speaking


def test_every_fault_of_the_audit_has_words() -> None:
    source = "".join(Path(module.__file__).read_text("utf-8") for module in (audit, row_audit))
    assert set(re.findall(r'why=f?"([a-z-]+)', source)) == set(WHY)


def test_every_part_of_a_revealed_drill_has_words() -> None:
    assert set(PARTS) == set(Part)


def test_every_place_the_verification_names_has_words() -> None:
    source = Path(revelation.__file__).read_text("utf-8")
    named = set(re.findall(r'where="([^"]+)"', source)) | {"day", "time", "place", "units", "scenario"}
    named |= set(re.findall(r'return "([a-z]+)"', Path(lot.__file__).read_text("utf-8").split("def fault")[1]))
    named |= {"gap", *re.findall(r'DrillError\(\s*"([a-z-]+)"', Path(pledges.__file__).read_text("utf-8"))}
    assert named - {"nonce-not-hexadecimal"} <= set(PLACES)


@pytest.mark.parametrize(
    ("where", "zh", "en"),
    [
        ("head 3", "访问记录不完整（第 3 条处的链首）", "The access log is not whole (the head at entry 3)"),
        ("2026-11-22", "访问记录不完整（2026-11-22）", "The access log is not whole (2026-11-22)"),
        ("4", "访问记录不完整（第 4 条）", "The access log is not whole (entry 4)"),
        ("", "访问记录不完整", "The access log is not whole"),
    ],
)
def test_a_fault_tells_where_in_both_languages(where: str, zh: str, en: str) -> None:
    fault = Fault(part=Part.LOG, where=where)
    assert fault_words(fault) == zh
    with speaking("en"):
        assert fault_words(fault) == en
