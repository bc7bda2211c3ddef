"""How an edition came about, in the sentences of the filing letter: nothing is said that its record does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlmodel import col, select

from plans_repo.course import consultation, panels, papers, public_consultation, votes
from plans_repo.course.consultation import ConsultedUnit
from plans_repo.course.inputs import INPUTS
from plans_repo.course.issued import Issued
from plans_repo.course.opinions import Opinion
from plans_repo.course.stages import Move
from plans_repo.course.words import Treatment
from plans_repo.packs.naming import name_of
from plans_repo.store import events
from plans_repo.store.tables.consultations import ConsultationRow
from plans_repo.store.tables.courses import CourseRow
from plans_repo.store.tables.experts import PanelRow
from plans_repo.store.work import Work
from plans_repo.word.course_papers import chinese_day

TREATED = {Treatment.ADOPTED: "采纳", Treatment.PARTLY: "部分采纳", Treatment.REFUSED: "未采纳"}


def provenance(work: Work, edition: Issued) -> tuple[str, ...]:
    """What was done before the edition was issued, as far as it was done here: inputs, opinions, panels, checks."""
    said = (_inputs, _consultations, _public, _panels, _checks)
    return tuple(words for tell in said for words in tell(work, edition))


def _inputs(work: Work, edition: Issued) -> Iterator[str]:
    present = {paper.kind for paper in papers.papers(work, edition.course)}
    found = [name_of("paper", kind, "zh") for kind in INPUTS if kind in present]
    if found:
        yield f"编制前形成了{'、'.join(found)}"


def _consultations(work: Work, edition: Issued) -> Iterator[str]:
    """All rounds of the edition together: a round in which nobody objects does not undo an earlier one."""
    rounds = _rounds(work, edition.course)
    asked: dict[str, list[ConsultedUnit]] = {}
    for units in rounds:
        for unit in units:
            asked.setdefault(unit.organisation or unit.name, []).append(unit)
    if not asked:
        return
    silent = sum(all(one.answer is None for one in answers) for answers in asked.values())
    opinions = [one for units in rounds for unit in units for one in unit.opinions]
    times = f"分{len(rounds)}次" if len(rounds) > 1 else ""
    words = f"{times}书面征求了{len(asked)}个单位意见，{len(asked) - silent}个单位答复"
    if silent:
        words += f"，{silent}个单位没有答复"
    yield words + (f"，{treatment_words(opinions)}" if opinions else "，均无不同意见" if silent < len(asked) else "")


def _rounds(work: Work, course: CourseRow) -> list[tuple[ConsultedUnit, ...]]:
    """The letters somebody answered; one that was settled anew before it went out is no round."""
    rows = work.session.exec(
        select(ConsultationRow)
        .where(ConsultationRow.course_id == course.id)
        .order_by(col(ConsultationRow.opened_at), col(ConsultationRow.sent_on))
    )
    rounds = [
        tuple(consultation.unit_of(work, unit, course) for unit in consultation.unit_rows(work, row)) for row in rows
    ]
    return [units for units in rounds if any(one.answer for one in units)] or rounds[-1:]


def _public(work: Work, edition: Issued) -> Iterator[str]:
    asked = public_consultation.public_consultation_of(work, edition.course)
    if asked is None or asked.received is None:
        return
    words = f"{chinese_day(asked.from_on)}至{chinese_day(asked.to_on)}公开征求社会意见，收到{asked.received}条"
    yield words + (f"，其中需要处理的{treatment_words(asked.opinions)}" if asked.opinions else "")


def _panels(work: Work, edition: Issued) -> Iterator[str]:
    rows = work.session.exec(
        select(PanelRow).where(PanelRow.course_id == edition.course.id).order_by(col(PanelRow.drawn_at))
    )
    for row in rows:
        panel = panels.panel_of(work, row)
        if panel.met_on is not None:
            remarks = [one for said in votes.votes_of(work, row, edition.course) for one in said.opinions]
            words = f"，{treatment_words(remarks)}" if remarks else ""
            yield f"{chinese_day(panel.met_on)}组织{len(panel.present)}名专家评审{words}"


def treatment_words(opinions: Sequence[Opinion]) -> str:
    """How many opinions there were, what became of them, and how disputes about them ended.

    >>> treatment_words([Opinion(id="1", giver="甲", clause="", label="", text="改", wanted="", treated=None)])
    '提出意见1条（尚未处理1条）'
    """
    done = [one.treated for one in opinions if one.treated is not None]
    counts = [(word, sum(one.treatment is kind for one in done)) for kind, word in TREATED.items()]
    counts.append(("尚未处理", len(opinions) - len(done)))
    told = "、".join(f"{word}{count}条" for word, count in counts if count)
    disputed = [one for one in done if one.is_disputed]
    open_ones = sum(one.is_open for one in disputed)
    words = f"提出意见{len(opinions)}条（{told}）"
    if len(disputed) > open_ones:
        words += f"，其中有分歧的{len(disputed) - open_ones}条已协调处理"
    if open_ones:
        words += f"，{open_ones}条分歧尚未协调一致"
    return words


def _checks(work: Work, edition: Issued) -> Iterator[str]:
    moves = _moves(work, edition)
    for move, words in ((Move.AGREE_LINKAGE, "经衔接协调"), (Move.PASS_LEGALITY, "经合法性审查")):
        if move in moves:
            yield f"{chinese_day(moves[move])}{words}"


def _moves(work: Work, edition: Issued) -> dict[Move, date]:
    chain = events.history(work, events.chain_of_plan(edition.plan.id))
    return {
        Move(one.payload["move"]): date.fromisoformat(str(one.payload["on"]))
        for one in chain
        if one.kind == "moved" and one.payload.get("course") == edition.course.id
    }
