"""Take in what another installation files here: its plan, read-only, under its own identities, edition by edition."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlmodel import select

from plans_repo import versions
from plans_repo.course import courses, deeds, papers, terms
from plans_repo.course.deeds import Deed, DeedKind
from plans_repo.course.issued import Issued
from plans_repo.course.papers import Attachment
from plans_repo.course.stages import PaperKind, Process, Stage
from plans_repo.course.terms import EndKind
from plans_repo.course.working_days import local_day
from plans_repo.errors import PlansRepoError
from plans_repo.filing import correspondents, filings, inbox, mending, rules
from plans_repo.filing.correspondents import KeyStanding
from plans_repo.filing.manifest import Manifest, fingerprint
from plans_repo.filing.opening import OpenedPackage
from plans_repo.filing.recipients import Duty, Recipient, body_named
from plans_repo.organisations import EVERYWHERE, Organisation, OrganisationKind, organisation, organisations
from plans_repo.store import events
from plans_repo.store.roles import Action
from plans_repo.store.tables.accounts import OrganisationRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.tables.versions import Trigger, VersionRow
from plans_repo.store.work import Work


@dataclass(frozen=True, kw_only=True)
class Received:
    """What came: as the sender's own record of it, with who he is by name and key."""

    route: str
    recipients: tuple[Recipient, ...]
    root_hash: str
    document_number: str
    papers: tuple[str, ...]
    package: str
    filing: str
    sender: str
    sender_kind: OrganisationKind | None
    key: str
    manifest: str
    mends: str = ""


@dataclass(frozen=True, kw_only=True)
class Reception:
    """What became of a package: the plan here, what is known of the sender's key, which papers are missing.

    *mends* is the earlier filing, sent back or to be supplemented, that it answers.
    """

    filing: str
    plan: str
    version: str
    title: str
    document_number: str
    edition: int
    is_new_plan: bool
    is_supplement: bool
    sender: str
    fingerprint: str
    key_standing: KeyStanding
    missing: tuple[PaperKind, ...]
    mends: str = ""


def receive(work: Work, package: OpenedPackage) -> Reception:
    """Store the edition of an opened package as filed here, or what was missing of one; or refuse.

    The plan keeps the ids it has at the sender's; nobody here changes it. An edition older
    than the last one received, another text for the same edition, a package received
    before, one from another key than the plan first came from and one for other bodies are refused.
    """
    work.require(Action.RECEIPT_FILING)
    manifest = package.manifest
    _check_addressed(work, manifest)
    plan = _plan(work, manifest, package.signer)
    is_new = plan is None
    known = correspondents.standing(work, package.signer, manifest.sender.body)
    if known is KeyStanding.OTHER:
        raise _foreign_key(manifest, package.signer)
    course = work.session.get(CourseRow, manifest.course)
    if course is not None:
        deed = _supplement(work, package, plan, course)
        edition = filings.edition_of(work, work.session.get_one(PlanRow, course.plan_id), course)
    else:
        edition = _store(work, package, plan or _new_plan(work, manifest, package.signer))
        deed = _note(work, package, edition)
    present = {paper.kind for paper in papers.papers(work, edition.course)}
    required = rules.required_papers(manifest.plan_kind, manifest.sender.kind)
    return Reception(
        filing=deed.id,
        plan=edition.plan.id,
        version=edition.version.id,
        title=edition.plan.title,
        document_number=edition.course.document_number,
        edition=manifest.edition,
        is_new_plan=is_new,
        is_supplement=course is not None,
        sender=manifest.sender.body,
        fingerprint=fingerprint(package.signer),
        key_standing=known,
        missing=tuple(kind for kind in required if kind not in present and kind is not PaperKind.FILING_REPORT),
        mends=str(deed.value.get("mends", "")),
    )


def _plan(work: Work, manifest: Manifest, signer: str) -> PlanRow | None:
    """The plan as it is known here; refused when it is our own, or came from somebody else before."""
    row = work.session.get(PlanRow, manifest.plan)
    if row is None:
        return None
    if not row.origin:
        raise PlansRepoError("package-of-own-plan", thing=manifest.title, rule="is kept in this installation itself")
    is_confirmed = correspondents.standing(work, signer, manifest.sender.body) is KeyStanding.CONFIRMED
    if row.origin != signer and not is_confirmed:
        raise _foreign_key(manifest, signer)
    return row


def _foreign_key(manifest: Manifest, signer: str) -> PlansRepoError:
    return PlansRepoError(
        "package-of-another-sender",
        thing=manifest.title,
        field="key",
        rule="must be the key known for the sender",
        value=fingerprint(signer),
        sender=manifest.sender.body,
    )


def _new_plan(work: Work, manifest: Manifest, signer: str) -> PlanRow:
    body = work.session.exec(select(OrganisationRow).where(OrganisationRow.name == manifest.sender.body)).first()
    row = PlanRow(
        id=manifest.plan,
        title=manifest.title[:300],
        kind=manifest.plan_kind,
        hazard=manifest.hazard,
        organisation_id=body.id if body else None,
        area=body.area if body else _area(work, manifest),
        origin=signer,
        created_at=work.now,
        created_by=work.actor.account,
    )
    work.session.add(row)
    work.session.flush()
    payload = {"plan": row.id, "kind": row.kind, "title": row.title, "hazard": row.hazard, "origin": signer}
    events.record(work, events.chain_of_plan(row.id), "plan-filed-here", payload)
    return row


def _area(work: Work, manifest: Manifest) -> str:
    """The sender's area where it lies in that of the receiver; otherwise the receiver's own."""
    own = organisation(work, work.actor.organisation).area if work.actor.organisation else EVERYWHERE
    return manifest.sender.area if manifest.sender.area.startswith(own) else own


def _store(work: Work, package: OpenedPackage, plan: PlanRow) -> Issued:
    """The edition as a course of its own, in force as the sender says, with its papers."""
    manifest = package.manifest
    _check_newer(work, plan, manifest)
    course = CourseRow(
        id=manifest.course,
        plan_id=plan.id,
        stage=Stage.DRAFT,
        process=Process.FULL,
        ordinal=manifest.edition,
        document_number=manifest.document_number[:80],
        issued_on=manifest.issued_on,
        started_at=work.now,
    )
    work.session.add(course)
    work.session.flush()
    for name, data in package.media():
        versions.store_media(work, data, name)
    version = versions.make(
        work,
        plan,
        package.clauses,
        package.procedure,
        reason=f"接收备案：{manifest.sender.body}（{manifest.document_number}）",
        trigger=Trigger.IMPORT,
        title=manifest.title[:300],
        identity=manifest.version,
    )
    assert version.root_hash == manifest.root_hash
    _put_in_force(work, plan, course, manifest)
    edition = Issued(plan=plan, course=course, version=version)
    _keep_papers(work, package, edition)
    return edition


def _check_newer(work: Work, plan: PlanRow, manifest: Manifest) -> None:
    last = courses.latest(work, plan.id)
    if last is not None and manifest.edition <= last.ordinal:
        raise PlansRepoError(
            "package-older",
            thing=plan.title,
            field="edition",
            rule=f"must be > {last.ordinal}",
            value=manifest.edition,
            last=last.document_number,
        )
    if work.session.get(VersionRow, manifest.version) is not None:
        raise PlansRepoError("package-version-taken", thing=plan.title, field="version", value=manifest.version)


def _put_in_force(work: Work, plan: PlanRow, course: CourseRow, manifest: Manifest) -> None:
    course.stage = Stage.IN_FORCE
    work.session.flush()
    terms.begin(work, plan, course, effective_on=manifest.effective_on, trial_until=manifest.trial_until)
    for row in courses.all_effective(work, plan.id):
        if row.id != course.id:
            terms.end(work, plan, row, manifest.effective_on, EndKind.SUPERSEDED)
    terms.carry_out(work, plan.id)


def _keep_papers(work: Work, package: OpenedPackage, edition: Issued) -> None:
    known = {paper.digest for paper in papers.papers(work, edition.course)}
    for entry, data in package.papers():
        if entry.paper is not None and entry.sha256 not in known:
            attachment = Attachment(kind=entry.paper, name=entry.name or entry.path, data=data)
            papers.keep(work, edition.plan, edition.course, edition.version, attachment)


def _supplement(work: Work, package: OpenedPackage, plan: PlanRow | None, course: CourseRow) -> Deed:
    """Papers for an edition received before, where they were asked for; everything else is a repetition."""
    manifest = package.manifest
    if plan is None or course.plan_id != plan.id:
        raise PlansRepoError("package-version-taken", thing=manifest.title, field="course", value=manifest.course)
    edition = filings.edition_of(work, plan, course)
    if (edition.version.id, edition.version.root_hash) != (manifest.version, manifest.root_hash):
        raise PlansRepoError(
            "package-edition-altered", thing=plan.title, field="root_hash", value=manifest.root_hash[:12]
        )
    found = deeds.deeds(work, plan.id, course=course.id)
    received = [deed for deed in found if deed.kind is DeedKind.RECEIVED]
    last = deeds.latest(found, DeedKind.RECEIVED, DeedKind.SUPPLEMENT_REQUEST, DeedKind.RECEIPT)
    is_repeated = any(deed.value["package"] == manifest.digest for deed in received)
    if is_repeated or last is None or last.kind is not DeedKind.SUPPLEMENT_REQUEST:
        raise PlansRepoError(
            "package-received-already", thing=plan.title, value=manifest.document_number, on=received[0].on
        )
    _keep_papers(work, package, edition)
    return _note(work, package, edition)


def _note(work: Work, package: OpenedPackage, edition: Issued) -> Deed:
    manifest = package.manifest
    answered = mending.request_about(work, edition.plan.id, manifest.mends) if manifest.mends else None
    value = Received(
        mends=answered[0].id if answered else "",
        route="",
        recipients=_recipients(work, manifest),
        root_hash=manifest.root_hash,
        document_number=manifest.document_number,
        papers=tuple(sorted(entry.sha256 for entry in manifest.files if entry.paper is not None)),
        package=manifest.digest,
        filing=manifest.filing,
        sender=manifest.sender.body,
        sender_kind=manifest.sender.kind,
        key=package.signer,
        manifest=versions.store_media(work, manifest.bytes, "manifest.json"),
    )
    today = local_day(work.now)
    deed = deeds.keep(work, edition.plan.id, edition.course.id, DeedKind.RECEIVED, value, on=today)
    if answered is not None:
        mending.note_mended(work, answered[1], edition.course, deed.id)
    return deed


def _check_addressed(work: Work, manifest: Manifest) -> None:
    """Refuse what is neither filed with a body here that the actor acts for nor sent or copied to one.

    A package whose sender has put no name to the office is for whoever gets it, and so is any where no body is known.
    """
    bodies, here = organisations(work), _here(work)
    told = _recipients(work, manifest)
    named = [one for one in told if one.is_named]
    if not bodies or not any(one.duty is Duty.FILE for one in named):
        return
    mine = inbox.lines_for(tuple(named), here, bodies) if here else (one for one in named if one.organisation)
    if next(iter(mine), None) is None:
        raise PlansRepoError(
            "package-for-others",
            thing=manifest.title,
            field="recipients",
            rule="must name a body of this installation",
            value="、".join(one.name for one in named if one.duty is Duty.FILE),
            sender=manifest.sender.body,
        )


def _recipients(work: Work, manifest: Manifest) -> tuple[Recipient, ...]:
    """The recipients under the ids of this installation; an office nobody put a name to is the receiver's.

    One that only gets a copy stays what it is: it is not the authority the plan is filed with.
    """
    told = tuple(_known(work, one) for one in manifest.recipients)
    if any(one.duty is Duty.FILE and one.is_named for one in told):
        return told
    here = _here(work)
    if here is None:
        return told or (Recipient(duty=Duty.FILE, office="", name="—"),)
    if any(inbox.lines_for(told, here, organisations(work))):
        return told
    return (Recipient(duty=Duty.FILE, office="", name=here.name, organisation=here.id), *told)


def _known(work: Work, one: Recipient) -> Recipient:
    """A recipient as the body here that bears its name, in full or as officials shorten it."""
    body = body_named(organisations(work), one.name)
    return replace(one, organisation=body.id if body else None)


def _here(work: Work) -> Organisation | None:
    return organisation(work, work.actor.organisation) if work.actor.organisation else None
