"""Redaction: what could name a person or an order is taken out before a text is kept or shown as a gap."""

import re
from collections.abc import Iterable

_EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(r"\b(?:https?://|www\.)\S+")
_CARD = re.compile(r"(?<![\w.,-])\d(?:[ -]?\d){12,18}(?![\w-])")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_PHONE = re.compile(r"(?<![\w$€£.,-])(?:\+|00)?\(?\d[\d().\s/-]{6,18}\d(?![\w%])")
_CODE = re.compile(r"#\s?\w*\d[\w-]*|(?<![\w$€£])(?=[\w-]*\d)(?:[A-Za-z]{1,5}-?)?\d[\dA-Za-z-]{4,}(?!\w)(?!\s?%)")
_ORDER = re.compile(
    r"\b(?P<lead>(?:order|pedido|orden|ticket|chamado|protocolo|tracking|rastreo|rastreio)\s*"
    r"(?:(?:number|no\.?|nr\.?|n[º°o]\.?|id|n[uú]mero|n[uú]m\.?|c[oó]digo)\s*)?(?:is\s|es\s|é\s)?[:#]?\s*)"
    r"(?P<code>\d{4,}[\w-]*)(?![\w%.,]*\d)(?!\s*(?:reais|pesos|d[oó]l[ae]r\w*|usd|mxn|brl|euros?|units?|unidades|pieces|"
    r"piezas|pe[çc]as|items?|artículos|itens)\b)",
    re.IGNORECASE,
)
"""A number of few digits is one of an order where somebody calls it that; a year or an amount elsewhere."""
_MONEY = re.compile(r"[$€£]\s?\d[\d.,]*|\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?")
_CARD_DIGITS = range(13, 20)
_SIGNED = re.compile(
    r"(?P<lead>\b(?:[Mm]y name is|[Tt]his is|I am called|[Mm]e llamo|[Mm]i nombre es|[Mm]e chamo|[Mm]eu nome é|"
    r"(?:[Kk]ind |[Bb]est |[Ww]arm )?[Rr]egards,|[Ss]aludos,|[Aa]braços?,|[Cc]heers,|[Aa]tenciosamente,|[Aa]tt[.,])\s+)"
    r"(?P<name>[A-ZÀ-Ý][\w'-]+(?: [A-ZÀ-Ý][\w'-]+){0,2})"
)
_GREETED = re.compile(
    r"(?P<lead>^\W*(?:[Hh]i|[Hh]ello|[Hh]ey|[Dd]ear|[Hh]ola|[Oo]lá|[Oo]la|[Oo]i|[Ee]stimad[oa]|[Pp]rezad[oa])\s+)"
    r"(?P<name>(?!(?:[Tt]here|[Aa]ll|[Tt]eam|[Ee]veryone|I|My|The|Is|Can|How|What|When|Where|Why|Do|Does)\b)"
    r"[A-ZÀ-Ý][\w'-]+)(?=[\s,.!:-])"
)
_CALLED = re.compile(
    r"(?P<lead>\b(?:(?:[Ss]oy|[Ss]ou|[Aa]qu[ií] es|[Aa]qui é(?: [oa])?)\s+(?=[A-ZÀ-Ý][a-zà-ÿ])|"
    r"(?:I'm|I am)\s+(?=[A-ZÀ-Ý][\w'-]+ [A-ZÀ-Ý])))"
    r"(?P<name>[A-ZÀ-Ý][\w'-]+(?: [A-ZÀ-Ý][\w'-]+){0,2})"
)
_IN_SMALL_LETTERS = re.compile(
    r"(?P<lead>\b(?:my name is|i am called|me llamo|mi nombre es|me chamo|meu nome é)\s+)"
    r"(?P<name>(?!(?:not|my|now|still|suddenly|listed|shown|used|de|da|do|wrong|incorrect\w*|misspel\w*|spel\w*|on|in|the|different|too|missing|mal|muy|incorrecto|el|la|"
    r"otro|demasiado|errad[oa]|o|a|outro|muito|diferente)\b)[^\W\d_][\w'-]+"
    r"(?: (?!(?:y|e|and|but|pero|mas)\b)[^\W\d_][\w'-]+(?=[,.;!?]|$| (?:y|e|and|but|pero|mas)\b))?)",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"\b(?P<lead>(?:Mr|Mrs|Ms|Dr|Sra?|Srta|Dona|Seu)\.?\s+)(?P<name>[A-ZÀ-Ý][\w'-]+(?: [A-ZÀ-Ý][\w'-]+)?)"
)
_SHORTEST_NAME = 3


def redact(text: str, names: Iterable[str] = ()) -> str:
    """The text without e-mail addresses, links, card, phone and order numbers, and without ``names`` and those that
    somebody is greeted by or signs with. Amounts, periods and dates stay."""
    text = _EMAIL.sub("[e-mail]", text)
    text = _LINK.sub("[link]", text)
    text = _CARD.sub(_card, text)
    text = _PHONE.sub(_phone, text)
    text = _CODE.sub(_code, text)
    text = _ORDER.sub(r"\g<lead>[number]", text)
    for pattern in (_GREETED, _SIGNED, _CALLED, _IN_SMALL_LETTERS, _TITLED):
        text = pattern.sub(r"\g<lead>[name]", text)
    parts = {part for name in names for part in (name, *name.split()) if len(part) >= _SHORTEST_NAME}
    if parts:
        known = "|".join(re.escape(part) for part in sorted(parts, key=lambda part: (-len(part), part)))
        # A name such as "Will" or "Mark" is a word too: only its capital tells.
        text = re.sub(rf"(?<!\w)(?:{known})(?!\w)", _name, text, flags=re.IGNORECASE)
    return " ".join(text.split(" "))


def _name(found: re.Match[str]) -> str:
    return found[0] if found[0].islower() else "[name]"


def _card(found: re.Match[str]) -> str:
    digits = [int(char) for char in found[0] if char.isdigit()]
    doubled = [digit if place % 2 == 0 else sum(divmod(2 * digit, 10)) for place, digit in enumerate(reversed(digits))]
    is_card = len(digits) in _CARD_DIGITS and sum(doubled) % 10 == 0
    return "[card]" if is_card else "[number]"


def _phone(found: re.Match[str]) -> str:
    words = found[0].strip()
    if _DATE.fullmatch(words) or _MONEY.fullmatch(words) or sum(char.isdigit() for char in words) < 8:
        return found[0]
    return "[phone]" if not words.isdigit() or len(words) in (9, 10, 11) else "[number]"


def _code(found: re.Match[str]) -> str:
    words = found[0]
    digits = sum(char.isdigit() for char in words)
    if _DATE.fullmatch(words) or digits < (2 if words.startswith("#") else 4):
        return words
    # A year or an amount, and the names of forms such as 1099-K.
    is_short = digits <= 5 and len(words) <= 6 and not words.startswith("#")
    return words if is_short else "[number]"
