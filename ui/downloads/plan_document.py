"""`/download/plan-document/PLAN?version=&against=&comments=&suggestions=` and `/download/paper/VERSION?digest=`."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping

from plans_repo import plans, redlines, versions
from plans_repo.course.draft_names import draft_name
from plans_repo.course.passage import passage
from plans_repo.errors import NotFound
from plans_repo.plans import VersionSummary
from plans_repo.store.work import Work
from plans_repo.word.plan_document import PlanIdentity, plan_document
from ui.downloads import DOCX, File, download
from ui.wording import _


@download("plan-document")
def document(work: Work, id_: str, query: Mapping[str, str]) -> File:
    """A version as an official text, or with its differences from another version tracked."""
    version = plans.version_of(work, id_, query.get("version", ""))
    plan = plans.plan(work, id_)
    clauses = plans.text_of(work, id_, version.id)
    identity = PlanIdentity(
        plan=plan.id, version=version.id, root_hash=version.root_hash, title=plan.title, made_at=version.created_at
    )
    has_comments = bool(query.get("comments"))
    if query.get("suggestions"):
        marked = redlines.with_suggestions(work, id_, version.id, with_comments=has_comments)
        return File(name=_("{title}修改建议稿.docx", title=plan.title), data=marked.data, media_type=DOCX)
    if not query.get("against"):
        notes = redlines.notes_of(work, id_, version.id) if has_comments else ()
        made = plan_document(identity, clauses, media=redlines.media_of(work, clauses), notes=notes)
        return File(name=f"{plan.title}{_draft(version)} {version.label}.docx", data=made.data, media_type=DOCX)
    marked = redlines.redline(work, id_, query["against"], version.id, with_comments=has_comments)
    name = _("{title}修订痕迹稿.docx", title=plan.title)
    return File(name=name, data=marked.data, media_type=DOCX)


def _draft(version: VersionSummary) -> str:
    """What officials call the text while it is on its way: （征求意见稿）; nothing for an edition or an older draft."""
    name = draft_name(version.state) if version.is_current else ""
    return f"（{name}）" if name else ""


@download("paper")
def paper(work: Work, id_: str, query: Mapping[str, str]) -> File:
    """A paper of the course of a version; only those that stand there are handed out."""
    digest = query.get("digest", "")
    if digest not in {one.digest for one in passage(work, id_).papers}:
        raise NotFound("media-unknown", thing="file", value=digest)
    name, data = versions.media(work, digest)
    return File(name=name, data=data, media_type=mimetypes.guess_type(name)[0] or "application/octet-stream")
