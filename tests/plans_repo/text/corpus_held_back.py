"""Corpus: plans written after the rules were, to see how the importer does on what it was not made for."""

from __future__ import annotations

from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.word_corpus import fixture, outlined, styled
from tests.plans_repo.text.word_files import paragraph, run, table

VILLAGE = """
~柳树沟村防汛避险应急预案
为切实做好本村防汛避险工作，确保群众生命安全，结合本村实际，制定本预案。
#1 一、基本情况
本村位于清河右岸，共6个村民小组，312户，1180人，其中危险区41户。
#1 二、组织机构及职责
组　长：张三（村党支部书记）
副组长：李四
成　员：王五、赵六
#2 （一）预警组
负责接收、传递预警信息，接到红色预警后10分钟内通知到户。
#2 （二）转移组
负责组织群众按路线转移。
1.一组、二组转移至村小学；
2.三组转移至村委会；
3.其他组投亲靠友。
#1 三、转移避险
#2 （一）转移时机
遇有下列情形之一的，立即组织转移：
1．接到乡镇转移指令；
2．河水漫过老桥桥面；
3．山体出现裂缝、落石。
#2 （二）转移路线
见附表1。
#1 四、保障措施
村委会储备编织袋500条、手电20把。
#1 五、联系方式
!{contacts}
""".replace("{contacts}", table([["职务", "姓名", "电话"], ["组长", "张三", "13900000000"]]))

SHORT_TITLES = """
~龙山区城市内涝应急预案
#1 1 总则
#2 1.1 目的
为了应对城市内涝。
#2 1.2 依据
《中华人民共和国防汛条例》等。
#1 2 体系
#2 2.1 领导小组
2.1.1 组长由分管副区长担任，副组长由区住建局、区应急局主要负责人担任，成员由各相关单位分管负责人组成。
2.1.2 领导小组下设办公室，办公室设在区住建局，负责日常工作。
#2 2.2 工作组
#3 2.2.1 抢排组
由区市政中心牵头，20分钟内到达积水点。
#3 2.2.2 交通组
由交警大队牵头。
#1 3 响应
#2 3.1 蓝色
降雨量50毫米以上。
#2 3.2 黄色
降雨量80毫米以上。
#1 4 附则
4.1 本预案由区住建局负责解释。
4.2 本预案自印发之日起施行。
"""

REGULATION = """
~黑山煤业公司应急管理办法（应急预案部分）
#1 第一章　总　则 => 第一章 总则
#2 第一条　|为规范应急管理，制定本办法。 => 第一条
#2 第二条　|本办法适用于公司各单位。 => 第二条
#1 第二章　应急组织 => 第二章 应急组织
#2 第三条　|总经理为应急总指挥，履行下列职责： => 第三条
（一）启动和终止应急响应；
（二）调动应急资源；
（三）向政府部门报告。
#2 第四条　|调度室接警后3分钟内报告总指挥。 => 第四条
#1 第三章　附　则 => 第三章 附则
#2 第五条　|本办法自发布之日起施行。 => 第五条
"""

COLONS = """
~东湖县雨雪冰冻灾害应急预案
#1 一、组织领导
成立县雨雪冰冻灾害应急指挥部。
指挥长：县长
成员单位：县应急局、县交通局、县公安局。
#1 二、职责分工
#2 1.县应急局：|综合协调，30分钟内派员到达现场。
#2 2.县交通局：|清除县道积雪，保障通行。
#2 3.县公安局：|实施交通管制。
#1 三、工作要求
#2 （一）加强领导，落实责任。|各单位主要负责人亲自部署。
#2 （二）严明纪律，确保安全。|严格执行24小时值班制度。
"""

BOLD_STYLE = """
!{title}
#1 总　则 => 总则
#2 编制目的
为了应对地震灾害。
#2 工作原则
统一领导、军地联动。
#1 应急响应
#2 响应分级
#3 Ⅰ级响应
由县委、县政府启动。
#3 Ⅱ级响应
由县抗震救灾指挥部启动。
#1 附　则 => 附则
略。
""".replace("{title}", paragraph("北岭县地震应急预案", style="T"))

MIXED_HAN_DECIMAL = """
~西坪县大面积停电事件应急预案
#1 一、总则
#2 1.1 编制目的
为了应对大面积停电。
#2 1.2 适用范围
本县行政区域。
#1 二、组织体系
#2 2.1 县指挥部
县长任总指挥。
#2 2.2 现场指挥部
根据需要设立。
#1 三、监测预警
#2 3.1 监测
县供电公司负责。
#2 3.2 预警
预警信息30分钟内发布。
#1 四、附则
略。
"""

PAGES_IN_CONTENTS = """
~北岭县突发环境事件应急预案
~目    录
~1  总  则  1
~1.1  编制目的  1
~2  应急响应  3
~2.1  分级响应  3
~附件1  通讯录  8
#1 1  总  则 => 1 总则
#2 1.1  编制目的 => 1.1 编制目的
为了应对突发环境事件。
#1 2  应急响应 => 2 应急响应
#2 2.1  分级响应 => 2.1 分级响应
分为四级。
#1 附件1  通讯录 => 附件1 通讯录
县生态环境局值班电话：0999-1234567。
"""

TWO_TITLES = """
~临河县人民政府办公室文件
~临政办发〔2026〕3号
~临河县人民政府办公室
~关于印发临河县城镇燃气事故应急预案的通知
~各乡镇人民政府，县直各部门：
~《临河县城镇燃气事故应急预案》已经县政府第12次常务会议审议通过，现印发给你们，请认真组织实施。
~2026年1月15日
~（信息公开形式：主动公开）
~临河县城镇燃气事故应急预案
#1 1．总则 => 1 总则
#2 1．1　编制目的 => 1.1 编制目的
为了应对燃气事故。
#2 1．2　工作原则 => 1.2 工作原则
（1）以人为本；
（2）统一领导。
#1 2．应急响应 => 2 应急响应
#2 2．1　先期处置 => 2.1 先期处置
燃气企业接警后15分钟内到达现场，关闭阀门，疏散群众。
#1 3．附则 => 3 附则
略。
"""

CARDS = """
~青山化工有限公司应急预案
#1 综合应急预案
#2 一、总则
#3 （一）适用范围
适用于本公司。
#2 二、应急响应
接警后立即响应。
#1 专项应急预案一：火灾爆炸事故专项应急预案 => 专项应急预案一：火灾爆炸事故专项应急预案
#2 一、适用范围
适用于罐区火灾爆炸。
#2 二、处置措施
立即停止作业。
#1 现场处置方案一：储罐泄漏现场处置方案 => 现场处置方案一：储罐泄漏现场处置方案
#2 一、事故特征
物料泄漏。
#2 二、应急处置
佩戴空气呼吸器，关闭阀门。
"""

OUTLINE_PARTLY = """
#1 1 总则
#2 1.1 编制目的
为了防火。
#2 1.2 适用范围
本区。
#1 2 组织指挥
#2 2.1 指挥部
区长任总指挥。
#1 3 附则
略。
"""


def _first_level_only(text: str, level: int) -> str:
    """Only chapters are marked; sections carry typed numbers alone."""
    return styled(text, level if level == 1 else 0)


SDT_HEADINGS = f"""
~临河县防汛应急预案
#1 1 总则
!<w:sdt><w:sdtPr/><w:sdtContent>{paragraph("本预案所称洪涝灾害，是指暴雨、洪水引发的灾害。")}</w:sdtContent></w:sdt>
#2 1.1 编制目的
!{paragraph('<w:smartTag w:element="date">' + run("2026年") + "</w:smartTag>" + run("修订。"), raw=True)}
#1 2 附则
略。
"""

FIXTURES = (
    fixture("village", VILLAGE),
    fixture("short-titles", SHORT_TITLES),
    fixture("regulation-with-articles", REGULATION),
    fixture("units-as-run-in-titles", COLONS),
    fixture("styles-without-numbers-three-levels", BOLD_STYLE, write=styled),
    fixture("han-chapters-decimal-sections", MIXED_HAN_DECIMAL),
    fixture("han-chapters-decimal-sections-styled", MIXED_HAN_DECIMAL, write=styled),
    fixture("contents-with-pages-after-blanks", PAGES_IN_CONTENTS),
    fixture("red-head-notice-before", TWO_TITLES),
    fixture("plans-counted-in-their-titles", CARDS, parts=(
        ("comprehensive", "综合应急预案"), ("special", "专项应急预案一：火灾爆炸事故专项应急预案"),
        ("on_site", "现场处置方案一：储罐泄漏现场处置方案"),
    )),
    fixture("chapters-styled-sections-typed", OUTLINE_PARTLY, write=_first_level_only),
    fixture("outline-levels-on-paragraphs", SHORT_TITLES, write=outlined),
    fixture("controls-and-smart-tags", SDT_HEADINGS, styles=word.HEADING_STYLES),
)  # fmt: skip
