"""Who acts, who is told, and by what medium."""

from __future__ import annotations

import re

SUFFIXES = (
    "人民政府", "政府", "办公室", "应急办", "防办", "委员会", "管委会", "村委会", "居委会", "指挥部", "指挥中心",
    "防指", "森防指", "部门", "单位", "中心",
    "大队", "支队", "总队", "中队", "小队", "队伍", "队员", "队", "站", "所", "组", "公司", "企业", "煤矿", "矿井",
    "矿山", "矿", "集团", "医院", "学校",
    "乡镇", "乡（镇）", "街道", "社区", "负责人", "责任人", "人员", "指挥长", "指挥员", "总指挥", "值班员", "调度员",
    "副指挥", "调度室", "值班室", "控制室", "监控室",
    "专家", "联络员", "当事人", "厂", "厅", "党委", "县委", "市委", "省委", "区委", "工作组", "民兵", "网格员",
    "巡查员", "护林员", "瞭望员", "安全员",
    "矿长", "主任", "局长", "县长", "市长", "省长", "镇长", "乡长", "村民", "职工", "群众", "管理处", "管理局", "局",
    "办", "委", "部", "县", "市", "省",
    "区", "镇", "乡", "村", "院", "台", "处", "科", "场", "者", "各级", "国务院", "农户", "旅行社", "景区", "院校",
    "机构", "力量", "班长", "司机", "护士",
    "救护车", "消防车", "车辆", "专班", "上级", "成员", "领导", "派出所", "责任区", "员", "梯队",
)  # fmt: skip
NOT_BEFORE = {
    "处": "理置于",
    "部": "署分门",
    "组": "织",
    "区": "域",
    "队": "伍员",
    "委": "托派员",
    "办": "理公",
    "场": "所地",
    "台": "账风",
    "科": "学技",
    "员": "工额单",
    "省": "级",
    "市": "级",
    "县": "级",
    "乡": "级村",
    "村": "级庄组",
    "镇": "级",
}


def _suffix(words: str) -> str:
    """A suffix as a pattern; one that begins another word is none."""
    return f"{words}(?![{NOT_BEFORE[words[-1]]}])" if words[-1] in NOT_BEFORE and len(words) == 1 else words


_ENDING = re.compile(
    "(?:" + "|".join(map(_suffix, sorted(SUFFIXES, key=len, reverse=True))) + r")(?:[（(][^（()）]{1,10}[)）])?"
)
_VERB = re.compile(
    r"接[到报警令获受]|收到|应当|应(?!急)|须|必须|(?<!主)要(?!求|素|地)|负责(?!人|同志)|需(?!求)|立即|立刻|第一时间|迅速|马上|尽快|及时|向|报[告送请经省市县乡镇]|上报|通报|通知"
    r"|发现|得知|获悉|根据|按照|依据|组织(?!部|者)|派(?!出所)|赶[到赴]|到达|抵达|集结|完成|\d|半小时|于|在|自(?!然|治|来水)|可(?!能)|将|按|对|·|启动|承担|原则上|一般|最迟|不得|不超过|最多|最晚"
    r"|[一二两三四五六七八九十]+个?(?:小时|分钟)|争取|力争|确保|做到|实行|保证|能(?!源)"
)
_LEAD = re.compile(
    r"^(?:[（(]?[0-9一二三四五六七八九十]+[)）、.．]|[①-⑳]|由|再由|并由|其中|同时|并|"
    r"且|如|若|然后|请|经|而|当(?![班地日事])|对|各项|凡|被|故|则|另|后|的|·|、|\s|　)+"
)
_TOLD = re.compile(r"^[^，]{2,14}?(?:要求|督促|责成|责令)(?=[\u4e00-\u9fff]{2})")  # 县住建局要求施工单位
_BESIDE = re.compile(r"(?:参加|列席|出席)\s*$")
"""Who takes part does not act: 县委、县政府主要领导参加."""
_IN_THE_NAME = re.compile(r"^以(?P<whose>[^，,]{2,12}?)名义")
_NOBODY = re.compile(
    r"^(?:发生|出现|造成|转移群众|受威胁|老弱病残)|^(?:人员|群众|车辆|现场|城区|城市|农村|乡村|山区|郊区)$|或者$|以上|写明|由.{1,8}移交"
)
"""Words that end like a body and name none: 较大以上或者, 指令写明接收单位."""
_RECEIVER = re.compile(
    r"(?:向|报告给?|报送给?至?|上报至?给?|直报|续报至?|速报|汇报给?|通报给?|通知到?|告知|抄送|抄报|报至?给?)([^，,。；;：:·]{2,48})"
)
_RECEIVER_END = re.compile(
    r"报告|报送|汇报|通报|上报|提交|提出|书面|口头|电话|作出|备案|请求|发出|传真|初步|首报|续报|情况|信息|申请|移交|反馈|请示|发送|说明|并|后|同时|进行|通知"
)
MEDIA = (
    "口头", "电话", "书面", "传真", "短信", "微信", "网络", "当面", "视频", "广播", "邮件", "大喇叭", "对讲机",
    "信息系统", "专报",
)  # fmt: skip


def who_in(before: str) -> str:
    """The unit or person nearest before a limit that is the subject of its part of the sentence.

    >>> who_in("事发单位负责人·，应当"), who_in("县应急局接到乡镇政府报告，")
    ('事发单位负责人', '县应急局')
    """
    for part in reversed(re.split(r"[，,；;。：:]", before)):
        if _BESIDE.search(part):
            continue
        bare = _TOLD.sub("", _LEAD.sub("", _IN_THE_NAME.sub(r"\g<whose>·", part)))
        verb = _VERB.search(bare)
        found = _ending_at(bare[: verb.start()] if verb else bare)
        if found and not _NOBODY.search(found):
            return found
    return ""


def receiver_in(after: str) -> str:
    """Whom a report goes to, as written; two receivers stay together.

    >>> receiver_in("内向县委、县政府报告"), receiver_in("内报告事故情况")
    ('县委、县政府', '')
    """
    for match in _RECEIVER.finditer(after):
        words = match[1]
        end = _RECEIVER_END.search(words, 1)
        found = _ending_at(words[: end.start()] if end else words)
        if found:
            return re.sub(r"^(?:给|至|到|报|所在地|事发地的?)", "", found)
    return ""


def medium_in(words: str) -> str:
    """How a report is made; several joined by 、."""
    return "、".join(medium for medium in MEDIA if medium in words)


_ACTED_ON = re.compile(
    r"(?:受灾|受威胁|受影响|受困|被困|涉险|遇险|危险区|隐患点|安置点|滞留|需转移|需安置|转移|撤离)[^，。；]{0,8}?"
    r"(?:群众|居民|村民|人员|人口|职工|师生|学生|旅客|游客|住户|农户)(?:共?\d[\d,]*[人户名余多]*)?(?:应当?|须|必须|要|在|于|·)*$"
)


def is_acted_on(before: str) -> bool:
    """Whether the subject nearest before a limit are people something is done for; who does it is not said.

    >>> is_acted_on("2小时内抢险队伍到达现场，危险区群众4326人在"), is_acted_on("乡镇在")
    (True, False)
    """
    return bool(_ACTED_ON.search(re.split(r"[，,；;。：:]", before.strip())[-1]))


def _ending_at(words: str) -> str:
    """The words up to the last unit or person they name; '' when they name none or too much stands before it."""
    last = None
    for match in _ENDING.finditer(words):
        last = match
    found = words[: last.end()].strip() if last else ""
    return found if 1 < len(found) <= 40 or found in ("县", "市", "省", "区", "乡", "镇", "村") else ""
