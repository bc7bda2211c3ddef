"""Pledges deposited beforehand, and the two parties of a draw.

Anybody with an account may deposit the digest of a nonce at any time; offices do so on fixed days, drill or no drill,
so a deposit says nothing. Which deposit was used is written nowhere but in the sealed drill.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from drills.errors import DrillError
from drills.sealing import publication
from drills.sealing.pledges import Opening, Party, pledge_of
from drills.sealing.vault import Vault
from drills.store.tables import PledgeRow
from plans_repo.store import events
from plans_repo.store.actor import Actor
from plans_repo.store.work import Work

CHAIN = "pledges"
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True)
class Pledge:
    """A deposited digest: by whom and when."""

    digest: str
    account: str
    name: str
    at: datetime


def deposit_pledge(work: Work, digest: str) -> Pledge:
    """Deposit the digest of a nonce (`pledges.pledge_of`) under the actor's name."""
    if not _DIGEST.fullmatch(digest):
        raise DrillError("pledge-malformed", thing="pledge", field="digest", rule="must be 64 hexadecimal digits")
    if _row(work, digest) is not None:
        raise DrillError("pledge-taken", thing="pledge", field="digest", rule="must be new")
    row = PledgeRow(
        id=work.new_id(), digest=digest, account_id=work.actor.account, name=work.actor.name[:80], at=work.now
    )
    work.session.add(row)
    work.session.flush()
    events.record(work, CHAIN, "pledge-deposited", {"digest": digest})
    return _value(row)


def pledges(work: Work) -> tuple[Pledge, ...]:
    """Every deposited digest, oldest first; public."""
    rows = work.session.exec(select(PledgeRow).order_by(col(PledgeRow.at), col(PledgeRow.digest)))
    return tuple(_value(row) for row in rows)


def organiser_opening(work: Work, nonce: bytes, slate_digest: str) -> Opening:
    """The organiser's nonce with its pledge, which covers the slate; it may have been deposited before."""
    pledge = pledge_of(nonce, slate_digest)
    row = _row(work, pledge)
    return _opening(Party.ORGANISER, work.actor, nonce, pledge, row.at if row else work.now)


def other_opening(work: Work, vault: Vault, nonce: bytes | None = None) -> Opening:
    """The second party: the witness whose nonce it is, or the installation with its nonce of the newest beacon.

    A nonce whose pledge was deposited by another account names that witness; one without is a slip handed over at the
    sitting, whose digest the witness keeps. The installation is the weakest second party: who holds the machine's key
    knows its nonce.
    """
    if nonce is None:
        return _installation(work, vault)
    pledge = pledge_of(nonce)
    row = _row(work, pledge)
    if row is None:
        return Opening(party=Party.SLIP, name="", nonce=nonce.hex(), pledge=pledge, pledged_at=work.now)
    if row.account_id == work.actor.account:
        raise DrillError("draw-needs-two-parties", thing="draw", field="nonces", rule="must come from two parties")
    return Opening(party=Party.WITNESS, name=row.name, nonce=nonce.hex(), pledge=pledge, pledged_at=row.at)


def _installation(work: Work, vault: Vault) -> Opening:
    beacon = publication.newest(work)
    if beacon is None:
        raise DrillError("beacon-missing", thing="beacon", field="day", rule="must have been published", value="-")
    nonce = vault.nonce_of(beacon.day)
    return Opening(party=Party.INSTALLATION, name="", nonce=nonce.hex(), pledge=beacon.pledge, beacon_on=beacon.day)


def _opening(party: Party, actor: Actor, nonce: bytes, pledge: str, at: datetime) -> Opening:
    return Opening(party=party, name=actor.name, nonce=nonce.hex(), pledge=pledge, pledged_at=at)


def _row(work: Work, digest: str) -> PledgeRow | None:
    return work.session.exec(select(PledgeRow).where(PledgeRow.digest == digest)).first()


def _value(row: PledgeRow) -> Pledge:
    return Pledge(digest=row.digest, account=row.account_id, name=row.name, at=row.at)
