"""Names: whether names, links, addresses and numbers to call stand in the passages."""

import re
from collections.abc import Iterator, Sequence

from app.answer.canon import canonical
from app.answer.source import Source
from app.answer.statement import Statement, statement_of
from ingest.lexical import fold

_LINK = re.compile(
    r"@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)[^\s)>\]]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[\w-]{2,}(?:\.[\w-]{2,})*\.[a-z]{2,}\b(?:/[^\s)>\]]*)?",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\+?\(?\d[\d\s().-]{5,}\d")
_NAME = re.compile(r"\b[A-ZÀ-Ý][\w'’-]*|\b[a-z]+[A-Z]\w*")
_BRAND = re.compile(r"\b[A-Z]{2,}\b|\b[A-Za-z][a-z]*[A-Z]\w*")
_START = re.compile(r"(?:^|[.!?:…]\s)[\s\"'“”‘’(¿¡*\[]*$")
_OPENER = re.compile(
    r"^[a-z'-]+,?\s(?:the|a|an|your|you|us|it|its|for|to|at|in|on|of|that|this|these|those|them|by|with|from|out|up|any|"
    r"both|every|each|all|one|how|what|where|when|if|no|not|el|la|los|las|un|una|tu|tus|su|sus|de|del|al|en|que|con|por|"
    r"para|o|os|as|um|uma|seu|sua|seus|suas|do|da|dos|das|em|com|\d+)\b"
)
_COMMON_ENDS = ("ing", "body", "one", "ly", "tion", "tions", "ment", "ments", "ends", "ers", "ed")
_ADJECTIVES = frozenset(
    "new old most many few several late early first second last next later following further different "
    "nuevos nuevas nuevo nueva muchos muchas varios varias novos novas novo nova muitos muitas varios varias".split()
)
"""What a sentence may open with before a noun that is no name."""


def links_stand(sentence: str, sources: Sequence[Source]) -> bool:
    """Addresses stand whole in a passage, and what could be dialled stands there digit by digit."""
    for link in _LINK.findall(sentence):
        bare = re.escape(fold(link).rstrip(".,;:)!?"))
        whole = re.compile(rf"(?<![\w@./-]){bare}(?![\w@/-]|\.\w)")
        if not any(whole.search(source.folded) for source in sources):
            return False
    for number in _PHONE.findall(sentence):
        digits = re.sub(r"\D", "", number)
        if len(digits) >= 7 and not any(digits in re.sub(r"\D", "", source.folded) for source in sources):
            return False
    return True


def _names(sentence: str) -> Iterator[tuple[str, str]]:
    """``(name, what follows)`` of the words written like names; a sentence's first only where no verb is likely."""
    for found in _NAME.finditer(sentence):
        name = fold(found[0]).replace("’", "'").removesuffix("'s")
        first = _START.search(sentence, 0, found.start()) is not None
        yield (name, sentence[found.start() :]) if first else (name, "")


def names_stand(sentence: str, said: Statement, sources: Sequence[Source]) -> bool:
    """Words written like names must stand in a passage as words."""
    known = frozenset[str]().union(*(source.words for source in sources))
    for name, after in _names(sentence):
        if any(re.search(rf"\b{re.escape(name)}\b", source.folded) for source in sources):
            continue
        opening = statement_of(name, "en")
        if after and (opening.words <= known or name.endswith(_COMMON_ENDS)):
            continue
        if not opening.words or (after and (said.words & known & _forms(name, said))):
            continue
        if after and name in _ADJECTIVES:
            continue
        if after and _OPENER.match(canonical(after, "en")) and not _BRAND.match(after):
            continue
        return False
    return True


def _forms(name: str, said: Statement) -> frozenset[str]:
    """Stems in the sentence that the word may have become."""
    return frozenset(word for word in said.words if len(word) > 2 and name.startswith(word[:-1]))


def brands_stand(sentence: str, sources: Sequence[Source]) -> bool:
    """Capitals within a word are kept by every translation."""
    return all(any(fold(brand) in source.folded for source in sources) for brand in _BRAND.findall(sentence))
