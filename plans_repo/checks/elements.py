"""The element review of an enterprise plan (73号) as a form: elements, key ones marked ★, what the machine found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plans_repo.checks.chapters import FoundChapter, chapters_from, find_chapters
from plans_repo.checks.dossier import Dossier
from plans_repo.checks.pack import words_from
from plans_repo.checks.rule import Words
from plans_repo.packs.reading import pack

KEY_MARK = "★"


@dataclass(frozen=True, kw_only=True)
class ElementRow:
    """One element: what it asks, whether it is key, where the text has it, and a reviewer's answer if given."""

    id: str
    title: Words
    asks: Words
    is_key: bool
    clause: str
    conforms: bool | None = None

    @property
    def may_be_short(self) -> bool:
        """A general element may be short or left out."""
        return not self.is_key


@dataclass(frozen=True, kw_only=True)
class ElementForm:
    """The form for one kind of enterprise plan."""

    id: str
    title: Words
    rows: tuple[ElementRow, ...] = field(default=())


def element_form(dossier: Dossier) -> ElementForm:
    """The form with its machine-checkable column filled: found where, or missing."""
    data = pack("checks", "elements")["form"]
    item = next(one for one in data if one["id"] == _form_of(dossier.title))
    chapters = chapters_from(item["element"])
    found = find_chapters(dossier.clauses, chapters)
    answers = dossier.element_answers
    rows = tuple(
        _row(one, asks, answers) for one, asks in zip(found, (form["asks"] for form in item["element"]), strict=True)
    )
    return ElementForm(id=item["id"], title=words_from(item["title"]), rows=rows)


def _row(found: FoundChapter, asks: Mapping[str, str], answers: Mapping[str, bool]) -> ElementRow:
    chapter = found.chapter
    return ElementRow(
        id=chapter.id,
        title=chapter.title,
        asks=words_from(asks),
        is_key=chapter.is_key,
        clause=found.clause,
        conforms=answers.get(chapter.id),
    )


def _form_of(title: str) -> str:
    """Which of the three forms a title asks for.

    >>> _form_of("某公司综合应急预案"), _form_of("火灾事故专项应急预案"), _form_of("瓦斯爆炸事故现场处置方案")
    ('comprehensive', 'special', 'on_site')
    """
    if "现场处置" in title or "处置卡" in title:
        return "on_site"
    return "special" if "专项" in title or ("事故" in title and "综合" not in title) else "comprehensive"
