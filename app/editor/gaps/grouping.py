"""Grouping: which group each missed question belongs to. Pure: rows in, groups out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from sqlalchemy import Row

from app.editor.gaps.meaning import Embed, Vectors, groups, likeness, plain, vectors
from ingest.lexical import fold
from ingest.sentences import split_sentences

OFTEN = 4
UNLIKE = 0.1
"""A sentence that was said so often, to questions whose mean cosine is below this, is no answer. Golden questions of
one article have .22 between them (nine articles in ten .14 and more), any two questions .05."""


@dataclass
class Group:
    """``id`` is None while it is new. ``members`` are places among the questions. ``covered_by``: the live article that
    agents answered from."""

    id: int | None
    members: list[int]
    covered_by: str | None = None
    before: set[int] = field(default_factory=set)
    """Members that it had already."""

    @property
    def changed(self) -> bool:
        """Whether somebody came or left."""
        return set(self.members) != self.before


@dataclass(frozen=True)
class Meant:
    """What is known of the questions' meaning: unit vectors of what was asked and answered, and their likeness."""

    asked: Vectors
    answered: Vectors
    alike: Any

    def centre(self, members: Sequence[int]) -> Vectors:
        """What is common to some of them, a unit vector."""
        total = self.asked[list(members)].sum(axis=0) + self.answered[list(members)].sum(axis=0)
        unit: Vectors = total / max(float(np.linalg.norm(total)), 1e-9)
        return unit


def meant(questions: Sequence[Row[Any]], embed: Embed) -> Meant:
    """The meaning of questions, computed once for each text and then stored."""
    locales = [row.locale for row in questions]
    asked = vectors([row.text for row in questions], locales, embed)
    said = without_phrases([row.answers for row in questions], asked)
    replies = [plain(text, locale) for text, locale in zip(said, locales, strict=True)]
    answered = np.zeros_like(asked)
    there = [place for place, text in enumerate(replies) if text]
    if there:
        answered[there] = vectors([replies[place] for place in there], ["en"] * len(there), embed)
    return Meant(asked, answered, likeness(asked, answered, replies))


def without_phrases(answers: Sequence[Sequence[str]], asked: Vectors) -> list[str]:
    """Answers without the sentences that agents say whatever is asked: greetings, apologies, "we do not offer that"."""
    sentences = [[s for answer in mine for s in split_sentences(answer)] for mine in answers]
    places: dict[str, list[int]] = {}
    for place, mine in enumerate(sentences):
        for sentence in dict.fromkeys(map(fold, mine)):
            places.setdefault(sentence, []).append(place)
    phrases: set[str] = set()
    for sentence, where in places.items():
        count = len(where)
        if count >= OFTEN:
            total = float(np.linalg.norm(asked[where].sum(axis=0)) ** 2)
            if (total - count) / (count * (count - 1)) < UNLIKE:
                phrases.add(sentence)
    return [" ".join(s for s in mine if fold(s) not in phrases) for mine in sentences]


def group(questions: Sequence[Row[Any]], fixed: dict[int, str], found: Meant) -> list[Group]:
    """Every question in one group. ``fixed`` are groups that somebody began to write about, and their articles: who is
    in stays in, and what is more like them than like any other group joins. All others are formed afresh and keep
    their numbers where most of their members stay."""
    kept: dict[int, Group] = {number: Group(number, []) for number in fixed}
    by_article = {article: number for number, article in fixed.items()}
    free: list[int] = []
    for place, row in enumerate(questions):
        if row.gap_id in kept:
            kept[row.gap_id].members.append(place)
            kept[row.gap_id].before.add(place)
        else:
            free.append(place)
    covered: dict[str, list[int]] = {}
    rest: list[int] = []
    home = [(number, list(one.members)) for number, one in kept.items() if one.members]
    for place in free:
        article = questions[place].covered_by
        if article in by_article:
            kept[by_article[article]].members.append(place)
        elif article is not None:
            covered.setdefault(article, []).append(place)
        else:
            rest.append(place)
    formed = [Group(None, members, article) for article, members in sorted(covered.items())]
    # Those that were begun take part as they are, so that each question goes to what it is most like.
    places = [place for _, members in home for place in members] + rest
    ends = np.cumsum([0, *(len(members) for _, members in home)]).tolist()
    begun = [range(start, end) for start, end in pairwise(ends)]
    grown = groups(found.alike[np.ix_(places, places)], begun=begun)
    number_of = {start: number for start, (number, _) in zip(ends, home, strict=False)}
    for members in grown:
        number = number_of.get(members[0])
        if number is None:
            formed.append(Group(None, [places[i] for i in members]))
        else:
            kept[number].members += [places[i] for i in members if places[i] not in kept[number].before]
    _numbered(formed, questions, kept)
    return [*kept.values(), *formed]


def _numbered(formed: Sequence[Group], questions: Sequence[Row[Any]], kept: dict[int, Group]) -> None:
    """Give new groups the numbers of the old ones that most of their members were in, each once."""
    claims: list[tuple[int, int, int]] = []
    for place, one in enumerate(formed):
        old = Counter(questions[member].gap_id for member in one.members)
        claims += [
            (-count, place, number) for number, count in old.items() if number is not None and number not in kept
        ]
    taken: set[int] = set()
    for _, place, number in sorted(claims):
        if formed[place].id is None and number not in taken:
            taken.add(number)
            formed[place].id = number
            formed[place].before = {i for i, row in enumerate(questions) if row.gap_id == number}
