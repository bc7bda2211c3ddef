"""Corpus: several plans in one file, attachments, tables, pictures, boxes, controls (appendix, 1, 8, 9)."""

from __future__ import annotations

from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.word_corpus import fixture, styled
from tests.plans_repo.text.word_files import cell, paragraph, run, table

COMPREHENSIVE = """
~黑山煤业有限公司生产安全事故应急预案
#1 黑山煤业有限公司综合应急预案
#2 1 总则
#3 1.1 适用范围
适用于本公司。
#2 2 应急响应
#3 2.1 信息报告
事故发生后10分钟内报告调度室。
#1 瓦斯爆炸事故专项应急预案
#2 1 适用范围
适用于井下瓦斯爆炸事故。
#2 2 应急组织机构及职责
总经理任指挥长。
#2 3 响应启动
接报后立即启动。
#1 水害事故专项应急预案
#2 1 适用范围
适用于井下水害事故。
#2 2 处置措施
立即撤人。
#1 触电事故现场处置方案
#2 1 事故风险描述
可能造成人员伤亡。
#2 2 应急工作职责
班长为现场第一责任人。
"""
COMPREHENSIVE_PARTS = (
    ("comprehensive", "黑山煤业有限公司综合应急预案"), ("special", "瓦斯爆炸事故专项应急预案"),
    ("special", "水害事故专项应急预案"), ("on_site", "触电事故现场处置方案"),
)  # fmt: skip

PARTED = """
~黑山煤业有限公司生产安全事故应急预案
#1 第一部分 综合应急预案
#2 1 总则
#3 1.1 适用范围
适用于本公司。
#2 2 应急响应
#3 2.1 信息报告
事故发生后10分钟内报告。
#1 第二部分 专项应急预案
#2 瓦斯爆炸事故专项应急预案
#3 1 适用范围
适用于井下瓦斯爆炸事故。
#3 2 处置措施
立即撤人。
#2 水害事故专项应急预案
#3 1 适用范围
适用于井下水害事故。
#3 2 处置措施
立即撤人。
#1 第三部分 现场处置方案
#2 触电事故现场处置方案
#3 1 事故风险描述
可能造成人员伤亡。
#3 2 应急处置
立即断电。
"""
PARTED_PARTS = (
    ("comprehensive", "综合应急预案"), ("special", "瓦斯爆炸事故专项应急预案"),
    ("special", "水害事故专项应急预案"), ("on_site", "触电事故现场处置方案"),
)  # fmt: skip

HAN_PLANS = """
~清川县2026年应急预案汇编
#1 清川县防汛应急预案
#2 一、总则
#3 （一）编制目的
为了防汛。
#2 二、组织体系
县防指统一领导。
#1 清川县森林火灾应急预案
#2 一、总则
#3 （一）编制目的
为了防火。
#2 二、组织体系
县森防指统一领导。
"""

ATTACHMENTS = """
~临河县防汛应急预案
#1 1 总则
#2 1.1 编制目的
为了防汛，详见附件2。
#1 2 附则
略。
#1 附件1：临河县防汛指挥部成员单位职责 => 附件1 临河县防汛指挥部成员单位职责
#2 一、县应急局
承担县防办日常工作。
#2 二、县水利局
负责水情监测。
#1 附件2 应急救援互助协议
甲方：临河县人民政府
乙方：安泰县人民政府
#2 一、互助范围
相邻乡镇。
#2 二、互助内容
人员、物资、装备。
"""

APPENDICES = """
~黑山煤矿生产安全事故应急预案
#1 1 总则
#2 1.1 适用范围
适用于本矿，联系方式见附件4。
#1 2 附　则 => 2 附则
略。
#1 附录 A (资料性附录) => 附录A 资料性附录
事故风险评估结果。
#1 附录 B => 附录B
应急资源调查的结果由安全科每年更新一次，并报应急指挥部办公室备查。
"""

ATTACHMENT_LIST = """
~临河县防汛应急预案
#1 1 总则
为了防汛。
#1 2 附则
#2 2.1 预案解释
由县防办解释。
#2 2.2 附件
附件：1.成员单位职责
2.应急响应流程图
3.通讯录
#1 附件1 => 附件1 成员单位职责
{one}
县应急局：牵头。
#1 附件2 => 附件2 应急响应流程图
{two}
!{picture}
#1 附件3 => 附件3 通讯录
{three}
!{contacts}
"""

CONTACTS = table([
    ["序号", "单位", "姓名", "电话"],
    ["1", cell(paragraph("县应急局"), merge="restart"), "张  甲", "120/029-88888888"],
    ["2", cell(paragraph(), merge="continue"), "李  乙", ""],
    [cell(paragraph("合计两人"), columns=4)],
])  # fmt: skip

TABLES = """
~临河县防汛应急预案
#1 1 组织体系
表1 成员单位职责
!{contacts}
续表1
!{contacts}
#1 2 应急响应
见下图。
!{picture}
应急响应流程图
图2-1 指挥体系图
!{picture}
#2 2.1 响应分级
分为四级。
!{nested}
#1 3 附则
略。
"""

INSIDE = """
~临河县防汛应急预案
!{box}
#1 1 总则
!{noted}
#2 1.1 编制目的
!{linked}
!{control}
#2 1.2 适用范围
!{checked}
!{changed}
#1 2 附则
略。
"""


def _filled(text: str, **blocks: str) -> str:
    for name, xml in blocks.items():
        text = text.replace("{" + name + "}", xml)
    return text


PICTURE = paragraph(word.picture(), raw=True)
NESTED = table([["甲", cell(paragraph("乙") + table([["丙", "丁"]]))]])
BOX = paragraph(word.text_box(paragraph("应急响应流程") + paragraph("接报→研判→启动")), raw=True)
NOTED = paragraph(run("本预案由县防办牵头") + word.reference("footnote", 1) + run("。"), raw=True)
LINKED = paragraph(
    f'<w:hyperlink r:id="rIdPic">{run("依据《防洪法》")}</w:hyperlink>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "http://example.org" </w:instrText>'
    f'<w:fldChar w:fldCharType="separate"/></w:r>{run("和条例")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    raw=True,
)
CONTROL = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('由县防办组织实施。')}</w:sdtContent></w:sdt>"
CHECKED = paragraph(
    '<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:sdtContent></w:sdt>'
    + run("洪水")
    + '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData>'
    "</w:fldChar>"
    '</w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    + run("干旱"),
    raw=True,
)
CHANGED = paragraph(
    run("应在") + word.deleted("30分钟", "张三") + word.inserted("15分钟", "张三") + run("内到达。"), raw=True
)

FIXTURES = (
    fixture("comprehensive-special-on-site", COMPREHENSIVE, parts=COMPREHENSIVE_PARTS),
    fixture("comprehensive-special-on-site-styled", COMPREHENSIVE, write=styled, parts=COMPREHENSIVE_PARTS),
    fixture("in-parts", PARTED, parts=PARTED_PARTS),
    fixture("in-parts-styled", PARTED, write=styled, parts=PARTED_PARTS),
    fixture(
        "county-plans-numbered-alike", HAN_PLANS,
        parts=(("special", "清川县防汛应急预案"), ("special", "清川县森林火灾应急预案")),
    ),
    fixture("attachments-with-their-own-numbers", ATTACHMENTS, absent=("attachment-missing",)),
    fixture("appendices", APPENDICES, notices=("attachment-missing",)),
    fixture(
        "attachment-list-and-titles-on-their-own-lines",
        _filled(
            ATTACHMENT_LIST, one="成员单位职责", two="应急响应流程图", three="通讯录", picture=PICTURE,
            contacts=CONTACTS,
        ),
    ),
    fixture("tables-pictures-captions", _filled(TABLES, contacts=CONTACTS, picture=PICTURE, nested=NESTED)),
    fixture(
        "boxes-notes-links-controls-changes",
        _filled(
            INSIDE, box=BOX, noted=NOTED, linked=LINKED, control=CONTROL, checked=CHECKED, changed=CHANGED,
        ),
        footnotes=word.notes("footnotes", ["县防办设在县应急局。"]),
        headers=[paragraph("临河县防汛应急预案")],
        footers=[paragraph("— 1 —")],
    ),
)  # fmt: skip
