"""The papers a rule asks for with a filing 法定备案材料, and what somebody asks for beyond them."""

from __future__ import annotations

from collections.abc import Iterable

from plans_repo.course.stages import PaperKind
from plans_repo.filing import rules
from plans_repo.packs.naming import has_name, name_of

BEYOND = "超出法定备案材料"


def kinds_of(required: Iterable[PaperKind]) -> tuple[PaperKind, ...]:
    """The papers of a filing, the issued text first."""
    return (rules.text_papers()[0], *required)


def names_of(required: Iterable[PaperKind]) -> tuple[str, ...]:
    """The same by name, the electronic text last.

    >>> names_of([PaperKind.EXPLANATION])
    ('红头文件扫描件', '编制（修订）说明', '电子文本')
    """
    return (*(name_of("paper", kind, "zh") for kind in kinds_of(required)), rules.electronic_words()[0])


def is_listed(item: str, required: Iterable[PaperKind]) -> bool:
    """Whether what somebody misses is one of those papers, or a part of one.

    >>> [is_listed(item, [PaperKind.EXPLANATION]) for item in ("编制说明未盖章", "正式文本", "风险评估报告")]
    [True, True, False]
    """
    kinds = (*rules.text_papers(), *required)
    known = [word for kind in kinds for word in (name_of("paper", kind, "zh"), *rules.words_for(kind))]
    return any(word in item for word in (*known, *rules.electronic_words()))


def called(item: str) -> str:
    """What somebody misses, by its name where he gave a code: explanation is 编制说明."""
    return name_of("paper", item.strip(), "zh") if has_name("paper", item.strip()) else item.strip()


def beyond(items: Iterable[str], required: Iterable[PaperKind]) -> tuple[str, ...]:
    """Those that no rule asks for."""
    asked = tuple(required)
    return tuple(item for item in items if not is_listed(item, asked))


def told(item: str, reason: str) -> str:
    """How the sender is told of a paper that no rule asks for: with that, and with the reason."""
    return f"{item}（{BEYOND}，理由：{reason}）"
