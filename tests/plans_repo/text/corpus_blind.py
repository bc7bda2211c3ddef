"""Corpus: plans as counties type them. List and outlines were fixed before the importer was run on any of them."""

from __future__ import annotations

from dataclasses import replace

from plans_repo.text.clause import visible_count
from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.word_corpus import fixture
from tests.plans_repo.text.word_files import cell, paragraph, run, table


def _run(text: str, look: str) -> str:
    return run(text).replace("<w:r>", f"<w:r><w:rPr>{look}</w:rPr>", 1)


def painted(text: str, level: int) -> str:
    """No styles at all: headings are made by hand with fonts and sizes, the same level not always alike."""
    font = {0: "仿宋_GB2312", 1: "黑体", 2: "楷体_GB2312"}.get(level, "仿宋_GB2312")
    bold = "<w:b/>" if level == 3 or (level and visible_count(text) % 3 == 0) else ""
    look = f'<w:rFonts w:eastAsia="{font}"/>{bold}<w:sz w:val="{30 if visible_count(text) % 4 == 0 else 32}"/>'
    return paragraph(_run(text, look), raw=True)


def all_bold(text: str, level: int) -> str:
    """Bold for headings, and for whatever somebody found important."""
    is_loud = level or "必须" in text or "严禁" in text
    return paragraph(_run(text, "<w:b/>" if is_loud else ""), raw=True)


PAINTED_TOWNSHIP = """
~石门乡人民政府
~山洪灾害防御应急预案
~（2026年修订）
#1 一、总则
#2 （一）编制目的
为有效防御山洪灾害，避免和减少人员伤亡，制定本预案。
#2 （二）编制依据
依据《中华人民共和国防洪法》、《国家防汛抗旱应急预案》等。
#2 （三）工作原则
1.坚持以人为本，把保障群众生命安全放在首位。
2.坚持安全第一，常备不懈、以防为主、防抗救相结合。
3.坚持属地管理，乡长负总责。
#1 二、基本情况
#2 （一）自然地理
全乡面积186平方公里，辖14个行政村。
#2 （二）山洪灾害类型区的划分
#3 1.危险区
沿溪沟5个村17处。
#3 2.警戒区
介于危险区与安全区之间的区域。
#3 3.安全区
不受山洪威胁的区域，共设安置点9处。
#1 三、组织指挥体系
#2 （一）乡山洪灾害防御指挥部
指 挥 长：杨树林（乡长）
副指挥长：马 强  李 红
成    员：各站所负责人
指挥部下设办公室在乡应急管理站，电话0999-8123456。
#2 （二）工作组及职责
#3 1.监测组。|负责监测雨量站、水位站，每30分钟报告一次。
#3 2.信息组。|负责信息收集与整理，及时为指挥决策提供依据。
#3 3.转移组。|接到转移命令后20分钟内到达包保村组。
#3 4.抢险组。|乡应急队50人随时待命。
#1 四、监测预警
雨量达到预警指标时，监测员应立即鸣锣报警。
#1 五、附则
本预案由石门乡人民政府负责解释，自印发之日起实施。
石门乡人民政府
二〇二六年四月二十日
"""

WRONG_STYLES = [
    ("T", "云岭县突发公共卫生事件应急预案"), ("", "#1 1 总则"), ("2", "#2 1.1 编制目的"),
    ("2", "有效预防、及时控制和消除突发公共卫生事件的危害，指导和规范各类突发公共卫生事件的应急处理工作，"
          "最大限度地减少突发公共卫生事件对公众健康造成的危害，保障公众身心健康与生命安全。"),
    ("", "#2 1.2 适用范围"), ("", "适用于本县行政区域内的突发公共卫生事件。"), ("1", "#1 2 应急组织体系及职责"),
    ("1", "#2 2.1 应急指挥机构"), ("3", "县卫生健康局依照职责和本预案的规定，负责组织、协调全县应急处理工作。"),
    ("2", "#2 2.2 专业技术机构"), ("", "县疾控中心、县人民医院、卫生监督所。"), ("2", "#1 3 监测、预警与报告"),
    ("3", "#2 3.1 监测"), ("", "县疾控中心负责开展日常监测工作。"),
    ("3", "#2 3.2 预警"), ("", "及时作出相应级别的预警。"),
    ("", "#2 3.3 报告"), ("2", "责任报告单位应当在2小时内向县卫生健康局报告。"), ("1", "#1 4 应急反应和终止"),
    ("", "#2 4.1 应急反应原则"), ("", "边调查、边处理、边抢救、边核实。"), ("T", "#1 5 善后处理"), ("", "略。"),
]  # fmt: skip


def _wrong_styles() -> str:
    lines = []
    for name, text in WRONG_STYLES:
        if text.startswith("#"):
            lines.append(f"{text}\t{name} => {text[3:]}")
        else:
            lines.append("!" + paragraph(text, style=name))
    return "\n".join(lines)


def by_name_behind(text: str, level: int) -> str:
    """The style stands behind the words, after a tab."""
    words, _, name = text.partition("\t")
    return paragraph(words, style=name)


COUNTED = word.numbering(
    [
        word.number_level(0, "%1"), word.number_level(1, "%1.%2"), word.number_level(2, "%1.%2.%3"),
    ],
    [word.number_level(0, "（%1）"), word.number_level(1, "%2）")],
    overrides='<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    "</w:lvlOverride></w:num>",
)  # fmt: skip


def counted(text: str, level: int) -> str:
    """Headings numbered by Word; what is typed is the title alone."""
    title = text.split("@", 1)[-1]
    return paragraph(title, num=(1, level - 1)) if level else paragraph(title)


AUTOMATIC = "\n".join([
    "~青泉县森林草原火灾应急预案",
    "#1 @总则 => 1 总则", "#2 @指导思想 => 1.1 指导思想", "以人民为中心。", "#2 @编制依据 => 1.2 编制依据",
    "《森林防火条例》。",
    "#1 @组织指挥体系 => 2 组织指挥体系", "#2 @县森防指职责 => 2.1 县森防指职责",
    "!" + paragraph("贯彻落实上级决策部署；", num=(2, 0)), "!" + paragraph("统筹全县火灾扑救工作；", num=(2, 0)),
    "!" + paragraph("完成其他任务。", num=(2, 0)),
    "#2 @县森防办职责 => 2.2 县森防办职责",
    "!" + paragraph("承担日常工作；", num=(3, 0)), "!" + paragraph("发布火险信息。", num=(3, 0)),
    "#1 @处置力量 => 3 处置力量", "#2 @力量编成 => 3.1 力量编成", "以专业队为主。", "#2 @力量调动 => 3.2 力量调动",
    "#3 @县内调动 => 3.2.1 县内调动", "接到命令后10分钟内出动。",
    "#3 @跨县增援 => 3.2.2 跨县增援", "报市森防办批准。",
    "#1 @附则 => 4 附则", "略。",
])  # fmt: skip

STOPS = """
~大坪街道办事处防汛防台风应急预案
#1 1. 总则 => 1 总则
#2 1.1 编制目的。
保证防汛防台风工作依法、规范、有序进行。
#2 1.2 编制依据。
上级有关文件。
#2 1.3 适用范围。
本街道辖区。
#1 2. 街道概况。 => 2 街道概况
#2 2.1 自然地理。
辖区面积32平方公里。
#2 2.2 历史灾害。
2013年、2019年曾发生严重内涝。
#1 3. 组织体系。 => 3 组织体系
#2 3.1 街道防指。
指挥由街道办事处主任担任。
3.1.1 街道防指负责贯彻执行上级防指的命令，组织制订和实施防汛防台风应急预案，掌握辖区汛情。
3.1.2 街道防指办公室设在街道应急管理办公室，承担日常值守、信息汇总和综合协调。
#1 4. 应急响应。 => 4 应急响应
#2 4.1 Ⅳ级响应。
发布蓝色预警时启动。
#2 4.2 Ⅲ级响应。
发布黄色预警时启动。
#1 5. 附则。 => 5 附则
本预案自发布之日起实施。
"""

MIDDLE_ATTACHMENTS = """
~清溪县危险化学品事故应急预案
#1 1 总则
#2 1.1 编制目的
规范应急处置。
#2 1.2 事故分级
分级标准见附件1。
#1 2 组织机构
县危化品事故应急指挥部。
#1 附件1：事故分级标准 => 附件1 事故分级标准
#2 一、特别重大事故
造成30人以上死亡的事故。
#2 二、重大事故
造成10人以上30人以下死亡的事故。
#1 附件2：指挥部成员名单 => 附件2 指挥部成员名单
总指挥：县长
副总指挥：分管副县长
#1 3 应急响应
#2 3.1 信息报告
事发企业1小时内报告。
#2 3.2 现场处置
划定警戒区，疏散人员。
#1 4 附则
由县应急局解释。
"""

COVER = """
!{cover}
~批准页
~为贯彻落实《安全生产法》，规范公司应急管理工作，特制定本预案，经审定，现予批准发布。
~主要负责人（签字）：
~2026年3月1日
!{sign}
~目录
~1 总则 1
~2 应急组织机构及职责 3
~3 应急响应 5
#1 1 总则
#2 1.1 适用范围
适用于公司厂区内生产安全事故。
#2 1.2 响应分级
#3 1.2.1 Ⅰ级响应
事故超出公司处置能力。
#3 1.2.2 Ⅱ级响应
事故超出车间处置能力。
#1 2 应急组织机构及职责
#2 2.1 应急指挥部
总指挥：总经理
#2 2.2 应急工作小组
（1）抢险救援组：组长为生产部经理，负责抢险。
（2）警戒疏散组：组长为保卫科长，负责警戒。
#1 3 应急响应
#2 3.1 信息报告
24小时应急值守电话：8123119。
#2 3.2 响应启动
3分钟内启动。
"""
COVER_TABLE = table([
    ["预案编号：", "HL-YA-2026"], ["版本号：", "第三版"],
    [cell(paragraph("恒力化工有限公司") + paragraph("生产安全事故综合应急预案"), columns=2)],
    ["编制单位", "安全环保部"], ["颁布日期", "2026年3月1日"],
])  # fmt: skip
SIGN_TABLE = table([["姓名", "部门", "签名"], ["王海", "生产部", ""], ["孙丽", "设备部", ""]])

HAND_CONTENTS = """
~平湖区道路交通事故应急预案
~目    次
~一、总则……………………………1
~（一）编制目的…………………1
~（二）工作原则 ……… 1
~二、组织机构与职责………………2
~三、应急处置.....................4
~（一）接警与出警................4
~（二）现场处置                  5
~四、附则 6
~附件：成员单位联系表 7
#1 一、总则
#2 （一）编制目的
提高处置能力。
#2 （二）工作原则
快速反应。
#1 二、组织机构与职责
区道路交通事故应急指挥部由区长任指挥。
#1 三、应急处置
#2 （一）接警与出警
公安交警大队5分钟内出警。
#2 （二）现场处置措施
救人优先。
#1 四、附则
略。
#1 附件：成员单位联系表 => 附件 成员单位联系表
!{contacts}
""".replace("{contacts}", table([["单位", "电话"], ["区公安分局", "110"]]))

SIGNED = """
~白水县人民政府办公室关于印发
~白水县重大动物疫情应急预案的通知
~白政办发〔2026〕18号
~各镇（街道）人民政府（办事处），县政府各工作部门、直属机构：
~《白水县重大动物疫情应急预案》已经县政府同意，现印发给你们，请结合实际认真贯彻执行。2020年印发的预案同时废止。
~白水县人民政府办公室
~2026年5月8日
~白水县重大动物疫情应急预案
#1 第一章 总　则 => 第一章 总则
#2 第一节 编制目的
及时有效处置重大动物疫情。
#2 第二节 疫情分级
#3 一、特别重大疫情（Ⅰ级）
一个潜伏期内疫区超过5个县。
#3 二、重大疫情（Ⅱ级）
疫区超过3个县。
#1 第二章 组织体系
#2 第一节 指挥机构
县重大动物疫情应急指挥部。
#2 第二节 日常管理机构
县农业农村局。
#1 第三章 监测与报告
任何单位和个人发现疫情应当立即报告。
镇畜牧站2小时内到现场核实。
#1 第四章 附　则 => 第四章 附则
本预案由县农业农村局负责解释。
主题词：畜牧业  防疫  应急  预案
抄送：县委各部门，县人大常委会办公室，县政协办公室。
白水县人民政府办公室    2026年5月8日印发
（共印60份）
"""

LAYOUT = """
!{head}
#1 一、事件概况与目标
#2 （一）保障对象
2026年龙舟赛观众约2万人。
#2 （二）工作目标
确保不发生踩踏事故。
#1 二、任务分工
!{duties}
#1 三、处置流程
!{flow}
#2 （一）现场报告
安保人员1分钟内报告指挥部。
#2 （二）疏散引导
沿A、B、C三条通道疏散。
#1 四、联络方式
!{phones}
"""
HEAD_TABLE = table([[cell(paragraph("江阳县体育局"))], [cell(paragraph("龙舟赛突发事件应急预案"))]])
DUTY_TABLE = table([
    ["序号", "单位", "职责"], ["1", "县公安局", "一、维持秩序；二、管制交通。"], ["2", "县卫健局", "派出救护车2辆。"],
])  # fmt: skip
FLOW_TABLE = table([["接报", "→", "核实", "→", "处置"]])
PHONE_TABLE = table([["指挥部", "0999-7000001"], ["医疗组", "0999-7000002"]])

BOXED_CHAPTER = """
~红旗水库大坝安全管理应急预案
#1 1 编制说明
#2 1.1 编制目的
减少溃坝损失。
!{boxed}
#1 3 险情报告
值班员5分钟内报告。
"""
BOXED = table([[cell(
    paragraph("2 突发事件及其后果分析") + paragraph("2.1 水库溃坝分析") + paragraph("最大洪峰3200立方米每秒。")
)]])  # fmt: skip

BOXED_OUTLINE = (
    (1, "1 编制说明"), (2, "1.1 编制目的"), (1, "2 突发事件及其后果分析"), (2, "2.1 水库溃坝分析"), (1, "3 险情报告"),
)  # fmt: skip

FIXTURES = (
    fixture("painted-township", PAINTED_TOWNSHIP, write=painted),
    fixture("wrong-styles", _wrong_styles(), write=by_name_behind),
    fixture("counted-by-word-with-restarts", AUTOMATIC, write=counted, numbering=COUNTED),
    fixture("full-stops-behind-headings", STOPS, write=all_bold),
    fixture("attachments-in-the-middle", MIDDLE_ATTACHMENTS, write=painted),
    fixture("cover-table-and-approval", COVER.replace("{cover}", COVER_TABLE).replace("{sign}", SIGN_TABLE)),
    fixture("contents-typed-by-hand", HAND_CONTENTS, write=painted),
    fixture("notice-sections-signature", SIGNED),
    fixture(
        "tables-as-layout",
        LAYOUT.replace("{head}", HEAD_TABLE).replace("{duties}", DUTY_TABLE).replace("{flow}", FLOW_TABLE)
        .replace("{phones}", PHONE_TABLE),
    ),
    replace(fixture("chapter-in-a-frame", BOXED_CHAPTER.replace("{boxed}", BOXED)), gold=BOXED_OUTLINE),
)  # fmt: skip
