"""Forms and papers of the course of a version: `/download/consultation-letter/VERSION` and the like."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping

from plans_repo import organisations, people, plans, versions
from plans_repo.course import consultation, element_review, explanation, panels, votes
from plans_repo.course.decisions import decisions
from plans_repo.course.draft_names import draft_name
from plans_repo.course.passage import passage
from plans_repo.errors import NotFound
from plans_repo.store.tables.plans import PlanKind
from plans_repo.store.work import Work
from plans_repo.word import course_papers
from plans_repo.word.course_papers import PARTS, About, SheetPart, Signed
from ui.downloads import DOCX, File, download
from ui.errors import UiError
from ui.wording import _, speaking
from ui.wording.codes import MOVES


@download("consultation-letter")
def letter(work: Work, id_: str, _query: Mapping[str, str]) -> File:
    """The consultation letter with its return slip."""
    asked = consultation.consultation(work, id_)
    if asked is None:
        raise NotFound("consultation-unknown", thing="consultation", value=id_)
    return _word(about(work, id_), course_papers.consultation_letter(about(work, id_), asked), "征求意见函")


@download("sign-in-sheet")
def sign_in(work: Work, id_: str, _query: Mapping[str, str]) -> File:
    """The panel's sign-in sheet."""
    told = about(work, id_)
    return _word(told, course_papers.sign_in_sheet(told, _panel(work, id_)), "评审签到表")


@download("review-forms")
def forms(work: Work, id_: str, _query: Mapping[str, str]) -> File:
    """A review form for every expert of the panel."""
    told, panel = about(work, id_), _panel(work, id_)
    signed = {one.seat: one for one in votes.votes(work, panel.id)}
    stand = passage(work, id_)
    plan = plans.plan(work, stand.plan)
    tables = element_review.tables(plan.kind, plan.title, plans.text_of(work, plan.id, panel.version))
    data = course_papers.review_forms(told, panel, signed, votes.review_form(work, panel.id), tables)
    return _word(told, data, "专家评审意见表")


@download("explanation")
def explained(work: Work, id_: str, _query: Mapping[str, str]) -> File:
    """The authoring explanation."""
    told = about(work, id_)
    return _word(told, course_papers.explanation_paper(told, explanation.explanation(work, id_)), "编制说明")


@download("drafting-sheet")
def drafting(work: Work, id_: str, _query: Mapping[str, str]) -> File:
    """The drafting sheet with the signatures that hold; an enterprise has no such paper."""
    told, stand = about(work, id_), passage(work, id_)
    if plans.plan(work, stand.plan).kind is PlanKind.UNIT:
        raise UiError("sheet-not-of-unit", thing=told.title)
    if plans.is_of_another_side(work, stand.plan):
        raise NotFound("media-unknown", thing="file", value="drafting-sheet")
    made = decisions(work, stand.plan, stand.course)
    held = [sign for sign in stand.sign_offs if sign.holds]
    names = people.display_names(work, [sign.signed_by for sign in held])
    with speaking("zh"):
        signed = [
            Signed(
                step=_(MOVES[sign.move]),
                name=names.get(sign.signed_by, _("本机操作")),
                on=sign.on,
                entered_at=sign.signed_at,
                opinion=sign.opinion,
                part=PARTS.get(sign.move, SheetPart.JOINT),
                manner=made[sign.move].title if sign.move in made else "",
            )
            for sign in held
        ]
    root_hash = plans.version_of(work, stand.plan, stand.version).root_hash
    data = course_papers.drafting_sheet(told, number=stand.document_number, root_hash=root_hash, signed=signed)
    return _word(told, data, "发文稿纸")


@download("answer-paper")
def answer_paper(work: Work, id_: str, query: Mapping[str, str]) -> File:
    """A unit's letter, for those who see its answer."""
    asked = consultation.consultation(work, id_)
    return _paper(work, query, {unit.paper for unit in asked.units} if asked else set())


@download("vote-paper")
def vote_paper(work: Work, id_: str, query: Mapping[str, str]) -> File:
    """An expert's signed form."""
    return _paper(work, query, {one.paper for one in votes.votes(work, _panel(work, id_).id)})


def about(work: Work, version_id: str) -> About:
    """What a form of this version says of it."""
    stand = passage(work, version_id)
    plan = plans.plan(work, stand.plan)
    writer = work.actor.organisation or plan.organisation
    body = organisations.organisation(work, writer).name if writer else ""
    author = "" if work.actor.account == people.LOCAL else work.actor.name
    return About(title=plan.title, body=body, draft=draft_name(stand.stage), author=author, made_at=work.now)


def _panel(work: Work, version_id: str) -> panels.Panel:
    panel = panels.panel(work, version_id)
    if panel is None:
        raise NotFound("panel-unknown", thing="panel", field="panel", value=version_id)
    return panel


def _paper(work: Work, query: Mapping[str, str], seen: set[str]) -> File:
    digest = query.get("digest", "")
    if not digest or digest not in seen:
        raise NotFound("media-unknown", thing="file", value=digest)
    name, data = versions.media(work, digest)
    return File(name=name, data=data, media_type=mimetypes.guess_type(name)[0] or "application/octet-stream")


def _word(told: About, data: bytes, kind: str) -> File:
    return File(name=f"{told.title}{kind}.docx", data=data, media_type=DOCX)
