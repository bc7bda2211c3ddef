"""The filing letter tells how opinions were treated over all rounds of the edition, not only in the last."""

import pytest

from plans_repo import plans
from plans_repo.course import consultation, consulting
from plans_repo.course.opinion_register import opinions, treat
from plans_repo.course.opinions import Remark
from plans_repo.course.stages import Move, PaperKind, Stage
from plans_repo.course.words import Treatment
from plans_repo.filing.letter import filing_letter
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store
from tests.plans_repo.builders import edited
from tests.plans_repo.conftest import StillClock
from tests.plans_repo.course.walking import OFFICE, WRITER, a_letter, begun, make, stand, walk
from tests.plans_repo.filing.builders import issue


@pytest.fixture
def engine_name() -> str:
    """One engine is enough: the sums are made in Python."""
    return "sqlite"


def answered(store: Store, version: str, said: dict[str, str]) -> None:
    """Every unit that is named answers: with an opinion, or with none."""
    with store.work(WRITER) as work:
        asked = consultation.consultation(work, version)
        assert asked
        for unit in asked.units:
            if unit.name in said:
                remarks = [Remark(text=said[unit.name])] if said[unit.name] else []
                consulting.answer(work, unit.id, opinions=remarks, signatory="办公室", paper=("复函.pdf", b"%PDF"))


def two_rounds(store: Store, clock: StillClock) -> str:
    """An edition that met with disagreement in its first round and with none in its second, issued."""
    version = begun(store)
    walk(store, version, Stage.CONSULTATION)
    answered(store, version, {"县水利局": "权限应归水利部门", "县气象局": "写明预警渠道"})
    with store.work(WRITER) as work:
        by_giver = {one.giver: one.id for one in opinions(work, version)}
        treat(
            work, version, by_giver["县水利局"], Treatment.REFUSED, reason="防洪法已规定",
            is_disputed=True, resolution="分管副县长主持协调，维持原稿",
        )  # fmt: skip
        treat(work, version, by_giver["县气象局"], Treatment.PARTLY, reason="写入附件")
    make(store, WRITER, version, Move.REDRAFT)
    with store.work(WRITER) as work:
        plan = stand(store, version).plan
        version = plans.make_version(work, plan, edited("再改。"), reason="修改", trigger=Trigger.EDITING).id
    clock.forward(days=1)
    a_letter(store, version)
    make(store, WRITER, version, Move.CONSULT, kinds=[PaperKind.CONSULTATION_LETTER])
    answered(store, version, {"县水利局": "", "县气象局": ""})
    walk(store, version, Stage.NUMBERING)
    issue(store, OFFICE, version)
    return version


def making_of(store: Store, version: str) -> tuple[str, ...]:
    with store.reading(OFFICE) as work:
        return filing_letter(work, version).making


def test_a_last_round_without_objection_does_not_hide_an_earlier_disagreement(store: Store, clock: StillClock) -> None:
    told = "；".join(making_of(store, two_rounds(store, clock)))
    assert "均无不同意见" not in told
    assert (
        "分2次书面征求了2个单位意见，2个单位答复，提出意见2条（部分采纳1条、未采纳1条），其中有分歧的1条已协调处理"
        in told
    )
