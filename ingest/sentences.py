"""Sentences of a text in English, Spanish or Portuguese."""

import re

_ABBREVIATIONS = frozenset(
    "e.g i.e etc approx no nr vs mr mrs ms dr st inc ltd co dept max min jan feb mar apr jun jul aug sep sept oct nov "
    "dec p.ej ej sr sra srta dra ud uds núm pág aprox máx mín ex obs prof av".split()
)
_BOUNDARY = re.compile(r"(?<=[.!?…])([\"'”’)\]]*)\s+(?=[\"'“‘(\[¿¡*]*[A-Z0-9ÁÉÍÓÚÑÂÊÔÃÕÀÇ¿¡])|\n+")


def split_sentences(text: str) -> list[str]:
    """Sentences in order; no character but white space between them is lost.

    A full stop ends a sentence only before a capital or a digit, and not after an abbreviation or an initial.
    """
    sentences: list[str] = []
    start = 0
    for match in _BOUNDARY.finditer(text):
        head = text[start : match.end(1) if match.group(1) is not None else match.start()].strip()
        if not head:
            continue
        if "\n" not in match[0] and head.endswith("."):
            words = head[:-1].split()
            last = words[-1].lower().lstrip("(\"'") if words else ""
            if last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha()) or (last.isdigit() and len(head) < 4):
                continue
        sentences.append(head)
        start = match.end()
    tail = text[start:].strip()
    if tail:
        sentences.append(tail)
    return sentences
