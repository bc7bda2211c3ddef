"""Accounts: make, disable, sign in, sign out, change a password, find out who somebody is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from plans_repo.errors import NotFound, PlansRepoError, SignInRefused
from plans_repo.store import events, passwords, sessions, throttle
from plans_repo.store.actor import SYSTEM, Actor
from plans_repo.store.roles import ADMINISTRATORS, MAY, Action, Role, may, separate
from plans_repo.store.sessions import Device, Ticket
from plans_repo.store.tables.accounts import AccountRoleRow, AccountRow, LoginOutcome, LoginSessionRow, OrganisationRow
from plans_repo.store.work import Store, Work

__all__ = [
    "ADMINISTRATORS",
    "MAY",
    "Account",
    "Action",
    "Device",
    "Role",
    "Standing",
    "Ticket",
    "accounts",
    "actor_named",
    "change_password",
    "change_roles",
    "create_account",
    "disable",
    "enable",
    "end_session",
    "has_accounts",
    "is_live",
    "may",
    "reset_password",
    "sessions_of",
    "sign_in",
    "sign_out",
    "standing",
    "whose",
]

CHAIN = "accounts"


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account as administrators see it."""

    id: str
    name: str
    display_name: str
    roles: frozenset[Role]
    organisation: str | None
    disabled: bool
    must_change: bool
    demo: bool


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Who is behind a token and in which session."""

    actor: Actor
    session: str
    must_change: bool


def create_account(
    work: Work,
    name: str,
    password: str,
    *,
    display_name: str,
    roles: Iterable[Role],
    organisation: str | None = None,
    must_change: bool = True,
    demo: bool = False,
) -> Account:
    """A new account; the password has to be changed at the first sign-in unless *must_change* is false."""
    work.require(Action.MANAGE_ACCOUNTS)
    held = separate(name, roles)
    _check_name(work.session, name)
    _check_organisation(work.session, organisation)
    passwords.check_rules(password, name)
    row = AccountRow(
        id=work.new_id(),
        name=name,
        display_name=display_name,
        organisation_id=organisation,
        password_hash=passwords.hashed(password),
        must_change=must_change,
        demo=demo,
        created_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    _give(work.session, row.id, held)
    events.record(work, CHAIN, "account-created", {"account": row.id, "roles": sorted(held), "demo": demo})
    return _account(row, held)


def change_roles(work: Work, account_id: str, roles: Iterable[Role]) -> Account:
    """Give an account these roles instead of those it has."""
    work.require(Action.MANAGE_ACCOUNTS)
    row = _row(work.session, account_id)
    held = separate(row.name, roles)
    for old in work.session.exec(select(AccountRoleRow).where(AccountRoleRow.account_id == row.id)):
        work.session.delete(old)
    work.session.flush()
    _give(work.session, row.id, held)
    events.record(work, CHAIN, "roles-changed", {"account": row.id, "roles": sorted(held)})
    return _account(row, held)


def disable(work: Work, account_id: str) -> tuple[str, ...]:
    """Shut an account; the ids of its ended sessions tell the doorway which sockets to close."""
    work.require(Action.MANAGE_ACCOUNTS)
    row = _row(work.session, account_id)
    row.disabled = True
    events.record(work, CHAIN, "account-disabled", {"account": row.id})
    return sessions.end_all(work, row.id, outcome=LoginOutcome.ENDED)


def enable(work: Work, account_id: str) -> None:
    """Open an account again."""
    work.require(Action.MANAGE_ACCOUNTS)
    row = _row(work.session, account_id)
    row.disabled = False
    events.record(work, CHAIN, "account-enabled", {"account": row.id})


def reset_password(work: Work, account_id: str, password: str) -> tuple[str, ...]:
    """Set a password for somebody who has to change it at the next sign-in; ends all sessions."""
    work.require(Action.MANAGE_ACCOUNTS)
    row = _row(work.session, account_id)
    passwords.check_rules(password, row.name)
    row.password_hash = passwords.hashed(password)
    row.must_change = True
    events.record(work, CHAIN, "password-reset", {"account": row.id})
    return sessions.end_all(work, row.id, outcome=LoginOutcome.PASSWORD_CHANGED)


def accounts(work: Work) -> tuple[Account, ...]:
    """All accounts by name."""
    work.require(Action.MANAGE_ACCOUNTS)
    rows = work.session.exec(select(AccountRow).order_by(AccountRow.name)).all()
    return tuple(_account(row, _roles(work.session, row.id)) for row in rows)


def has_accounts(store: Store) -> bool:
    """Whether anybody can sign in yet; if not, the doorway offers the first-run page."""
    with store.reading(SYSTEM) as work:
        return work.session.exec(select(AccountRow.id).limit(1)).first() is not None


def has_demo_data(store: Store) -> bool:
    """Whether the installation was filled with the demo data; its accounts stay marked though they be shut."""
    with store.reading(SYSTEM) as work:
        return work.session.exec(select(AccountRow.id).where(col(AccountRow.demo)).limit(1)).first() is not None


def actor_named(store: Store, name: str, *, os_user: str = "") -> Actor:
    """The actor for ``--as NAME`` on the command line; the operating-system user is recorded."""
    with store.reading(SYSTEM) as work:
        row = _named(work.session, name)
        if row is None:
            raise NotFound("account-unknown", thing="account", value=name)
        if row.disabled:
            raise PlansRepoError("account-disabled", thing=name)
        return replace(_actor(work.session, row), roles=_roles(work.session, row.id), os_user=os_user)


def sign_in(store: Store, name: str, password: str, *, address: str, user_agent: str) -> Ticket:
    """A ticket for the right password; otherwise a refusal that tells nothing about the account.

    The attempt is counted before the password is checked, and the slow check happens
    outside any transaction.
    """
    stored = _begin_attempt(store, name, address, user_agent)
    fits = passwords.fits(password, stored or passwords.dummy_hash())
    with store.work(SYSTEM) as work:
        row = _named(work.session, name)
        if stored is None or row is None or not fits or row.password_hash != stored:
            sessions.record(work, row.id if row else None, address, user_agent, LoginOutcome.WRONG)
            refusal: SignInRefused | None = SignInRefused("sign-in-wrong", thing="sign-in")
        else:
            throttle.forgive(work.session, name, address)
            refusal = _refuse_disabled(work, row, address, user_agent)
        if refusal is None and row is not None:
            sessions.record(work, row.id, address, user_agent, LoginOutcome.SIGNED_IN)
            return sessions.start(work, row, address=address, user_agent=user_agent)
    raise refusal or SignInRefused("sign-in-wrong", thing="sign-in")


def whose(store: Store, token: str) -> Actor | None:
    """The person behind a token, or None; somebody who must change the password has no role yet."""
    found = standing(store, token)
    return found.actor if found else None


def standing(store: Store, token: str, *, is_use: bool = True) -> Standing | None:
    """Who is behind a token and in which session, or None; the use is written down once a minute.

    A page that only looks by itself (*is_use* false) lets the session age on.
    """
    with store.reading(SYSTEM) as work:
        row = sessions.find(work.session, token, work.now)
        account = work.session.get(AccountRow, row.account_id) if row else None
        if row is None or account is None or account.disabled:
            return None
        actor = _actor(work.session, account)
        is_due = is_use and row.seen_at + sessions.SEEN_EVERY <= work.now
        found = Standing(actor=actor, session=row.id, must_change=account.must_change)
    if is_due:
        _seen(store, found.session)
    return found


def is_live(store: Store, session_id: str) -> bool:
    """Whether a session still holds; for sockets that outlive a request."""
    with store.reading(SYSTEM) as work:
        row = work.session.get(LoginSessionRow, session_id)
        return row is not None and sessions.is_live(row, work.now)


def sign_out(store: Store, token: str) -> str | None:
    """End the session of a token; its id tells the doorway which sockets to close."""
    with store.work(SYSTEM) as work:
        row = sessions.find(work.session, token, work.now)
        if row is None:
            return None
        sessions.end(work, row, LoginOutcome.SIGNED_OUT)
        return row.id


def sessions_of(store: Store, actor: Actor) -> tuple[Device, ...]:
    """The browsers in which *actor* is signed in, newest first."""
    with store.reading(actor) as work:
        return tuple(sessions.device(row) for row in sessions.live_of(work.session, actor.account, work.now))


def end_session(store: Store, actor: Actor, session_id: str) -> None:
    """End one of *actor*'s own sessions."""
    with store.work(actor) as work:
        row = work.session.get(LoginSessionRow, session_id)
        if row is None or row.account_id != actor.account:
            raise NotFound("session-unknown", thing="session", value=session_id)
        sessions.end(work, row, LoginOutcome.ENDED)


def change_password(store: Store, actor: Actor, old: str, new: str, *, session: str = "") -> tuple[str, ...]:
    """Change one's own password; all sessions but *session* end, their ids are returned."""
    name = _own_name(store, actor)
    stored = _begin_attempt(store, name, "", "")
    if stored is None or not passwords.fits(old, stored):
        raise SignInRefused("password-wrong", thing="password")
    passwords.check_rules(new, name)
    if old == new:
        raise PlansRepoError("password-unchanged", thing="password", rule="must differ from the old one")
    fresh = passwords.hashed(new)
    with store.work(actor) as work:
        row = _row(work.session, actor.account)
        row.password_hash = fresh
        row.must_change = False
        throttle.forgive(work.session, name, "")
        events.record(work, CHAIN, "password-changed", {"account": row.id})
        return sessions.end_all(work, row.id, outcome=LoginOutcome.PASSWORD_CHANGED, but=session)


def _begin_attempt(store: Store, name: str, address: str, user_agent: str) -> str | None:
    """Count the attempt and give the stored hash; a shut door refuses and is written down."""
    with store.work(SYSTEM) as work:
        row = _named(work.session, name)
        until = throttle.blocked_until(work.session, name, address, work.now)
        if until is None:
            throttle.count_failure(work.session, name, address, work.now)
            return row.password_hash if row else None
        sessions.record(work, row.id if row else None, address, user_agent, LoginOutcome.LOCKED)
        wait_s = int((until - work.now).total_seconds()) + 1
    raise SignInRefused("sign-in-locked", thing="sign-in", wait_s=wait_s, wait_min=-(-wait_s // 60))


def _refuse_disabled(work: Work, row: AccountRow, address: str, user_agent: str) -> SignInRefused | None:
    if not row.disabled:
        return None
    sessions.record(work, row.id, address, user_agent, LoginOutcome.DISABLED)
    return SignInRefused("account-disabled", thing=row.name)


def _own_name(store: Store, actor: Actor) -> str:
    with store.reading(actor) as work:
        return _row(work.session, actor.account).name


def _seen(store: Store, session_id: str) -> None:
    with store.work(SYSTEM) as work:
        row = work.session.get(LoginSessionRow, session_id)
        if row is not None and row.seen_at < work.now:
            row.seen_at = work.now


def _actor(session: Session, row: AccountRow) -> Actor:
    roles = frozenset[Role]() if row.must_change else _roles(session, row.id)
    return Actor(
        account=row.id,
        name=row.display_name,
        roles=roles,
        organisation=row.organisation_id,
        must_change=row.must_change,
    )


def _account(row: AccountRow, roles: frozenset[Role]) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        display_name=row.display_name,
        roles=roles,
        organisation=row.organisation_id,
        disabled=row.disabled,
        must_change=row.must_change,
        demo=row.demo,
    )


def _roles(session: Session, account_id: str) -> frozenset[Role]:
    rows = session.exec(select(AccountRoleRow).where(AccountRoleRow.account_id == account_id))
    return frozenset(row.role for row in rows)


def _give(session: Session, account_id: str, roles: frozenset[Role]) -> None:
    session.add_all(AccountRoleRow(account_id=account_id, role=role) for role in sorted(roles))


def _named(session: Session, name: str) -> AccountRow | None:
    return session.exec(select(AccountRow).where(col(AccountRow.name) == name.strip())).first()


def _row(session: Session, account_id: str) -> AccountRow:
    row = session.get(AccountRow, account_id)
    if row is None:
        raise NotFound("account-unknown", thing="account", value=account_id)
    return row


def _check_name(session: Session, name: str) -> None:
    if not name or name != name.strip() or len(name) > 80:
        raise PlansRepoError(
            "account-name-bad", thing="account", field="name", rule="1-80 characters, no blanks around", value=name
        )
    if _named(session, name) is not None:
        raise PlansRepoError("account-name-taken", thing=name, field="name", rule="must be new")


def _check_organisation(session: Session, organisation: str | None) -> None:
    if organisation is not None and session.get(OrganisationRow, organisation) is None:
        raise NotFound("organisation-unknown", thing="account", field="organisation", value=organisation)
