"""The element review of an enterprise plan (73号) as a form: elements, key ones marked ★, what the machine found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plans_repo.checks.chapters import FoundChapter, chapters_from, find_in_part
from plans_repo.checks.dossier import Dossier, ElementAnswer
from plans_repo.checks.pack import words_from
from plans_repo.checks.rule import Words
from plans_repo.course.element_review import element_key, forms_of
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
    answer: ElementAnswer | None = None

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


def element_forms(dossier: Dossier) -> tuple[ElementForm, ...]:
    """The forms with their machine-checkable column filled: found where, or missing; one for each part of the text."""
    return tuple(_form(dossier, form) for form in forms_of(dossier.title, dossier.clauses))


def _form(dossier: Dossier, form_id: str) -> ElementForm:
    data = pack("checks", "elements")["form"]
    item = next(one for one in data if one["id"] == form_id)
    found = find_in_part(dossier.clauses, form_id, chapters_from(item["element"]))
    answers = {key.partition(":")[2]: one for key, one in dossier.element_answers.items() if _is_of(key, item["id"])}
    rows = tuple(
        _row(one, asks, answers) for one, asks in zip(found, (form["asks"] for form in item["element"]), strict=True)
    )
    return ElementForm(id=item["id"], title=words_from(item["title"]), rows=rows)


def _is_of(key: str, form: str) -> bool:
    return key.startswith(element_key(form, ""))


def _row(found: FoundChapter, asks: Mapping[str, str], answers: Mapping[str, ElementAnswer]) -> ElementRow:
    chapter = found.chapter
    return ElementRow(
        id=chapter.id,
        title=chapter.title,
        asks=words_from(asks),
        is_key=chapter.is_key,
        clause=found.clause,
        answer=answers.get(chapter.id),
    )
