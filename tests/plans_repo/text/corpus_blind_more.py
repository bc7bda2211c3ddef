"""Corpus: the second half of the plans whose outlines were fixed before the importer was run on any of them."""

from __future__ import annotations

from dataclasses import replace

from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.word_corpus import fixture, styled
from tests.plans_repo.text.word_files import paragraph, table


def same_level(text: str, level: int) -> str:
    """Headings of whatever depth in the style Heading 1, as in files glued together from several."""
    return paragraph(text, style="1" if level else "")


ENTERPRISE = """
~宏远商贸有限公司
~生产安全事故应急预案
#1 第一篇 综合应急预案
#2 1 总则
#3 1.1 适用范围
适用于公司所属商场。
#3 1.2 响应分级
分为公司级、部门级。
#2 2 应急组织机构及职责
总指挥：总经理。
#2 3 应急响应
#3 3.1 信息报告
#4 3.1.1 信息接报
值班室24小时值守。
#4 3.1.2 信息处置与研判
3分钟内报总指挥。
#3 3.2 预警
略。
#1 第二篇 专项应急预案
#2 火灾事故专项应急预案
#3 1 适用范围
适用于商场火灾。
#3 2 处置措施
先疏散后灭火。
#2 电梯困人专项应急预案
#3 1 适用范围
适用于客梯、货梯。
#3 2 处置措施
维保单位30分钟内到场。
#1 第三篇 现场处置方案
#2 踩踏事件现场处置方案
#3 1 事故风险描述
节假日人流集中。
#3 2 应急处置
立即广播疏导。
#3 3 注意事项
禁止逆行。
"""

SPACED = """
~西　岭　县　自　然　灾　害　救　助　应　急　预　案
#1 总　　则
#2 编 制 目 的
规范应急救助行为。
#2 编 制 依 据
《自然灾害救助条例》。
#1 组 织 指 挥 体 系
#2 县 减 灾 委 员 会
统筹全县减灾救灾工作。
#1 应 急 响 应
#2 Ⅰ 级 响 应
死亡10人以上。
#2 Ⅱ 级 响 应
死亡5人以上10人以下。
#1 附　　则
略。
"""

CHAPTERS = word.numbering([word.number_level(0, "第%1章", "chineseCountingThousand")])


def chapters_counted(text: str, level: int) -> str:
    """Chapters numbered by Word, sections typed; here and there an empty numbered paragraph in body style."""
    if level == 1:
        return paragraph(text.lstrip("@"), num=(1, 0), outline=0)
    return paragraph(text)


HALF_COUNTED = """
~松江县防震减灾应急预案
#1 @总则 => 第一章 总则
#2 1.1 编制目的
依法科学统一应对地震灾害。
#2 1.2 适用范围
适用于本县行政区域。
#1 @地震灾害分级 => 第二章 地震灾害分级
2.1 特别重大地震灾害是指造成300人以上死亡（含失踪）的地震灾害。
2.2 重大地震灾害是指造成50人以上、300人以下死亡（含失踪）的地震灾害。
#1 @应急响应 => 第三章 应急响应
#2 3.1 先期保障
县供电公司2小时内恢复指挥部供电。
#2 3.2 灾情速报
镇（街）每30分钟续报一次。
#1 @附则 => 第四章 附则
略。
"""

OWN_NOTICE = """
~关于印发《柳河乡防汛抢险应急预案》的通知
~各村（社区）、乡属各单位：
~现将《柳河乡防汛抢险应急预案》印发给你们，并提出如下要求，请一并抓好落实。
~一、提高认识，加强领导。各村要充分认识防汛工作的重要性。
~二、明确责任，狠抓落实。各村支部书记为第一责任人。
~三、严肃纪律，强化督查。对工作不力的严肃追责。
~柳河乡人民政府
~2026年4月12日
~柳河乡防汛抢险应急预案
#1 一、指导思想
以防为主，全力抢险。
#1 二、组织机构
#2 （一）领导小组
组长：赵 刚
#2 （二）应急抢险队
队长：武装部长，队员40人。
#1 三、抢险措施
#2 （一）河道漫堤
抢筑子堤，投入编织袋2000条。
#2 （二）水库险情
15分钟内报告县防办。
#1 四、后勤保障
乡财政所落实经费5万元。
"""

OCR = """
~南浦县突发地质灾害应急预案
#1 １　总　则 => 1 总则
#2 １．１　编制目的 => 1.1 编制目的
高效有序做好突发地质灾害应急防治工作。
#2 1. 2 编制依据 => 1.2 编制依据
《地质灾害防治条例》。
#1 ２　组织体系和职责 => 2 组织体系和职责
#2 2 .1 县指挥部 => 2.1 县指挥部
由分管副县长任指挥长。
#2 2. 2 成员单位职责 => 2.2 成员单位职责
#3 2. 2. 1 县自然资源局 => 2.2.1 县自然资源局
组织专家1小时内赶赴现场。
#3 2. 2. 2 县气象局 => 2.2.2 县气象局
提供雨情信息。
#1 3　预防和预警机制 => 3 预防和预警机制
#2 3·1 监测预报 => 3.1 监测预报
群测群防。
#1 4　附　则 => 4 附则
略。
"""

# line breaks within paragraphs, as a page copied into Word has them
ONE_PARAGRAPH = r"""
~永宁县寒潮应急预案
一、总则\n（一）编制目的\n为了应对寒潮。\n（二）适用范围\n全县。
二、组织指挥\n成立县寒潮应急指挥部。\n（一）指挥部职责\n统一指挥。\n（二）办公室职责\n综合协调。
三、附则\n本预案自印发之日起施行。
"""
ONE_PARAGRAPH_OUTLINE = (
    (1, "一、总则"), (2, "（一）编制目的"), (2, "（二）适用范围"), (1, "二、组织指挥"), (2, "（一）指挥部职责"),
    (2, "（二）办公室职责"), (1, "三、附则"),
)  # fmt: skip

LEVELS = """
~瑶山县水库大坝险情应急预案
#1 1 总则
#2 1.1 目的
保障下游安全。
#1 2 应急响应
#2 2.1 响应分级
共分三级。
#2 2.2 Ⅲ级响应
#3 2.2.1 启动条件
（1）库水位超过汛限水位0.5米以上；
（2）坝体出现纵向裂缝。
#3 2.2.2 响应行动
#4 （1）会商研判
县水利局30分钟内组织会商。
#4 （2）巡查值守
坝体每2小时巡查一次。
#4 （3）信息发布
经指挥部同意后发布。
#2 2.3 Ⅱ级响应（橙色）
#3 2.3.1 启动条件
符合下列条件之一：①库水位超过设计洪水位；②坝体出现渗漏。
#3 2.3.2 响应行动
在Ⅲ级响应的基础上：
a) 下游群众做好转移准备；
b) 抢险队1小时内到位。
#2 2.4 响应终止
险情解除后终止。
#1 3 附则
略。
"""

COMMAS = """
~新河镇道路交通事故应急预案
#1 1、总则
#2 1.1编制目的 => 1.1 编制目的
为了救援及时。
#2 1.2工作原则 => 1.2 工作原则
1、以人为本；
2、快速反应。
#1 2、组织机构与职责
#2 2.1镇应急指挥部 => 2.1 镇应急指挥部
组长：镇长；副组长：副镇长；成员：派出所所长、卫生院院长。
#2 2.2各部门职责 => 2.2 各部门职责
1、派出所：10分钟内到达现场，维护秩序。
2、卫生院：抢救伤员。
3、供电所：提供照明。
#1 3、应急处置
#2 3.1信息报告 => 3.1 信息报告
第一时间报告。
#2 3.2现场处置 => 3.2 现场处置
救护车15分钟内到达。
#1 4、附则
略。
"""

ARTICLES = """
~沙河县生活必需品市场供应应急预案
#1 第一章 总则
#2 第一条（目的）|为保障市场供应，制定本预案。 => 第一条 目的
#2 第二条（适用范围）|本预案适用于本县市场异常波动的应对。 => 第二条 适用范围
#1 第二章 组织领导
#2 第三条|县商务局负责组织协调，其他部门按职责分工负责。 => 第三条
#2 第四条|县市场供应应急领导小组下设三个组： => 第四条
（一）信息组；
（二）调运组；
（三）执法组。
#1 第三章 应急措施
#2 第五条（投放储备）|县商务局24小时内投放储备商品。 => 第五条 投放储备
#1 附件一：重点商品目录 => 附件一 重点商品目录
粮食、食用油、猪肉、鸡蛋、蔬菜。
#1 附件二：联系电话 => 附件二 联系电话
!{phones}
""".replace("{phones}", table([["县商务局", "0999-6123456"], ["县供销社", "0999-6123457"]]))

PARTS = (
    """
~高桥村应急避险明白纸和处置方案
第一部分　基本情况
本村有3个组，危房12户。
#1 第二部分　怎么办
#2 1.接到预警怎么办
敲锣通知，10分钟内通知到户。
#2 2.转移到哪里
村小学、村委会二楼。
#2 3.谁来负责
村主任总负责，组长包户。
#1 第三部分　注意事项
一是不要惊慌；二是不要贪恋财物；三是听从指挥。
#2 1.用电安全
离家前关闭电闸。
#2 2.用气安全
关闭液化气罐阀门。
""".replace("第一部分　基本情况", "#1 第一部分　基本情况 => 第一部分 基本情况")
    .replace("#1 第二部分　怎么办", "#1 第二部分　怎么办 => 第二部分 怎么办")
    .replace("#1 第三部分　注意事项", "#1 第三部分　注意事项 => 第三部分 注意事项")
)

DEPARTMENT = """
~花溪县住房和城乡建设局
~城市供水突发事件应急预案
~（2026年版，试行）
~编制：花溪县住房和城乡建设局
~2026年6月
#1 1 总则
#2 1.1 编制依据
（1）《城市供水条例》；
（2）《生活饮用水卫生标准》（GB 5749—2022）。
#2 1.2 事件分级
#3 Ⅰ级（特别重大）
5万户以上居民连续停水48小时以上。
#3 Ⅱ级（重大）
3万户以上居民连续停水24小时以上。
#1 2 机构与职责
#2 2.1 局应急领导小组
组长由局长担任。
#2 2.2 供水企业
抢修队40分钟内到达爆管现场。
#1 3 保障
#2 3.1 队伍保障
抢修队3支，共60人。
#2 3.2 物资保障
见表1。
表1 抢修物资清单
!{goods}
#2 3.3 资金保障
列入年度预算。
""".replace("{goods}", table([["物资", "数量"], ["管材", "2000米"], ["水泵", "8台"]]))

FIXTURES = (
    fixture("enterprise-all-in-one-style", ENTERPRISE, write=same_level, parts=(
        ("comprehensive", "综合应急预案"), ("special", "火灾事故专项应急预案"), ("special", "电梯困人专项应急预案"),
        ("on_site", "踩踏事件现场处置方案"),
    )),
    fixture("titles-spaced-out-in-styles", SPACED, write=styled),
    fixture("chapters-counted-sections-typed", HALF_COUNTED, write=chapters_counted, numbering=CHAPTERS),
    fixture("notice-with-numbers-of-its-own", OWN_NOTICE),
    fixture("digits-and-blanks-of-a-scanner", OCR),
    replace(fixture("several-headings-in-one-paragraph", ONE_PARAGRAPH), gold=ONE_PARAGRAPH_OUTLINE),
    fixture("levels-with-titled-items", LEVELS),
    fixture("commas-behind-chapters", COMMAS),
    fixture("articles-with-titles-in-brackets", ARTICLES),
    fixture("parts-of-a-village", PARTS),
    fixture("department-with-untyped-levels", DEPARTMENT, write=lambda text, level: styled(text, min(level, 3))),
)  # fmt: skip
