"""Corpus: headings that share a line with text, contents lists, front matter (appendix, sections 2 and 3)."""

from __future__ import annotations

from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.word_corpus import Fixture, fixture, styled
from tests.plans_repo.text.word_files import paragraph, run

RUN_IN = """
~龙泉镇防汛应急预案
#1 一、总则
#2 （一）编制目的。|为了及时有序应对洪涝灾害，制定本预案。
#2 （二）适用范围：|本预案适用于本镇行政区域。
#2 （三）建立健全应急联动机制。|镇应急办牵头，与派出所、卫生院建立联动机制。
#1 二、组织指挥体系
#2 （一）镇防指
指挥长由镇长担任。
综合协调组：由镇应急办牵头，派出所、卫生院参加，负责综合协调。
抢险救援组：由武装部牵头，民兵应急排参加，负责抢险救援。
#1 三、附则
略。
"""

FULL_STOPS = """
~龙泉镇防汛应急预案
#1 1 总则
#2 1.1 指导思想。
以习近平新时代中国特色社会主义思想为指导，坚持人民至上。
#2 1.2 工作原则。
统一领导，分级负责。
#1 2 附则
略。
"""

GUESSED = """
~龙泉镇防汛应急预案
#1 一、总则|为切实做好全镇防汛工作，结合本镇实际，制定本预案。
#1 二、组织领导|为切实做好防汛工作，成立镇防汛指挥部，镇长任指挥长。
#1 三、后期处置|由镇政府负责灾后恢复重建和救助工作。
"""

BROKEN = """
~龙泉镇防汛应急预案
#1 3 预警
#2 3.4 发布
略。
#2 3.5 预警行动与\\n响应准备 => 3.5 预警行动与响应准备
做好准备。
#1 4 附则
略。
"""

BROKEN_STYLED = """
#1 1 组织指挥体系\\n及职责 => 1 组织指挥体系及职责
#2 1.1 机构
略。
#1 2 附则
略。
"""

TWO_LINES = """
~龙山区突发事件总体应急预案
#1 第一章 => 第一章 总则
{first}
略述如下，各部门执行。
#1 第二章 => 第二章 组织体系
{second}
区政府统一领导。
"""

BODY = """
#1 1 总则
#2 1.1 编制目的
为了防汛。
#2 1.2 编制依据
依据有关法律。
#1 2 组织体系
县防指统一领导。
#1 3 应急响应
#2 3.1 响应分级
分为四级。
#1 4 附则
略。
"""
TITLES = ["1 总则", "1.1 编制目的", "1.2 编制依据", "2 组织体系", "3 应急响应", "3.1 响应分级", "4 附则"]
NAME = "~临河县防汛应急预案"


def _contents(tail: str, *, head: str = "~目  录", squeeze: bool = False) -> str:
    """A plan with a contents list before it; *tail* has a place for the page."""
    entries = [title.replace(" ", "") if squeeze else title for title in TITLES]
    lines = [f"~{title}{tail.format(page=at + 1)}" for at, title in enumerate(entries)]
    return "\n".join([NAME, *([head] if head else []), *lines, BODY.strip()])


def _field_contents(*, control: bool) -> Fixture:
    """A contents list as Word makes it: a field over paragraphs with links, or inside a content control."""
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    entries = []
    for at, title in enumerate(TITLES):
        page = (
            f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGEREF _Toc{at} \\h </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(str(at + 1))}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        link = f'<w:hyperlink w:anchor="_Toc{at}">{run(title)}<w:r><w:tab/></w:r>{page}</w:hyperlink>'
        entries.append(paragraph((begin if at == 0 else "") + link, raw=True, style="TOC1"))
    entries.append(paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>', raw=True))
    toc = "".join(entries)
    if control:
        toc = (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
            f"<w:sdtContent>{paragraph('目录')}{toc}</w:sdtContent></w:sdt>"
        )
    else:
        toc = paragraph("目录") + toc
    return fixture(f"contents-{'control' if control else 'field'}", f"{NAME}\n!{toc}\n{BODY.strip()}", write=styled)


PORTAL = """
~索引号：012345678/2026-00012
~发文机关：临河县人民政府办公室
~成文日期：二○二六年六月一日
~发布日期：2026-06-03
~字体：大 中 小
~【打印】【关闭】【分享】
~临河县人民政府办公室关于印发《临河县防汛应急预案》的通知
~临政办发〔2026〕12号
~各乡镇人民政府，县政府各部门：
~《临河县防汛应急预案》已经县政府同意，现印发给你们，请认真贯彻执行。2021年印发的预案同时废止。
~临河县人民政府办公室
~2026年6月1日
~（此件公开发布）
~附件：临河县防汛应急预案
~临河县防汛应急预案
""" + BODY.strip()

NOTICE = """
~关于印发《临河县防汛应急预案》的通知
~各乡镇人民政府：
~现将《临河县防汛应急预案》印发给你们，并提出如下要求：
~一、提高思想认识。各单位要充分认识防汛工作的重要性。
~二、加强组织领导。各单位主要负责人负总责。
~三、抓好贯彻落实。各单位要结合实际制定本单位预案。
~临河县人民政府
~2026年6月1日
~临河县防汛应急预案
""" + BODY.strip()

HAN_AFTER_NOTICE = """
~关于印发《龙泉镇防汛应急预案》的通知
~各村民委员会：
~现将《龙泉镇防汛应急预案》印发给你们，并提出如下要求，请一并抓好落实。
~一、提高认识
~各村要充分认识防汛工作的重要性。
~二、落实责任
~各村主要负责人负总责。
~龙泉镇人民政府
~2026年6月1日
~龙泉镇防汛应急预案
#1 一、总则
#2 （一）编制目的
为了防汛。
#1 二、组织体系
#2 （一）镇防指
镇长任指挥长。
#1 三、附则
略。
"""

ENTERPRISE = """
~预案编号：HSMK-YJ-2026
~版本号：第三版
~黑山煤矿生产安全事故应急预案
~黑山煤业有限公司
~二〇二六年六月
~批准页
~《黑山煤矿生产安全事故应急预案》是本矿应急工作的规范性文件，现予批准发布，自发布之日起实施。
~批准人：
~2026年6月1日
~签署页
!{sign}
~应急预案管理
~本预案由安全科归口管理，每三年修订一次，各单位须严格执行。
#1 1 总则
#2 1.1 适用范围
适用于本矿生产安全事故应急工作。
#2 1.2 响应分级
Ⅲ级为最低。
#1 2 应急组织机构及职责
#2 2.1 应急指挥部
矿长任总指挥。
#1 3 附则
略。
""".replace("{sign}", word.table([["职务", "姓名", "签名"], ["矿长", "赵  明", ""], ["总工程师", "钱  进", ""]]))

TITLE_TWICE = """
~临河县防汛应急预案
~（2026年修订）
~临河县防汛应急预案
""" + BODY.strip()

NEWS = (
    """
!{title}
~新华社北京6月1日电 近日，县政府印发新修订的《临河县防汛应急预案》，全文如下。
""".replace("{title}", paragraph("我县印发新修订的防汛应急预案", style="1"))
    + BODY.strip()
)

CHAPTER_TEXT = """
~临河县防汛应急预案
#1 1 总则
本章规定总的要求，各单位遵照执行。
#2 1.1 编制目的
为了防汛。
#1 2 组织体系
县防指统一领导全县防汛工作。
#1 3 信息报告
#2 3.1 报告程序
见第一章总则1.3。
#2 3.2 报告内容
#2 3.3 信息核实
执行《临河县突发事件信息报告办法》。
#1 4 附则
略。
"""

QUIRKS = """
~临河县防汛应急预案
~|
#1 1\u00a0总则 => 1 总则
#2 1.1\u3000编制\u00a0目的 => 1.1 编制目的
\u3000\u3000为了防汛，
制定本预案。
#2 1.2 适用\u200b范围 => 1.2 适用\u200b范围
本县行政区域\\_内。
#1 2 附则
略。
"""

FIXTURES = (
    fixture("run-in", RUN_IN),
    fixture("titles-with-full-stops", FULL_STOPS),
    fixture("titles-glued-to-text", GUESSED),
    fixture("break-inside-a-heading", BROKEN),
    fixture("break-inside-a-styled-heading", BROKEN_STYLED, write=styled),
    fixture("heading-over-two-lines", TWO_LINES.replace("{first}", "总则").replace("{second}", "组织体系")),
    fixture("contents-dots", _contents("……{page}")),
    fixture("contents-full-stops", _contents("....{page}")),
    fixture("contents-tab", _contents("\t{page}")),
    fixture("contents-blanks-and-page", _contents("    {page}")),
    fixture("contents-bare", _contents("")),
    fixture("contents-bare-without-word", _contents("", head="")),
    fixture("contents-squeezed", _contents("……{page}", squeeze=True)),
    fixture("contents-squeezed-bare", _contents("", squeeze=True)),
    fixture("contents-spaced-word", _contents("\t{page}", head="~目　　　录")),
    _field_contents(control=False),
    _field_contents(control=True),
    fixture("portal-furniture", PORTAL),
    fixture("notice-with-its-own-numbers", NOTICE),
    fixture("notice-numbered-like-the-plan", HAN_AFTER_NOTICE),
    fixture("enterprise-front-pages", ENTERPRISE),
    fixture("title-twice", TITLE_TWICE),
    fixture("news-lead-with-styled-headline", NEWS),
    fixture("chapters-with-text-and-without-sections", CHAPTER_TEXT),
    fixture("file-quirks", QUIRKS),
)
