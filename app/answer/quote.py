"""Quote: the sentences of an article that answer a question, in the article's own words.

An article is read as units: sentences, list items, table rows. The unit most like the question is quoted with what
it needs to be true: the rest of its steps, the table's head, the sentence that says when it does not apply.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from ingest.embed import Embedder
from ingest.lexical import Tokenizer, tokenizer
from ingest.store import Passage
from ingest.units import ITEM, Unit, readable, units_of

LEXICAL_WEIGHT = 0.25
LEAD_SLACK = 0.25
"""The article's first sentence is quoted too when it is at most this much less like the question than the best unit."""
SECOND_SLACK = 0.05
MAX_SECOND_WORDS = 60
MAX_LIST = 9
MAX_ROWS = 14
STANDS_OUT = 0.15
"""How much better than the table's mean a row must be to be quoted without the others."""
MAX_FOLLOWERS = 2
FRAGMENT_WORDS = 10
"""An item of so few words that is no sentence says nothing without what it is an item of."""
CACHED_CHUNKS = 4_000

_STEP = re.compile(r"^\s*\d+[.)]\s+")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_CONTINUES = re.compile(
    r"^(?:however|but|unless|except|otherwise|if not|only|in that case|after that|then|this|these|that|those|it|they|"
    r"sin embargo|pero|salvo|excepto|de lo contrario|si no|solo|en ese caso|despues|luego|esto|estos|esa|ese|"
    r"no entanto|mas|exceto|caso contrario|se nao|apenas|nesse caso|depois|isso|isto|esse|essa|porem)\b",
    re.IGNORECASE,
)


Stored = Callable[[Passage], NDArray[np.float32] | None]
"""The vectors of a passage's units, where there are any."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What is shown, as Markdown, and the exact words that a citation points at."""

    text: str
    exact: str
    similarity: float


class Quoter:
    """Chooses quotes. Unit embeddings of recently quoted chunks are kept, because popular articles recur."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._lock = Lock()
        self._cache: OrderedDict[str, tuple[list[Unit], NDArray[np.float32]]] = OrderedDict()

    def quote(
        self, question: str, vector: NDArray[np.float32], passages: Sequence[Passage], stored: Stored | None = None
    ) -> Quote:
        """The answer that ``passages`` (one article's, best first, the opening one among them) give to a question.
        Units are embedded unless ``stored`` has their vectors."""
        tokenize = tokenizer(passages[0].locale)
        wanted = set(tokenize(question))
        best: tuple[float, int, int] | None = None
        scored: list[tuple[Passage, list[Unit], NDArray[np.float32]]] = []
        for passage in passages:
            units, vectors = self._units(passage, stored)
            if not units:
                continue
            scores = vectors @ vector + LEXICAL_WEIGHT * np.array(
                [_overlap(wanted, unit, tokenize) for unit in units], dtype=np.float32
            )
            scored.append((passage, units, scores))
            top = int(scores.argmax())
            if best is None or scores[top] > best[0]:
                best = (float(scores[top]), len(scored) - 1, top)
        if best is None:
            text = _LINK.sub(r"\1", passages[0].text)
            return Quote(text, text, 0.0)
        score, chosen, row = best
        passage, units, scores = scored[chosen]
        lead = self._lead(scored, chosen, row, score)
        shown: list[str] = []
        for part in (lead, _with_context(units, scores, row, passage.section), _runner_up(scored, chosen, row, score)):
            if part and not any(part in other for other in shown):
                shown = [other for other in shown if other not in part] + [part]
        text = _LINK.sub(r"\1", "\n\n".join(shown))
        return Quote(text, ITEM.sub("", units[row].text), score)

    @staticmethod
    def _lead(
        scored: Sequence[tuple[Passage, list[Unit], NDArray[np.float32]]], chosen: int, row: int, score: float
    ) -> str:
        """The article's opening sentence, when it answers about as well as the best unit."""
        place = min(range(len(scored)), key=lambda number: scored[number][0].ordinal)
        passage, units, scores = scored[place]
        if passage.section or units[0].kind != "sentence" or (place, 0) == (chosen, row):
            return ""
        if place == chosen and row <= 1 and units[row].block == units[0].block:
            return units[0].text
        return units[0].text if float(scores[0]) >= score - LEAD_SLACK else ""

    def _units(self, passage: Passage, stored: Stored | None) -> tuple[list[Unit], NDArray[np.float32]]:
        key = f"{passage.chunk_id}:{passage.revision}"
        with self._lock:
            known = self._cache.get(key)
            if known is not None:
                self._cache.move_to_end(key)
                return known
        units = units_of(passage.text)
        vectors = stored(passage) if stored else None
        if vectors is None or len(vectors) != len(units):
            vectors = self._embedder.matrix([readable(u) for u in units]) if units else np.zeros((0, 0), np.float32)
        with self._lock:
            self._cache[key] = (units, vectors)
            while len(self._cache) > CACHED_CHUNKS:
                self._cache.popitem(last=False)
        return units, vectors


def _runner_up(
    scored: Sequence[tuple[Passage, list[Unit], NDArray[np.float32]]], chosen: int, row: int, score: float
) -> str:
    """The best unit of another paragraph, list or table, when it answers all but as well."""
    best: tuple[float, int, int] | None = None
    for place, (_, units, scores) in enumerate(scored):
        for number, unit in enumerate(units):
            if place == chosen and unit.block == scored[chosen][1][row].block:
                continue
            if best is None or scores[number] > best[0]:
                best = (float(scores[number]), place, number)
    if best is None or best[0] < score - SECOND_SLACK:
        return ""
    passage, units, scores = scored[best[1]]
    text = _with_context(units, scores, best[2], passage.section)
    return text if len(text.split()) <= MAX_SECOND_WORDS else ""


def _overlap(wanted: set[str], unit: Unit, tokenize: Tokenizer) -> float:
    """Share of the question's words that the unit has."""
    return len(wanted & set(tokenize(readable(unit)))) / len(wanted) if wanted else 0.0


def _with_context(units: Sequence[Unit], scores: NDArray[np.float32], row: int, section: str) -> str:
    unit = units[row]
    block = [number for number, other in enumerate(units) if other.block == unit.block]
    if unit.kind == "row":
        return _table(units, scores, block, row)
    if unit.kind == "item":
        return _list(units, scores, block, row, section)
    return _sentences(units, block, row)


def _table(units: Sequence[Unit], scores: NDArray[np.float32], block: list[int], row: int) -> str:
    """The one or two rows that stand out, else the whole table: half of it would mislead."""
    close = [number for number in block if scores[number] >= scores[row] - SECOND_SLACK]
    stands_out = float(scores[row] - np.mean(scores[block])) >= STANDS_OUT and len(close) <= 2
    rows = close if stands_out else block
    return "\n".join([units[row].head, *(units[number].text for number in rows[:MAX_ROWS])])


def _list(units: Sequence[Unit], scores: NDArray[np.float32], block: list[int], row: int, section: str) -> str:
    """All steps of a procedure; of a bullet list what its announcement or heading promises, or the bullet alone."""
    before = units[block[0] - 1] if block[0] > 0 else None
    announced = before is not None and before.kind == "sentence" and before.text.rstrip().endswith(":")
    is_steps = bool(_STEP.match(units[row].text))
    said = ITEM.sub("", units[row].text)
    fragment = len(said.split()) <= FRAGMENT_WORDS and not said.rstrip().endswith((".", "!", "?"))
    if is_steps or announced or (fragment and section):
        items = block if len(block) <= MAX_LIST else sorted(block, key=lambda n: -float(scores[n]))[:MAX_LIST]
        shown = [units[number].text for number in sorted(items)]
        heading = section.rsplit(" > ", 1)[-1]
        head = before.text if announced and before else f"**{heading}**" if fragment and heading else ""
        return "\n".join(([head, ""] if head else []) + shown)
    close = [number for number in block if scores[number] >= scores[row] - SECOND_SLACK]
    if len(close) == 1:
        return said
    return "\n".join(units[number].text for number in close)


def _sentences(units: Sequence[Unit], block: list[int], row: int) -> str:
    """The sentence, what it refers back to, and what restricts it."""
    first = last = row
    while first > block[0] and _CONTINUES.match(units[first].text):
        first -= 1
    while last < block[-1] and last - row < MAX_FOLLOWERS and _CONTINUES.match(units[last + 1].text):
        last += 1
    text = " ".join(units[number].text for number in range(first, last + 1))
    if units[last].text.rstrip().endswith(":"):
        following = [other.text for other in units[last + 1 :] if other.block == units[last].block + 1]
        head = next((other.head for other in units[last + 1 :] if other.block == units[last].block + 1), "")
        text += "\n\n" + "\n".join([*([head] if head else []), *following[:MAX_LIST]])
    return text
