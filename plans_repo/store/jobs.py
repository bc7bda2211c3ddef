"""Durable jobs: submitted, claimed under a lease, resumed by another worker when one dies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, update
from sqlmodel import col, select

from plans_repo.errors import NotFound, PlansRepoError
from plans_repo.store.actor import SYSTEM, Actor
from plans_repo.store.roles import Role
from plans_repo.store.tables.jobs import JobKeepsakeRow, JobRow, JobState
from plans_repo.store.work import Store, Work
from sim.errors import CodedError

__all__ = [
    "Cancelled",
    "Job",
    "JobState",
    "Keepsake",
    "cancel",
    "claim",
    "fail",
    "finish",
    "heartbeat",
    "job",
    "jobs",
    "keep",
    "kept",
    "submit",
]

LEASE = timedelta(seconds=30)  # twice what a writer may have to wait for the database
MOST_ATTEMPTS = 3  # a job that has killed three workers is not given to a fourth
MOST_AT_ONCE = 4  # jobs of one person that are waiting or running


class Cancelled(PlansRepoError):
    """The job was cancelled, or its lease went to another worker; stop at once."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """A piece of work for a worker process and how far it is."""

    id: str
    kind: str
    params: Mapping[str, Any]
    state: JobState
    done: int
    total: int
    cancel: bool
    worker: str | None
    attempts: int
    result: Mapping[str, Any] | None
    error: Mapping[str, Any] | None
    actor: Actor
    submitted_at: datetime
    ended_at: datetime | None

    @property
    def is_over(self) -> bool:
        """True once nothing more will happen to it."""
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class Keepsake:
    """What a job kept for whoever goes on with it: bytes, and how long was computed for them."""

    data: bytes
    spent_ms: int


def submit(work: Work, kind: str, params: Mapping[str, Any], *, total: int = 0) -> Job:
    """Queue a job; it runs as the present actor."""
    _check_share(work)
    row = JobRow(
        id=work.new_id(),
        kind=kind,
        params=dict(params),
        state=JobState.QUEUED,
        total=total,
        actor=_plain_actor(work.actor),
        account_id=work.actor.account,
        submitted_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return _job(row)


def job(work: Work, job_id: str) -> Job:
    """One job of the present actor."""
    return _job(_own(work, job_id))


def jobs(work: Work) -> tuple[Job, ...]:
    """The jobs of the present actor, newest first."""
    rows = work.session.exec(
        select(JobRow)
        .where(JobRow.account_id == work.actor.account)
        .order_by(col(JobRow.submitted_at).desc(), col(JobRow.id))
    )
    return tuple(_job(row) for row in rows)


def cancel(work: Work, job_id: str) -> Job:
    """Ask a job to stop; one that waits is cancelled at once."""
    row = _own(work, job_id)
    work.session.refresh(row, with_for_update=True)
    if row.state is JobState.QUEUED:
        row.state, row.ended_at = JobState.CANCELLED, work.now
        _forget(work, job_id)
    row.cancel = True
    work.session.flush()
    return _job(row)


def claim(store: Store, worker: str, kinds: tuple[str, ...]) -> Job | None:
    """Take the oldest job that waits or whose lease has run out; of two workers one gets it."""
    while True:
        with store.reading(SYSTEM) as work:
            candidate = work.session.exec(
                select(JobRow.id, JobRow.attempts)
                .where(col(JobRow.kind).in_(kinds), _is_free(work.now))
                .order_by(col(JobRow.submitted_at), col(JobRow.id))
                .limit(1)
            ).first()
        if candidate is None:
            return None
        if taken := _take(store, worker, *candidate):
            return taken


def heartbeat(store: Store, job_id: str, worker: str, *, done: int, total: int) -> None:
    """Write the progress and renew the lease; raises ``Cancelled`` when the job is no longer wanted here."""
    with store.work(SYSTEM) as work:
        row = _still_held(work, job_id, worker)
        row.done, row.total = done, total
        row.lease_until = work.now + LEASE
        is_cancelled = row.cancel
    if is_cancelled:
        raise Cancelled("job-cancelled", thing=job_id)


def keep(store: Store, job_id: str, worker: str, key: str, keepsake: Keepsake) -> None:
    """Keep what another worker can go on from, in place of what was kept before.

    *key* says what it belongs to. Raises ``Cancelled`` when another worker has the job.
    """
    with store.work(SYSTEM) as work:
        _still_held(work, job_id, worker)
        row = JobKeepsakeRow(job_id=job_id, key=key, data=keepsake.data, spent_ms=keepsake.spent_ms, kept_at=work.now)
        work.session.merge(row)


def kept(store: Store, job_id: str, key: str) -> Keepsake | None:
    """What was kept of a job under this very key; None if nothing was."""
    with store.reading(SYSTEM) as work:
        row = work.session.get(JobKeepsakeRow, job_id)
        return Keepsake(data=row.data, spent_ms=row.spent_ms) if row is not None and row.key == key else None


def finish(store: Store, job_id: str, worker: str, result: Mapping[str, Any]) -> bool:
    """Store the result; False when another worker has the job by now."""
    return _end(store, job_id, worker, JobState.DONE, result=dict(result))


def fail(store: Store, job_id: str, worker: str, error: CodedError) -> bool:
    """Store what went wrong, as code and fields."""
    plain = {"code": error.code, "fields": {name: str(value) for name, value in error.fields.items()}}
    return _end(store, job_id, worker, JobState.FAILED, error=plain)


def stop(store: Store, job_id: str, worker: str) -> bool:
    """Note that a cancelled job has stopped."""
    return _end(store, job_id, worker, JobState.CANCELLED)


def release(store: Store, job_id: str, worker: str) -> bool:
    """Put a job back into the queue, for a worker that shuts down in order."""
    return _change(
        store, _held(job_id, worker), state=JobState.QUEUED, worker=None, lease_until=None, attempts=JobRow.attempts - 1
    )


def _take(store: Store, worker: str, job_id: str, attempts: int) -> Job | None:
    """Compare and swap: the row is only taken in the state it was seen in."""
    with store.work(SYSTEM) as work:
        seen = and_(col(JobRow.id) == job_id, col(JobRow.attempts) == attempts, _is_free(work.now))
        if attempts >= MOST_ATTEMPTS:
            _give_up(work, seen, attempts)
            _forget(work, job_id)
            return None
        swap = (
            update(JobRow)
            .where(seen)
            .values(
                state=JobState.RUNNING,
                worker=worker,
                lease_until=work.now + LEASE,
                attempts=attempts + 1,
                started_at=work.now,
            )
        )
        if work.session.execute(swap).rowcount != 1:  # type: ignore[attr-defined]
            return None
        return _job(work.session.get_one(JobRow, job_id))


def _give_up(work: Work, seen: ColumnElement[bool], attempts: int) -> None:
    error = {"code": "job-kept-failing", "fields": {"attempts": str(attempts)}}
    work.session.execute(update(JobRow).where(seen).values(state=JobState.FAILED, error=error, ended_at=work.now))


def _forget(work: Work, job_id: str) -> None:
    """Nobody goes on with the job."""
    work.session.execute(delete(JobKeepsakeRow).where(col(JobKeepsakeRow.job_id) == job_id))


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(
        col(JobRow.state) == JobState.QUEUED,
        and_(col(JobRow.state) == JobState.RUNNING, col(JobRow.lease_until) < now),
    )


def _still_held(work: Work, job_id: str, worker: str) -> JobRow:
    """The job, if it is still this worker's."""
    row = work.session.get_one(JobRow, job_id, with_for_update=True)
    if row.worker != worker or row.state is not JobState.RUNNING:
        raise Cancelled("job-lost", thing=job_id, rule="another worker has taken it over")
    return row


def _held(job_id: str, worker: str) -> ColumnElement[bool]:
    return and_(col(JobRow.id) == job_id, col(JobRow.worker) == worker, col(JobRow.state) == JobState.RUNNING)


def _end(store: Store, job_id: str, worker: str, state: JobState, **values: Any) -> bool:
    held = _held(job_id, worker)
    with store.work(SYSTEM) as work:
        change = update(JobRow).where(held).values(state=state, lease_until=None, ended_at=work.now, **values)
        is_ended = bool(work.session.execute(change).rowcount == 1)  # type: ignore[attr-defined]
        if is_ended:
            _forget(work, job_id)
    return is_ended


def _change(store: Store, where: ColumnElement[bool], **values: Any) -> bool:
    with store.work(SYSTEM) as work:
        result = work.session.execute(update(JobRow).where(where).values(**values))
        return bool(result.rowcount == 1)  # type: ignore[attr-defined]


def _check_share(work: Work) -> None:
    open_states = (JobState.QUEUED, JobState.RUNNING)
    mine = select(JobRow.id).where(JobRow.account_id == work.actor.account, col(JobRow.state).in_(open_states))
    if len(work.session.exec(mine).all()) >= MOST_AT_ONCE:
        raise PlansRepoError(
            "too-many-jobs", thing="jobs", field="open jobs", rule=f"must be <= {MOST_AT_ONCE}", limit=MOST_AT_ONCE
        )


def _own(work: Work, job_id: str) -> JobRow:
    row = work.session.get(JobRow, job_id)
    if row is None or row.account_id != work.actor.account:
        raise NotFound("job-unknown", thing="job", value=job_id)
    return row


def _plain_actor(actor: Actor) -> dict[str, Any]:
    return {
        "account": actor.account,
        "name": actor.name,
        "roles": sorted(actor.roles),
        "organisation": actor.organisation,
        "os_user": actor.os_user,
    }


def _actor(plain: Mapping[str, Any]) -> Actor:
    return Actor(
        account=plain["account"],
        name=plain["name"],
        roles=frozenset(Role(role) for role in plain["roles"]),
        organisation=plain["organisation"],
        os_user=plain["os_user"],
    )


def _job(row: JobRow) -> Job:
    return Job(
        id=row.id,
        kind=row.kind,
        params=row.params,
        state=row.state,
        done=row.done,
        total=row.total,
        cancel=row.cancel,
        worker=row.worker,
        attempts=row.attempts,
        result=row.result,
        error=row.error,
        actor=_actor(row.actor),
        submitted_at=row.submitted_at,
        ended_at=row.ended_at,
    )
