"""Drafting: the article that a gap needs, begun from what agents answered and how visitors asked."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import yaml

from app.answer.language import detect
from app.answer.retriever import DEFAULT_LOCALE
from app.editor.gaps.meaning import Embed, plain, vectors
from app.editor.gaps.naming import cleaned
from ingest.article import Article
from ingest.article_text import render
from ingest.lexical import fold
from ingest.sentences import split_sentences

SAME = 0.86
"""Cosine from which two sentences say the same; paraphrases of one fact lie above, neighbouring facts below."""
SAME_ACROSS = 0.6
"""The same for two of different languages, as plain English words. In draw 0 of ``python -m evals.gaps``
sentences that are translations lie above .65, others below .58."""
TO_TRANSLATE = "## To be translated"
"""Heads what agents said in other languages alone: left out, the article would lack the answer of those visitors."""
MAX_SENTENCES = 18
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
    ours, others = said(wordings, locale, embed)
    parts = [*ours, TO_TRANSLATE, *others] if ours and others else [*ours, *others]
    body = "\n\n".join(parts) or "(No agent has answered this yet. Write the answer here.)"
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


def said(wordings: Sequence[Wording], locale: str, embed: Embed) -> tuple[list[str], list[str]]:
    """What agents said in the language of ``locale``, and what they said in others alone, each fact once."""
    places: dict[tuple[str, str], list[int]] = {}
    for wording in wordings:
        for answer in wording.answers:
            language = detect(answer, wording.locale)
            told = [_without_greeting(sentence) for sentence in split_sentences(answer)]
            for number, sentence in enumerate(filter(_fits, told)):
                places.setdefault((sentence, language), []).append(number)
    distinct = list(places)
    if not distinct:
        return [], []
    languages = [language.split("-")[0] for _, language in distinct]
    own = [language == locale.split("-", maxsplit=1)[0] for language in languages]
    found = vectors([sentence for sentence, _ in distinct], [language for _, language in distinct], embed)
    one_language = np.array([[one == other for other in languages] for one in languages])
    is_same = found @ found.T >= np.where(one_language, SAME, SAME_ACROSS)
    # A sentence weighs as often as it, or one that says the same, was said.
    counts = np.array([len(places[one]) for one in distinct], dtype=np.float64)
    weight = (is_same @ counts).tolist()
    first = [min(places[one]) for one in distinct]
    kept: list[int] = []
    for number in sorted(range(len(distinct)), key=lambda i: (not own[i], -weight[i], first[i], i)):
        if len(kept) < MAX_SENTENCES and not is_same[number, kept].any():
            kept.append(number)
    kept.sort(key=lambda i: (sum(places[distinct[i]]) / len(places[distinct[i]]), -weight[i], i))
    texts = [[distinct[i][0] for i in kept if own[i] is is_own] for is_own in (True, False)]
    return texts[0], texts[1]


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
