"""Report up the line of command, letter outside it, application of an enterprise: from who writes to whom."""

import pytest

from plans_repo.filing.letter_kind import LetterKind, body_called, letter_kind, standing_of
from plans_repo.filing.recipients import Duty, Recipient
from plans_repo.organisations import Organisation, OrganisationKind

K = OrganisationKind
BODIES = tuple(
    Organisation(id=name, name=name, name_en="", kind=kind, parent=None, area=area)
    for name, kind, area in (
        ("云岭市人民政府", K.GOVERNMENT, "/y/"),
        ("云岭市应急管理局", K.EMERGENCY_BUREAU, "/y/"),
        ("云岭市水利局", K.DEPARTMENT, "/y/"),
        ("云岭市应急指挥通信保障中心", K.INSTITUTION, "/y/"),
        ("清川县人民政府", K.GOVERNMENT, "/y/q/"),
        ("清川县应急局", K.EMERGENCY_BUREAU, "/y/q/"),
        ("清川县水利局", K.DEPARTMENT, "/y/q/"),
        ("清川县防汛抗旱指挥部", K.HEADQUARTERS, "/y/q/"),
        ("清川县双堤镇人民政府", K.TOWNSHIP, "/y/q/s/"),
        ("双堤镇柳林村", K.VILLAGE, "/y/q/s/l/"),
        ("黑石煤矿", K.ENTERPRISE, "/y/q/s/"),
        ("清川县第一中学", K.INSTITUTION, "/y/q/"),
        ("临江县人民政府", K.GOVERNMENT, "/y/l/"),
    )
)


def kind(sender: str, to: str, *, office: str = "", applies: bool = False) -> str:
    standing = standing_of(Recipient(duty=Duty.FILE, office=office, name=to), BODIES)
    return letter_kind(body_called(sender, BODIES), [standing], applies=applies).value


@pytest.mark.parametrize(
    ("sender", "to", "wanted"),
    [
        ("清川县人民政府", "云岭市水利局", "letter"),
        ("清川县人民政府", "云岭市应急管理局", "letter"),
        ("清川县人民政府", "云岭市应急指挥通信保障中心", "letter"),
        ("清川县人民政府", "云岭市人民政府", "report"),
        ("清川县人民政府", "临江县人民政府", "letter"),
        ("清川县双堤镇人民政府", "清川县人民政府", "report"),
        ("清川县双堤镇人民政府", "清川县应急局", "letter"),
        ("清川县水利局", "清川县人民政府", "report"),
        ("清川县应急局", "云岭市应急管理局", "report"),
        ("清川县水利局", "云岭市水利局", "report"),
        ("清川县水利局", "云岭市应急管理局", "letter"),
        ("清川县水利局", "清川县应急局", "letter"),
        ("清川县防汛抗旱指挥部", "清川县人民政府", "report"),
        ("双堤镇柳林村", "清川县双堤镇人民政府", "report"),
        ("清川县第一中学", "清川县应急局", "letter"),
        ("黑石煤矿", "清川县人民政府", "letter"),
    ],
)
def test_the_document_follows_from_both_bodies(sender: str, to: str, wanted: str) -> None:
    assert kind(sender, to) == wanted


def test_bodies_that_are_not_registered_are_known_by_name_and_by_the_office_of_the_route() -> None:
    assert kind("清川县人民政府", "上一级人民政府", office="upper_government") == "report"
    assert kind("清川县人民政府", "上一级人民政府相应牵头部门", office="upper_lead_department") == "letter"
    assert kind("某县人民政府", "某市人民政府") == "report"
    assert kind("某县某镇人民政府", "某县人民政府") == "report"
    assert kind("某县人民政府", "某县某镇人民政府") == "letter"
    assert kind("青河县水利局", "青山市水利局") == "report"
    assert kind("某县水利局", "本级人民政府", office="same_government") == "report"


def test_an_enterprise_applies_to_a_department_and_writes_to_a_government() -> None:
    assert kind("黑石煤矿", "清川县应急局", applies=True) == "application"
    assert kind("黑石煤矿", "清川县人民政府", applies=True) == "letter"


def test_of_several_addressees_all_must_be_above() -> None:
    to = [
        standing_of(Recipient(duty=Duty.FILE, office="", name=name), BODIES)
        for name in ("云岭市人民政府", "云岭市水利局")
    ]
    assert letter_kind(body_called("清川县人民政府", BODIES), to, applies=False) is LetterKind.LETTER
