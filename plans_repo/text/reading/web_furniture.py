"""What surrounds a plan on a portal's page: menus, path, share buttons, the footing with the record number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from plans_repo.text.reading.source import Aside, Block, Line

TAGS = frozenset({"nav", "header", "footer", "aside"})
WORDS = frozenset({
    "nav", "navbar", "navigation", "menu", "crumb", "crumbs", "breadcrumb", "breadcrumbs", "position", "location",
    "share", "print", "footer", "foot", "copyright", "sidebar", "toolbar", "topbar", "header", "search", "links",
    "prevnext", "bdsharebuttonbox", "dqwz", "weizhi",
})  # fmt: skip
SPLIT = re.compile(r"[\s_\-]+|(?<=[a-z])(?=[A-Z])")
LARGEST_CHARS = 2000
LARGEST_SHARE = 0.25
TAIL = re.compile(
    r"(?:[【\[（(]?(?:打印(?:本页|文章)?|关闭(?:本页|窗口)?|收藏(?:本页)?|返回(?:顶部|首页|列表)?|字体[:：]?|大|中|小)[】\]）)]?\s*)+"
    r"|分享(?:到|至)?[:：]?.{0,20}|扫一扫.{0,20}|责任编辑[:：].{0,20}|[上下]一篇[:：]?.{0,60}|网站地图|联系我们|相关(?:链接|文章|阅读)[:：]?"
    r"|(?:版权所有|主办(?:单位)?|承办(?:单位)?|技术支持|网站标识码).{0,60}|.{0,40}(?:ICP备|公网安备).{0,40}"
)


def is_furniture(element: etree._Element, size: int, total: int) -> bool:
    """Whether an element of *size* characters is part of the portal: by its tag or name, and never a large one."""
    words = SPLIT.split(f"{element.get('class') or ''} {element.get('id') or ''}")
    if element.tag not in TAGS and not any(word.lower() in WORDS for word in words):
        return False
    return size <= LARGEST_CHARS and size <= LARGEST_SHARE * total


def without_tail(blocks: Sequence[Block]) -> tuple[list[Block], tuple[Aside, ...]]:
    """The blocks less the buttons and the footing that close a page, and those as one text."""
    end = len(blocks)
    while end and _is_tail(blocks[end - 1]):
        end -= 1
    tail = "\n".join(block.text for block in blocks[end:] if isinstance(block, Line))
    return list(blocks[:end]), (Aside(text=tail),) if tail else ()


def _is_tail(block: Block) -> bool:
    if not isinstance(block, Line) or block.media or block.outline_level:
        return False
    return bool(TAIL.fullmatch(block.text.strip()))
