"""Gaps: ``python -m evals.gaps`` takes ten articles away, lets visitors ask the golden questions and agents answer what
was handed to them, and looks at the groups that editors would see; then the articles are written from them.

Everything runs as in the server: conversations, turns, hand-offs and replies. What is made up is how visitors and
agents behave: a visitor with a wrong answer says so, and every other one then wants a person; one who is asked back
takes the right article if it is offered, else wants a person. Agents answer with three sentences of the article that
was taken away, those most like the question; ``--dropped SHARE`` leaves out words of theirs, so that no two agents say
the same in the same words.
"""

import argparse
import asyncio
import hashlib
import random
import re
import tempfile
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app import event_log
from app.answer.retriever import text_for
from app.auth import Staff, Visitor
from app.chat.schemas import AskForPerson, Feedback, NewConversation, NewMessage
from app.deps import Services
from app.editor.gaps.schemas import Gap
from app.handoff.schemas import Reply, Resolve
from app.main import open_services
from app.settings import Settings
from app.staff.repository import add_staff
from evals.datasets.golden import GoldenQuestion, golden, split_of
from evals.rows import KNOWLEDGE
from ingest.article import Article, parse, read_folder
from ingest.golden import read_golden
from ingest.sentences import split_sentences
from ingest.topics import read_topics

REMOVED = 10
LEAST = 4
"""Golden questions that an article must have to be drawn."""
LATER = 4
"""One question in so many is kept back, and asked when the articles are written."""
AT_ONCE = 4
SAID = 3
NO = (
    "I am sorry, that is something we do not offer at the moment.",
    "Unfortunately we cannot help with that here, it is not part of our service.",
    "Thank you for asking, but there is no such feature today. I passed your wish on.",
    "That is outside of what our help centre covers, I am afraid.",
)
_MARKS = re.compile(r"[#*>`|]+|\]\([^)]*\)|\[|^\s*(?:[-+]|\d+\.)\s", re.MULTILINE)


def removed_articles(draw: int, split: str | None) -> list[str]:
    """Ten articles: with ``draw`` 0 those that most golden questions ask for, else drawn by that seed; of one side of
    the golden questions or of both."""
    counts = Counter(name for q in golden() if q.kind == "answerable" and len(q.relevant) == 1 for name in q.relevant)
    pool = sorted(name for name, count in counts.items() if count >= LEAST)
    if split:
        pool = [name for name in pool if split_of("", frozenset({name})) == split]
    if not draw:
        return sorted(sorted(pool, key=lambda name: (-counts[name], name))[:REMOVED])
    return sorted(random.Random(draw).sample(pool, REMOVED))


class Replay:
    """One help centre without some of its articles, and everybody who writes to it."""

    def __init__(self, parts: Services, articles: Sequence[Article], removed: Sequence[str], dropped: float) -> None:
        self.parts, self.removed, self.dropped = parts, frozenset(removed), dropped
        self._articles: dict[str, dict[str, Article]] = {}
        for article in articles:
            self._articles.setdefault(article.id, {})[article.locale] = article
        self._agents: list[Staff] = []
        self._gate = asyncio.Semaphore(AT_ONCE)
        self.asked: dict[str, GoldenQuestion] = {}
        self.answered: set[str] = set()

    async def hire(self) -> None:
        """Three agents."""
        async with self.parts.db.write() as connection:
            for name in ("Ana", "Bruno", "Chloe"):
                await add_staff(connection, f"{name}@baton.test", name, "agent")
        self._agents = [Staff(i, f"{n}@baton.test", n, "agent") for i, n in enumerate(("Ana", "Bruno", "Chloe"), 1)]

    async def ask(self, questions: Sequence[GoldenQuestion]) -> None:
        """Every question by a visitor of its own."""

        async def one(question: GoldenQuestion) -> None:
            async with self._gate:
                await self._conversation(question)

        await asyncio.gather(*map(one, questions))

    async def _conversation(self, question: GoldenQuestion) -> None:
        parts = self.parts
        visitor = Visitor(f"golden-{question.id}", question.audience, question.locale)
        talk = (await parts.chat.begin(visitor, NewConversation(), None)).id
        for turn in question.history:
            if turn.role == "user":
                await self._say(visitor, talk, turn.text)
        self.asked[talk] = question
        said = await self._say(visitor, talk, question.text)
        right = question.relevant - self.removed
        wants_person = False
        if said is None or said.data["outcome"] == "handoff":
            wants_person = False
        elif said.data["outcome"] == "answer":
            good = said.data["citations"][0]["article_id"] in question.relevant
            if good:
                self.answered.add(question.id)
            else:
                await parts.chat.feedback(visitor, talk, Feedback(seq=said.seq, helpful=False))
                wants_person = _chance(question.id) < 0.5
        elif said.data["outcome"] == "clarify":
            offered = [one["title"] for one in said.data["candidates"] if one["article_id"] in right]
            if offered:
                said = await self._say(visitor, talk, offered[0])
            wants_person = not offered or said is None or said.data["outcome"] != "answer"
        if wants_person:
            await parts.chat.ask_for_person(visitor, talk, AskForPerson(note="a person please"))
        await self._help(talk, question)

    async def _say(self, visitor: Visitor, talk: str, text: str) -> Any:
        """What the assistant says to it; None when people have the conversation."""
        seq = await self.parts.chat.post(visitor, talk, NewMessage(text=text, client_id=uuid.uuid4().hex))
        while True:
            async with self.parts.db.read() as connection:
                events = await event_log.events_after(connection, talk, seq, False, 50)
                row = await event_log.find(connection, talk, None)
            for event in events:
                if event.type == "message.bot" and event.data.get("reply_to") == seq:
                    return event
            if row is None or row.state != "bot":
                return None
            await asyncio.sleep(0.01)

    async def _help(self, talk: str, question: GoldenQuestion) -> None:
        async with self.parts.db.read() as connection:
            row = await event_log.find(connection, talk, None)
        if row is None or row.state != "waiting":
            return
        agent = self._agents[int(_chance(question.id + "agent") * len(self._agents))]
        claim = await self.parts.handoffs.claim(agent, talk)
        words = f"Hi, I'm {agent.name}. {self.reply(question)} Is there anything else I can do?"
        await self.parts.writing.reply(
            agent, talk, Reply(text=words, fence=claim.fence, client_id=uuid.uuid4().hex, last_seq=None)
        )
        await self.parts.handoffs.resolve(agent, talk, Resolve(fence=claim.fence))

    def reply(self, question: GoldenQuestion) -> str:
        """Sentences of the right article, in the visitor's language where it is translated."""
        names = sorted(question.relevant, key=lambda name: (name not in self.removed, name))
        if not names:
            return NO[int(_chance(question.id + "no") * len(NO))]
        written = self._articles[names[0]]
        article = written.get(question.locale) or written.get("en") or next(iter(written.values()))
        sentences = [" ".join(s.split()) for s in split_sentences(_MARKS.sub(" ", article.body)) if len(s.split()) > 4]
        embedder = self.parts.retriever.embedder
        same = article.locale.split("-")[0] == question.locale.split("-")[0]
        target = embedder.vector(question.text if same else text_for("en", question.text, question.locale))
        worth = np.array([float(embedder.vector(sentence) @ target) for sentence in sentences])
        chosen = sorted(np.argsort(-worth, kind="stable")[:SAID].tolist())
        return " ".join(self._in_own_words(sentences[i], question.id) for i in chosen)

    def _in_own_words(self, sentence: str, seed: str) -> str:
        source = random.Random(seed + sentence)
        words = sentence.split()
        kept = [w for n, w in enumerate(words) if n == 0 or n == len(words) - 1 or source.random() >= self.dropped]
        return " ".join(kept)


def _chance(seed: str) -> float:
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4]) / 2**32


@dataclass(frozen=True)
class Judged:
    """How an article that was taken away comes back as a group: ``purity`` is the share of the group's questions that
    it answers, ``completeness`` that of its questions that are in the group."""

    article: str
    gap: Gap | None
    purity: float
    completeness: float
    missed: int
    rank: int

    @property
    def found(self) -> bool:
        """Recognisable: most of the group is about it, and most of it is in the group."""
        return self.gap is not None and self.purity > 0.5 and self.completeness > 0.5


async def judged(replay: Replay, gaps: Sequence[Gap]) -> list[Judged]:
    """Of every article that was taken away."""
    async with replay.parts.db.read() as connection:
        from app.editor.gaps import repository  # noqa: PLC0415

        members = {gap.id: await repository.of_gap(connection, gap.id) for gap in gaps}
    of: dict[int, list[frozenset[str]]] = {
        number: [replay.asked[row.conversation_id].relevant for row in rows if row.conversation_id in replay.asked]
        for number, rows in members.items()
    }
    found = []
    taken: set[int] = set()
    for article in sorted(replay.removed):
        counts = {number: sum(article in relevant for relevant in theirs) for number, theirs in of.items()}
        total = sum(counts.values())
        best = max((n for n in counts if n not in taken), key=lambda n: (counts[n], -n), default=0)
        if not total or not counts.get(best):
            found.append(Judged(article, None, 0.0, 0.0, total, 0))
            continue
        taken.add(best)
        rank = next(place for place, gap in enumerate(gaps, 1) if gap.id == best)
        gap = gaps[rank - 1]
        found.append(Judged(article, gap, counts[best] / len(of[best]), counts[best] / total, total, rank))
    return found


async def run(draw: int, split: str | None, dropped: float, shown: bool, keep: str | None) -> dict[str, float]:
    """One replay; its figures. ``keep`` is a data folder to look at afterwards."""
    articles, topics = list(read_folder(KNOWLEDGE)), read_topics(KNOWLEDGE)
    removed = removed_articles(draw, split)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(keep or folder), openai_api_key=None, openai_base_url=None, database_url="")
        async with open_services(settings) as parts:
            left = [article for article in articles if article.id not in removed]
            await asyncio.to_thread(parts.publisher.publish, left, topics)
            rows = [row for row in read_golden(KNOWLEDGE) if not row.relevant & set(removed)]
            await asyncio.to_thread(parts.calibration.replace_golden, rows)
            await asyncio.to_thread(parts.calibration.calibrate)
            await parts.worker.start(alone=True)
            replay = Replay(parts, articles, removed, dropped)
            await replay.hire()
            questions = golden()
            kept_back = [q for q in questions if q.relevant & set(removed) and _chance(q.id + "later") < 1 / LATER]
            await replay.ask([q for q in questions if q not in kept_back])
            gaps = await parts.gaps.every(90)
            found = await judged(replay, gaps)
            if shown:
                _print(gaps, found)
            return await _write(replay, found, kept_back, shown)


async def _write(
    replay: Replay,
    found: Sequence[Judged],
    kept_back: Sequence[GoldenQuestion],
    shown: bool,
) -> dict[str, float]:
    parts, editor = replay.parts, Staff(9, "edith@baton.test", "Edith", "editor")
    written: list[Article] = []
    for one in found:
        if one.found and one.gap is not None and one.gap.known_article is None:
            draft = await parts.gaps.draft(editor, one.gap.id)
            written.append(parse(draft.text, "draft.md"))
            if shown and len(written) <= 2:
                print(f"\n--- {one.article}\n{draft.text}")
    await asyncio.to_thread(parts.publisher.publish_change, written, [])
    await asyncio.to_thread(parts.calibration.calibrate)
    after = {gap.id: gap for gap in await parts.gaps.every(90)}
    ours = [after[one.gap.id] for one in found if one.found and one.gap is not None]
    closed = [gap for gap in ours if gap.state == "closed"]
    if shown:
        for gap in ours:
            print(f"{gap.state:9} {gap.answered} of {gap.asked} answered: {gap.name}")
    ids = {article.id for article in written}
    before, replay.answered = replay.answered, set()
    replay.removed -= ids
    good = 0
    for question in kept_back:
        talk = Visitor(f"later-{question.id}", question.audience, question.locale)
        begun = (await parts.chat.begin(talk, NewConversation(), None)).id
        said = await replay._say(talk, begun, question.text)
        cited = {c["article_id"] for c in said.data["citations"]} if said is not None else set()
        good += bool(said is not None and said.data["outcome"] == "answer" and cited & ids)
    return {
        "recognisable": sum(one.found for one in found),
        "purity": float(np.mean([one.purity for one in found])),
        "completeness": float(np.mean([one.completeness for one in found])),
        "drafted": len(written),
        "closed": len(closed),
        "wordings answered": sum(gap.answered for gap in ours) / max(1, sum(gap.asked for gap in ours)),
        "later answered": good / max(1, len(kept_back)),
        "groups": len(after),
        "answered before": len(before),
    }


def _print(gaps: Sequence[Gap], found: Sequence[Judged]) -> None:
    print(f"{len(gaps)} groups, {sum(len(gap.questions) > 1 for gap in gaps)} of more than one question")
    for one in found:
        name = f"{one.gap.name}  [{', '.join(one.gap.about)}]" if one.gap else "-"
        mark = "+" if one.found else " "
        print(
            f"{mark} {one.article:32} rank {one.rank:3} purity {one.purity:.2f} completeness {one.completeness:.2f} "
            f"of {one.missed:2} | {name}"
        )
    mine = {one.gap.id for one in found if one.gap}
    print("the costliest others:")
    for gap in [gap for gap in gaps if gap.id not in mine][:12]:
        known = f" (known: {gap.known_article.article_id})" if gap.known_article else ""
        print(f"  {gap.visitors:2} visitors {gap.handoffs:2} hand-offs | {gap.name}  [{', '.join(gap.about)}]{known}")


def main() -> None:
    """Print the groups of the first draw and the figures of all."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--draws", type=int, default=1)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--split", choices=("dev", "test"))
    options.add_argument("--dropped", type=float, default=0.0)
    options.add_argument("--keep", help="a data folder to leave behind, for one draw")
    given = options.parse_args()
    figures = []
    for draw in range(given.first, given.first + given.draws):
        figures.append(asyncio.run(run(draw, given.split, given.dropped, draw == given.first, given.keep)))
        print(f"draw {draw}: " + "  ".join(f"{name} {value:.2f}" for name, value in figures[-1].items()), flush=True)
    means = {name: float(np.mean([one[name] for one in figures])) for name in figures[0]}
    print("mean: " + "  ".join(f"{name} {value:.2f}" for name, value in means.items()))


if __name__ == "__main__":
    main()
