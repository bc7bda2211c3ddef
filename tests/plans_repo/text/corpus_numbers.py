"""Corpus: headings by typed and by automatic numbers (appendix, section 1)."""

from __future__ import annotations

from tests.plans_repo.text import word_files as word
from tests.plans_repo.text.word_corpus import Fixture, fixture, outlined, styled

SPACED = """
~临河县防汛抗旱应急预案
#1 1 总则
#2 1.1 编制目的
为依法、科学、有序应对洪涝灾害，制定本预案。
#2 1.2 适用范围
本预案适用于本县行政区域内洪涝灾害的防范和处置。
#1 2 组织指挥体系及职责
#2 2.1 县防指
#3 2.1.1 县防指组成
县长任指挥长，分管副县长任副指挥长。
#3 2.1.2 县防指职责
统一领导全县防汛工作。
#1 3 应急响应
#2 3.1 Ⅳ级响应
#3 3.1.1 启动条件
出现下列情况之一者，启动Ⅳ级响应：
（1）县气象局发布暴雨蓝色预警；
（2）清河县城站水位达到警戒水位。
#3 3.1.2 响应行动
接到命令后，抢险队伍30分钟内到达现场。
#1 4 附则
本预案自印发之日起施行。
"""


def _gap(text: str, gap: str) -> str:
    """The same plan with another gap between number and title."""
    lines = []
    for line in text.split("\n"):
        if line.startswith("#"):
            level, number, title = line.split(" ", 2)
            line = f"{level} {number}{gap}{title} => {number} {title}"
        lines.append(line)
    return "\n".join(lines)


def _half_width(text: str) -> str:
    """The same plan with (一) for （一）."""
    lines = []
    for line in text.split("\n"):
        if line.startswith("#2"):
            line = f"{line.replace('（', '(').replace('）', ')')} => {line[3:]}"
        lines.append(line)
    return "\n".join(lines)


def _mixed(text: str) -> str:
    """A gap behind chapters, none behind sections."""
    lines = []
    for line in text.split("\n"):
        if line.startswith("#") and not line.startswith("#1"):
            level, number, title = line.split(" ", 2)
            line = f"{level} {number}{title} => {number} {title}"
        lines.append(line)
    return "\n".join(lines)


def _dotted(text: str, sign: str) -> str:
    """Chapters as 1. or 1、, sections as 1.1."""
    lines = []
    for line in text.split("\n"):
        if line.startswith("#1"):
            level, number, title = line.split(" ", 2)
            line = f"{level} {number}{sign}{title} => {number} {title}"
        lines.append(line)
    return "\n".join(lines)


HAN = """
~清川县森林火灾应急预案
#1 一、总则
#2 （一）编制目的
建立健全森林火灾应对工作机制。
#2 （二）工作原则
坚持人民至上、生命至上。
#1 二、组织指挥体系
#2 （一）县森防指
#3 1.组成
县长任总指挥。
#3 2.职责
组织、协调、指导全县森林防灭火工作。
#2 （二）成员单位职责
县应急局：承担县森防办日常工作。
县公安局：依法查处火灾案件。
#1 三、应急响应
#2 （一）分级响应
根据火灾严重程度，响应由低到高分为四级。
有关单位应当：
1.组织扑救；
2.转移群众；
3.发布信息。
#1 四、附则
本预案由县应急局负责解释。
"""

WORDED = """
~龙山区突发事件总体应急预案
#1 第一章 总则
#2 第一节 编制目的
提高保障公共安全的能力。
#2 第二节 适用范围
适用于本区行政区域内突发事件应对工作。
#1 第二章 组织体系
#2 第一节 领导机构
区人民政府是突发事件应急管理工作的行政领导机构。
#2 第二节 办事机构
区应急局承担日常工作。
#1 第三章 附则
本预案自发布之日起施行。
"""

ARTICLES = """
~安泰县危险化学品事故应急预案
#1 第一章 总则
#2 第一条 => 第一条
为了规范危险化学品事故应急处置，制定本预案。
#2 第二条 => 第二条
本预案适用于本县行政区域。
#1 第二章 职责
#2 第三条 => 第三条
县应急局负责综合协调。
#2 第四条 => 第四条
县消防救援大队负责灭火救援。
"""

MIDDLE = """
#1 第六编 自然灾害
#2 第一章 水旱灾害
#3 第六百七十二条 => 第六百七十二条
县水利局负责水情监测。
#3 第七百零三条 => 第七百零三条
县防办接到报告后1小时内报告市防办。
#3 第七百一十一条 => 第七百一十一条
本编由县应急局负责解释。
"""


def _run_on_articles(text: str) -> str:
    """第一条 with its sentence in the same line, as articles are written."""
    found: list[str] = []
    waiting = ""
    for line in text.split("\n"):
        if "条 =>" in line:
            waiting = line.split(" =>")[0]
        elif waiting:
            found.append(f"{waiting}　|{line} => {waiting[3:]}")
            waiting = ""
        else:
            found.append(line)
    return "\n".join(found)


BLANKS = """
~北岭县地质灾害应急预案
#1 7 应急保障
#2 7. 1 应急值守 => 7.1 应急值守
实行24小时值班。
#2 7 . 2 队伍保障 => 7.2 队伍保障
#3 7 . 2 . 1 专业队伍 => 7.2.1 专业队伍
县地质灾害应急队80人。
#3 7. 2. 2 社会队伍 => 7.2.2 社会队伍
县红十字会救援队40人。
#1 8 附则
略。
"""

FULL_WIDTH = """
~北岭县地质灾害应急预案
#1 １　总则 => 1 总则
#2 １．１　编制目的 => 1.1 编制目的
为了有序开展地质灾害应急工作。
#2 １．２　适用范围 => 1.2 适用范围
本县行政区域内的地质灾害。
#1 ２　附则 => 2 附则
略。
"""

PADDED = """
~北岭县地质灾害应急预案
#1 1　总　　则 => 1 总则
#2 1.1　目　　的 => 1.1 目的
为了有序开展地质灾害应急工作。
#1 2　附　　则 => 2 附则
本预案由县自然资源局负责解释。
"""

SENTENCES = """
~西坪县突发地质灾害应急预案
#1 1 总则
#2 1.4 工作原则
#3 1.4.1 预防为主，以人为本。|建立健全群测群防机制，最大程度减少灾害损失，保障人民群众生命财产安全。
#3 1.4.2 统一领导，分工负责。|在县委、县政府统一领导下，各有关部门各司其职，密切配合，共同做好应急工作。
#2 1.5 适用范围
本预案适用于本县行政区域。
#1 2 应急处置
#2 2.1 先期处置
2.1.1 灾情发生后，事发地乡镇人民政府应当立即组织群众转移避让，并在30分钟内向县政府报告。
2.1.2 县自然资源局接到报告后，应当立即派员赶赴现场，划定危险区，设立警示标志。
"""

LISTS = """
~东湖县防汛应急预案
#1 1 职责
#2 1.1 县防指职责
（1）贯彻执行防汛法律法规；
(2) 组织防汛检查；
3）调度水利工程；
4、发布预警；
①会商；
a、研判；
b) 部署；
——督查；
#2 1.2 县防办职责
1、承担日常工作；
2、汇总信息；
3、起草文件。
#1 2 附则
略。
"""

LATE = """
#2 2.2 监测预警
县气象局负责气象监测。
#2 2.3 信息报告
#3 2.3.1 报告时限
接报后30分钟内报告。
#1 3 应急响应
#2 3.1 响应分级
分为四级。
"""

FAULTS = """
~南关县防汛应急预案
#1 1 总则
#2 1.1 编制目的
为了防汛。
#2 1.1 编制依据
依据有关法律。
#2 1.4 适用范围
本县行政区域。
#1 2 应急响应
#2 2.2 响应措施
#4 2.2.5.6 应急保障
应急保障由县应急局牵头。
#1 4 附则
略。
"""

STYLED_ONLY = """
!{title}
#1 总则
#2 编制目的
为了防汛。
#2 适用范围
本县行政区域。
#1 应急响应
#2 信息报告
接报后30分钟内报告。
#1 附则
略。
""".replace("{title}", word.paragraph("南关县防汛应急预案", style="T"))

KNOWN_ONLY = """
~南关县防汛应急预案
#1 总则
为了做好防汛工作，制定本预案，并由县防办组织实施。
#1 适用范围
本预案适用于本县行政区域内的洪涝灾害防范和处置。
#1 信息报告
接报后30分钟内报告县政府。
#1 后期处置
做好灾后恢复重建。
"""


def automatic(
    name: str, levels: list[str], lines: list[tuple[int, str, str]], overrides: str = "", **file: object
) -> Fixture:
    """A plan whose headings Word numbers; each line is (list level or -1, gold number, text)."""
    blocks, gold = [word.paragraph("临河县防汛抗旱应急预案", style="T")], []
    for level, number, text in lines:
        if level < 0:
            blocks.append(word.paragraph(text))
            continue
        gap = "" if number[-1] in "、）." else " "
        gold.append((level + 1, f"{number}{gap}{text}" if number else text))
        blocks.append(word.paragraph(text, style=str(level + 1), num=(1, level)))
    options: dict[str, object] = {
        "styles": word.HEADING_STYLES,
        "numbering": word.numbering(levels, overrides=overrides),
    }
    data = word.word_file(*blocks, **{**options, **file})  # type: ignore[arg-type]
    return Fixture(name=name, data=data, gold=tuple(gold))


AUTO_LINES = [
    (0, "一、", "总则"), (1, "（一）", "编制目的"), (-1, "", "为了防汛。"), (1, "（二）", "适用范围"),
    (-1, "", "本县行政区域。"),
    (0, "二、", "组织体系"), (1, "（一）", "县防指"), (2, "1.", "组成"), (-1, "", "县长任指挥长。"), (2, "2.", "职责"),
    (-1, "", "统一领导。"), (0, "三、", "附则"), (-1, "", "略。"),
]  # fmt: skip
AUTO_HAN = [
    word.number_level(0, "%1、", "chineseCountingThousand"),
    word.number_level(1, "（%2）", "chineseCountingThousand"),
    word.number_level(2, "%3."),
]
AUTO_LEGAL = [
    word.number_level(0, "第%1章", "chineseCountingThousand"),
    word.number_level(1, "%1.%2", extra="<w:isLgl/>"),
]

FIXTURES = (
    fixture("decimal-space", SPACED),
    fixture("decimal-full-space", _gap(SPACED, "\u3000")),
    fixture("decimal-two-spaces", _gap(SPACED, "  ")),
    fixture("decimal-nbsp", _gap(SPACED, "\u00a0")),
    fixture("decimal-no-gap", _gap(SPACED, "")),
    fixture("decimal-gap-at-chapters-only", _mixed(SPACED)),
    fixture("chapter-dot", _dotted(SPACED, ". ")),
    fixture("chapter-comma-with-decimals", _dotted(SPACED, "、")),
    fixture("decimal-styled", SPACED, write=styled),
    fixture("decimal-outlined", SPACED, write=outlined),
    fixture("han", HAN),
    fixture("han-half-width", _half_width(HAN)),
    fixture("han-styled", HAN, write=styled),
    fixture("worded", WORDED),
    fixture("worded-no-gap", _gap(WORDED, "")),
    fixture("worded-styled", WORDED, write=styled),
    fixture("articles", _run_on_articles(ARTICLES)),
    fixture("begins-in-the-middle", _run_on_articles(MIDDLE)),
    fixture("blanks-in-numbers", BLANKS),
    fixture("full-width-digits", FULL_WIDTH),
    fixture("padded-titles", PADDED),
    fixture("sentences-as-level-three", SENTENCES),
    fixture("lists-of-all-kinds", LISTS),
    fixture("begins-at-2.2", LATE),
    fixture("wrong-numbers", FAULTS, notices=("number-repeated", "number-out-of-order", "level-too-deep")),
    fixture("styles-without-numbers", STYLED_ONLY, write=styled),
    fixture("known-titles-without-numbers", KNOWN_ONLY),
    automatic("automatic-han", AUTO_HAN, AUTO_LINES),
    automatic(
        "automatic-legal", AUTO_LEGAL,
        [(0, "第一章", "总则"), (1, "1.1", "目的"), (-1, "", "略。"), (1, "1.2", "依据"), (-1, "", "略。"),
         (0, "第二章", "附则"), (1, "2.1", "解释"), (-1, "", "略。")],
    ),
)  # fmt: skip
