"""Probes: the questions that a knowledge base is calibrated on, drawn as traffic would draw them.

Every known phrasing is a question whose article is there, or, its whole article left out, one that nothing answers.
Each is used once for the certificate, so that its questions are independent draws: it is asked without its article
with the probability that makes the share of unanswerable questions what it is in traffic.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from app.answer.types import VisitorAudience
from ingest.article import Audience
from ingest.collection import PARTS, Collection
from ingest.golden import GoldenRow

Source = Literal["phrasing", "title", "golden", "label", "off_topic"]
OWN: tuple[Source, ...] = ("phrasing", "title")
"""Known wordings, asked with themselves left out."""
PEOPLE: tuple[Source, ...] = ("golden", "label")
"""Questions that somebody asked without having the articles' words before them."""
OFF_TOPIC = Path(__file__).with_name("off_topic.txt")
MAX_PHRASINGS = 1_200
"""More say little more, and take time: at 2 ms a question these are ready in a few seconds."""
MAX_TITLES = 300
UNKNOWN = "?"
"""Stands for the article that would have been right; no slug is like it."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A question. ``relevant`` are the articles that answer it; those in ``absent`` are left out of the index, and so
    is the chunk ``row`` of its own collection, if it is one. ``group`` names the article it is about."""

    text: str
    locale: str
    audience: VisitorAudience
    source: Source
    relevant: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    row: int | None = None
    group: str = ""

    def without_article(self) -> "Probe":
        """The same question when no article answers it."""
        return replace(self, relevant=frozenset(), absent=self.absent | self.relevant)

    def chance(self, salt: str) -> float:
        """A number in [0, 1) that is this question's for good, whatever else is asked."""
        digest = hashlib.sha256(f"{salt}\0{self.locale}\0{self.text}".encode("utf-8", "replace")).digest()
        return int.from_bytes(digest[:7], "big") / 2**56


def own_probes(collections: Mapping[tuple[Audience, str], Collection], texts: Mapping[str, str]) -> Iterator[Probe]:
    """Titles and phrasings of every article, each once, asked as one of the visitors who may read it. ``texts`` are the
    indexed texts of chunks by id."""
    places: dict[str, list[Probe]] = {}
    for (audience, locale), collection in sorted(collections.items(), key=lambda item: item[0]):
        if audience == "agent":
            continue
        for row, chunk_id in enumerate(collection.rows.ids):
            part = PARTS[int(collection.rows.part[row])]
            if part == "body" or chunk_id not in texts:
                continue
            article = collection.rows.articles[int(collection.rows.owner[row])]
            source: Source = "title" if part == "title" else "phrasing"
            asked = Probe(texts[chunk_id], locale, audience, source, frozenset([article]), row=row, group=article)
            places.setdefault(chunk_id, []).append(asked)
    for sides in places.values():
        yield sides[int(sides[0].chance("side") * len(sides))]


def golden_probes(rows: Iterable[GoldenRow]) -> Iterator[Probe]:
    """The editors' own questions: those that articles answer, and those that none does."""
    for row in rows:
        if row.kind in ("answerable", "unanswered", "off_topic", "other_side") and not row.history:
            group = min(row.relevant, default=f"none:{row.text}")
            yield Probe(row.text, row.locale, row.audience, "golden", row.relevant, group=group)


def label_probes(rows: Iterable[tuple[str, str, VisitorAudience, str, bool]]) -> Iterator[Probe]:
    """Visitors' questions that agents judged the answer of: text, locale, audience, article cited, and whether it was
    right. Where it was not, what is right is not known: any article that comes first counts as wrong."""
    for text, locale, audience, article, right in rows:
        relevant = frozenset([article if right else UNKNOWN])
        yield Probe(text, locale, audience, "label", relevant, group=article)


def off_topic_probes() -> Iterator[Probe]:
    """Messages that no marketplace's article answers."""
    for line in OFF_TOPIC.read_text(encoding="utf-8").splitlines():
        locale, _, text = line.partition("\t")
        yield Probe(text, locale, "buyer", "off_topic", group=f"none:{text}")


def shuffled(probes: Iterable[Probe], limit: int) -> list[Probe]:
    """At most ``limit`` of them, chosen by what they say and not by where they stand."""
    return sorted(probes, key=lambda probe: probe.chance("order"))[:limit]


def drawn(probes: Sequence[Probe], share: float) -> list[Probe]:
    """A sample of people's wordings in which ``share`` have no answer, as in traffic; each wording at most once."""
    wordings = [probe for probe in probes if probe.source in ("phrasing", "golden", "label")]
    have = [probe for probe in wordings if probe.relevant]
    lack = sorted((probe for probe in wordings if not probe.relevant), key=lambda probe: probe.chance("lack"))
    wanted = share * len(wordings)
    if len(lack) > wanted:
        lack = lack[: round(share / (1.0 - share) * len(have)) if share < 1.0 else len(lack)]
        return [*have, *lack]
    absent = (wanted - len(lack)) / len(have) if have else 0.0
    return [*(p.without_article() if p.chance("absent") < absent else p for p in have), *lack]
