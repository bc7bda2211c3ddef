"""The fictional expert pool of the demo county; one expert is the reviewer's own account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plans_repo.course.experts import add_expert
from plans_repo.store.roles import Role
from plans_repo.store.work import Work
from ui.demo.bodies import Bodies
from ui.demo.texts import As

PHONE = "0000-55509{number:02d}"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An expert of the pool."""

    name: str
    fields: tuple[str, ...]
    unit: str
    title: str
    until: int = 2028


POOL = (
    Entry(name="顾延川", fields=("电力", "应急管理"), unit="云陵市供电公司", title="高级工程师"),
    Entry(name="纪衡", fields=("应急管理",), unit="云陵职业技术学院", title="副教授"),
    Entry(name="蒲世安", fields=("电力",), unit="云陵电力设计院", title="正高级工程师"),
    Entry(name="阮清和", fields=("医疗救护",), unit="云陵市第一人民医院", title="主任医师"),
    Entry(name="裴路明", fields=("通信",), unit="云陵市通信管理办公室", title="高级工程师"),
    Entry(name="石守岩", fields=("地质",), unit="云陵地质勘查队", title="正高级工程师"),
    Entry(name="柏泽", fields=("水利", "地质"), unit="云陵市水利勘测院", title="高级工程师"),
    Entry(name="司徒宁", fields=("危险化学品",), unit="云陵化工研究所", title="研究员"),
    Entry(name="危秉文", fields=("法律",), unit="云陵衡平律师事务所", title="律师"),
    Entry(name="江越", fields=("消防", "危险化学品"), unit="云陵市消防救援支队", title="高级工程师"),
    Entry(name="唐守一", fields=("气象",), unit="云陵市气象局", title="高级工程师", until=2025),
)


def make_experts(work: Work, on: As, bodies: Bodies) -> None:
    """The pool, and the reviewer who has an account."""
    for number, entry in enumerate(POOL, start=1):
        add_expert(
            work,
            entry.name,
            fields=entry.fields,
            unit=entry.unit,
            title=entry.title,
            phone=PHONE.format(number=number),
            valid_until=date(entry.until, 12, 31),
        )
    reviewer = on(Role.REVIEWER, "qingchuan", date(2026, 1, 5)).actor
    add_expert(
        work,
        "尹知章",
        fields=("应急管理", "法律"),
        unit="云陵市应急管理研究中心",
        title="研究员",
        phone=PHONE.format(number=99),
        valid_until=date(2028, 12, 31),
        account=reviewer.account,
    )
