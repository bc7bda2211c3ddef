from datetime import timedelta

import pytest
from sqlmodel import select

from plans_repo.errors import NotAllowed, NotFound, PlansRepoError, SignInRefused
from plans_repo.store import accounts, events, passwords, throttle
from plans_repo.store.accounts import Account, Ticket
from plans_repo.store.roles import Action, Role
from plans_repo.store.sessions import token_hash
from plans_repo.store.tables.accounts import AccountRow, LoginOutcome, LoginRecordRow, LoginSessionRow
from plans_repo.store.work import Actor, Store
from tests.plans_repo.conftest import BOTH, StillClock, person

ADMIN = person("admin", Role.SYSTEM_ADMINISTRATOR)
PASSWORD = "江河安澜-2026-防汛"


@pytest.fixture
def engine_name() -> str:
    """One engine, but where the database decides (BOTH)."""
    return "sqlite"


@BOTH
def test_the_right_password_opens_and_the_token_says_who(store: Store) -> None:
    account = a_person(store)
    ticket = sign_in(store)
    actor = accounts.whose(store, ticket.token)
    assert actor == Actor(
        account=account.id, name="王编", roles=frozenset({Role.PLAN_AUTHOR}), organisation=None, must_change=False
    )


def test_only_hashes_are_stored(store: Store) -> None:
    a_person(store)
    ticket = sign_in(store)
    with store.reading(ADMIN) as work:
        row = work.session.exec(select(LoginSessionRow)).one().model_dump()
        stored = work.session.exec(select(AccountRow.password_hash)).one()
    assert row["token_hash"] == token_hash(ticket.token)
    assert ticket.token not in str(row)
    assert stored.startswith("$argon2id$")
    assert len(ticket.token) == 43  # 256 bits in base 64


@pytest.mark.parametrize(("name", "password"), [("wang", "wrong-password"), ("nobody", PASSWORD), ("wang ", "")])
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(store: Store, name: str, password: str) -> None:
    a_person(store)
    with pytest.raises(SignInRefused) as refusal:
        sign_in(store, name, password)
    assert (refusal.value.code, refusal.value.fields) == ("sign-in-wrong", {"thing": "sign-in"})


def test_unknown_names_are_checked_against_a_hash_of_equal_cost() -> None:
    assert passwords.dummy_hash().split("$")[:4] == passwords.hashed(PASSWORD).split("$")[:4]


@BOTH
@pytest.mark.parametrize("name", ["wang", "nobody"])
def test_after_five_failures_the_door_stays_shut_a_growing_while(store: Store, clock: StillClock, name: str) -> None:
    a_person(store)
    for _ in range(throttle.FREE_PER_NAME):
        refused(store, name, "sign-in-wrong")
    assert refused(store, name, "sign-in-locked")["wait_min"] == 1
    clock.forward(seconds=31)
    refused(store, name, "sign-in-wrong")
    assert refused(store, name, "sign-in-locked")["wait_s"] == 61


def test_the_right_password_does_not_open_a_shut_door_and_opens_it_later(store: Store, clock: StillClock) -> None:
    a_person(store)
    for _ in range(throttle.FREE_PER_NAME):
        refused(store, "wang", "sign-in-wrong")
    with pytest.raises(SignInRefused):
        sign_in(store)
    clock.forward(seconds=31)
    assert sign_in(store).token
    refused(store, "wang", "sign-in-wrong")  # counting has begun anew


@BOTH
def test_one_address_trying_many_names_is_slowed_down(store: Store) -> None:
    a_person(store)
    for number in range(throttle.FREE_PER_ADDRESS):
        refused(store, f"name{number}", "sign-in-wrong")
    refused(store, "another", "sign-in-locked")
    assert accounts.sign_in(store, "wang", PASSWORD, address="10.9.9.9", user_agent="").token


@BOTH
def test_a_session_ends_after_half_an_hour_of_silence(store: Store, clock: StillClock) -> None:
    a_person(store)
    ticket = sign_in(store)
    clock.forward(minutes=29)
    assert accounts.whose(store, ticket.token)
    clock.forward(minutes=29)
    assert accounts.whose(store, ticket.token)
    clock.forward(minutes=30)
    assert accounts.whose(store, ticket.token) is None


def test_a_session_ends_after_twelve_hours_however_busy(store: Store, clock: StillClock) -> None:
    a_person(store)
    ticket = sign_in(store)
    for _ in range(35):
        clock.forward(minutes=20)
        assert accounts.whose(store, ticket.token)
    clock.forward(minutes=20)
    assert accounts.whose(store, ticket.token) is None


def test_signing_out_ends_the_session(store: Store) -> None:
    a_person(store)
    ticket = sign_in(store)
    assert accounts.sign_out(store, ticket.token) == ticket.session
    assert accounts.whose(store, ticket.token) is None
    assert not accounts.is_live(store, ticket.session)
    assert accounts.sign_out(store, ticket.token) is None


def test_a_made_up_token_is_nobody(store: Store) -> None:
    a_person(store)
    assert accounts.whose(store, "made-up") is None


@BOTH
def test_disabling_ends_sessions_and_shuts_the_door(store: Store) -> None:
    account = a_person(store)
    ticket = sign_in(store)
    with store.work(ADMIN) as work:
        assert accounts.disable(work, account.id) == (ticket.session,)
    assert accounts.whose(store, ticket.token) is None
    refused(store, "wang", "account-disabled", PASSWORD)
    refused(store, "wang", "sign-in-wrong")
    with store.work(ADMIN) as work:
        accounts.enable(work, account.id)
    assert sign_in(store).token


def test_a_first_password_must_be_changed_and_until_then_nothing_is_allowed(store: Store) -> None:
    a_person(store, must_change=True)
    ticket = sign_in(store)
    actor = accounts.whose(store, ticket.token)
    assert ticket.must_change
    assert actor is not None
    assert actor.must_change
    assert not any(actor.may(action) for action in Action)
    accounts.change_password(store, actor, PASSWORD, "another-password-1", session=ticket.session)
    changed = accounts.whose(store, ticket.token)
    assert changed is not None
    assert changed.may(Action.EDIT_PLAN)


def test_changing_the_password_ends_the_other_sessions(store: Store) -> None:
    a_person(store)
    here, there = sign_in(store), sign_in(store)
    actor = accounts.whose(store, here.token)
    assert actor
    ended = accounts.change_password(store, actor, PASSWORD, "another-password-1", session=here.session)
    assert ended == (there.session,)
    assert [device.session for device in accounts.sessions_of(store, actor)] == [here.session]
    refused(store, "wang", "sign-in-wrong", PASSWORD)


def test_the_old_password_is_asked_for(store: Store) -> None:
    a_person(store)
    actor = accounts.whose(store, sign_in(store).token)
    assert actor
    with pytest.raises(SignInRefused) as refusal:
        accounts.change_password(store, actor, "not-the-old-one", "another-password-1")
    assert refusal.value.code == "password-wrong"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password-too-short"),
        ("1234567890", "password-too-plain"),
        ("aaaaaaaaaaaa", "password-too-plain"),
        ("wangwangwang", "password-too-plain"),
        ("x1y2" * 60, "password-too-long"),
    ],
)
def test_weak_passwords_are_refused(store: Store, password: str, code: str) -> None:
    with store.work(ADMIN) as work, pytest.raises(PlansRepoError) as refusal:
        accounts.create_account(work, "wang", password, display_name="王编", roles=[Role.PLAN_AUTHOR])
    assert refusal.value.code == code


@BOTH
def test_a_name_is_given_once(store: Store) -> None:
    a_person(store)
    with pytest.raises(PlansRepoError) as refusal:
        a_person(store)
    assert refusal.value.code == "account-name-taken"


def test_only_the_system_administrator_makes_accounts(store: Store, author: Actor) -> None:
    with store.work(author) as work, pytest.raises(NotAllowed):
        accounts.create_account(work, "x", PASSWORD, display_name="x", roles=[Role.REVIEWER])


def test_roles_may_be_changed_but_not_mixed(store: Store) -> None:
    account = a_person(store)
    with store.work(ADMIN) as work:
        changed = accounts.change_roles(work, account.id, [Role.PLAN_AUTHOR, Role.FILING_OFFICER])
        assert changed.roles == {Role.PLAN_AUTHOR, Role.FILING_OFFICER}
        with pytest.raises(PlansRepoError) as refusal:
            accounts.change_roles(work, account.id, [Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR])
    assert refusal.value.code == "administrators-not-separate"


@BOTH
def test_every_sign_in_leaves_a_line_and_no_unknown_name_is_kept(store: Store) -> None:
    account = a_person(store)
    refused(store, "my-secret-typed-here", "sign-in-wrong")
    refused(store, "wang", "sign-in-wrong")
    accounts.sign_out(store, sign_in(store).token)
    with store.reading(ADMIN) as work:
        lines = [(row.account_id, row.outcome) for row in work.session.exec(select(LoginRecordRow))]
    assert sorted(lines, key=str) == sorted(
        [
            (None, LoginOutcome.WRONG),
            (account.id, LoginOutcome.WRONG),
            (account.id, LoginOutcome.SIGNED_IN),
            (account.id, LoginOutcome.SIGNED_OUT),
        ],
        key=str,
    )


def test_the_chain_tells_of_accounts_without_names(store: Store) -> None:
    account = a_person(store)
    with store.reading(ADMIN) as work:
        (event,) = events.history(work, accounts.CHAIN)
    assert event.payload == {"account": account.id, "roles": ["plan_author"], "demo": False}


def test_the_command_line_acts_as_a_named_account(store: Store) -> None:
    account = a_person(store, must_change=True)
    actor = accounts.actor_named(store, "wang", os_user="root")
    assert (actor.account, actor.os_user, actor.may(Action.EDIT_PLAN)) == (account.id, "root", True)
    with pytest.raises(NotFound):
        accounts.actor_named(store, "nobody")


@BOTH
def test_the_use_of_a_session_is_written_down_once_a_minute(store: Store, clock: StillClock) -> None:
    a_person(store)
    ticket = sign_in(store)
    begun = clock.now
    seen = []
    for seconds in (30, 29, 2):
        clock.forward(seconds=seconds)
        actor = accounts.whose(store, ticket.token)
        assert actor
        seen += [device.seen_at - begun for device in accounts.sessions_of(store, actor)]
    assert seen == [timedelta(0), timedelta(0), timedelta(seconds=61)]


def a_person(store: Store, *, must_change: bool = False) -> Account:
    with store.work(ADMIN) as work:
        return accounts.create_account(
            work, "wang", PASSWORD, display_name="王编", roles=[Role.PLAN_AUTHOR], must_change=must_change
        )


def sign_in(store: Store, name: str = "wang", password: str = PASSWORD) -> Ticket:
    return accounts.sign_in(store, name, password, address="10.0.0.7", user_agent="test")


def refused(store: Store, name: str, code: str, password: str = "wrong-password") -> dict[str, object]:
    with pytest.raises(SignInRefused) as refusal:
        sign_in(store, name, password)
    assert refusal.value.code == code
    return refusal.value.fields
