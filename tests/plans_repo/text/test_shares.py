"""Percentages as conditions: compared between levels like other numbers, and no wrong alarm about them."""

import pytest

from plans_repo.checks.intervals import clashes, intervals
from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.finding.levels import levels
from plans_repo.text.finding.shares import share_in

LABELS = ("Ⅳ级", "Ⅲ级", "Ⅱ级", "Ⅰ级")


def misfits(*conditions: str) -> list[tuple[str, str, str]]:
    """What does not fit between the levels, of which the first is the lightest."""
    text = "\n".join(f"{label}响应：{words}。" for label, words in zip(LABELS, conditions, strict=False))
    above = Clause(id="four", kind=ClauseKind.HEADING, level=1, title="4 应急响应")
    told = Clause(id="one", kind=ClauseKind.HEADING, level=2, title="4.1 启动条件", text=text)
    return [(one.kind, one.lower.level, one.upper.level) for one in clashes(intervals(levels([above, told])))]


@pytest.mark.parametrize(
    ("conditions", "kind"),
    [
        (("受旱面积占播种面积10%以上、30%以下", "受旱面积占播种面积20%以上、40%以下"), "overlap"),
        (("爆管影响供水面积占建成区10%以上、20%以下", "爆管影响供水面积占建成区30%以上"), "gap"),
        (("停电用户占比50%以上70%以下", "停电用户占比30%以上50%以下"), "falling"),
        (("缺水率达到20%以上", "缺水率20%以上"), "same"),
        (("水库蓄水量占兴利库容的40%～50%", "水库蓄水量占兴利库容的20%～30%"), "gap"),
        (("水库蓄水量占兴利库容的35%～50%", "水库蓄水量占兴利库容的20%～40%"), "overlap"),
        (("水库蓄水量低于正常蓄水量的30%", "水库蓄水量低于正常蓄水量的40%"), "falling"),
        (("水库蓄水较常年偏少60%以上", "水库蓄水较常年偏少40%以上"), "falling"),
        (("受灾人口占总人口的百分之十以上、百分之三十以下", "受灾人口达到总人口的百分之二十以上"), "overlap"),
        (("停电用户占30%以上60%以下，或者死亡3人以下", "停电用户占50%以上，或者死亡3人以上、10人以下"), "overlap"),
    ],
)
def test_shares_that_do_not_fit_are_found(conditions: tuple[str, str], kind: str) -> None:
    assert misfits(*conditions) == [(kind, "Ⅳ级", "Ⅲ级")]


@pytest.mark.parametrize(
    "conditions",
    [
        ("受旱面积占播种面积的10%以上、20%以下", "受旱面积占播种面积的20%以上、40%以下", "受旱面积占播种面积40%以上"),
        ("水库蓄水量低于正常蓄水量的50%", "水库蓄水量低于正常蓄水量的40%", "水库蓄水量低于正常蓄水量的30%"),
        ("水库蓄水量占兴利库容的40%～50%", "水库蓄水量占兴利库容的30%～40%", "水库蓄水量占兴利库容的20%～30%"),
        ("土壤相对湿度50%～60%", "土壤相对湿度40%～49%", "土壤相对湿度30%～39%"),
        ("降水量距平百分率-30%～-49%", "降水量距平百分率-50%～-69%"),
        ("水库蓄水较常年偏少20%以上", "水库蓄水较常年偏少40%以上"),
        ("医院床位空余率10%～20%", "医院床位空余率5%～10%", "医院床位空余率不足5%"),
        ("电煤可用比例30%～40%", "电煤可用比例20%～30%", "电煤可用比例10%～20%"),  # only the levels tell its direction
        ("1个乡镇停水用户占30%以上", "3个以上乡镇停水用户占10%以上"),
        ("连续3天缺水率达10%以上", "连续7天缺水率达5%以上"),
        ("受旱面积占20%以上，且饮水困难人口占10%以上", "受旱面积占10%以上，且饮水困难人口占30%以上"),
        ("缺水率5%以上10%以下", "停水用户占20%以上", "受旱面积占10%以上"),
        ("三成以上用户停水", "五成以上用户停水"),
        ("应急队伍到位率低于80%", "应急队伍到位率低于60%"),
        ("井下氧气浓度低于18%", "瓦斯浓度达到1.5%以上", "一氧化碳浓度达到0.05%以上"),
        ("缺水率达到10%、未达到20%", "缺水率达到20%、未达到30%", "缺水率达到30%以上"),
        ("减供负荷20%以上40%以下，或者停电用户30%以上50%以下", "减供负荷40%以上，或者停电用户50%以上"),
    ],
)  # fmt: skip
def test_shares_that_fit_or_are_of_different_things_raise_no_alarm(conditions: tuple[str, ...]) -> None:
    assert misfits(*conditions) == []


def test_a_share_says_of_what_it_is() -> None:
    told = ("受旱面积占播种面积的比例达到15%以上、30%以下", "造成全县20%以上用户停电", "降水量距平百分率-30%～-49%")
    assert [found.subject for found in map(share_in, told) if found] == [
        "受旱面积占播种面积", "造成全县用户停电", "降水量距平百分率",
    ]  # fmt: skip
    assert [share_in(words) for words in ("20%以上", "受旱面积20%", "3个乡镇停水用户占20%以上")] == [None] * 3


def test_a_count_ahead_of_a_condition_is_no_number_of_an_item() -> None:
    above = Clause(id="four", kind=ClauseKind.HEADING, level=1, title="4 应急响应")
    told = Clause(id="one", kind=ClauseKind.HEADING, level=2, title="4.1 启动条件", text="Ⅲ级响应：1个乡镇发生决口。")
    (level,) = levels([above, told])
    assert [condition.text for condition in level.conditions] == ["1个乡镇发生决口"]
