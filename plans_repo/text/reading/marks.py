"""Marks of classification (涉密标志): what bears one must never enter."""

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
INTERNAL = re.compile(
    r"[（(【\[]?(?:内部资料|内部文件|内部材料|内部使用)"
    rf"{NOTICES}"
    r"[）)】\]]?[!！。]?"
)
IN_NAME = re.compile(rf"[（(【\[]{GRADE}[）)】\]]|{GRADE}{STAR}|[（(【\[]涉密[）)】\]]")


def classification_mark(texts: Iterable[str]) -> str:
    """The first line that is a mark of classification; '' when there is none.

    The word within a sentence is no mark.

    >>> classification_mark(["机 密★1年"]), classification_mark(["严守机密，做好保密工作。"])
    ('机密★1年', '')
    """
    for text in texts:
        for line in text.splitlines():
            bare = _squeezed(line)
            if bare and (_is_mark(bare) or _has_internal_word(line)):
                return bare
    return ""


def name_mark(file_name: str) -> str:
    """The mark inside a file name, or ''."""
    found = IN_NAME.search(_squeezed(file_name))
    return found[0] if found else ""


def _squeezed(line: str) -> str:
    return "".join(sign for sign in line if not sign.isspace() and unicodedata.category(sign) != "Cf")


def _has_internal_word(line: str) -> bool:
    """Whether a short line of words, as in a page header, has 内部资料 among them."""
    if "\t" in line.strip() or len(line) > LINE_CHARS or re.search("[，。；：、]", line):
        return False
    return any(INTERNAL.fullmatch(word) for word in line.split())


def _is_mark(bare: str) -> bool:
    if STARRED.search(bare) and len(bare) <= LINE_CHARS and not re.search("[，。；“”]", bare):
        return True
    return any(
        pattern.fullmatch(bare) for pattern in (ALONE, WITH_NOTICE, STAR_FIRST, SAID, NUMBERED, DECLARED, INTERNAL)
    )
