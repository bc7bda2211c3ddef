"""Telephone numbers in a text: wrong ones, blanks, numbers nobody answers for, contacts not verified."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plans_repo.checks.dossier import ContactSeen, Dossier
from plans_repo.checks.pack import national_rule
from plans_repo.checks.register_rules import is_phone
from plans_repo.checks.spans import added
from plans_repo.health.defect import Defect, DefectKind
from plans_repo.health.quoting import Sentence

ABOUT = re.compile(r"电话|手机|号码|传真|联系方式|值班|联系人|通讯录")
LONG = re.compile(
    r"(?<![\d.〔\-－/])(?:0\d{2,3}[-－—]\d{5,10}|1[3-9]\d{8,10}|[2-8]\d{6,7})"
    r"(?![\d.%％]|\s*(?:元|人|米|吨|立方|万|年|号|户|间|台|亩))"
)
BLANK = re.compile(r"0\d{2,3}[-－—]\s*[×xX*＊]{5,}|[×＊]{6,}|[（(](?:填写|略|待定|待补)[)）]|1[3-9]?[×xX*＊]{6,}")
SHOWN = 6


def phone_defects(dossier: Dossier, sentences: Iterable[Sentence]) -> Iterator[Defect]:
    """What is wrong with the numbers of a text, clause by clause."""
    known = {_digits(phone): one for one in dossier.contacts or () for phone in one.phones}
    unknown: dict[str, list[tuple[str, Sentence]]] = {}
    blanks: dict[str, list[tuple[str, Sentence]]] = {}
    about: set[str] = set()
    for sentence in sentences:
        if ABOUT.search(sentence.text):
            about.add(sentence.clause)
        for match in BLANK.finditer(sentence.text):
            blanks.setdefault(sentence.clause, []).append((match[0], sentence))
        for match in LONG.finditer(sentence.text) if sentence.clause in about else ():
            phone = match[0]
            if not is_phone(phone.replace("—", "-")):
                yield _wrong(sentence, match)
            elif _digits(phone) in known:
                yield from _stale(dossier, known[_digits(phone)], sentence, phone)
            else:
                unknown.setdefault(sentence.clause, []).append((phone, sentence))
    yield from _blank(blanks, about)
    if dossier.contacts:
        yield from _unknown(unknown)


def _wrong(sentence: Sentence, match: re.Match[str]) -> Defect:
    return Defect(
        kind=DefectKind.CONTACT,
        reason="phone_wrong",
        clause=sentence.clause,
        quotation=sentence.around(match.start(), match.end()),
        fields={"phone": match[0]},
    )


def _stale(dossier: Dossier, contact: ContactSeen, sentence: Sentence, phone: str) -> Iterator[Defect]:
    span = national_rule("L20").parameters["contacts"]
    if contact.checked_on is None or added(contact.checked_on, span) < dossier.today:
        yield Defect(
            kind=DefectKind.CONTACT,
            reason="contact_stale",
            clause=sentence.clause,
            quotation=sentence.text[:90],
            fields={"phone": phone, "label": contact.label},
        )


def _blank(found: dict[str, list[tuple[str, Sentence]]], about: set[str]) -> Iterator[Defect]:
    for clause, places in found.items():
        if clause in about:
            yield Defect(
                kind=DefectKind.CONTACT,
                reason="phone_blank",
                clause=clause,
                quotation=places[0][1].text[:90],
                fields={"count": len(places), "sample": places[0][0]},
            )


def _unknown(found: dict[str, list[tuple[str, Sentence]]]) -> Iterator[Defect]:
    for clause, places in found.items():
        phones = list(dict.fromkeys(phone for phone, _sentence in places))
        yield Defect(
            kind=DefectKind.CONTACT,
            reason="phone_unknown" if len(phones) <= SHOWN else "phones_unknown",
            clause=clause,
            quotation=places[0][1].text[:90],
            fields={"count": len(phones), "phones": phones[:SHOWN]},
        )


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)
