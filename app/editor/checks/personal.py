"""Personal data: addresses, numbers and names of people, which an article for everybody must not hold."""

import re
from collections.abc import Callable, Collection, Iterator
from typing import Literal

from app.editor.checks.draft import Draft
from app.editor.checks.finding import Finding, Severity
from app.editor.checks.markup import targets

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
_FICTION = re.compile(r"(?:^|\.)(?:example|test|invalid|localhost)$|(?:^|\.)example\.(?:com|net|org)$")
"""Names that nobody can have (RFC 2606)."""
_ROLES = frozenset(
    "abuse accounts admin appeals billing care claims compliance contact contacto contato copyright customercare "
    "customerservice dmca finance fraud hello help helpdesk hola hr info jobs legal mail marketing noreply office "
    "orders payments payouts phishing postmaster press privacidad privacidade privacy refunds returns sales sac safety "
    "security seguridad seguranca service shipping soporte suporte support team trust ventas vendas webmaster".split()
)
_MADE_UP = re.compile(
    r"example|sample|ejemplo|exemplo|^(?:your|tu|seu)|^(?:me|you|name|user|username|email|nombre|nome|test)\d*$"
)
_ADDRESS = re.compile(r"^\d{1,3}(?:\.\d{1,3}){3}$")
_DIGITS = re.compile(r"(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_IDENTITY = re.compile(
    r"\b(?:\d{3}\.?\d{3}\.?\d{3}-?\d{2}|[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z0-9]\d|[XYZ]?\d{7,8}-?[A-Z]|\d{3}-\d{2}-\d{4})\b"
)
_PERSON = r"([A-ZÁÉÍÓÚÂÊÔÃÕÇÑ][\w'’-]+(?: (?:d[aeo]s? )?[A-ZÁÉÍÓÚÂÊÔÃÕÇÑ][\w'’-]+){0,3})"
_NAMES = [
    re.compile(pattern)
    for pattern in (
        rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Sr|Sra|Srta|Dra)\.? {_PERSON}",
        rf"\b(?:Hi|Hello|Dear|Hola|Estimad[oa]|Querid[oa]|Olá|Oi|Prezad[oa]|Car[oa]) {_PERSON}[,!]",
        rf"\b(?:[Mm]y name is|[Mm]e llamo|[Mm]i nombre es|[Mm]eu nome é|[Mm]e chamo) {_PERSON}",
        rf"(?:[Rr]egards|[Ss]incerely|[Ss]aludos|[Aa]tentamente|[Aa]braços|[Aa]tenciosamente),?\s*\n+\s*{_PERSON}",
        rf"\b(?:[Aa]sk for|[Ss]peak to|[Cc]ontact|[Pp]regunta por|[Hh]abla con|[Ff]ale com|[Pp]rocure por) "
        rf"{_PERSON.replace('{0,3}', '{1,3}')} (?:at|on|from|in|en|al|em|do|da|no|na)\b",
    )
]
_CROWD = frozenset(
    "customer customers buyer buyers seller sellers sir madam team all everyone everybody friend friends member "
    "members cliente clientes comprador vendedor equipo equipe todos todas amigo amiga usuario support".split()
)
_REGIONS = {"en": "US", "es": "MX", "pt": "BR"}
"""Where a number without a country code is looked for; numbers with one are found anywhere."""
Kind = Literal["e-mail address", "phone number", "card number", "bank account", "identity number", "person's name"]


def personal(draft: Draft, hosts: Collection[str]) -> Iterator[Finding]:
    """Mail at ``hosts`` is our own. Front matter counts too: real phrasings bring real names."""
    article = draft.article
    text = "\n".join((article.title, *article.questions, article.body))
    seen: set[str] = set()
    for kind, words in _found(text, article.locale, hosts):
        if words in seen or any(words in other for other in seen):
            continue
        seen.add(words)
        severity: Severity = "error" if kind in ("card number", "bank account", "identity number") else "warning"
        place = draft.line_of(words) or _line(draft.text, words)
        yield Finding(
            check="personal",
            severity=severity,
            message=f"“{words}” looks like a {kind}.".replace("a e-", "an e-").replace("a identity", "an identity"),
            cure="Take it out, or write one that is clearly made up, such as name@example.com.",
            line=place,
            quote=words,
        )


def _line(text: str, words: str) -> int | None:
    at = text.find(words)
    return text.count("\n", 0, at) + 1 if at >= 0 else None


def _found(text: str, locale: str, hosts: Collection[str]) -> Iterator[tuple[Kind, str]]:
    for mail in _MAIL.findall(text):
        local, _, host = mail.lower().partition("@")
        own = any(host == known or host.endswith(f".{known}") for known in hosts)
        if not own and not _FICTION.search(host) and not _MADE_UP.search(local) and local not in _ROLES:
            yield "e-mail address", mail
    without_links = text
    for target in targets(text):
        without_links = without_links.replace(target.address, " ") if target.address else without_links
    yield from _numbers(without_links, locale)
    for pattern in _NAMES:
        for found in pattern.finditer(text):
            first = found[1].split()[0].lower()
            if first not in _CROWD and not any(first in host for host in hosts):
                yield "person's name", found[1]


def _numbers(text: str, locale: str) -> Iterator[tuple[Kind, str]]:
    from phonenumbers import (  # noqa: PLC0415  only who writes articles needs it
        Leniency,
        PhoneNumberMatcher,
        PhoneNumberType,
        number_type,
    )
    from stdnum import iban, luhn  # noqa: PLC0415
    from stdnum.br import cpf  # noqa: PLC0415
    from stdnum.es import dni, nie  # noqa: PLC0415
    from stdnum.mx import curp  # noqa: PLC0415
    from stdnum.us import ssn  # noqa: PLC0415

    for digits in _DIGITS.findall(text):
        bare = re.sub(r"\D", "", digits)
        if bare[0] in "23456" and len(set(bare)) > 1 and luhn.is_valid(bare):
            yield "card number", digits
    for account in _IBAN.findall(text):
        if iban.is_valid(account):
            yield "bank account", account
    checks: tuple[Callable[[str], bool], ...] = (
        cpf.is_valid, dni.is_valid, nie.is_valid, curp.is_valid, lambda words: "-" in words and ssn.is_valid(words),
    )  # fmt: skip
    for words in _IDENTITY.findall(text):
        if any(check(words) for check in checks):
            yield "identity number", words
    region = _REGIONS.get(locale.split("-", maxsplit=1)[0])
    for match in PhoneNumberMatcher(text, region, leniency=Leniency.VALID):
        public = number_type(match.number) in (PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST)
        if not public and not _ADDRESS.match(match.raw_string):
            yield "phone number", match.raw_string
