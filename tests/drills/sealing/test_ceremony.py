"""A sealed drill from the draw to the reveal."""

import json
from contextlib import suppress
from datetime import date, timedelta

import pytest

from drills.blackouts import add_blackout
from drills.drill import State, Step
from drills.errors import DrillError
from drills.register import drill, list_drills, move_drill, plan_drill, schedule_drill
from drills.scheduling import BlackoutKind
from drills.sealing.access_log import Access, first_bad
from drills.sealing.ceremony import (
    Ticket,
    cancel,
    change_passphrase,
    commitment_day,
    draw,
    look,
    release_due,
    reveal,
    revelation_of,
    start,
)
from drills.sealing.pledges import Party, pledge_of
from drills.sealing.publication import beacons, first_bad_beacon, keep_beacon
from drills.sealing.record import Mode
from drills.sealing.revelation import file_of, verify
from drills.sealing.slates import slate_for
from drills.sealing.vault import SLOTS, Vault
from drills.sealing.witnesses import deposit_pledge
from plans_repo.errors import NotAllowed, NotFound
from plans_repo.store import audit
from plans_repo.store.roles import Role
from plans_repo.store.work import Actor, Store
from tests.drills.builders import PASSPHRASE, a_wish, person
from tests.drills.conftest import StillClock

NOT_OPENED = "sealed-not-opened"
WITNESS_NONCE = bytes(range(32))


def a_draw(store: Store, vault: Vault, actor: Actor, **more: object) -> Ticket:
    keep_beacon(store, vault)
    wish = more.pop("wish", a_wish())
    with store.reading(actor) as work:
        return draw(work, vault, wish, **({"passphrase": PASSPHRASE} | more))  # type: ignore[arg-type]


def test_a_draw_works_where_nothing_can_be_written_to_the_database(
    store: Store, vault: Vault, organiser: Actor
) -> None:
    ticket = a_draw(store, vault, organiser)
    assert len(ticket.commitment) == len(ticket.cell) == 64
    assert ticket.second_party is Party.INSTALLATION
    with store.reading(organiser) as work:
        content = look(work, vault, ticket.drill, PASSPHRASE).content
        assert content.day in slate_for(work, a_wish()).days
        assert len(content.units) == 2
        assert list_drills(work) == ()


def test_a_drawn_day_keeps_clear_of_blackouts_and_of_the_units_other_drills(
    store: Store, vault: Vault, everybody: Actor
) -> None:
    with store.work(everybody) as work:
        add_blackout(work, "全国两会", kind=BlackoutKind.MEETING, start_on=date(2027, 3, 1), end_on=date(2027, 3, 14))
        known = plan_drill(work, "公开演练", year=2027, units=["unit-a"])
        schedule_drill(work, known.id, date(2027, 3, 24))
        slate = slate_for(work, a_wish(window_to=date(2027, 3, 31)))
    assert slate.days == (date(2027, 3, 15), date(2027, 3, 16), date(2027, 3, 17), date(2027, 3, 31))
    assert slate.fault() == ""


def test_a_window_without_a_free_day_is_refused(store: Store, vault: Vault, organiser: Actor) -> None:
    for wish in (
        a_wish(window_from=date(2027, 3, 6), window_to=date(2027, 3, 7)),
        a_wish(window_from=date(2026, 1, 1), window_to=date(2026, 11, 20)),
    ):
        with pytest.raises(DrillError, match="draw-no-day"):
            a_draw(store, vault, organiser, wish=wish)
    with pytest.raises(DrillError, match="draw-window-backwards"):
        a_wish(window_to=date(2027, 2, 1))
    with pytest.raises(DrillError, match="draw-time-malformed"):
        a_wish(times=("9:00",))


def test_a_witness_who_pledged_before_is_named_in_the_draw(
    store: Store, vault: Vault, organiser: Actor, clock: StillClock
) -> None:
    with store.work(person("witness", Role.LEADER)) as work:
        deposit_pledge(work, pledge_of(WITNESS_NONCE))
    clock.forward(days=2)
    ticket = a_draw(store, vault, organiser, witness_nonce=WITNESS_NONCE)
    assert ticket.second_party is Party.WITNESS
    with store.reading(organiser) as work:
        other = look(work, vault, ticket.drill, PASSPHRASE).content.draw.other
    assert other.name == "witness"
    assert other.pledged_at == clock.now - timedelta(days=2)


def test_nobody_is_both_parties(store: Store, vault: Vault, organiser: Actor) -> None:
    with store.work(organiser) as work:
        deposit_pledge(work, pledge_of(WITNESS_NONCE))
        with pytest.raises(DrillError, match="pledge-taken"):
            deposit_pledge(work, pledge_of(WITNESS_NONCE))
        with pytest.raises(DrillError, match="pledge-malformed"):
            deposit_pledge(work, "xyz")
    with pytest.raises(DrillError, match="draw-needs-two-parties"):
        a_draw(store, vault, organiser, witness_nonce=WITNESS_NONCE)


def test_a_slip_handed_over_at_the_sitting_is_called_one(store: Store, vault: Vault, organiser: Actor) -> None:
    assert a_draw(store, vault, organiser, witness_nonce=WITNESS_NONCE).second_party is Party.SLIP


def test_a_slate_pledged_earlier_is_drawn_from_while_it_still_holds(
    store: Store, vault: Vault, organiser: Actor, everybody: Actor
) -> None:
    with store.reading(organiser) as work:
        slate = slate_for(work, a_wish())
    nonce = bytes([9]) * 32
    with store.work(organiser) as work:
        deposit_pledge(work, pledge_of(nonce, slate.digest))
    a_draw(store, vault, organiser, slate=slate, organiser_nonce=nonce)
    with store.work(everybody) as work:
        add_blackout(work, "考试", kind=BlackoutKind.EXAMINATION, start_on=date(2027, 3, 1), end_on=date(2027, 3, 1))
    with pytest.raises(DrillError, match="draw-slate-stale"):
        a_draw(store, vault, organiser, slate=slate, organiser_nonce=nonce)


def test_wrong_passphrase_and_unknown_drill_are_the_same_refusal(store: Store, vault: Vault, organiser: Actor) -> None:
    ticket = a_draw(store, vault, organiser)
    other = a_draw(store, vault, organiser, passphrase="another passphrase")
    said = set()
    for drill_id, words in (
        (ticket.drill, "wrong passphrase"),
        (ticket.drill, ""),
        ("no such drill", PASSPHRASE),
        (other.drill, PASSPHRASE),
    ):
        with pytest.raises(DrillError) as caught, store.reading(organiser) as work:
            look(work, vault, drill_id, words)
        said.add((str(caught.value), tuple(sorted(caught.value.fields))))
    assert len(said) == 1
    assert NOT_OPENED in next(iter(said))[0]


def test_every_reading_and_every_refused_one_stands_in_the_drills_own_log(
    store: Store, vault: Vault, organiser: Actor, clock: StillClock
) -> None:
    ticket = a_draw(store, vault, organiser)
    curious = person("curious", Role.PLAN_AUTHOR)
    for _ in range(3):
        with pytest.raises(DrillError), store.reading(organiser) as work:
            look(work, vault, ticket.drill, "wrong passphrase")
    with pytest.raises(NotAllowed), store.reading(curious) as work:
        look(work, vault, "guess", PASSPHRASE)
    clock.forward(hours=1)
    with store.reading(organiser) as work:
        look(work, vault, ticket.drill, PASSPHRASE, purpose="核对场地")
        log = look(work, vault, ticket.drill, PASSPHRASE).log
    assert [(entry.access, entry.account, entry.count) for entry in log] == [
        (Access.DRAWN, "organiser", 1),
        (Access.REFUSED, "organiser", 3),
        (Access.REFUSED, "curious", 1),
        (Access.READ, "organiser", 1),
        (Access.READ, "organiser", 1),
    ]
    assert "this drill" in log[1].detail
    assert log[3].detail == "核对场地"
    assert first_bad(log) is None


def test_a_flood_of_refused_attempts_cannot_fill_a_drills_log(store: Store, vault: Vault, organiser: Actor) -> None:
    ticket = a_draw(store, vault, organiser)
    with vault.contents() as contents:
        flood = tuple(
            {"number": n, "at": "2026-11-20", "account": f"a{n}", "os_user": "", "claim": ""} for n in range(1, 1000)
        )
        contents.put_attempts(flood)
    with store.reading(organiser) as work:
        log = look(work, vault, ticket.drill, PASSPHRASE).log
    assert len(log) < 50
    assert sum(entry.count for entry in log if entry.access is Access.REFUSED) == 999


def test_the_recovery_passphrase_opens_and_gives_a_new_passphrase(store: Store, vault: Vault, organiser: Actor) -> None:
    ticket = a_draw(store, vault, organiser, recovery="in the safe of the office")
    with store.reading(organiser) as work:
        change_passphrase(work, vault, ticket.drill, "in the safe of the office", "a new passphrase")
        log = look(work, vault, ticket.drill, "a new passphrase").log
        with pytest.raises(DrillError, match=NOT_OPENED):
            look(work, vault, ticket.drill, PASSPHRASE)
    assert [(entry.access, entry.detail) for entry in log[1:]] == [(Access.CHANGED, "recovery"), (Access.READ, "")]


def test_only_who_may_seal_can_draw(store: Store, vault: Vault) -> None:
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.PLAN_AUTHOR):
        with pytest.raises(NotAllowed):
            a_draw(store, vault, person("x", role))


def test_a_weak_passphrase_is_refused_before_anything_is_drawn(store: Store, vault: Vault, organiser: Actor) -> None:
    for more in ({"passphrase": ""}, {"passphrase": "short"}, {"recovery": "short"}):
        with pytest.raises(DrillError, match="passphrase-too-short"):
            a_draw(store, vault, organiser, **more)
    with vault.contents() as contents:
        assert contents.used() == ()


def test_a_draw_without_a_beacon_and_without_a_witness_is_refused(store: Store, vault: Vault, organiser: Actor) -> None:
    with pytest.raises(DrillError, match="beacon-missing"), store.reading(organiser) as work:
        draw(work, vault, a_wish(), passphrase=PASSPHRASE)


# ---- Start, cancel, reveal -------------------------------------------------------------------------------------------


def test_a_reveal_is_refused_until_the_drill_was_cancelled(store: Store, vault: Vault, organiser: Actor) -> None:
    ticket = a_draw(store, vault, organiser)
    with pytest.raises(DrillError, match="sealed-not-over"), store.work(organiser) as work:
        reveal(work, vault, ticket.drill, PASSPHRASE)
    with store.reading(organiser) as work, pytest.raises(DrillError, match="drill-reason-missing"):
        cancel(work, vault, ticket.drill, PASSPHRASE, reason=" ")
    with store.reading(organiser) as work:
        assert cancel(work, vault, ticket.drill, PASSPHRASE, reason="任务冲突").state is State.CANCELLED
        with pytest.raises(DrillError, match="sealed-not-waiting"):
            cancel(work, vault, ticket.drill, PASSPHRASE, reason="再次")
    with store.work(organiser) as work:
        revelation = reveal(work, vault, ticket.drill, PASSPHRASE)
    assert (revelation.commitment, revelation.state, revelation.reason) == (
        ticket.commitment,
        State.CANCELLED,
        "任务冲突",
    )
    with store.reading(organiser) as work:
        assert drill(work, ticket.drill).state is State.CANCELLED


def test_a_drill_whose_day_is_over_counts_as_ended(
    store: Store, vault: Vault, organiser: Actor, clock: StillClock
) -> None:
    ticket = a_draw(store, vault, organiser)
    clock.set("2027-05-01T00:00:00+00:00")
    with store.work(organiser) as work:
        assert reveal(work, vault, ticket.drill, PASSPHRASE).state is State.ENDED


def test_a_started_drill_is_revealed_after_it_has_ended(
    either_store: Store, vault: Vault, everybody: Actor, clock: StillClock
) -> None:
    store = either_store
    ticket = a_draw(store, vault, everybody)
    with store.work(everybody) as work:
        content = look(work, vault, ticket.drill, PASSPHRASE).content
        with pytest.raises(DrillError, match="sealed-start-too-early"):
            start(work, vault, ticket.drill, PASSPHRASE)
    clock.now = content.starts_at
    with store.work(everybody) as work:
        assert start(work, vault, ticket.drill, PASSPHRASE).state is State.RUNNING
    with pytest.raises(DrillError, match="sealed-not-over"), store.work(everybody) as work:
        reveal(work, vault, ticket.drill, PASSPHRASE)
    with store.work(everybody) as work:
        assert drill(work, ticket.drill).state is State.RUNNING
        move_drill(work, ticket.drill, Step.END, participants_count=60)
    with store.work(everybody) as work:
        assert reveal(work, vault, ticket.drill, PASSPHRASE).state is State.ENDED
        assert drill(work, ticket.drill).participants_count == 60


def test_a_real_warning_blocks_the_start_of_a_sealed_drill(
    store: Store, vault: Vault, everybody: Actor, clock: StillClock
) -> None:
    ticket = a_draw(store, vault, everybody)
    with store.reading(everybody) as work:
        content = look(work, vault, ticket.drill, PASSPHRASE).content
    clock.now = content.starts_at
    with store.work(everybody) as work:
        add_blackout(work, "暴雨红色预警", kind=BlackoutKind.WARNING, start_on=content.day)
        with pytest.raises(DrillError, match="drill-start-during-warning"):
            start(work, vault, ticket.drill, PASSPHRASE)
        assert release_due(work, vault) == ()


def test_a_drill_under_the_server_key_is_released_at_its_hour_and_not_before(
    store: Store, vault: Vault, organiser: Actor, clock: StillClock
) -> None:
    kept = a_draw(store, vault, organiser)
    ticket = a_draw(store, vault, organiser, mode=Mode.SERVER_KEY)
    with store.reading(organiser) as work:
        starts_at = look(work, vault, ticket.drill, PASSPHRASE).content.starts_at
    clock.now = starts_at - timedelta(seconds=1)
    with store.work(organiser) as work:
        assert release_due(work, vault) == ()
    clock.now = starts_at
    with store.work(organiser) as work:
        assert release_due(work, vault) == (ticket.drill,)
        assert release_due(work, vault) == ()
        assert drill(work, ticket.drill).state is State.RUNNING
        with pytest.raises(NotFound):
            drill(work, kept.drill)


def test_a_revealed_drill_is_public_and_its_slot_is_free_again(store: Store, vault: Vault, organiser: Actor) -> None:
    ticket = a_draw(store, vault, organiser)
    with store.reading(organiser) as work:
        cancel(work, vault, ticket.drill, PASSPHRASE, reason="任务冲突")
    with store.work(organiser) as work:
        first = reveal(work, vault, ticket.drill, PASSPHRASE)
    with vault.contents() as contents:
        assert contents.used() == ()
    with store.reading(person("reader", Role.MEMBER_UNIT)) as work:
        assert revelation_of(work, ticket.drill) == first == reveal(work, vault, ticket.drill, "")
        with pytest.raises(NotFound):
            revelation_of(work, "another")
    with store.reading(person("auditor", Role.AUDIT_ADMINISTRATOR)) as work:
        assert audit.verify(work).valid


def test_a_reveal_that_is_not_stored_leaves_the_drill_sealed(store: Store, vault: Vault, organiser: Actor) -> None:
    ticket = a_draw(store, vault, organiser)
    with store.reading(organiser) as work:
        cancel(work, vault, ticket.drill, PASSPHRASE, reason="任务冲突")
    with suppress(KeyError), store.work(organiser) as work:
        reveal(work, vault, ticket.drill, PASSPHRASE)
        raise KeyError
    with store.work(organiser) as work:
        assert reveal(work, vault, ticket.drill, PASSPHRASE).drill == ticket.drill


def test_sixteen_drills_live_side_by_side(store: Store, vault: Vault, organiser: Actor) -> None:
    tickets = [a_draw(store, vault, organiser, passphrase=f"passphrase {n}") for n in range(SLOTS)]
    with pytest.raises(DrillError, match="sealed-no-slot"):
        a_draw(store, vault, organiser)
    for number in (0, 9, 15):
        with store.reading(organiser) as work:
            assert (
                look(work, vault, tickets[number].drill, f"passphrase {number}").commitment
                == tickets[number].commitment
            )


# ---- The beacon ------------------------------------------------------------------------------------------------------


def test_there_is_one_beacon_a_day_of_one_length_drill_or_no_drill(
    store: Store, vault: Vault, organiser: Actor, clock: StillClock
) -> None:
    for day in range(4):
        if day == 2:
            a_draw(store, vault, organiser)
        assert keep_beacon(store, vault) == keep_beacon(store, vault)
        clock.forward(days=1)
    with store.reading(organiser) as work:
        found = beacons(work)
        assert [item.day for item in found] == [date(2026, 11, 20 + day) for day in range(4)]
        assert {len(item.block) for item in found} == {544}
        assert first_bad_beacon(work) is None
    cells = [item.block[start : start + 32] for item in found for start in range(0, 544, 32)]
    assert len(set(cells)) == len(cells)


def test_the_commitment_stands_in_the_next_beacon_and_can_be_shown_after_the_reveal(
    store: Store, vault: Vault, organiser: Actor, clock: StillClock
) -> None:
    ticket = a_draw(store, vault, organiser)
    clock.forward(days=1)
    assert bytes.fromhex(ticket.cell) in keep_beacon(store, vault).block
    clock.forward(days=1)
    with store.reading(organiser) as work:
        look(work, vault, ticket.drill, PASSPHRASE)
        cancel(work, vault, ticket.drill, PASSPHRASE, reason="任务冲突")
    clock.forward(days=1)
    keep_beacon(store, vault)
    with store.work(organiser) as work:
        revelation = reveal(work, vault, ticket.drill, PASSPHRASE)
        assert commitment_day(work, revelation) == date(2026, 11, 21)
    verdict = verify(file_of(revelation))
    assert (verdict.valid, verdict.published_on) == (True, date(2026, 11, 21))
    assert [deposit.entries for deposit in revelation.deposits] == [1, 3]


def test_a_deposit_made_while_the_beacon_is_published_is_not_lost(
    store: Store, vault: Vault, organiser: Actor, clock: StillClock
) -> None:
    """The cells are given new bytes after the beacon is stored; a cell that changed meanwhile stays."""
    from drills.sealing.publication import publish
    from plans_repo.store.actor import SYSTEM

    keep_beacon(store, vault)
    clock.forward(days=1)
    with store.work(SYSTEM) as work:
        publish(work, vault)
        ticket = draw_beside(store, vault, organiser)
    clock.forward(days=1)
    assert bytes.fromhex(ticket.cell) in keep_beacon(store, vault).block


def draw_beside(store: Store, vault: Vault, organiser: Actor) -> Ticket:
    with store.reading(organiser) as work:
        return draw(work, vault, a_wish(), passphrase=PASSPHRASE, witness_nonce=WITNESS_NONCE)


def test_many_readings_do_not_lose_the_deposits_that_were_published(
    store: Store, vault: Vault, organiser: Actor, clock: StillClock
) -> None:
    ticket = a_draw(store, vault, organiser)
    for _ in range(3):
        clock.forward(days=1)
        keep_beacon(store, vault)
        for _ in range(5):
            with store.reading(organiser) as work:
                look(work, vault, ticket.drill, PASSPHRASE)
    with store.reading(organiser) as work:
        cancel(work, vault, ticket.drill, PASSPHRASE, reason="任务冲突")
    with store.work(organiser) as work:
        revelation = reveal(work, vault, ticket.drill, PASSPHRASE)
    assert [deposit.entries for deposit in revelation.deposits] == [1, 6, 11]
    assert verify(file_of(revelation)).valid
    assert json.loads(file_of(revelation))["commitment"] == ticket.commitment


def test_a_release_whose_row_was_lost_is_entered_again(
    store: Store, vault: Vault, organiser: Actor, clock: StillClock
) -> None:
    ticket = a_draw(store, vault, organiser, mode=Mode.SERVER_KEY)
    with store.reading(organiser) as work:
        clock.now = look(work, vault, ticket.drill, PASSPHRASE).content.starts_at
    with suppress(ZeroDivisionError), store.work(organiser) as work:
        release_due(work, vault)
        raise ZeroDivisionError
    with store.work(organiser) as work:
        assert release_due(work, vault) == (ticket.drill,)
        assert drill(work, ticket.drill).state is State.RUNNING
