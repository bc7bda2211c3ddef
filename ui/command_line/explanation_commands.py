"""``yuyan plan explanation``: the authoring explanation 编制说明, field by field, and as a Word file."""

from __future__ import annotations

from plans_repo import plans
from plans_repo.course import explanation
from plans_repo.course.explanation import Explanation, Heading
from plans_repo.word.course_papers import explanation_paper
from ui.command_line.answer import Answer
from ui.command_line.context import Context, name_of, read_file, require_writable, write_file
from ui.components.plan_names import told
from ui.downloads.course_papers import about
from ui.errors import UiError
from ui.wording import _


def explain(context: Context) -> Answer:
    """What stands under each heading; with ``--set`` some are written first, with ``--out`` the Word file is made."""
    asked = context.arguments
    said = dict(map(_field, asked.set))
    if asked.out:
        require_writable(asked.out)
    with context.work() if said else context.reading() as work:
        version = plans.version_of(work, asked.plan).id
        present = explanation.save_explanation(work, version, said) if said else explanation.explanation(work, version)
        data = explanation_paper(about(work, version), present) if asked.out else b""
    file = write_file(asked.out, data) if data else ""
    return Answer(
        fields={"plan": asked.plan, "fields": dict(present.fields), "missing": list(present.missing), "file": file},
        lines=[
            *(_line(heading, present) for heading in explanation.headings()),
            *([_("已写出 {file}", file=file)] if file else []),
        ],
    )


def _field(word: str) -> tuple[str, str]:
    """``FIELD=WORDS``, the field by its code or its title; ``@FILE`` in the place of the words reads them."""
    name, sign, words = word.partition("=")
    found = next((one.id for one in explanation.headings() if name in (one.id, one.title, one.title_en)), None)
    if not sign or found is None:
        known = _("、").join(told(one.title, one.title_en) for one in explanation.headings())
        raise UiError("explanation-field-unfit", thing="--set", rule="FIELD=WORDS", value=word[:80], known=known)
    return found, _read(words[1:]) if words.startswith("@") else words


def _read(path: str) -> str:
    try:
        return read_file(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise UiError("file-not-text", thing=name_of(path), rule="UTF-8", value=path) from error


def _line(heading: Heading, present: Explanation) -> str:
    words = present.fields.get(heading.id, "").strip()
    return f"{heading.id}\t{told(heading.title, heading.title_en)}\t{words or _('（没有填写）')}"
