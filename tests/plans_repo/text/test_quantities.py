"""The quantity ledger: what is found, in which exact words, what it comes to, what it is about."""

from __future__ import annotations

import pytest

from plans_repo.text.clause import Cell, Clause, ClauseKind, Table
from plans_repo.text.quantities import quantities
from plans_repo.text.quantity import Quantity, QuantityKind
from plans_repo.text.quantity_sentences import quantities_in
from plans_repo.text.quantity_values import amount
from tests.plans_repo.text.gold_blind import QUANTITIES
from tests.plans_repo.text.gold_quantities import GOLD
from tests.plans_repo.text.gold_subjects import LATER, SEEN

LETTERS = {
    QuantityKind.LIMIT: "L", QuantityKind.WINDOW: "W", QuantityKind.THRESHOLD: "T", QuantityKind.GRADE: "G",
    QuantityKind.POST: "P", QuantityKind.PHONE: "F", QuantityKind.TEAM: "Z", QuantityKind.PEOPLE: "R",
    QuantityKind.VEHICLE: "C", QuantityKind.MATERIAL: "M", QuantityKind.MONEY: "Y", QuantityKind.MEASURE: "Q",
}  # fmt: skip
Entry = tuple[str, frozenset[str]]


def gold(lines: str = GOLD) -> list[tuple[str, list[frozenset[str]]]]:
    """The sentences, each with its figures; a figure may be read in more than one way, _ is a blank in it."""
    found = []
    for line in lines.strip().splitlines():
        sentence, _, wanted = line.partition("=>")
        found.append((sentence.strip(), [frozenset(one.replace("_", " ").split("|")) for one in wanted.split()]))
    return found


def read(sentence: str) -> list[str]:
    return [f"{LETTERS[one.kind]}:{one.quotation}" for one in quantities_in(sentence)]


def score(lines: str = GOLD) -> tuple[int, int, int, list[str]]:
    """Figures wanted, found among them, read in all, and what went wrong."""
    wanted_count = hits = read_count = 0
    wrong = []
    for sentence, wanted in gold(lines):
        found = read(sentence)
        met = [one for one in wanted if one & {*found}]
        extra = [one for one in found if not any(one in each for each in wanted)]
        wanted_count, hits, read_count = wanted_count + len(wanted), hits + len(met), read_count + len(found)
        if extra or len(met) < len(wanted):
            wrong.append(f"{sentence} missed {[set(one) for one in wanted if one not in met]} extra {extra}")
    return wanted_count, hits, read_count, wrong


def test_of_a_hundred_sentences_nearly_every_figure_is_found_and_nearly_nothing_else() -> None:
    assert len(gold()) >= 100
    wanted, hits, total, wrong = score()
    assert hits / wanted >= 0.95, wrong
    assert hits / total >= 0.93, wrong


def test_figures_are_found_in_sentences_written_before_the_reader_was_run_on_them() -> None:
    assert len(gold(QUANTITIES)) == 60
    wanted, hits, total, wrong = score(QUANTITIES)
    assert hits / wanted >= 0.95, wrong
    assert hits / total >= 0.93, wrong


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in gold()])
def test_a_quotation_stands_where_it_is_said_to_stand(sentence: str) -> None:
    for one in quantities_in(sentence):
        lead = len(sentence) - len(sentence.lstrip())
        assert one.quotation in one.sentence
        assert sentence[lead:].find(one.quotation) >= 0


@pytest.mark.parametrize(("words", "low", "high", "unit"), [
    ("半小时", 30, 30, "min"), ("1小时30分钟", 90, 90, "min"), ("1 h 30 min", 90, 90, "min"),
    ("一个半小时", 90, 90, "min"),
    ("30分钟至1小时", 30, 60, "min"), ("9.20≤Z＜9.70米", 9.2, 9.7, "m"), ("Z≥9.70米", 9.7, None, "m"),
    ("3人以上10人以下", 3, 10, "人"), ("不超过２小时", None, 120, "min"), ("不少于30人", 30, None, "人"),
    ("1.5万亩", 1000, 1000, "ha"), ("5000万元以上1亿元以下", 5e7, 1e8, "元"), ("三十分钟", 30, 30, "min"),
    ("50-80毫米", 50, 80, "mm"), ("两公里", 2000, 2000, "m"), ("达到50毫米以上", 50, None, "mm"),
])  # fmt: skip
def test_an_expression_comes_to_its_bounds(words: str, low: float | None, high: float | None, unit: str) -> None:
    found = amount(words)
    assert found
    assert (found.low, found.high, found.common_unit) == (low, high, unit)


def only(sentence: str, kind: QuantityKind) -> Quantity:
    return next(one for one in quantities_in(sentence) if one.kind is kind)


def test_a_limit_tells_who_whom_from_when_and_how() -> None:
    found = only("乡镇政府接报后30分钟内书面向县应急局报告。", QuantityKind.LIMIT)
    assert (found.holder, found.to, found.starts, found.medium, found.high) == (
        "乡镇政府",
        "县应急局",
        "接报",
        "书面",
        30,
    )


@pytest.mark.parametrize(("sentence", "about", "window", "joint"), [
    ("未来6小时降雨量达到50毫米以上。", ["降雨量"], ["未来6小时"], [""]),
    ("水位达到9.20米以上且流量达到500立方米每秒以上。", ["水位", "流量"], ["", ""], ["", "and"]),
    ("死亡3人以上，或者直接经济损失1000万元以上。", ["死亡", "直接经济损失"], ["", ""], ["", "or"]),
    ("当9.20≤Z＜9.70米时。", ["Z"], [""], [""]),
    ("清川站水位达到33.00米以上。", ["清川站水位"], [""], [""]),
])  # fmt: skip
def test_a_threshold_tells_its_measure_its_window_and_how_it_hangs_on_the_one_before(
    sentence: str, about: list[str], window: list[str], joint: list[str]
) -> None:
    found = [one for one in quantities_in(sentence) if one.kind is QuantityKind.THRESHOLD]
    assert [one.about for one in found] == about
    assert [one.window for one in found] == window
    assert [one.joint for one in found] == joint


@pytest.mark.parametrize(("sentence", "kind", "about"), [
    ("县应急局值班电话：0999-1234567。", QuantityKind.PHONE, "县应急局"),
    ("储备冲锋舟12艘。", QuantityKind.VEHICLE, "冲锋舟"),
    ("调集12艘冲锋舟赶赴现场。", QuantityKind.VEHICLE, "冲锋舟"),
    ("指挥长由县长担任。", QuantityKind.POST, ""),
    ("发布橙色预警。", QuantityKind.GRADE, "预警"),
    ("启动Ⅲ级响应。", QuantityKind.GRADE, "响应"),
])  # fmt: skip
def test_a_figure_tells_what_it_is_about(sentence: str, kind: QuantityKind, about: str) -> None:
    assert only(sentence, kind).about == about


UNASKED = (QuantityKind.GRADE, QuantityKind.POST, QuantityKind.WINDOW)
"""Kinds whose subject is asked for only where the line names one."""


def subjects(lines: str) -> tuple[int, list[str]]:
    """How many figures have a known subject, and those read otherwise or read where there is none."""
    count, wrong = 0, []
    for line in lines.strip().splitlines():
        sentence, _, told = line.partition("=>")
        wanted = dict(one.rsplit(":", 1) for one in told.split())
        read = quantities_in(sentence.strip())
        found = {one.quotation: one.about or "-" for one in read if one.kind not in UNASKED or one.quotation in wanted}
        count += len(wanted)
        wrong += [
            f"{words}:{about} read {found.get(words)}" for words, about in wanted.items() if found.get(words) != about
        ]
        wrong += [f"{words}:{about} is none" for words, about in found.items() if words not in wanted]
    return count, wrong


def test_what_was_once_misread_tells_what_it_is_about() -> None:
    assert subjects(SEEN)[1] == []


def test_of_other_sentences_nearly_every_figure_tells_what_it_is_about() -> None:
    count, wrong = subjects(LATER)
    assert count >= 30
    assert 1 - len(wrong) / count >= 0.95, wrong


def test_two_thresholds_of_one_measure_are_no_alternative() -> None:
    sentence = "水位达到33.00米发布蓝色预警，达到或者将达到33.50米发布黄色预警。"
    assert [one.joint for one in quantities_in(sentence) if one.kind is QuantityKind.THRESHOLD] == ["", ""]


def a_table(*rows: tuple[str, ...]) -> Clause:
    return Clause(
        id="t",
        kind=ClauseKind.TABLE,
        table=Table(rows=tuple(tuple(Cell(content=(word,)) for word in row) for row in rows)),
    )


@pytest.mark.parametrize(("rows", "about", "called"), [
    ((("场所", "管理单位", "联系电话"), ("县第一中学", "县教育局", "0999-1234567")), "县第一中学", "联系电话"),
    ((("序号", "单位", "岗位", "值班电话"), ("1", "县教育局", "值班员", "0999-1234567")), "县教育局", "值班电话"),
    ((("责任单位", "联系电话"), ("县教育局", "0999-1234567")), "县教育局", "联系电话"),
])  # fmt: skip
def test_a_telephone_in_a_row_is_of_the_one_the_row_is_about(
    rows: tuple[tuple[str, ...], ...], about: str, called: str
) -> None:
    (found,) = [one for one in quantities([a_table(*rows)]) if one.kind is QuantityKind.PHONE]
    assert (found.about, found.medium) == (about, called)


def test_a_number_in_a_cell_is_about_what_its_column_measures() -> None:
    (_grade, found) = quantities([a_table(("级别", "死亡、失踪（含被困）"), ("Ⅳ级", "1人以上3人以下"))])
    assert (found.quotation, found.about) == ("1人以上3人以下", "死亡、失踪")


def test_dates_documents_and_clause_numbers_are_no_quantities() -> None:
    assert quantities_in("本预案自2026年6月1日起施行，国办发〔2024〕5号、第三条、附件2、3.2同时适用。") == []


def test_a_table_is_read_row_by_row_under_its_heads() -> None:
    rows = (("单位", "值班电话", "冲锋舟"), ("县应急局", "0999-1234567", "12艘"))
    table = Table(rows=tuple(tuple(Cell(content=(word,)) for word in row) for row in rows))
    found = quantities([Clause(id="t", kind=ClauseKind.TABLE, table=table)])
    assert [(one.kind.value, one.quotation) for one in found] == [("phone", "0999-1234567"), ("vehicle", "12艘")]
    assert found[0].about == "县应急局"


def test_an_interval_up_to_what_is_not_reached_is_one_threshold() -> None:
    (found,) = (
        one
        for one in quantities_in("水位达到87.60米、未达到88.20米的，启动Ⅱ级响应。")
        if one.kind is QuantityKind.THRESHOLD
    )
    assert (found.quotation, found.low, found.high, found.about) == (
        "达到87.60米、未达到88.20米",
        87.6,
        88.2,
        "水位",
    )
    assert [(one.quotation, one.low, one.high) for one in quantities_in("储备冲锋舟不到12艘。")] == [
        ("不到12艘", None, 12.0)
    ]


def test_each_of_a_list_has_its_own_people_and_the_whole_is_counted_too() -> None:
    found = quantities_in("县级抢险队伍共3支180人，其中县消防救援大队60人、县民兵应急分队80人、水利专业抢险队50人。")
    assert [(one.quotation, one.about, one.holder) for one in found] == [
        ("3支", "县级抢险队伍", "县级抢险队伍"),
        ("180人", "县级抢险队伍", "县级抢险队伍"),
        ("60人", "县消防救援大队", "县消防救援大队"),
        ("80人", "县民兵应急分队", "县民兵应急分队"),
        ("50人", "水利专业抢险队", "水利专业抢险队"),
    ]


def test_who_comes_keeps_the_limit_and_nobody_is_named_for_what_is_done_for_people() -> None:
    found = quantities_in(
        "指挥长主持会商，30分钟内作出部署，2小时内抢险队伍到达现场，危险区群众4326人在3小时内全部转移完毕。"
    )
    limits = [(one.quotation, one.holder) for one in found if one.kind is QuantityKind.LIMIT]
    assert limits == [("30分钟", "指挥长"), ("2小时", "抢险队伍"), ("3小时", "")]
    (helped,) = quantities_in("受灾群众在12小时内得到基本生活救助。")
    assert helped.holder == ""


def test_the_post_of_township_heads_is_read_whole() -> None:
    assert [one.quotation for one in quantities_in("由乡镇长任指挥长。")] == ["乡镇长", "指挥长"]


def test_a_fax_is_told_from_the_telephone_beside_it() -> None:
    rows = [("单位", "值班电话", "传真"), ("县防指办公室", "0797-5512345", "0797-5512346")]
    table = Table(rows=tuple(tuple(Cell(content=(words,)) for words in row) for row in rows))
    found = quantities([Clause(id="t", kind=ClauseKind.TABLE, table=table)])
    assert [(one.quotation, one.about, one.medium) for one in found] == [
        ("0797-5512345", "县防指办公室", "值班电话"),
        ("0797-5512346", "县防指办公室", "传真"),
    ]
    in_words = quantities_in("县防指办公室值班电话0797-5512345，传真0797-5512346。")
    assert [(one.about, one.medium) for one in in_words] == [("县防指办公室", "值班电话"), ("县防指办公室", "传真")]
    (desk,) = (
        one
        for one in quantities_in("县防指办公室设在县应急管理局，值班电话0797-5512345。")
        if one.kind is QuantityKind.PHONE
    )
    assert desk.about == "县防指办公室"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "造成30人以上死亡、100人以上重伤、1亿元以上直接经济损失的，启动响应。",
            [("30人以上", "死亡"), ("100人以上", "重伤"), ("1亿元以上", "直接经济损失")],
        ),
        ("双堤镇堤后9个村1497户。", [("9个", "村"), ("1497户", "双堤镇堤后9个村")]),
        ("统一受理119报警，森林火情拨打12119。", [("119", "消防报警"), ("12119", "森林草原火情报警")]),
        ("24小时值班电话：0571-6201104。", [("24小时", "值班电话"), ("0571-6201104", "")]),
        ("见表1 十七个专项指挥部。表2-1 队伍。", []),
        ("三班轮换，五位一体，一线待命。", []),
        ("每名行动不便人员明确两名包保人。", [("两名", "包保人")]),
        ("每月巡查不少于4次。", [("不少于4次", "巡查")]),
        ("每3小时报送一次雨情。", [("每3小时", "报送一次雨情")]),
        ("发现1小时降雨量达到50毫米以上时上报。", [("1小时", "降雨量"), ("达到50毫米以上", "降雨量")]),
        ("水位回落至86.50米以下的，宣布响应终止。", [("86.50米以下", "水位")]),
        ("乡镇应当在20分钟内传达到村、组和危险区群众。", [("20分钟", "传达到村、组和危险区群众")]),
    ],
)
def test_what_a_figure_is_about_where_others_stand_beside_it(text: str, wanted: list[tuple[str, str]]) -> None:
    found = [(one.quotation.strip(), one.about) for one in quantities_in(text) if one.kind not in (QuantityKind.GRADE,)]
    assert found == wanted


def test_a_post_is_told_with_its_body_and_not_twice() -> None:
    found = quantities_in("指挥长由县长担任，副指挥长由县水利局局长担任，报县应急局主要负责人批准。")
    posts = [(one.value, one.about, one.holder) for one in found if one.kind is QuantityKind.POST]
    assert posts == [
        ("指挥长", "", ""),
        ("县长", "指挥长", ""),
        ("副指挥长", "", ""),
        ("局长", "副指挥长", "县水利局"),
        ("主要负责人", "", "县应急局"),
    ]


def test_a_cell_with_several_telephones_gives_each_its_own_body() -> None:
    rows = (("单位", "职责"), ("联系电话：县防指办公室0797-5512345；县水利局0797-5523456", "值守"))
    table = Table(rows=tuple(tuple(Cell(content=(word,)) for word in row) for row in rows))
    found = quantities([Clause(id="t", kind=ClauseKind.TABLE, table=table)])
    assert [(one.value, one.about) for one in found] == [
        ("0797-5512345", "县防指办公室"),
        ("0797-5523456", "县水利局"),
    ]


def test_the_rows_of_a_store_are_named_by_what_lies_there() -> None:
    rows = (
        ("类别", "持有方式", "品名", "数量", "单位"),
        ("生活救助", "实物储备", "救灾帐篷", "6,000", "顶"),
        ("生活救助", "实物储备", "折叠床", "15,000", "张"),
    )
    table = Table(rows=tuple(tuple(Cell(content=(word,)) for word in row) for row in rows))
    found = quantities([Clause(id="t", kind=ClauseKind.TABLE, table=table)])
    assert [(one.about, one.high, one.unit) for one in found] == [("救灾帐篷", 6000, "顶"), ("折叠床", 15000, "张")]


def test_numbers_of_two_cells_are_not_one_with_thousands() -> None:
    rows = (("地点", "单班人数", "煤厚"), ("回采工作面", "26", "1.8米"))
    table = Table(rows=tuple(tuple(Cell(content=(word,)) for word in row) for row in rows))
    found = quantities([Clause(id="t", kind=ClauseKind.TABLE, table=table)])
    assert [(one.quotation, one.high) for one in found] == [("1.8米", 1.8), ("26", 26)]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("每村3台。", [("每村3台", "", "每村")]),
        ("各乡镇不少于20人。", [("各乡镇不少于20人", "", "各乡镇")]),
        ("各乡镇组建不少于20人的应急队伍。", [("各乡镇不少于20人", "应急队伍", "各乡镇")]),
        ("各乡镇应急队伍不少于20人，配备冲锋舟2艘。", [
            ("各乡镇不少于20人", "应急队伍", "各乡镇"), ("各乡镇2艘", "冲锋舟", "各乡镇"),
        ]),
        ("每个行政村配备手摇报警器3台，铜锣5面。", [
            ("每个行政村3台", "手摇报警器", "每个行政村"), ("每个行政村5面", "铜锣", "每个行政村"),
        ]),
        ("县级储备编织袋10万条，乡镇级各储备1万条。", [("10万条", "编织袋", ""), ("各1万条", "编织袋", "乡镇级")]),
        ("县公安局、县人武部各出动50人。", [("各50人", "", "县公安局、县人武部")]),
        ("县物资储备库储备帐篷，棉被，折叠床各500件。", [("各500件", "帐篷、棉被、折叠床", "县")]),
        ("县人民医院、县中医院各派救护车2辆、医护人员6名。", [
            ("各2辆", "救护车", "县人民医院、县中医院"), ("各6名", "医护人员", "县人民医院、县中医院"),
        ]),
        ("每村设监测员、预警员各1名，每处危险区设转移责任人1名。", [
            ("每村1名", "监测员、预警员", "每村"), ("每处危险区1名", "转移责任人", "每处危险区"),
        ]),
        ("下设3个小队，每小队9人，另有队部人员5人。", [
            ("3个", "小队", ""), ("每小队9人", "", "每小队"), ("5人", "队部人员", ""),
        ]),
        ("每人每天发放饮用水2升。", [("每人每天2升", "饮用水", "")]),
        ("巡堤人员每公里不少于6人。", [("每公里不少于6人", "", "巡堤人员")]),
        ("每村配备报警器3台，全县共60台。", [("每村3台", "报警器", "每村"), ("60台", "报警器", "全县")]),
        ("各类物资500件。", [("500件", "类物资", "")]),
        ("应急照明灯，20盏，由县应急局保管。", [("20盏", "应急照明灯", "")]),
        ("县应急局负责手摇报警器、铜锣的配备更换，每个防治村不少于2套。", [
            ("每个防治村不少于2套", "手摇报警器、铜锣", "每个防治村"),
        ]),
        ("抽调战斗班组（5人）待命。", [("5人", "战斗班组", "战斗班组")]),
        ("备用气瓶15只、65毫米水带8条。", [("15只", "备用气瓶", ""), ("65毫米", "水带", ""), ("8条", "水带", "")]),
    ],
)  # fmt: skip
def test_what_each_of_several_has_is_told_whole_and_apart_from_totals(
    sentence: str, told: list[tuple[str, str, str]]
) -> None:
    counted = [one for one in quantities_in(sentence) if one.kind is not QuantityKind.POST]
    assert [(one.words, one.about, one.holder) for one in counted] == told


def test_a_percentage_tells_whole_of_what_it_is_the_share() -> None:
    told = "爆管影响供水面积占建成区10%以上、20%以下，或者受灾人口达到全县总人口20%以上。瓦斯浓度超过1.0%时撤人。"
    assert [one.about for one in quantities_in(told)] == [
        "爆管影响供水面积占建成区",
        "受灾人口占全县总人口",
        "瓦斯浓度",
    ]
