"""Signals: what a ranking looks like, in numbers that a confidence can be fitted to."""

import math
from collections.abc import Sequence

from ingest.collection import Collection
from ingest.lexical import tokenizer
from ingest.ranking import Match

NAMES = (
    "score",
    "best",
    "mean",
    "title",
    "phrasing",
    "body",
    "spread",
    "margin",
    "best_margin",
    "lexical_share",
    "lexical_reach",
    "agreement",
    "coverage",
    "unknown",
    "phrasing_margin",
    "length",
    "best_sentence",
    "sentence_margin",
    "lead",
    "surprise",
    "overall",
    "centroid",
)
MOST_LEAD = 3.0


def measure(question: str, ranking: Sequence[Match], collection: Collection | None) -> dict[str, float]:
    """Every signal by name; zeros when nothing was found.

    ``margin``, ``best_margin`` and ``phrasing_margin`` are distances to the next article; ``agreement`` tells whether
    the best by meaning is also the best by word; ``coverage`` is the IDF-weighted share of the question's words that
    the best article holds, ``unknown`` that of words which no article holds; ``length`` is ln(1 + words).
    ``best_sentence`` is the similarity of the best article's best unit, ``sentence_margin`` what it is more than that
    of the next two articles; ``lead`` is ln(1 + its score over that of the next article, at most MOST_LEAD),
    ``surprise`` the square of ``spread``, in tens: both tell apart what the straight ones run together at their ends.
    """
    signals = dict.fromkeys(NAMES, 0.0)
    tokens = list(dict.fromkeys(tokenizer(collection.locale if collection else "en")(question)))
    signals["length"] = math.log1p(len(tokens))
    if collection is None or not ranking:
        return signals
    top = ranking[0]
    other = ranking[1] if len(ranking) > 1 else None
    weights = {token: collection.lexical.idf(token) for token in tokens}
    total = sum(weights.values()) or 1.0
    signals |= {
        "score": top.score,
        "best": top.best,
        "mean": top.mean,
        "title": top.title,
        "phrasing": top.phrasing,
        "body": top.body,
        "spread": top.spread,
        "margin": top.score - (other.score if other else 0.0),
        "best_margin": top.best - max((match.best for match in ranking[1:]), default=0.0),
        "lexical_share": top.lexical_share,
        "lexical_reach": top.lexical_reach,
        "agreement": float(top.lexical_share > 0.999),
        "coverage": sum(w for token, w in weights.items() if collection.holds(top.article_id, token)) / total,
        "best_sentence": top.sentence,
        "sentence_margin": top.sentence - max((match.sentence for match in ranking[1:3]), default=0.0),
        "phrasing_margin": top.phrasing - max((match.phrasing for match in ranking[1:]), default=0.0),
        "surprise": top.spread**2 / 10.0,
        "overall": top.overall,
        "centroid": top.centroid,
        "lead": math.log1p(min(max(top.score, 0.0) / max(other.score, 1e-6), MOST_LEAD) if other else MOST_LEAD),
        "unknown": sum(weight for token, weight in weights.items() if not collection.lexical.knows(token)) / total,
    }
    return {name: round(float(value), 5) for name, value in signals.items()}
