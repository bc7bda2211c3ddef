"""Who decides on a response; the words that only say so are nobody's condition for starting it."""

from __future__ import annotations

import re

from plans_repo.text.finding.level_words import NUMERAL

_LABEL = rf"{NUMERAL}\s*级?(?:\s*[（(][^（()）]{{1,12}}[)）])?"
_LABELS = rf"{_LABEL}(?:\s*[、,，和及与至到～~\-－—]\s*{_LABEL})*"
_RESPONSE = (
    rf"(?:(?:启动|进入)?(?:县级|市级|本级)?{_LABELS}\s*(?:应急)?(?:响应|火警)?|(?:启动)?(?:本级|各级)?(?:应急)?响应)"
)
_DECIDE = (
    r"(?:审核|审定|审批|研究|批准|决定|判定|确定|签发|签署|宣布|同意|下令|下达|发布|负责|组织|授权|指挥)"
    r"(?:[、和并及或]?(?:审核|审定|审批|批准|决定|签发|签署|宣布|同意|发布|下令|组织|指挥))*"
)
_TAIL = (
    r"(?:后|的)?[，,]?(?:即可|方可|立即|并|再|可)?(?:予以)?(?:启动|实施|生效|宣布|发布|签发|下达|批准|执行)?"
    rf"(?:后)?(?:启动)?(?:命令|启动令|令|指令|通知|决定)?(?:{_RESPONSE})?(?:的?启动)?(?:后)?"
)
_WHOM = r"[^，,。；;：:\d≥>＞≤<＜]{1,28}?"
_BY = rf"(?:由|经|报请?|提请|请示|呈报?|按程序报|授权|委托){_WHOM}"
_ROLE = (
    r"(?:指挥长|总指挥|主任|书记|[县市区旗州局组队厂矿校镇乡]长|董事长|总经理|经理|指挥部|防指|防办|办公室|政府|领导|负责人|局)"
    r"(?:[（(][^（()）]{1,16}[)）])?"
)
_ONLY_WHO = re.compile(
    rf"(?:(?:{_RESPONSE})\s*(?:的?启动(?:权限)?)?\s*[：:]?)?\s*(?:应当?|须|需|必须|则|分别|均|都|后|再|并|按程序|是)*"
    rf"(?:{_BY}(?:{_DECIDE}|启动|实施){_TAIL}|[^，,。；;：:\d]{{0,14}}{_ROLE}(?:负责)?(?:{_DECIDE}){_TAIL})"
)
_LABELLED = re.compile(
    rf"(?:{_RESPONSE})?\s*[：:]?(?:的)?(?:启动|批准|决定|签发|审批|宣布)(?:启动)?(?:人|机关|权限|权|主体|单位|程序)?\s*(?:[：:]|为|是|在){_WHOM}"
)
_TELLS = re.compile(
    r"发生|出现|达到|超过|预报|预计|预测|监测|水位|降雨|雨量|死亡|受害|受灾|燃烧|以上|以下|失踪|被困|决口|溃坝|险情|灾情|警戒|"
    r"保证|未扑灭|未得到|会商|研判|分析|判断|视情|必要时|认为|根据|需要|可能|影响|险|条件|标准|情形|信号|预警"
)
"""What happens or is judged; a part with any of these is more than a name."""
_AND_ABOVE = re.compile(r"(?<=[ⅠⅡⅢⅣⅤIV一二三四五])级[（(]?(?:含)?[)）]?及?以[上下]")
_BREAK = re.compile(r"[，,]")

ROLE = re.compile(
    r"[支大总]队$|长|指挥|主任|书记|部$|防指|防办|领导|负责人|政府|委员会|办公室|局$|县委|市委|区委|总经理"
)
DECIDER = re.compile(
    r"(?:由|经|报请?|请示|提请)((?:副?总?经理|[^，。；：报经由]){1,24}?)(?:批准|决定|判定|签发|签署|宣布|同意|下令|下达|发布|负责启动|启动|组织启动)"
    r"|(?:^|[：:])(?:启动|决定|批准)(?:启动)?(?:人|机关|权限)?(?:[：:]|(?<=[人关限])为)([^，。；：]{2,24})$"
    r"|([^，。；：、]{0,14}(?:指挥长|总指挥|主任|县长|市长|区长|局长|组长|总经理|厂长|矿长|指挥部|防指|防办|领导|负责人))(?:[^，。；]{0,4})?(?:决定|批准|宣布|签署|签发|下令)"
)  # fmt: skip


def says_only_who(words: str) -> bool:
    """Whether words name nothing but who decides, for one level or for several.

    >>> says_only_who("Ⅳ级响应由县防办主任批准启动，Ⅲ级响应由副指挥长批准启动")
    True
    >>> says_only_who("县防指会商研判后，由指挥长决定启动"), says_only_who("由县气象局发布暴雨红色预警")
    (False, False)
    """
    return bool(words.strip(" ；;。，,")) and not without_authority(words)


def without_authority(words: str) -> str:
    """A condition without the parts that only say who decides; "" where nothing is left.

    >>> without_authority("发生死亡3人以上的事故，由分管副县长批准启动")
    '发生死亡3人以上的事故'
    >>> without_authority("Ⅲ级响应由副指挥长批准启动")
    ''
    """
    bare = words.strip(" ；;。，,")
    if _is_of_who(bare):
        return ""
    kept = [part for part in _parts(bare) if not _is_of_who(part)]
    return bare if len(kept) == len(_parts(bare)) else "，".join(kept)


def _parts(words: str) -> list[str]:
    """What stands between commas; a list of levels such as Ⅰ级，Ⅱ级响应 stays together."""
    return [part.strip() for part in _BREAK.split(words) if part.strip()]


def _is_of_who(part: str) -> bool:
    part = _AND_ABOVE.sub("级", part)
    if re.search(r"\d", part) or _TELLS.search(part):
        return False
    return bool(_ONLY_WHO.fullmatch(part) or _LABELLED.fullmatch(part))


def deciders_in(sentence: str) -> list[str]:
    """Who decides, for each time a sentence says so.

    >>> deciders_in("Ⅳ级响应由县防办主任批准启动，Ⅲ级响应由副指挥长批准启动")
    ['县防办主任', '副指挥长']
    """
    return [who for match in DECIDER.finditer(sentence) if ROLE.search(who := _who(match))]


def _who(match: re.Match[str]) -> str:
    words = next(filter(None, match.groups()), "")
    words += "）" * (words.count("（") - words.count("）"))
    return re.sub(r"^.*(?:响应|后|时|的|并|由|(?<!总)经(?!理)|(?<![预情])报请?|提请|请示)(?=.{2,})", "", words).strip(
        "，、 "
    )
