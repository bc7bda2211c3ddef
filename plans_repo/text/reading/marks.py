"""Marks of classification (涉密标志) and of internal papers: what bears one must never enter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

GRADE = r"(?:绝密|机密|秘密|絕密|機密)"
STAR = r"[★☆✭✰＊*]"
PERIOD = r"(?:长期|\d{1,3}[年月日天]|启用前|[一二三四五六七八九十]+[年月])"
NOTICES = (
    r"(?:[,，、;；!！]?(?:请?注意保密|注意保存|妥善保管|请妥善保管|不得外传|严禁外传|请勿外传"
    r"|禁止外传|切勿外传|不得翻印|严禁翻印|禁止复制|注意保管|用后收回|仅供参考))*"
)
LINE_CHARS = 40
STARRED = re.compile(rf"(?:{GRADE}|工作秘密|内部){STAR}")
ALONE = re.compile(rf"[（(【\[〔《“\"]?{GRADE}(?:级|文件|件)?[）)】\]〕》”\"]?{PERIOD}?[!！。]?")
WITH_NOTICE = re.compile(rf"{GRADE}(?:级|件)?(?:[{STAR[1:-1]}·•]?{PERIOD}|{STAR})?{NOTICES}[!！。]?")
STAR_FIRST = re.compile(rf"{STAR}{GRADE}(?:级|文件|件)?{STAR}?{PERIOD}?{NOTICES}[!！。]?")
SAID = re.compile(rf"(?:此|本)件(?:为|系|属)?{GRADE}(?:级|件)?{NOTICES}[!！。]?|工作秘密{NOTICES}[!！。]?")
NUMBERED = re.compile(
    rf"(?:№|No\.?|编号[:：]?)?\d{{3,8}}{GRADE}{STAR}?{PERIOD}?|{GRADE}{STAR}?{PERIOD}?(?:№|No\.?|编号[:：]?)\d{{3,8}}"
)
DECLARED = re.compile(
    rf"(?:密级|保密等级|保密级别|涉密等级|秘密等级|文件密级)[:：]?(?:{GRADE}|内部)(?:级|文件|资料)?{STAR}?{PERIOD}?"
)
WITHIN = r"(?:单位|部门|系统|本单位|本部门|本系统|本级|机关|公司|集团|政府)?"
INTERNAL_WORDS = (
    r"(?:内部(?:资料|文件|材料|使用|参考|传阅|发放|掌握|阅件|刊物|版|★)"
    rf"|(?:仅供|仅限|只供|只限|限|供){WITHIN}内部(?:人员)?(?:使用|参考|传阅|阅读|交流|学习|掌握|发放|工作使用)?"
    r"|(?:仅限|限)(?:单位|系统|机关)?内(?:部)?(?:传阅|使用)|工作秘密)"
)
INTERNAL = re.compile(
    r"[（(【\[〔《“\"]?(?:(?:此|本)(?:件|文件|预案|资料|材料|方案)(?:为|系|属|属于|是)?)?"
    rf"(?:{INTERNAL_WORDS}[,，、·]?){{1,2}}{NOTICES}"
    r"[）)】\]〕》”\"]?[!！。]?"
)
BOUND = r"[_\-—–·.+（(【\[）)】\]]"
NAME_WORDS = (
    rf"{GRADE}(?:级|件|文件)?{STAR}?{PERIOD}?|涉密(?:件|文件)?"
    "|内部(?:资料|文件|材料|使用)?|仅供内部(?:使用|参考)|工作秘密"
)
IN_NAME = re.compile(rf"(?:^|{BOUND})({NAME_WORDS})(?={BOUND}|$)|({GRADE}{STAR}{PERIOD}?)")
WIDE_GAP = re.compile(r"[\t\u3000]|[^\S\n]{2,}")


def classification_mark(texts: Iterable[str], *, is_table: bool = False) -> str:
    """The first line that is a mark of classification; '' when there is none.

    The word within a sentence is no mark, nor one among the columns of a table.

    >>> classification_mark(["机 密★1年"]), classification_mark(["严守机密，做好保密工作。"])
    ('机密★1年', '')
    """
    for text in texts:
        for line in text.splitlines():
            bare = _squeezed(line)
            if bare and (_is_mark(bare) or _has_internal_word(line) or (not is_table and _stands_apart(line))):
                return bare
    return ""


def name_mark(file_name: str) -> str:
    """The mark inside a file name, or ''.

    >>> name_mark("机密 防汛预案.docx"), name_mark("防汛预案（内部资料）.pdf"), name_mark("商业秘密保护预案.docx")
    ('机密', '内部资料', '')
    """
    found = IN_NAME.search("_".join(file_name.split()))
    return (found[1] or found[2]) if found else ""


def _squeezed(line: str) -> str:
    return "".join(sign for sign in line if not sign.isspace() and unicodedata.category(sign) != "Cf")


def _has_internal_word(line: str) -> bool:
    """Whether a short line of words, as in a page header, has 内部资料 among them."""
    if "\t" in line.strip() or len(line) > LINE_CHARS or re.search("[，,。；;：:、]", line):
        return False
    return any(INTERNAL.fullmatch(word) for word in line.split())


def _stands_apart(line: str) -> bool:
    """Whether a grade stands at one end of a short line, a wide gap away from the rest: 机密　　临政发〔2026〕3号."""
    words = [_squeezed(word) for word in WIDE_GAP.split(line.strip())]
    words = [word for word in words if word]
    if len(words) < 2 or len(line.strip()) > LINE_CHARS or re.search("[，,。；;：:、]", line):
        return False
    graded = [word for word in words if re.search(GRADE, word)]
    return len(graded) == 1 and graded[0] in (words[0], words[-1]) and bool(ALONE.fullmatch(graded[0]))


def _is_mark(bare: str) -> bool:
    if STARRED.search(bare) and len(bare) <= LINE_CHARS and not re.search("[，,。；;“”]", bare):
        return True
    return any(
        pattern.fullmatch(bare) for pattern in (ALONE, WITH_NOTICE, STAR_FIRST, SAID, NUMBERED, DECLARED, INTERNAL)
    )
