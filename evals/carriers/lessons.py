"""Lessons: forms of what is said around a question, put around questions of companies, and such questions alone."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.answer.carrier import tokens_of
from evals.datasets.bases import base_articles, base_questions
from ingest.lexical import fold

FOLDER = Path(__file__).parents[1] / "datasets" / "carriers"
FITTED = ("chat", "mail", "spanish", "portuguese", "more", "attached", "mixed", "romance")
"""Files of forms that are fitted on; ``test`` is not."""
PHRASES = {"es": "phrases_spanish", "pt-BR": "phrases_portuguese"}
LOCALES = ("en", "es", "pt-BR")
GREETED = {
    "en": ("hi {q}", "hello {q}", "hey, {q}", "Hi there, {q}", "good morning, {q}", "hi, {q} thanks", "{q} thank you"),
    "es": ("hola {q}", "Hola, {q}", "buenas, {q}", "buenos días {q}", "hola {q} gracias"),
    "pt-BR": ("oi {q}", "Oi, {q}", "olá, {q}", "bom dia, {q}", "oi {q} obrigada"),
}
"""No more than a greeting or thanks."""
SPLIT = "{q}"
_ASKS = frozenset(
    "how what when where why who which can could do does did is are am will would should may must if whether como "
    "cuando donde que cual cuanto cuanta cuantos cuantas quien por puedo se quando onde qual quanto quanta quem posso "
    "tem".split()
)
MOST_WORDS = 6
"""Of a question that is a search phrase."""


@dataclass(frozen=True, slots=True)
class Form:
    """``text`` holds SPLIT where the question stands. ``takes`` is which fit in: "any", "wh" (those that begin with a
    word that asks), "np" (noun phrases)."""

    locale: str
    takes: str
    text: str

    def words(self) -> frozenset[str]:
        """What is said around the question."""
        return frozenset(tokens_of(self.text.replace(SPLIT, " ")).words)

    def around(self, question: str) -> "Lesson":
        """The whole."""
        before, _, after = self.text.partition(SPLIT)
        return Lesson(before + question + after, len(before), len(before) + len(question), self.words())


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text, where in it the question is, and the words of its form."""

    text: str
    begin: int
    end: int
    form: frozenset[str] = frozenset()

    @property
    def question(self) -> str:
        """What is to be left of the text."""
        return self.text[self.begin : self.end]


def forms(name: str) -> list[Form]:
    """Those of a file."""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [Form(row["locale"], row["takes"], row["form"]) for row in map(json.loads, filter(None, lines))]


def often(given: Iterable[Form]) -> dict[str, int]:
    """In how many forms each word is."""
    return dict(Counter(word for form in given for word in form.words()))


def phrases() -> Iterator[tuple[str, str]]:
    """Questions and noun phrases in the languages that companies have few questions in, with the locale."""
    for locale, name in PHRASES.items():
        for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            yield locale, line


def asks(text: str) -> bool:
    """Whether a text begins with a word that asks."""
    words = fold(text).lstrip("¿ ").split()
    return bool(words) and words[0].strip("?,") in _ASKS


def is_phrase(text: str) -> bool:
    """Whether a text is what people type into a search box."""
    return not asks(text) and len(text.split()) <= MOST_WORDS and not any(mark in text for mark in "?!.,")


@dataclass
class Pool:
    """Questions of companies by locale and by what forms take them."""

    questions: dict[str, list[str]] = field(default_factory=lambda: {locale: [] for locale in LOCALES})
    phrases: dict[str, list[str]] = field(default_factory=lambda: {locale: [] for locale in LOCALES})

    @classmethod
    def of(cls, companies: Sequence[str], more: Iterable[tuple[str, str]] = ()) -> "Pool":
        """What is asked of them, and their titles."""
        pool = cls()
        for company in companies:
            for question in base_questions(company):
                pool.questions[question.locale].append(question.text)
            titles = [article.title for article in base_articles(company)]
            pool.phrases["en"] += [title for title in titles if "?" not in title and not asks(title)]
        for locale, text in more:
            (pool.phrases if is_phrase(text) else pool.questions)[locale].append(text)
        pool.phrases["en"] += [text for text in pool.questions["en"] if is_phrase(text)]
        return pool

    def alone(self) -> Iterator[Lesson]:
        """Each by itself: nothing is said around it."""
        for texts in (*self.questions.values(), *self.phrases.values()):
            yield from (Lesson(text, 0, len(text)) for text in texts)

    def wrapped(self, given: Sequence[Form], times: int, seed: int) -> Iterator[Lesson]:
        """Each form ``times`` around some question that it takes, as people write it inside one."""
        draws = random.Random(seed)
        taken = {
            "any": self.questions,
            "wh": {locale: [text for text in texts if asks(text)] for locale, texts in self.questions.items()},
            "np": self.phrases,
        }
        for form in given:
            for _ in range(times):
                kind = "np" if form.takes == "any" and draws.random() < 0.15 else form.takes
                text = draws.choice(taken[kind][form.locale] or self.questions[form.locale])
                if form.takes != "any" and draws.random() < 0.8:
                    text = text.lstrip("¿")
                    text = text[:1].lower() + text[1:]
                if draws.random() < (0.2 if form.takes == "any" else 0.5):
                    text = text.rstrip("?.")
                if draws.random() < 0.85:
                    yield form.around(text)
                else:
                    yield replace(form, text=form.text.lower()).around(text.lower())
