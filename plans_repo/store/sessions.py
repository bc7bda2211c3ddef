"""Signed-in browsers: a random token outside, its hash inside, two limits on its age."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from plans_repo.store.tables.accounts import AccountRow, LoginOutcome, LoginRecordRow, LoginSessionRow
from plans_repo.store.work import Work

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)  # how exactly the last use is written down


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """What the doorway puts into the cookie, shown this once; *must_change* asks for a new password first."""

    token: str
    session: str
    account: str
    must_change: bool
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Device:
    """A signed-in browser as its owner sees it (我的登录设备)."""

    session: str
    address: str
    user_agent: str
    signed_in_at: datetime
    seen_at: datetime


def token_hash(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def start(work: Work, account: AccountRow, *, address: str, user_agent: str) -> Ticket:
    """Open a session for *account*."""
    token = secrets.token_urlsafe(32)
    row = LoginSessionRow(
        id=work.new_id(),
        token_hash=token_hash(token),
        account_id=account.id,
        address=address[:64],
        user_agent=user_agent[:300],
        created_at=work.now,
        seen_at=work.now,
    )
    work.session.add(row)
    return Ticket(
        token=token,
        session=row.id,
        account=account.id,
        must_change=account.must_change,
        expires_at=work.now + ABSOLUTE,
    )


def find(session: Session, token: str, now: datetime) -> LoginSessionRow | None:
    """The live session of *token*, or None."""
    row = session.exec(select(LoginSessionRow).where(LoginSessionRow.token_hash == token_hash(token))).first()
    return row if row is not None and is_live(row, now) else None


def is_live(row: LoginSessionRow, now: datetime) -> bool:
    """Whether a session is neither ended nor too long idle nor too old."""
    return row.ended_at is None and now < row.seen_at + IDLE and now < row.created_at + ABSOLUTE


def live_of(session: Session, account_id: str, now: datetime) -> list[LoginSessionRow]:
    """The live sessions of an account, newest first."""
    rows = session.exec(
        select(LoginSessionRow)
        .where(LoginSessionRow.account_id == account_id, col(LoginSessionRow.ended_at).is_(None))
        .order_by(col(LoginSessionRow.created_at).desc())
    )
    return [row for row in rows if is_live(row, now)]


def end_all(work: Work, account_id: str, *, outcome: LoginOutcome, but: str = "") -> tuple[str, ...]:
    """End the sessions of an account except *but*; the ids tell the doorway which sockets to close."""
    ended = [row for row in live_of(work.session, account_id, work.now) if row.id != but]
    for row in ended:
        end(work, row, outcome)
    return tuple(row.id for row in ended)


def end(work: Work, row: LoginSessionRow, outcome: LoginOutcome) -> None:
    """End one session and write the audit line."""
    row.ended_at = work.now
    record(work, row.account_id, row.address, row.user_agent, outcome)


def record(work: Work, account_id: str | None, address: str, user_agent: str, outcome: LoginOutcome) -> None:
    """One line of the sign-in audit."""
    work.session.add(
        LoginRecordRow(
            id=work.new_id(),
            at=work.now,
            account_id=account_id,
            address=address[:64],
            user_agent=user_agent[:300],
            outcome=outcome,
        )
    )


def device(row: LoginSessionRow) -> Device:
    """A session as its owner sees it."""
    return Device(
        session=row.id,
        address=row.address,
        user_agent=row.user_agent,
        signed_in_at=row.created_at,
        seen_at=row.seen_at,
    )
