"""Make a filing package: the issued text in Word, the papers, the very version, a signed manifest; one zip."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from plans_repo import versions
from plans_repo.course import deeds, papers, terms
from plans_repo.course.deeds import DeedKind
from plans_repo.course.issued import Issued, newest_issued
from plans_repo.course.papers import Attachment
from plans_repo.course.stages import PaperKind
from plans_repo.course.working_days import local_day
from plans_repo.errors import PlansRepoError
from plans_repo.filing import filings, mending, rules
from plans_repo.filing.copies import CopyTo, name_copies
from plans_repo.filing.manifest import (
    FORMAT,
    KIND,
    MANIFEST,
    MENDING,
    SIGNATURE,
    VERSION,
    Manifest,
    PackedFile,
    Sender,
    SignedHead,
    signed_bytes,
)
from plans_repo.filing.recipients import Recipient, unnamed
from plans_repo.filing.reporting_body import reporting_body
from plans_repo.filing.selection import Selection, receivers, select_papers
from plans_repo.organisations import organisations
from plans_repo.store.roles import Action
from plans_repo.store.signing import HeadKey
from plans_repo.store.tables.events import HeadRow
from plans_repo.store.work import Work
from plans_repo.text.clause import to_plain
from plans_repo.word.plan_document import PlanIdentity, plan_document
from sim.plain import canonical, plain

STILL = (1980, 1, 1, 0, 0, 0)  # the same package gives the same bytes
MOST_NAME = 120
TEXT = "text.docx"


@dataclass(frozen=True, kw_only=True)
class Package:
    """A filing package: its bytes, its manifest, whether papers the rules ask for are missing.

    *unnamed* are offices of the route that get nothing, since nobody has put a name to them.
    """

    data: bytes
    manifest: Manifest
    missing: tuple[PaperKind, ...]
    unnamed: tuple[Recipient, ...] = ()


def make_package(
    work: Work,
    plan_id: str,
    *,
    attachments: tuple[Attachment, ...] = (),
    more: tuple[PaperKind, ...] = (),
    incomplete: bool = False,
    to: str = "",
    copies: Sequence[CopyTo] = (),
) -> Package:
    """The package of the newest issued edition of a plan; that it was made is written down.

    Refused while papers are missing, unless *incomplete* is asked for on purpose, and while it is addressed to
    nobody; *to* names the body it is filed with,
    *copies* those that only get one. *attachments* go to the papers of the plan as well. Beside them
    go the papers the rule asks for and those of the kinds in *more*; one with internal papers goes to nobody else
    than the body the plan is filed with.
    """
    edition = newest_issued(work, plan_id, Action.FILE_PLAN)
    key = _key(work)
    if to.strip():
        filings.address(work, edition.version.id, to)
    name_copies(work, edition.plan, edition.version.id, copies)
    for attachment in attachments:
        papers.add(work, edition.plan, edition.course, edition.version, attachment)
    check_addressed(work, edition)
    missing = missing_papers(work, edition)
    if missing and not incomplete:
        raise PlansRepoError(
            "filing-papers-missing",
            thing=edition.plan.title,
            field="papers",
            rule="must all be there",
            papers=tuple(missing),
        )
    chosen = select_papers(work, edition.plan, edition.course, (*more, *(one.kind for one in attachments)))
    members = _members(work, edition, chosen)
    manifest = _manifest(work, edition, key, members, chosen)
    data = _packed({MANIFEST: manifest.bytes, SIGNATURE: signed_bytes(manifest.bytes, key)} | members.contents)
    value = {
        "filing": manifest.filing,
        "manifest": manifest.digest,
        "files": len(manifest.files),
        "recipients": plain(manifest.recipients),
        "papers": [paper.digest for paper in chosen.papers],
    }
    deeds.keep(work, edition.plan.id, edition.course.id, DeedKind.PACKAGE, value, on=local_day(work.now))
    settled = filings.chosen_destination(work, edition.plan).recipients
    return Package(data=data, manifest=manifest, missing=missing, unnamed=unnamed(settled))


def missing_papers(work: Work, edition: Issued) -> tuple[PaperKind, ...]:
    """The papers of the rule that are not there, the filing report among them."""
    present = {paper.kind for paper in papers.papers(work, edition.course)}
    required = rules.required_papers(edition.plan.kind, rules.maker_kind(work, edition.plan))
    return tuple(kind for kind in required if kind not in present)


def check_addressed(work: Work, edition: Issued) -> None:
    """Refuse while nobody has put a name to the office with which the plan is filed."""
    filings.check_addressed(work, edition.plan)


@dataclass(frozen=True, kw_only=True)
class _Members:
    """The files of a package beside manifest and signature: their bytes and their entries, by path."""

    contents: dict[str, bytes]
    entries: tuple[PackedFile, ...]


def _key(work: Work) -> HeadKey:
    if work.key is None:
        raise PlansRepoError("signing-key-missing", thing="installation", rule="needs a signing key")
    return work.key


def _members(work: Work, edition: Issued, chosen: Selection) -> _Members:
    clauses = versions.clauses(work, edition.version)
    procedure = versions.procedure(work, edition.version)
    media = {digest: versions.media(work, digest) for clause in clauses for digest in clause.media}
    identity = PlanIdentity(
        plan=edition.plan.id,
        version=edition.version.id,
        root_hash=edition.version.root_hash,
        title=edition.version.title,
        made_at=edition.version.created_at,
    )
    word = plan_document(identity, clauses, media={digest: data for digest, (_name, data) in media.items()})
    exact = {"clauses": [to_plain(clause) for clause in clauses], "procedure": plain(procedure)}
    contents = {TEXT: word.data, VERSION: canonical(exact)}
    entries = [
        _entry(TEXT, word.data, f"{edition.plan.title}.docx"),
        _entry(VERSION, contents[VERSION], VERSION),
    ]
    for digest, (name, data) in media.items():
        path = f"media/{digest}"
        contents[path] = data
        entries.append(_entry(path, data, name))
    for number, paper in enumerate(chosen.papers, start=1):
        data = versions.media(work, paper.digest)[1]
        path = f"papers/{number:02d}-{paper.kind}{_ending(paper.name)}"
        contents[path] = data
        entries.append(_entry(path, data, paper.name, paper.kind))
    return _Members(contents=contents, entries=tuple(entries))


def _entry(path: str, data: bytes, name: str, paper: PaperKind | None = None) -> PackedFile:
    digest = hashlib.sha256(data).hexdigest()
    return PackedFile(path=path, size=len(data), sha256=digest, name=name[:MOST_NAME], paper=paper)


def _ending(name: str) -> str:
    found = re.search(r"\.[A-Za-z0-9]{1,8}$", name)
    return found[0].lower() if found else ""


def _manifest(work: Work, edition: Issued, key: HeadKey, members: _Members, chosen: Selection) -> Manifest:
    plan, course, version = edition.plan, edition.course, edition.version
    term = terms.term(work, course.id)
    assert term is not None
    body = reporting_body(plan, organisations(work))
    request = mending.mended_by(work, course)
    mends = mending.package_of(work, request) if request else ""
    return Manifest(
        format=MENDING if mends else FORMAT,
        mends=mends,
        kind=KIND,
        filing=work.new_id(),
        plan=plan.id,
        version=version.id,
        course=course.id,
        edition=course.ordinal,
        title=plan.title,
        label=version.label,
        plan_kind=plan.kind,
        hazard=plan.hazard,
        root_hash=version.root_hash,
        tree_hash=version.tree_hash,
        procedure_hash=version.procedure_hash,
        hash_name=version.hash_name,
        document_number=course.document_number,
        issued_on=term.issued_on,
        effective_on=term.effective_on,
        trial_until=term.trial_until,
        sent_on=_sent_on(work, edition),
        sender=Sender(body=body.name if body else "", kind=body.kind if body else None, area=plan.area, key=key.name),
        recipients=receivers(chosen, filings.chosen_destination(work, plan).recipients),
        files=members.entries,
        head=_head(work),
        made_at=work.now,
        left_out=chosen.left_out,
    )


def _sent_on(work: Work, edition: Issued) -> date:
    sent = deeds.latest(deeds.deeds(work, edition.plan.id, DeedKind.FILING, course=edition.course.id))
    return sent.on if sent else local_day(work.now)


def _head(work: Work) -> SignedHead | None:
    row = work.session.exec(select(HeadRow).order_by(col(HeadRow.position).desc()).limit(1)).first()
    if row is None:
        return None
    names = SignedHead.__dataclass_fields__
    return SignedHead(**{name: getattr(row, name) for name in names})


def _packed(contents: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in contents.items():
            info = zipfile.ZipInfo(path, STILL)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return file.getvalue()
