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
from ingest.article import Article
from ingest.article_text import render
from ingest.lexical import fold
from ingest.sentences import split_sentences

SAME = 0.86
"""Cosine from which two sentences say the same; paraphrases of one fact lie above, neighbouring facts below."""
MAX_SENTENCES = 14
MAX_PHRASINGS = 40
MAX_SLUG = 60
_GREETING = re.compile(
    r"^(?:(?:hi|hello|hey|dear|hola|oi|olá|ola|estimad[oa]|prezad[oa])(?:\s+(?:there|again|\[name\]))?\s*[,.!:;-]+\s*)+",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"^(?:hi|hello|hey|dear|thanks|thank you|i'm|i am|my name|let me|one moment|sorry|no problem|you're welcome|"
    r"is there anything|anything else|have a|best|kind|hope (?:this|that)|i hope|glad|happy to|please let me know|"
    r"good (?:morning|afternoon|evening)|"
    r"hola|gracias|un momento|lo siento|lamento|disculp[ae]|mi nombre|me llamo|buen(?:os d[ií]as|as (?:tardes|noches))|"
    r"con gusto|de nada|quedo (?:atent[oa]|a su)|saludos|hay algo m[aá]s|espero que|"
    r"oi|olá|ola|obrigad[oa]|um momento|sinto muito|desculp[ae]|meu nome|me chamo|bom dia|boa (?:tarde|noite)|"
    r"por nada|fico (?:feliz|à disposição)|abraços?|atenciosamente)\b",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"\[(?:e-mail|link|card|phone|number|name)\]|"
    r"\b(?:i|i've|we've|i'll) (?:have |just |will )*"
    r"(?:checked|see|looked|refunded|sent|asked|cancelled|changed|opened|issued|processed|escalated|credited|"
    r"forwarded|updated|passed)\b|"
    r"\b(?:he|hemos|acabo de|acabamos de) (?:revisa|verifica|consulta|reembolsa|envia|cancela|cambia|solicita|escala|"
    r"actualiza)(?:do|r)\b|\b(?:revisé|verifiqué|consulté|reembolsé|envié|cancelé|cambié|solicité|escalé|actualicé)(?!\w)|"
    r"\b(?:acabei de|acabamos de)\b|"
    r"\b(?:verifiquei|conferi|consultei|reembolsei|enviei|cancelei|troquei|alterei|solicitei|atualizei|encaminhei)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A missed question and what agents answered."""

    text: str
    locale: str
    audience: str
    answers: tuple[str, ...]


def draft_of(article_id: str, name: str, topic: str, wordings: Sequence[Wording], embed: Embed) -> tuple[str, str]:
    """``(locale, the Markdown file)``. The body is agents' sentences, said once each; a line for the editor stands
    there when no agent answered."""
    locale = _locale(wordings)
    audience = sorted({wording.audience for wording in wordings})
    front = {
        "id": article_id,
        "title": name,
        "kind": "faq",
        "audience": audience,
        "locale": locale,
        "topic": topic,
        "questions": phrasings_of(wordings, locale, [name]),
    }
    dumped = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, default_flow_style=None, width=10_000)
    body = "\n\n".join(said(wordings, locale, embed)) or "(No agent has answered this yet. Write the answer here.)"
    return locale, f"---\n{dumped}---\n\n{body}\n"


def extended(live: Article, wordings: Sequence[Wording]) -> str:
    """The file of a live article with the wordings that it does not note yet; all else stays what its editors made
    of it."""
    added = phrasings_of(wordings, live.locale, [live.title, *live.questions])
    return render(live.model_copy(update={"questions": (*live.questions, *added)}))


def phrasings_of(wordings: Sequence[Wording], locale: str, known: Sequence[str]) -> list[str]:
    """What visitors asked, as an article in ``locale`` notes it, without what is ``known`` and what is redacted."""
    there = {fold(cleaned(text)).rstrip("?") for text in known}
    found = _distinct([_phrasing(wording, locale) for wording in wordings])
    return [text for text in found if "[" not in text and fold(text).rstrip("?") not in there][:MAX_PHRASINGS]


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
        told = [_without_greeting(sentence) for sentence in split_sentences(answer)]
        fit = [sentence for sentence in told if _fits(sentence)]
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


def _without_greeting(sentence: str) -> str:
    said = _GREETING.sub("", sentence)
    return said[:1].upper() + said[1:]


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
