"""The parts of a filing 各方备案: what goes to the authority of each side of a joint plan, each with its receipt.

Every other filing is one part, whoever of its authorities answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans_repo.course.deeds import Deed, DeedKind, latest
from plans_repo.filing.recipients import Duty, Recipient, is_same_body
from sim.plain import unplain


class FilingState(StrEnum):
    """How far the filing of an edition has come."""

    TO_PUBLISH = "to_publish"  # 待公布后备案
    TO_SEND = "to_send"  # 待报送
    SENT = "sent"  # 已报送，待回执
    RECEIPT_ENTERED = "receipt_entered"  # 登记了纸质回执，待第二人核对
    SUPPLEMENT_ASKED = "supplement_asked"  # 待补正
    RETURNED = "returned"  # 已退回，待重新报送
    MENDED = "mended"  # 已由更正的版次另行报送
    RECEIPTED = "receipted"  # 已备案（有回执）
    DEEMED = "deemed"  # 视为已备案
    ENTERED = "entered"  # 系统启用前印发，补录
    ENDED = "ended"  # 已失效


AWAITING_SENDER = frozenset({FilingState.SUPPLEMENT_ASKED, FilingState.RETURNED})
"""States in which the sender has something to send."""
ANSWERS = (
    DeedKind.FILING,
    DeedKind.RECEIVED,
    DeedKind.SUPPLEMENT_REQUEST,
    DeedKind.SUPPLEMENT,
    DeedKind.MENDED,
    DeedKind.RECEIPT,
)
"""Deeds that tell how far a filing has come."""
_FIRST_TOLD = (
    FilingState.RETURNED, FilingState.SUPPLEMENT_ASKED, FilingState.SENT, FilingState.MENDED, FilingState.RECEIPTED,
)  # fmt: skip
"""Of parts that stand differently the one that has come least far tells of the whole."""
_OF_RECEIVER = frozenset(
    {DeedKind.SUPPLEMENT_REQUEST, DeedKind.RECEIPT, DeedKind.RECEIPT_ENTERED, DeedKind.RECEIPT_HELD}
)
_ANSWERING = frozenset({DeedKind.SUPPLEMENT, DeedKind.RECEIPT_REFUSED})


@dataclass(frozen=True, kw_only=True)
class Share:
    """A part of a filing: for which *side* ("" for all of them), with which authorities, what was done for it."""

    side: str
    authorities: tuple[Recipient, ...]
    deeds: tuple[Deed, ...]

    @property
    def state(self) -> FilingState:
        """How far it has come, by its deeds alone."""
        last = latest(self.deeds, *ANSWERS)
        if last is not None and last.kind is DeedKind.RECEIPT:
            return FilingState.RECEIPTED
        if last is not None and last.kind is DeedKind.MENDED:
            return FilingState.MENDED
        if last is None or last.kind is not DeedKind.SUPPLEMENT_REQUEST:
            return FilingState.SENT
        return FilingState.RETURNED if last.value.get("is_return") else FilingState.SUPPLEMENT_ASKED

    @property
    def receipt(self) -> Deed | None:
        """The receipt given for it."""
        return latest(self.deeds, DeedKind.RECEIPT)

    @property
    def receipt_on(self) -> date | None:
        """The day of that receipt."""
        return self.receipt.on if self.receipt else None

    @property
    def is_outside(self) -> bool:
        """Whether none of its authorities is a body of this installation: it has to be delivered outside."""
        return not any(one.organisation for one in self.authorities)

    def is_of(self, receiver: str) -> bool:
        """Whether that body is one of its authorities."""
        return any(is_same_body(receiver, one.name) for one in self.authorities)


def shares_of(found: Sequence[Deed], settled: Iterable[Recipient] = ()) -> tuple[Share, ...]:
    """The parts of a filing by its deeds; before it was sent, by the recipients *settled* for it."""
    told = latest(found, DeedKind.FILING, DeedKind.RECEIVED)
    recipients = tuple(unplain(Recipient, one) for one in told.value["recipients"]) if told else tuple(settled)
    filed = [one for one in recipients if one.duty is Duty.FILE]
    by_side = {
        side: tuple(one for one in filed if one.side == side) for side in dict.fromkeys(one.side for one in filed)
    }
    if len(by_side) < 2:
        (side, authorities) = next(iter(by_side.items()), ("", ()))
        return (Share(side=side, authorities=authorities, deeds=tuple(found)),)
    empty = (Share(side=side, authorities=some, deeds=()) for side, some in by_side.items())
    return tuple(Share(side=one.side, authorities=one.authorities, deeds=_deeds_of(one, found)) for one in empty)


def share_for(found: Sequence[Deed], receiver: str) -> Share:
    """The part of which a body is an authority; the first where it is of none."""
    every = shares_of(found)
    return next((one for one in every if one.is_of(receiver)), every[0])


def state_of(found: Sequence[Deed]) -> FilingState:
    """How far a filing that was sent has come, by its deeds alone: as far as the last of its parts."""
    return min((share.state for share in shares_of(found)), key=_FIRST_TOLD.index)


def is_answered(found: Sequence[Deed]) -> bool:
    """Whether no authority owes an answer any more."""
    return not any(share.state is FilingState.SENT for share in shares_of(found))


def _deeds_of(share: Share, found: Sequence[Deed]) -> tuple[Deed, ...]:
    """What was done for one part: what its authorities said, what answers that, and what was done for all."""
    said = {one.id for one in found if one.kind in _OF_RECEIVER and share.is_of(str(one.value["receiver"]))}
    return tuple(
        one
        for one in found
        if one.id in said
        or (one.kind in _ANSWERING and one.about in said)
        or (one.kind not in _OF_RECEIVER and one.kind not in _ANSWERING)
    )
