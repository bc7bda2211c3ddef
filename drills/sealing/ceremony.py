"""Draw, read, start, cancel, reveal a sealed drill: what pages and the command line call.

Until a drill starts or is revealed nothing of it is written to the database: these services read it and write to the
vault. ``draw``, ``look``, ``cancel`` and ``change_passphrase`` therefore work in ``store.reading`` as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from drills.access import changes
from drills.drill import HELD, State
from drills.errors import DrillError
from drills.register import chain_of_drill, enter, refuse_warnings, save, value_of
from drills.sealing import lot, publication
from drills.sealing.access_log import Access, Log, appended, head
from drills.sealing.beacon import Deposit, cells_of
from drills.sealing.commitment import NONCE_BYTES, commitment_of
from drills.sealing.container import Way, check_passphrase
from drills.sealing.lot import Slate
from drills.sealing.pledges import Opening, Party, seed_of
from drills.sealing.record import DrawRecord, Mode, SealedContent, SealedRecord
from drills.sealing.revelation import PublishedBeacon, Revelation, file_of, revelation_from
from drills.sealing.slates import Wish, slate_for
from drills.sealing.strongroom import (
    Keychain,
    PassphraseChain,
    Safe,
    ServerChain,
    empty,
    keep_attempt,
    keys_for,
    newest_attempt,
    open_safe,
    put_back,
    put_back_with,
    put_new,
    refuse_unallowed,
    safes,
)
from drills.sealing.vault import Contents, Vault
from drills.sealing.witnesses import organiser_opening, other_opening
from drills.store.tables import DrillRow, RevelationRow
from plans_repo.access import standpoint
from plans_repo.course.working_days import ZONE, local_day
from plans_repo.errors import NotAllowed, NotFound
from plans_repo.store import events
from plans_repo.store.actor import SYSTEM
from plans_repo.store.roles import Action
from plans_repo.store.work import Work
from sim.plain import plain

OPEN_STATES = HELD | {State.CANCELLED}


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """What the organiser gets for a draw: enough to reveal it, nothing of what was drawn.

    *cell* is what will stand in the next beacon; *slots* is how many day-and-time slots there were to draw from.
    """

    drill: str
    commitment: str
    cell: str
    mode: Mode
    second_party: Party
    slots: int


@dataclass(frozen=True, kw_only=True)
class View:
    """A sealed drill as its director sees it, with the log up to this very reading."""

    state: State
    content: SealedContent
    commitment: str
    log: Log
    head: str


def draw(
    work: Work,
    vault: Vault,
    wish: Wish,
    *,
    passphrase: str,
    recovery: str = "",
    organiser_nonce: bytes | None = None,
    witness_nonce: bytes | None = None,
    mode: Mode = Mode.PASSPHRASE,
    slate: Slate | None = None,
) -> Ticket:
    """Draw a drill nobody chose and seal it.

    The organiser's nonce is made here unless given. Without a witness's nonce the installation is the second party,
    bound by the pledge in its newest beacon. A *slate* prepared and pledged earlier must still hold.
    """
    refuse_unallowed(work, vault, "")
    check_passphrase(passphrase)
    if recovery:
        check_passphrase(recovery)
    _refuse_foreign(work, wish)
    slate = _still_allowed(slate, slate_for(work, wish))
    organiser = organiser_opening(work, organiser_nonce or vault.random(NONCE_BYTES), slate.digest)
    other = other_opening(work, vault, witness_nonce)
    content = plain(_content(work, vault, wish, mode, slate, organiser, other))
    nonce = vault.random(NONCE_BYTES)
    record = SealedRecord(content=content, nonce=nonce.hex(), commitment=commitment_of(content, nonce))
    keys = keys_for(vault, passphrase, recovery, server=mode is Mode.SERVER_KEY)
    with vault.contents() as contents:
        safe_record = _first_line(work, replace(record, attempts_seen=newest_attempt(contents)))
        sealed = put_new(vault, contents, safe_record, keys)
    return _ticket(sealed, slate, other)


def look(work: Work, vault: Vault, drill: str, passphrase: str, *, purpose: str = "") -> View:
    """Read a sealed drill; the reading stands in its log before it is answered."""
    with _opened(work, vault, drill, passphrase) as safe:
        safe.note(Access.READ, at=work.now, actor=work.actor, detail=_detail(safe, purpose))
    return _view(safe)


def cancel(work: Work, vault: Vault, drill: str, passphrase: str, *, reason: str) -> View:
    """Call a sealed drill off before it starts; it stays sealed until it is revealed."""
    if not reason.strip():
        raise DrillError("drill-reason-missing", thing="sealed drill", field="reason", rule="must be given")
    with _opened(work, vault, drill, passphrase) as safe:
        _require_sealed(safe)
        safe.record = replace(safe.record, state=State.CANCELLED, reason=reason)
        safe.note(Access.CANCELLED, at=work.now, actor=work.actor, detail=_detail(safe, ""))
    return _view(safe)


def change_passphrase(work: Work, vault: Vault, drill: str, passphrase: str, new: str) -> None:
    """Give a sealed drill another passphrase; the recovery passphrase opens it for that as well."""
    check_passphrase(new)
    with _opened(work, vault, drill, passphrase, new=new) as safe:
        safe.note(Access.CHANGED, at=work.now, actor=work.actor, detail=_detail(safe, ""))


def start(work: Work, vault: Vault, drill: str, passphrase: str) -> View:
    """Start a sealed drill at its hour: from here on it is a running drill that may be known.

    Refused before its hour, and while a real warning is in force.
    """
    with _opened(work, vault, drill, passphrase) as safe:
        _require_sealed(safe)
        content = safe.record.value
        if work.now < content.starts_at:
            raise DrillError("sealed-start-too-early", thing="sealed drill", rule="starts at the hour drawn")
        refuse_warnings(work, content.area, content.title)
        safe.record = replace(safe.record, state=State.RUNNING)
        safe.note(Access.STARTED, at=work.now, actor=work.actor, detail=_detail(safe, ""))
        enter(work, content.as_drill(State.RUNNING), "drill-started")
    return _view(safe)


def release_due(work: Work, vault: Vault) -> tuple[str, ...]:
    """Start every drill in server-key mode whose hour has come; for the worker, every minute.

    One that a real warning holds back starts when the warning is lifted, if its day is not over.
    The vault is written before the database: a drill whose row was lost in between is entered again.
    """
    released = []
    with vault.contents() as contents:
        for safe in tuple(safes(contents, ServerChain(vault=vault))):
            if _lost_its_row(work, safe):
                _enter_unasked(work, safe.record.value)
                released.append(safe.record.drill)
            elif _is_due(work, safe):
                safe.record = replace(safe.record, state=State.RUNNING)
                safe.note(Access.RELEASED, at=work.now, actor=SYSTEM)
                put_back(vault, contents, safe)
                _enter_unasked(work, safe.record.value)
                released.append(safe.record.drill)
    return tuple(released)


def reveal(work: Work, vault: Vault, drill: str, passphrase: str) -> Revelation:
    """Open a drill that has ended or was cancelled, for everybody and for good.

    Refused before. A drill whose day is over counts as ended. Once revealed it is public; asking again gives the same,
    and no passphrase is needed any more.
    """
    if (public := work.session.get(RevelationRow, drill)) is not None:
        work.require(Action.READ_DRILL)
        return revelation_from(public.data.encode())
    keys = PassphraseChain(vault=vault, passphrase=passphrase)
    with _opened(work, vault, drill, passphrase, keys=keys) as safe:
        state = _end_state(work, safe.record)
        safe.note(Access.REVEALED, at=work.now, actor=work.actor, detail=_detail(safe, ""))
    revelation = _revelation(work, safe.record, state)
    _make_public(work, revelation)
    work.after_commit(lambda: empty(vault, keys, drill))
    return revelation


def revelation_of(work: Work, drill: str) -> Revelation:
    """A drill that has been revealed; public."""
    work.require(Action.READ_DRILL)
    row = work.session.get(RevelationRow, drill)
    if row is None:
        raise NotFound("drill-unknown", thing="drill", value=drill)
    return revelation_from(row.data.encode())


def commitment_day(work: Work, revelation: Revelation) -> date | None:
    """Since when the commitment stood in a beacon of this installation, or none."""
    cells = {deposit.cell for deposit in revelation.deposits}
    return next((item.day for item in publication.beacons(work) if cells & set(cells_of(item.block))), None)


@contextmanager
def _opened(
    work: Work, vault: Vault, drill: str, passphrase: str, *, new: str = "", keys: Keychain | None = None
) -> Iterator[Safe]:
    """A sealed drill on the table; closed again, with its new lines, when the block is left without an error."""
    refuse_unallowed(work, vault, drill)
    chain = keys or PassphraseChain(vault=vault, passphrase=passphrase)
    try:
        with vault.contents() as contents:
            safe = open_safe(work, contents, chain, drill)
            yield safe
            _close(vault, contents, safe, new)
    except DrillError as error:
        if error.code == "sealed-not-opened":
            keep_attempt(work, vault, drill)
        raise


def _close(vault: Vault, contents: Contents, safe: Safe, new: str) -> None:
    if new:
        put_back_with(vault, contents, safe, new)
    else:
        put_back(vault, contents, safe)


def _still_allowed(prepared: Slate | None, fresh: Slate) -> Slate:
    """The slate to draw from: a prepared one only while nothing has come up against one of its days."""
    if prepared is None:
        return fresh
    if prepared.fault() or not set(prepared.days) <= set(fresh.days):
        raise DrillError("draw-slate-stale", thing="slate", field="days", rule="must still be allowed")
    return prepared


def _refuse_foreign(work: Work, wish: Wish) -> None:
    area = wish.area or standpoint(work).area
    if not changes(work, organisation=work.actor.organisation, area=area):
        raise NotAllowed("drill-of-another-body", thing="sealed drill", action=Action.SEAL_DRILL.value)


def _content(
    work: Work, vault: Vault, wish: Wish, mode: Mode, slate: Slate, organiser: Opening, other: Opening
) -> SealedContent:
    seed = seed_of(organiser, other, slate.digest)
    drawn = lot.draw(slate, seed)
    return SealedContent(
        drill=str(UUID(bytes=vault.random(16), version=4)),  # the store's own factory must not notice
        mode=mode,
        title=wish.title,
        title_en=wish.title_en,
        plans=wish.plans,
        type=wish.type,
        blindness=wish.blindness,
        organisation=work.actor.organisation,
        area=wish.area or standpoint(work).area,
        day=drawn.day,
        time=drawn.time,
        zone=str(ZONE),
        duration_min=wish.duration_min,
        place=drawn.place,
        units=drawn.units,
        scenario=drawn.scenario,
        drawn_at=work.now,
        draw=DrawRecord(slate=slate, organiser=organiser, other=other, seed=seed.hex()),
    )


def _first_line(work: Work, record: SealedRecord) -> SealedRecord:
    return replace(record, log=appended((), Access.DRAWN, at=work.now, actor=work.actor))


def _ticket(record: SealedRecord, slate: Slate, other: Opening) -> Ticket:
    return Ticket(
        drill=record.drill,
        commitment=record.commitment,
        cell=record.deposits[-1].cell.hex(),
        mode=record.value.mode,
        second_party=other.party,
        slots=len(slate.days) * len(slate.times),
    )


def _view(safe: Safe) -> View:
    record = safe.record
    return View(
        state=record.state,
        content=record.value,
        commitment=record.commitment,
        log=record.log,
        head=head(record.log),
    )


def _detail(safe: Safe, words: str) -> str:
    """What was said, and whether the recovery passphrase was used."""
    return "; ".join(filter(None, (words, "recovery" if safe.opened.way is Way.RECOVERY else "")))


def _require_sealed(safe: Safe) -> None:
    if safe.record.state is not State.SEALED:
        raise DrillError("sealed-not-waiting", thing="sealed drill", field="state", rule="must be sealed",
                         value=safe.record.state.value)  # fmt: skip


def _is_due(work: Work, safe: Safe) -> bool:
    content = safe.record.value
    if safe.record.state is not State.SEALED or work.now < content.starts_at or local_day(work.now) > content.day:
        return False
    try:
        refuse_warnings(work, content.area, content.title)
    except DrillError:
        return False
    return True


def _lost_its_row(work: Work, safe: Safe) -> bool:
    return safe.record.state is State.RUNNING and work.session.get(DrillRow, safe.record.drill) is None


def _enter_unasked(work: Work, content: SealedContent) -> None:
    """Nobody is there to be asked whether he may: the draw was made by somebody who could."""
    save(work, content.as_drill(State.RUNNING), "drill-released")


def _end_state(work: Work, record: SealedRecord) -> State:
    """How the drill ended, or a refusal while it has not."""
    row = work.session.get(DrillRow, record.drill)
    state = row.state if row else record.state
    if state in OPEN_STATES:
        return state
    if row is None and local_day(work.now) > record.value.day:
        return State.ENDED
    raise DrillError("sealed-not-over", thing="sealed drill", field="state", rule="must have ended or been cancelled")


def _revelation(work: Work, record: SealedRecord, state: State) -> Revelation:
    """The record with the beacons that vouch for it."""
    found = publication.beacons(work)
    cells = {cell for item in found for cell in cells_of(item.block)[:-1]}
    deposits = tuple(deposit for deposit in record.deposits if deposit.cell in cells)
    named = {record.value.draw.other.beacon_on}
    return Revelation(
        state=state,
        reason=record.reason,
        content=record.content,
        nonce=record.nonce,
        commitment=record.commitment,
        deposits=deposits,
        beacons=tuple(
            PublishedBeacon.of(item) for item in found if item.day in named or _carries(item.block, deposits)
        ),
        log=record.log,
        revealed_at=work.now,
    )


def _carries(block: bytes, deposits: tuple[Deposit, ...]) -> bool:
    return bool({deposit.cell for deposit in deposits} & set(cells_of(block)))


def _make_public(work: Work, revelation: Revelation) -> None:
    content = revelation.value
    work.session.add(
        RevelationRow(
            drill_id=content.drill,
            data=file_of(revelation).decode(),
            revealed_at=work.now,
            revealed_by=work.actor.account,
        )
    )
    work.session.flush()
    row = work.session.get(DrillRow, content.drill)
    save(work, value_of(row) if row else content.as_drill(revelation.state, revelation.reason), "drill-revealed")
    payload = {"drill": content.drill, "commitment": revelation.commitment}
    events.record(work, chain_of_drill(content.drill), "commitment-opened", payload)
