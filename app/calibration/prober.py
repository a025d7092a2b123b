"""Prober: what the live version would find for questions, measured as an answer's signals are, without answering."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.answer.retriever import Embed, rank_articles, readable_in, wordings
from app.answer.signals import measure
from app.calibration.probes import Probe
from ingest.article import Audience
from ingest.collection import Collection
from ingest.exact import exact_collections
from ingest.store import KnowledgeStore


@dataclass(frozen=True, slots=True)
class Finding:
    """A question's signals, and whether the first article answers it."""

    probe: Probe
    signals: dict[str, float]
    right: bool


class Prober:
    """Over a version's folder, which it reads without its Chroma store."""

    def __init__(self, folder: Path, store: KnowledgeStore, publication_id: int, embed: Embed) -> None:
        self.collections: Mapping[tuple[Audience, str], Collection] = exact_collections(folder, "faq")
        revisions = [stored.id for stored in store.revisions(publication_id)]
        self.texts = {piece.id: piece.indexed for piece in store.chunks(revisions) if piece.part != "body"}
        self._embed = embed

    def __call__(self, probe: Probe) -> Finding:
        """Ask one question."""
        mine = {locale: collection for (side, locale), collection in self.collections.items() if side == probe.audience}
        if probe.row is not None:
            mine[probe.locale] = mine[probe.locale].without(probe.row, probe.text)
        there = readable_in(mine, probe.locale)
        asked = wordings(there, probe.text, probe.locale, self._embed)
        ranking = rank_articles(there, asked, probe.locale, probe.absent)
        top = ranking[0] if ranking else None
        text = asked[top.locale].text if top else probe.text
        signals = measure(text, ranking, mine.get(top.locale) if top else None)
        return Finding(probe, signals, top is not None and top.article_id in probe.relevant)
