"""Answers that came but do not count yet 待核: not of the authority a plan is filed with, or under an unchecked key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans_repo import access, versions
from plans_repo.course import deeds
from plans_repo.course.deeds import Deed, DeedKind
from plans_repo.course.issued import Issued, issued
from plans_repo.errors import NotFound
from plans_repo.filing import correspondents, filings
from plans_repo.filing.correspondents import KeyStanding
from plans_repo.filing.filings import Receipt, Sending
from plans_repo.filing.manifest import fingerprint
from plans_repo.filing.recipients import Duty, Recipient, is_same_body
from plans_repo.filing.shares import Share, shares_of
from plans_repo.store.roles import Action
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Work
from sim.plain import unplain


class Result(StrEnum):
    """What the receiver answers."""

    FILED = "filed"  # 予以备案
    SUPPLEMENT = "supplement"  # 补正
    RETURNED = "returned"  # 退回


class Lack(StrEnum):
    """Why an answer does not count yet."""

    NOT_AUTHORITY = "not_authority"  # 出具单位不是这次备案的备案机关
    KEY_UNCONFIRMED = "key_unconfirmed"  # 签名密钥未核对


@dataclass(frozen=True, kw_only=True)
class Held:
    """An answer as it is kept: what it says, who signed it, for which package; *file* is the digest of its bytes."""

    result: Result
    receiver: str
    number: str
    missing: tuple[str, ...]
    key: str
    name: str
    file: str
    package: str


@dataclass(frozen=True, kw_only=True)
class HeldAnswer:
    """An answer that waits, and what it lacks today; *authorities* are the bodies whose answer would count."""

    id: str
    plan: str
    course: str
    title: str
    said: Held
    came_on: date
    lacks: tuple[Lack, ...]
    authorities: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """The key as it is read over the telephone."""
        return fingerprint(self.said.key)


def lacks(work: Work, receiver: str, key: str, authorities: tuple[str, ...]) -> tuple[Lack, ...]:
    """What keeps an answer of *receiver* under *key* from counting; () when nothing does."""
    found = []
    if not any(is_same_body(receiver, name) for name in authorities):
        found.append(Lack.NOT_AUTHORITY)
    if correspondents.standing(work, key, receiver) is not KeyStanding.CONFIRMED:
        found.append(Lack.KEY_UNCONFIRMED)
    return tuple(found)


def authorities(work: Work, edition: Issued, package: Deed) -> tuple[str, ...]:
    """The bodies an edition is filed with: as the package answered says, else as it was sent, else as is settled."""
    told = package.value.get("recipients")
    if told is not None:
        recipients = tuple(unplain(Recipient, one) for one in told)
    else:
        found = deeds.deeds(work, edition.plan.id, course=edition.course.id)
        sent = deeds.latest(found, DeedKind.FILING)
        settled = filings.chosen_destination(work, edition.plan).recipients
        recipients = sent.told(Sending).recipients if sent else settled
    return tuple(one.name for one in recipients if one.duty is Duty.FILE)


def hold(work: Work, edition: Issued, held: Held, day: date, about: str) -> Deed:
    """Keep an answer; one that lies here already is not kept twice."""
    known = next(
        (one for one in _open(work, edition.plan.id, edition.course.id) if one.value["file"] == held.file), None
    )
    return known or deeds.keep(
        work, edition.plan.id, edition.course.id, DeedKind.RECEIPT_HELD, held, on=day, about=about
    )


def held_answers(work: Work, version_id: str) -> tuple[HeldAnswer, ...]:
    """The answers that wait for an issued edition, oldest first."""
    edition = issued(work, version_id, Action.READ_PLAN, at_its_place=False)
    return tuple(_value(work, edition, deed) for deed in _open(work, edition.plan.id, edition.course.id))


def held_answer(work: Work, held_id: str) -> tuple[HeldAnswer, bytes]:
    """One of them with its file, for who files the plan."""
    work.require(Action.FILE_PLAN)
    for course, found in deeds.deeds_by_course(work, DeedKind.RECEIPT_HELD).items():
        for deed in found:
            if deed.id == held_id:
                plan = access.visible_plan(work, deed.plan, Action.FILE_PLAN)
                if deed.id not in {one.id for one in _open(work, deed.plan, course)}:
                    break
                said = deed.told(Held)
                edition = filings.edition_of(work, plan, work.session.get_one(CourseRow, course))
                return _value(work, edition, deed), versions.media(work, said.file)[1]
    raise NotFound("held-answer-unknown", thing="receipt", value=held_id)


def waiting(work: Work) -> tuple[HeldAnswer, ...]:
    """Every answer that waits for a plan the actor files."""
    work.require(Action.FILE_PLAN)
    here = access.standpoint(work)
    found = []
    for course in deeds.deeds_by_course(work, DeedKind.RECEIPT_HELD):
        row = work.session.get_one(CourseRow, course)
        plan = work.session.get_one(PlanRow, row.plan_id)
        if here.acts_on(plan):
            found += [_value(work, filings.edition_of(work, plan, row), deed) for deed in _open(work, plan.id, course)]
    return tuple(sorted(found, key=lambda one: (one.came_on, one.title)))


def _open(work: Work, plan: str, course: str) -> tuple[Deed, ...]:
    """The answers kept that nothing has followed: neither a receipt, nor the same answer taken in."""
    every = deeds.deeds(work, plan, course=course)
    return tuple(deed for share in shares_of(every) for deed in _open_of(share))


def _open_of(share: Share) -> tuple[Deed, ...]:
    found, given = share.deeds, share.receipt
    if given is not None and not given.told(Receipt).is_from_paper:
        return ()
    taken = {str(deed.value.get("key", "")) for deed in found if deed.kind is DeedKind.SUPPLEMENT_REQUEST}
    return tuple(
        deed
        for deed in found
        if deed.kind is DeedKind.RECEIPT_HELD
        and not (deed.value["result"] != Result.FILED and deed.value["key"] in taken)
    )


def _value(work: Work, edition: Issued, deed: Deed) -> HeldAnswer:
    said = deed.told(Held)
    made = deeds.deeds(work, edition.plan.id, DeedKind.PACKAGE, course=edition.course.id)
    package = next(one for one in made if one.value["manifest"] == said.package)
    named = authorities(work, edition, package)
    return HeldAnswer(
        id=deed.id,
        plan=edition.plan.id,
        course=edition.course.id,
        title=edition.plan.title,
        said=said,
        came_on=deed.on,
        lacks=lacks(work, said.receiver, said.key, named),
        authorities=named,
    )
