"""Why a verification failed, in words; a place is named by its identifiers."""

from __future__ import annotations

from ui.wording import _, later

WHY = {
    "altered": later("内容被改动"),
    "missing": later("缺失"),
    "not-linked": later("与前一条不衔接"),
    "signature-wrong": later("签名不符"),
    "not-the-head-remembered": later("与另存的链首不一致"),
    "cut-off": later("末尾被截断"),
    "not-in-heads": later("没有写入总链"),
    "without-event": later("没有对应的事件"),
    "not-guarded": later("防改动措施已被去除"),
    "unreadable": later("无法读取"),
    "part-missing": later("缺少组成部分"),
}


def why_words(why: str) -> str:
    """A fault in words; what it names beside its kind stays as it is.

    >>> why_words("altered"), why_words("part-missing 9f3a")
    ('内容被改动', '缺少组成部分 9f3a')
    """
    kind, _space, rest = why.partition(" ")
    return " ".join(filter(None, (_(WHY[kind]) if kind in WHY else kind, rest)))
