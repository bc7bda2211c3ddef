"""Ready-made facts of a study, and what tests ask of a finished document."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import docx
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from plans_repo.word.assessed import (
    AssessedFacts,
    ConclusionFacts,
    ItemFacts,
    NormFacts,
    SignatureFacts,
    TaskFacts,
)
from plans_repo.word.facts import (
    BottleneckFacts,
    FootingShare,
    LossFacts,
    MilestoneFacts,
    Parameter,
    PlanFacts,
    ReportFacts,
    ResourceFacts,
    ScenarioFacts,
    StudyFacts,
    SupplyFacts,
    TargetFacts,
    UnfinishedFacts,
    WaitFacts,
)
from sim.figure import Figure, Footing, Mark
from sim.pairs import Counts


def a_figure(value: float, unit: str = "min", source: str = "青河县2025年演练记录", mark: Mark = Mark.READ) -> Figure:
    return Figure(value=value, unit=unit, source=source, mark=mark)


def a_supply(**changes: Any) -> SupplyFacts:
    """The fire brigade's seven boats, counted in spring."""
    supply = SupplyFacts(
        pool="冲锋舟",
        keeper="青河县消防救援大队",
        title="冲锋舟（水域分队）",
        entries=1,
        quantity=7,
        unit="艘",
        units=7,
        pool_unit="艘",
        checked_on=date(2026, 3, 31),
        source="县应急资源调查报告",
        mark=Mark.READ,
    )
    return replace(supply, **changes)


def a_target(**changes: Any) -> TargetFacts:
    """The flood plan's clause 3.2: arrive within an hour, met six times in ten."""
    target = TargetFacts(
        id="arrival",
        title="抢险队伍到场",
        clause_number="3.2",
        clause_text="接到县防汛抗旱指挥部命令后，抢险队伍应当在60分钟内到达出险地点。",
        kind="limit",
        starts="县防指下达命令",
        limit_min=60,
        assurance=0.9,
        p_met=0.6,
        low=0.5559,
        high=0.6425,
        confidence=0.95,
        p50_min=56.04,
        p90_min=95.27,
        proposed=False,
        verdict="not_adequate",
    )
    return replace(target, **changes)


TARGETS = (
    a_target(),
    a_target(
        id="evacuation", title="危险区人员转移完毕", clause_number="4.3.1", starts="接警", limit_min=180, p_met=0.92,
        low=0.8929, high=0.9407, p50_min=141.2, p90_min=176.8, verdict="undecided", proposed=True,
        clause_text="启动Ⅱ级响应后3小时内，危险区域内群众全部转移至安全地带。",
    ),
    a_target(
        id="report", title="向市防指报告灾情", clause_number="3.1", starts="接警", limit_min=30, p_met=0.986,
        cases="较大以上事件",
        low=0.9714, high=0.9932, p50_min=12.4, p90_min=21.35, verdict="adequate",
        clause_text="险情发生后，县防办应当在30分钟内向市防指电话报告，1小时内书面报告。",
    ),
    a_target(
        id="shelter", title="受灾群众基本生活得到保障", clause_number="第二十一条", kind="share", share=0.95,
        starts="接警", limit_min=600, p_met=0.81, low=0.7735, high=0.842, p50_min=455.0, p90_min=None,
        verdict="not_adequate", mark=Mark.TO_BE_CONFIRMED,
        clause_text="灾害发生后10小时内，受灾群众的食物、饮用水、衣被和临时住所得到保障。",
    ),
    a_target(
        id="before-water", title="低洼村先于洪水到达转移", clause_number="4.3.2", kind="margin", clock="洪水到达",
        starts="接警", limit_min=30, p_met=0.94, low=0.9156, high=0.9577, p50_min=88.0, p90_min=34.0,
        verdict="adequate", clause_text="低洼村群众应当在洪水到达前30分钟以上完成转移。",
    ),
)  # fmt: skip

BOTTLENECKS = (
    BottleneckFacts(
        cause="pool:trucks", pool="抢险车辆", task="装车出动", clause_number="3.2", wait_min=24.6, saving_min=18.2,
        low=15.1, high=21.4, runs=100, target="arrival",
        counts=Counts(met_before=61, met_after=93, arrived_before=98, arrived_after=100, newly=2, paired=98),
    ),
    BottleneckFacts(
        cause="travel", pool="", task="抢险队伍行进", clause_number="3.2", wait_min=21.9, saving_min=9.7, low=8.8,
        high=10.6, runs=100, target="arrival",
    ),
    BottleneckFacts(
        cause="decision:commander", pool="县防指指挥长", task="下达转移命令", clause_number="4.3.1", wait_min=31.0,
        saving_min=4.2, low=-1.3, high=9.6, runs=100, target="evacuation",
        counts=Counts(met_before=92, met_after=92, arrived_before=100, arrived_after=100, newly=0, paired=100),
        left=LossFacts(cause="pool:buses", pool="转移车辆", task="乘车转移", wait_min=72.0),
    ),
    BottleneckFacts(
        cause="road:east", pool="青河东路", task="救灾物资运输", clause_number="第二十一条", wait_min=52.5,
        saving_min=-6.4, low=-9.0, high=-3.1, runs=100, target="shelter",
    ),
)  # fmt: skip


SOME_NORMS = (
    NormFacts(
        title="村级应急队伍", basis_title="受威胁的村", basis="11", needed="11支", held="4支〔待确认〕", missing="7支",
        outcome="short", simulated="每次推演平均等待12.4分钟，拖住“危险区人员转移完毕”",
        source="基层防灾“六个一”建设要求", article="一支队伍", mark=Mark.READ,
    ),
    NormFacts(
        title="紧急避难场所有效避难面积", basis_title="受威胁人数", basis="4260", needed="2130平方米",
        held="2600平方米",
        missing="0平方米", outcome="met", simulated="", source="《防灾避难场所设计规范》（GB 51143-2015）",
        article="人均有效避难面积", mark=Mark.TO_BE_CONFIRMED,
    ),
    NormFacts(
        title="救护车", basis_title="县域人口", basis="", needed="", held="", missing="0辆", outcome="unknown",
        simulated="", source="国卫医发〔2020〕19号", article="车辆配备", mark=Mark.TO_BE_CONFIRMED,
    ),
)  # fmt: skip

SOME_TASKS = (
    TaskFacts(title="发布预警", clause_number="3.1", after="情景零时", units="县防办"),
    TaskFacts(title="抢险队伍行进", clause_number="3.2", after="发布预警", units="工程抢险队、抢险车辆×2"),
    TaskFacts(title="救灾物资运输", clause_number="", after="任一：发布预警、抢险队伍行进", units=""),
)

ITEMS = (
    ItemFacts(
        kind="情景参数", title="预见期", value="6小时", source="县水利局会商记录", mark=Mark.TO_BE_CONFIRMED,
        look="objected", note="会商记录为5小时", name="林评",
    ),
    ItemFacts(
        kind="力量数量", title="抢险车辆", value="6辆", source="县应急资源调查报告", mark=Mark.READ, look="ticked",
        name="林评",
    ),
    ItemFacts(
        kind="任务用时", title="抢险队伍行进", value="42分钟（1小时10分）", source="", mark=Mark.EXPERT,
        clause_number="3.2",
    ),
)  # fmt: skip


def in_progress(**changes: Any) -> AssessedFacts:
    """An assessment with one figure objected to, one open, one conclusion that departs, returned once."""
    found = AssessedFacts(
        state="returned",
        items=ITEMS,
        conclusions=(
            ConclusionFacts(
                target="arrival", judgement="insufficient", computed="not_adequate", reason="到场用时没有本地记录。",
                departure="行进用时为专家估计，偏差可能达一倍。", name="林评",
            ),
            ConclusionFacts(
                target="report", judgement="adequate", computed="adequate", reason="与推演一致。", name="林评"
            ),
        ),
        signatures=(
            SignatureFacts(kind="submit", name="林评", post="评估科副科长", at=datetime(2026, 3, 3, 2, 0, tzinfo=UTC)),
            SignatureFacts(
                kind="return", name="赵局", post="副局长", at=datetime(2026, 3, 4, 2, 0, tzinfo=UTC),
                words="总体结论未说明理由。",
            ),
        ),
    )  # fmt: skip
    return replace(found, **changes)


def signed_out() -> AssessedFacts:
    """The same assessment with everything done, signed out by a second person."""
    done = in_progress()
    judged = [(target.id, target.verdict) for target in TARGETS]
    same = {"adequate": "adequate", "not_adequate": "not_adequate", "undecided": "insufficient"}
    return in_progress(
        state="signed_out",
        items=tuple(replace(item, look="ticked", note="", name="林评", source=item.source or "专家") for item in ITEMS),
        conclusions=tuple(
            ConclusionFacts(target=name, judgement=same[word], computed=word, reason="与推演一致。", name="林评")
            for name, word in [*judged, ("", "not_adequate")]
        ),
        signatures=(
            *done.signatures,
            SignatureFacts(kind="submit", name="林评", post="评估科副科长", at=datetime(2026, 3, 5, 2, 0, tzinfo=UTC)),
            SignatureFacts(
                kind="sign_out", name="赵局", post="副局长", at=datetime(2026, 3, 6, 2, 0, tzinfo=UTC), words="同意。"
            ),
        ),
        digest="c0ffee00d95f4a2b6c8d3e9f70a1b2c3d4e5f60718293a4b5c6d7e8f90123456",
    )


def some_facts(**changes: Any) -> ReportFacts:
    """A study of the flood plan of an invented county, with something of everything."""
    facts = ReportFacts(
        plan=PlanFacts(
            title="青河县防汛抗旱应急预案",
            kind="县级专项应急预案",
            issuer="青河县人民政府办公室",
            version_label="2026年修订送审稿",
            root_hash="9f2c4a7d0b1e5f6834a9c2d7e8b0f1a3c5d7e9f00112233445566778899aabbc",
            number="青政办发〔2026〕7号",
        ),
        scenario=ScenarioFacts(
            id="river-flood-50y",
            title="青河干流50年一遇洪水",
            hazard="flood",
            summary="连续强降雨致青河干流水位超保证水位，上游水文站提前6小时发出洪水预报，沿河3个乡镇11个村需要转移。",
            parameters=(
                Parameter(name="洪峰流量", figure=a_figure(2850, "m3/s", "青河水文站设计洪水成果")),
                Parameter(name="预见期", figure=a_figure(360, "min", "县水利局会商记录", Mark.TO_BE_CONFIRMED)),
                Parameter(name="需转移人数", figure=a_figure(4260, "people", "乡镇转移名册")),
                Parameter(name="电话叫应成功率", figure=a_figure(0.85, "share", "编制组估计", Mark.EXPERT)),
            ),
            level="Ⅱ级",
            level_conditions=("青河水文站水位超过保证水位",),
            circumstances="非办公时间，较大事件",
        ),
        resources=ResourceFacts(
            title="青河县2026年汛前力量",
            pools=(
                Parameter(name="工程抢险队", figure=a_figure(4, "支", "县应急资源调查报告")),
                Parameter(name="抢险车辆", figure=a_figure(6, "辆", "县应急资源调查报告")),
                Parameter(name="县防指指挥长", figure=a_figure(1, "人", "预案2.1条", Mark.PLAN)),
                Parameter(name="冲锋舟", figure=a_figure(9, "艘", "乡镇上报", Mark.TO_BE_CONFIRMED)),
            ),
            supplies=(
                a_supply(),
                a_supply(
                    keeper="青河县下游镇人民政府",
                    title="转移接驳艇",
                    entries=2,
                    quantity=5,
                    units=2,
                    checked_on=None,
                    mark=Mark.TO_BE_CONFIRMED,
                ),
            ),
            norms=SOME_NORMS,
            uncounted=("抢险车辆", "县防指指挥长"),
        ),
        study=StudyFacts(
            id="5b0e2b7e-6f0c-4c7b-9a51-0d2f4c1d7a10",
            runs=400,
            seed=193847561023,
            engine="simpy",
            results_hash="1c7e00d95f4a2b6c8d3e9f70a1b2c3d4e5f60718293a4b5c6d7e8f9012345678",
            stop_rule="doubling",
            looks=6,
            horizon_min=1440,
            confidence=0.95,
            footing=(
                FootingShare(footing=Footing.CALIBRATED, share=0.18),
                FootingShare(footing=Footing.PUBLISHED, share=0.22),
                FootingShare(footing=Footing.EXPERT, share=0.35),
                FootingShare(footing=Footing.TEMPLATE, share=0.25),
            ),
            provisional=True,
            created_by="县应急管理局 陈立",
            created_at=datetime(2026, 3, 1, 1, 5, tzinfo=UTC),
            software=(("Yuyan", "0.1.0"), ("SimPy", "4.1.2"), ("Python", "3.11.7")),
            command="yuyan study run 青河县防汛抗旱应急预案 river-flood-50y --runs 400 --seed 193847561023",
            system="Linux x86_64，2核",
            code="5d41402abc4b2a76b9719d911017c592ae9f1b2c3d4e5f60718293a4b5c6d7e8",
            result_digest="7b52009b64fd0a2a49e6d8a939753077792b0554a1b2c3d4e5f60718293a4b5c",
            spent_s=12.3,
        ),
        targets=TARGETS,
        bottlenecks=BOTTLENECKS,
        waits=(
            WaitFacts(cause="pool:trucks", mean_min=61.3, share=0.31, pool="抢险车辆"),
            WaitFacts(cause="decision", mean_min=45.0, share=0.228),
            WaitFacts(cause="water", mean_min=36.7, share=0.186),
            WaitFacts(cause="gas", mean_min=33.2, share=0.168),
            WaitFacts(cause="road", mean_min=21.3, share=0.108),
        ),
        milestones=(
            MilestoneFacts(task="预警发布", p10_min=8.2, p50_min=15.6, p90_min=29.9),
            MilestoneFacts(task="启动响应", p10_min=22.4, p50_min=41.0, p90_min=77.7),
            MilestoneFacts(task="抢险队伍到场", p10_min=61.8, p50_min=97.0, p90_min=151.4),
            MilestoneFacts(task="群众转移完毕", p10_min=112.6, p50_min=141.2, p90_min=176.8),
            MilestoneFacts(task="基本生活保障到位", p10_min=310.5, p50_min=455.0, p90_min=None),
        ),
        unfinished=(UnfinishedFacts(task="救灾物资运输", clause_number="第二十一条", share=0.1175, failed_share=0.02),),
        untested=("堤防决口24小时内封堵",),
        not_made=("向市防指报告灾情（一般事件）",),
        warnings=("村级叫应使用模板时长，未结合本县实际。",),
        tasks=SOME_TASKS,
        assessed=in_progress(),
    )
    return replace(facts, **changes)


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def part(data: bytes, name: str) -> bytes:
    """One part of the package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def part_names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.namelist()


def outline(document: Document) -> str:
    """The document as readable text: style and words of paragraphs, tables as rows."""
    lines = []
    for item in document.iter_inner_content():
        if isinstance(item, Paragraph):
            lines.append(f"[{item.style.name if item.style else ''}] {item.text}".rstrip())
        else:
            lines += _rows(item)
    return "\n".join(lines) + "\n"


def _rows(table: Table) -> list[str]:
    return ["  | " + " | ".join(cell.text.replace("\n", "⏎") for cell in row.cells) for row in table.rows]
