"""Source: what a passage states, taken apart once, for checking sentences against it.

A text becomes statements: sentences, list items under their heading, cells of a table with row and column. The same
passages are cited again and again, so what was made of them is kept.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log

from app.answer.canon import canonical, stems
from app.answer.polarity import FINITE, SUB, denies
from app.answer.statement import STEP, Statement, statement_of
from ingest.chunk import plain
from ingest.lexical import fold
from ingest.sentences import split_sentences
from ingest.store import Passage

KEPT = 512
_ITEM = re.compile(r"^\s*[-*+]\s+")
_CELL = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"^[\s|:-]+$")
_NAMED = re.compile(r"^\W*(?:\*\*([^*]{2,60})\*\*|([^:*|]{2,50}):\s)")
_CONDITIONS = re.compile(
    r"\b(?:when|if|need|needs|must|require\w*|conditions?|rules?|only|cuando|si|requisitos?|condic\w+|quando|se)\b"
)
_COUNT = re.compile(r"\d+(?:[.,]\d+)?(?:\s?(?:-|–|to|a)\s?\d+)?")
_UNIT_NAME = re.compile(
    r"(?i)^(?:business |working )?(?:days?|hours?|minutes?|weeks?|months?|years?|dias?|horas?|meses|anos|años)$"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A passage: all as plain folded words, its statements, and how much each word tells its statements apart."""

    folded: str
    words: frozenset[str]
    figures: frozenset[str]
    marks: frozenset[str]
    statements: tuple[Statement, ...]
    heads: tuple[Statement, ...]
    under: frozenset[str]
    """Stems of title and heading, which every statement stands under."""
    weights: Mapping[str, float]


@lru_cache(maxsize=KEPT)
def source_of(passage: Passage) -> Source:
    """What a passage states."""
    locale = passage.locale
    whole = plain(f"{passage.title}. {passage.section}. {passage.text}")
    statements = tuple(_statements(passage))
    weights = _weights(statements)
    heads = statement_of(f"{passage.title} {passage.section}", locale)
    words = frozenset(weights) | heads.words
    return Source(
        fold(whole).replace("’", "'"),
        words,
        frozenset(word for word in words if ":" in word),
        frozenset(mark for s in (*statements, heads) for clause in s.clauses for mark in clause.marks),
        statements,
        tuple(statement_of(head, locale) for head in (passage.title, passage.section) if head),
        heads.words,
        weights,
    )


@lru_cache(maxsize=KEPT)
def merged(passages: tuple[Passage, ...]) -> tuple[Source, ...]:
    """The sources of several passages, a word weighing the same in all of them."""
    sources = [source_of(passage) for passage in passages]
    if len(sources) == 1:
        return (sources[0],)
    weights = _weights([statement for source in sources for statement in source.statements])
    return tuple(replace(source, weights=weights) for source in sources)


def _weights(statements: Sequence[Statement]) -> Mapping[str, float]:
    seen = Counter(word for statement in statements for word in statement.words)
    return {word: log(1 + (len(statements) + 1) / count) for word, count in seen.items()}


def _statements(passage: Passage) -> Iterator[Statement]:
    """Sentences, items under their heading, and cells under row and column."""
    rows: list[list[str]] = []
    lead, locale = "", passage.locale
    before = stems(canonical(passage.section or passage.title, locale), locale)
    refused = bool(denies(canonical(passage.section, locale)))
    for line in (*passage.text.split("\n"), ""):
        if line.lstrip().startswith("|"):
            if not _RULE.match(line):
                rows.append([plain(cell) for cell in _CELL.split(line.strip().strip("|"))])
            continue
        if rows:
            yield from _table(rows, locale)
            rows = []
        item, step = _ITEM.match(line) is not None, STEP.match(line) is not None
        body = STEP.sub("", line)
        raw, asked = split_sentences(body), frozenset[str]()
        pieces = [plain(piece) for piece in raw]
        for written, piece in zip(raw, pieces, strict=True):
            if not piece:
                continue
            named = _NAMED.match(written)
            label = stems(canonical(plain(named[1] or named[2]), locale), locale) if named else frozenset[str]()
            needed = (item or step) and _CONDITIONS.search(f"{lead} {fold(passage.section)}") is not None
            if item and passage.section:
                statement = statement_of(piece, locale, f"{passage.section} {lead}")
                if refused:
                    main = SUB.split(canonical(piece, locale))[0]
                    statement = _turned(statement, None if FINITE.search(main) else True)
            else:
                statement = statement_of(piece, locale, lead if item else "", step, before)
                if asked:
                    statement = replace(
                        statement, clauses=tuple(replace(c, words=c.words | asked) for c in statement.clauses)
                    )
                if refused and all(clause.bare for clause in statement.clauses):
                    statement = _turned(statement, True)
            asked = label if named and named[1] else statement.words if piece.endswith("?") else asked
            before = statement.words
            yield _marked(replace(statement, label=label), frozenset({"term"}) if needed else frozenset())
        if pieces and not item and not step:
            lead = canonical(pieces[-1], locale) if pieces[-1].endswith(":") else ""


def _marked(statement: Statement, marks: frozenset[str]) -> Statement:
    clauses = tuple(replace(clause, marks=clause.marks | marks) for clause in statement.clauses)
    return replace(statement, clauses=clauses) if marks else statement


def _table(rows: list[list[str]], locale: str) -> Iterator[Statement]:
    """Its cells, rows and columns. Where the first column repeats itself, a row is named by the first two."""
    header, body = rows[0], rows[1:]
    names = [row[0] for row in body]
    keys = 2 if len(set(names)) < len(names) and len(header) > 2 else 1
    for row in body:
        yield from _row(header, row, locale, keys, body)
    for at in range(len(header)):
        yield _loose(" ".join(row[at] for row in rows if at < len(row)), locale)


def _row(header: list[str], cells: list[str], locale: str, keys: int, rows: list[list[str]]) -> Iterator[Statement]:
    """A statement for each cell: the row's name, the column's name and the cell."""
    if not any(header) or len(cells) == 1:
        yield statement_of(": ".join(cell for cell in cells if cell), locale)
        return
    denials = [denies(canonical(text, locale)) for text in (*header, *cells)]
    for at, (title, cell) in enumerate(zip(header[keys:], cells[keys:], strict=False), keys):
        if cell:
            counted = bool(_COUNT.fullmatch(cell)) and bool(_UNIT_NAME.search(title))
            name = " ".join(cells[:keys])
            whole = statement_of(
                f"{name} {cell} {title}" if counted else f"{name} {title} {cell}", locale, header[0], apart=False
            )
            denied = denials[at] or denials[len(header) + at]
            whole = _turned(whole, None if denials[len(header)] else bool(denied))
            cell_words = stems(canonical(cell, locale), locale)
            column = [stems(canonical(row[at], locale), locale) for row in rows if at < len(row)]
            others = frozenset[str]().union(*column) - cell_words
            yield replace(whole, label=stems(canonical(name, locale), locale), others=others)
    yield _loose(" ".join((*header, *cells)), locale)
    if denials[0]:
        yield _turned(statement_of(cells[0], locale, header[0]), True)


def _loose(text: str, locale: str) -> Statement:
    """Words that stand together without saying anything of each other: a whole row, a whole column."""
    return replace(statement_of(text, locale), figures=(), clauses=())


def _turned(statement: Statement, denied: bool | None) -> Statement:
    """The statement with what its heading, its row or its column says about its denial; None leaves it open."""
    clauses = tuple(replace(clause, denied=denied) for clause in statement.clauses)
    return replace(statement, clauses=clauses)
