"""``yuyan filing make | letter | supplement``: what goes out; keys of others and figures of the place."""

from __future__ import annotations

from plans_repo.course.issued import newest_issued
from plans_repo.course.papers import Attachment
from plans_repo.course.stages import PaperKind
from plans_repo.filing import correspondents, filings, local_figures, rules
from plans_repo.filing.copies import CopyTo
from plans_repo.filing.letter import LetterWords, filing_letter
from plans_repo.filing.letter_kind import LetterKind
from plans_repo.filing.making import make_package
from plans_repo.filing.recipients import Duty
from plans_repo.packs.naming import name_of as named
from plans_repo.store.roles import Action
from plans_repo.word.filing_letter import filing_letter_paper
from sim.plain import plain
from ui.command_line.answer import Answer
from ui.command_line.context import Context, name_of, read_file, require_writable, write_file
from ui.command_line.named import body_called
from ui.command_line.papers import attachment
from ui.components.filing_names import (
    DUTIES,
    recipient_name,
)
from ui.components.plan_names import told
from ui.wording import _, language, n_
from ui.wording.codes import PAPERS


def make(context: Context) -> Answer:
    """The newest issued edition of a plan as a package for its recipients."""
    asked = context.arguments
    require_writable(asked.out)
    papers = tuple(attachment(word) for word in asked.paper)
    with context.work() as work:
        more = tuple(map(PaperKind, asked.more))
        copies = [CopyTo(name=name) for name in asked.copy]
        made = make_package(
            work, asked.plan, attachments=papers, more=more, incomplete=asked.incomplete, to=asked.to, copies=copies
        )
        file = write_file(asked.out, made.data)
    manifest = made.manifest
    lines = [_("已写出 {file}", file=file), n_("内有文件 {count} 件", len(manifest.files) + 2)]
    if papers:
        names = "、".join(one.name for one in papers)
        lines.append(_("附上的材料已存入该预案的材料：{names}", names=names))
    if made.missing:
        missing = "、".join(_(PAPERS[kind]) for kind in made.missing)
        lines.append(_("材料不齐，缺：{missing}", missing=missing))
    if manifest.left_out:
        left = "、".join(_(PAPERS[kind]) for kind in manifest.left_out)
        lines.append(_("未放进备案包的材料：{names}", names=left))
    if not any(one.duty is not Duty.FILE for one in manifest.recipients) and (rules.internal_papers() & set(more)):
        lines.append(_("内有内部材料，只交备案机关；径送、抄送单位请另做不含内部材料的备案包"))
    lines += [_("{duty}：{name}", duty=_(DUTIES[one.duty]), name=recipient_name(one)) for one in manifest.recipients]
    if made.unnamed:
        names = "、".join(map(recipient_name, made.unnamed))
        lines.append(_("没有写明单位，未列入备案包：{names}", names=names))
    return Answer(
        fields={
            "file": file,
            "files": [{"path": one.path, "size": one.size, "sha256": one.sha256} for one in manifest.files],
            "manifest": plain(manifest),
            "digest": manifest.digest,
            "missing": list(made.missing),
            "left_out": list(manifest.left_out),
            "unnamed": [one.name for one in made.unnamed],
            "attached": [one.name for one in papers],
        },
        lines=lines,
    )


def letter(context: Context) -> Answer:
    """The draft of the filing letter of the newest issued edition, as a Word file: report, letter or application."""
    asked = context.arguments
    require_writable(asked.out)
    words = LetterWords(
        kind=LetterKind(asked.kind) if asked.kind else None,
        number=asked.number,
        signer=asked.signer,
        contact=asked.contact,
        issuer=asked.issuer,
        on=asked.on,
    )
    with context.reading() as work:
        edition = newest_issued(work, asked.plan, Action.READ_PLAN)
        said = filing_letter(work, edition.version.id, words)
        data = filing_letter_paper(said, author=work.actor.name, made_at=work.now)
    file = write_file(asked.out, data)
    missing, why = [one.name for one in said.annexes if not one.is_there], rules.letter_rule(said.kind)
    return Answer(
        fields={
            "file": file,
            "kind": said.kind,
            "issuer": said.issuer,
            "addressees": list(said.addressees),
            "sent_straight": list(said.sent_straight),
            "copies": list(said.copies),
            "annexes": [{"name": one.name, "there": one.is_there} for one in said.annexes],
        },
        lines=[
            _("已写出 {file}", file=file),
            _("主送 {names}", names=_("、").join(said.addressees) or "—"),
            _("文种 {kind}（{source}）", kind=told(why.title, why.title_en), source=told(why.source, why.source_en)),
            *([_("尚缺材料：{names}", names=_("、").join(missing))] if missing else []),
        ],
    )


def supplement(context: Context) -> Answer:
    """Send the receiver what he asked for; his time runs again."""
    asked = context.arguments
    found = [
        Attachment(kind=PaperKind.FILING_SUPPLEMENT, name=name_of(path), data=read_file(path)) for path in asked.file
    ]
    with context.work() as work:
        edition = newest_issued(work, asked.plan, Action.FILE_PLAN)
        filings.supplement(work, edition.version.id, tuple(found), on=asked.on, note=asked.note)
        now = filings.filing(work, edition.version.id)
    fields = {"plan": now.plan, "state": now.state, "papers": [one.name for one in found], "due_on": now.due_on}
    words = _("已报送补正材料 {papers}", papers=_("、").join(one.name for one in found))
    return Answer(fields=fields, lines=[words])


def confirm_key(context: Context) -> Answer:
    """Note that a key seen in something received belongs to a body."""
    asked = context.arguments
    with context.work() as work:
        body = body_called(work, asked.fingerprint, asked.body)
        known = correspondents.confirm_key(work, asked.fingerprint, body, note=asked.note)
    return Answer(
        fields={"body": known.body, "fingerprint": known.fingerprint},
        lines=[_("已登记 {body} 的密钥 {fingerprint}", body=known.body, fingerprint=known.fingerprint)],
    )


def figure(context: Context) -> Answer:
    """Lay down a figure of the place."""
    asked = context.arguments
    with context.work() as work:
        laid_down = local_figures.enter_figure(work, asked.key, asked.value, source=asked.source)
    return Answer(
        fields={"key": laid_down.key, "value": laid_down.value, "area": laid_down.area},
        lines=[f"{named('local_figure', laid_down.key, language())}: {laid_down.value}"],
    )
