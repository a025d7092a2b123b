"""Drafting: the article that a gap needs, begun from what agents answered and how visitors asked."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import yaml

from app.answer.language import detect
from app.answer.retriever import DEFAULT_LOCALE
from app.editor.gaps.meaning import Embed, Vectors, plain, vectors
from app.editor.gaps.naming import cleaned
from ingest.lexical import fold
from ingest.sentences import split_sentences

SAME = 0.86
"""Cosine from which two sentences say the same; paraphrases of one fact lie above, neighbouring facts below."""
MAX_SENTENCES = 14
MAX_PHRASINGS = 40
MAX_SLUG = 60
_TALK = re.compile(
    r"^(?:hi|hello|hey|dear|thanks|thank you|i'm|i am|my name|let me|one moment|sorry|no problem|you're welcome|"
    r"is there anything|anything else|have a|best|kind|hola|gracias|un momento|lo siento|oi|olá|ola|obrigad[oa]|"
    r"um momento|sinto muito|hope (?:this|that)|i hope|glad|happy to|please let me know)\b",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"\[(?:e-mail|card|phone|number|name)\]|"
    r"\b(?:i|i've|we've|i'll) (?:have |just |will )*"
    r"(?:checked|see|looked|refunded|sent|asked|cancelled|changed|opened)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A missed question and what agents answered."""

    text: str
    locale: str
    audience: str
    answers: tuple[str, ...]


def draft_of(name: str, topic: str, wordings: Sequence[Wording], embed: Embed) -> tuple[str, str, str]:
    """``(article id, locale, the Markdown file)``. The body is agents' sentences, said once each; a line for
    the editor stands there when no agent answered."""
    locale = _locale(wordings)
    audience = sorted({wording.audience for wording in wordings})
    phrasings = [_phrasing(wording, locale) for wording in wordings]
    front = {
        "id": slug_of(name),
        "title": name,
        "kind": "faq",
        "audience": audience,
        "locale": locale,
        "topic": topic,
        "questions": [text for text in _distinct(phrasings) if "[" not in text and fold(text) != fold(name)][
            :MAX_PHRASINGS
        ],
    }
    dumped = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, default_flow_style=None, width=10_000)
    body = "\n\n".join(said(wordings, locale, embed)) or "(No agent has answered this yet. Write the answer here.)"
    return str(front["id"]), locale, f"---\n{dumped}---\n\n{body}\n"


def slug_of(name: str) -> str:
    """An article's id of its title."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(name).replace("'", "")).strip("-")
    return words[:MAX_SLUG].rsplit("-", 1)[0].strip("-") if len(words) > MAX_SLUG else words or "article"


def said(wordings: Sequence[Wording], locale: str, embed: Embed) -> list[str]:
    """What agents said in the language of ``locale``, and where nobody did in any."""
    sentences: list[str] = []
    spoken = [(answer, detect(answer, wording.locale)) for wording in wordings for answer in wording.answers]
    ours = [answer for answer, language in spoken if language.split("-")[0] == locale.split("-", maxsplit=1)[0]]
    place: dict[str, list[int]] = {}
    for answer in ours or [answer for answer, _ in spoken]:
        fit = [sentence for sentence in split_sentences(answer) if _fits(sentence)]
        for number, sentence in enumerate(fit):
            place.setdefault(sentence, []).append(number)
            sentences.append(sentence)
    if not sentences:
        return []
    counts = Counter(sentences)
    distinct = list(counts)
    alike = _matrix(distinct, locale, embed)
    # A sentence weighs as often as it, or one that says the same, was said.
    weight = ((alike >= SAME) @ np.array([counts[sentence] for sentence in distinct], dtype=np.float64)).tolist()
    kept: list[int] = []
    for number in sorted(range(len(distinct)), key=lambda i: (-weight[i], min(place[distinct[i]]), i)):
        if all(alike[number, other] < SAME for other in kept):
            kept.append(number)
        if len(kept) == MAX_SENTENCES:
            break
    kept.sort(key=lambda i: (sum(place[distinct[i]]) / len(place[distinct[i]]), -weight[i], i))
    return [distinct[number] for number in kept]


def _matrix(sentences: Sequence[str], locale: str, embed: Embed) -> Vectors:
    found = vectors(sentences, [locale] * len(sentences), embed)
    return found @ found.T


def _fits(sentence: str) -> bool:
    words = sentence.split()
    return (
        len(words) >= 4 and not sentence.endswith("?") and not _TALK.match(sentence) and not _PERSONAL.search(sentence)
    )


def _locale(wordings: Sequence[Wording]) -> str:
    """English when visitors asked in several languages: that is what all of them are answered from."""
    counts = Counter(wording.locale for wording in wordings)
    if len({locale.split("-")[0] for locale in counts}) > 1:
        return DEFAULT_LOCALE
    return min(counts, key=lambda locale: (-counts[locale], locale))


def _phrasing(wording: Wording, locale: str) -> str:
    """As the article is searched by it: in plain English words when it was asked in another language."""
    is_own = wording.locale.split("-")[0] == locale.split("-", maxsplit=1)[0]
    return wording.text if is_own else plain(wording.text, wording.locale)


def _distinct(texts: Sequence[str]) -> list[str]:
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(fold(cleaned(text)), cleaned(text) or text)
    return list(found.values())
