"""Articles: a help centre of any size, made from the catalogue, the same for the same size."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.answer.types import VisitorAudience
from evals.bench.catalogue import Subject, read_catalogue

SEED = 20_260
BUYER_SHARE, BOTH_SHARE = 0.5, 0.05
"""Of all articles; the rest is for sellers only."""

CASES = (
    ("You are in the first half of the period", "free of charge"),
    ("You are in the second half of the period", "a deduction of {m}"),
    ("The order is older than {w} days", "a decision by the team within {d} days"),
    ("The order holds other products as well", "each product is treated by itself"),
    ("You paid with a voucher", "the voucher is given back first"),
    ("The product was reduced by more than {c}", "the same rules, less {m} for handling"),
)
STEPS = (
    "Open **Orders** and choose the one with the {p}.",
    "Tap **Help with this order** and pick the reason that fits best.",
    "Add a photograph if the page asks for one; up to {d} are accepted.",
    "Check the summary, and confirm it with the code that we send you.",
    "Keep the confirmation number until the matter is settled.",
    "Answer questions of the team within {d} days, or the request is closed.",
    "Look at the status page after {d} days; every change is shown there.",
)
EXCEPTIONS = (
    "During the holiday season from November to January every period above is {d} days longer.",
    "{P} bought together with a contract follow the rules of that contract instead.",
    "Members of the loyalty programme pay nothing for this, and wait {d} days less.",
    "If a public holiday falls into the period, the next working day counts as the last one.",
    "Orders below {m} are settled by voucher, unless you ask for another way within {w} days.",
    "In outlying regions {p} may need up to {d} days more than is said here.",
)
NEARBY = (
    "Other rules apply to spare parts of {p}: look at the page of the part.",
    "If several {p} are concerned, one request with a list of them is enough.",
    "Requests about {p} are answered between 8:00 and 22:00, on Sundays from 10:00.",
    "What you send us about {p} is kept for {w} days and then deleted.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that no article holds word for word, and the article that answers it."""

    text: str
    audience: VisitorAudience
    article_id: str


@dataclass(frozen=True, slots=True)
class HelpCentre:
    """Files by name, and questions in random order."""

    files: dict[str, str]
    questions: list[Asked]

    def write(self, folder: Path) -> None:
        """Write every file into ``folder``, which is made."""
        folder.mkdir(parents=True)
        for name, text in self.files.items():
            (folder / name).write_text(text, encoding="utf-8")


def generate(size: int) -> HelpCentre:
    """``size`` distinct articles; at most what the catalogue holds."""
    catalogue = read_catalogue()
    chance = random.Random(SEED)
    pairs = [(subject, product) for subject in catalogue.subjects for product in catalogue.products]
    chance.shuffle(pairs)
    buyer = [pair for pair in pairs if pair[0].audience == ("buyer",)]
    both = [pair for pair in pairs if len(pair[0].audience) > 1]
    seller = [pair for pair in pairs if pair[0].audience == ("seller",)]
    buyers, shared = buyer[: round(size * BUYER_SHARE)], both[: round(size * BOTH_SHARE)]
    chosen = [*buyers, *shared, *seller[: size - len(buyers) - len(shared)]]
    if len(chosen) < size:
        raise ValueError(f"the catalogue is enough for {len(chosen)} articles; ask for no more, or add subjects")
    files: dict[str, str] = {}
    questions: list[Asked] = []
    for subject, product in chosen:
        article_id = f"{subject.slug}-{product.replace(' ', '-')}"
        files[f"{article_id}.md"] = _article(article_id, subject, product, chance)
        readers: list[VisitorAudience] = [a for a in ("buyer", "seller") if a in subject.audience]
        questions += [Asked(_fill(text, product, chance), chance.choice(readers), article_id) for text in subject.asked]
    chance.shuffle(questions)
    return HelpCentre(files, questions)


def _fill(text: str, product: str, chance: random.Random) -> str:
    values = {
        "p": product,
        "P": product[0].upper() + product[1:],
        "d": str(chance.randint(2, 29)),
        "w": str(chance.randrange(30, 365, 5)),
        "m": f"${chance.randint(3, 240)}",
        "c": f"{chance.randint(2, 45)}%",
    }
    return text.format_map(values)


def _article(article_id: str, subject: Subject, product: str, chance: random.Random) -> str:
    def lines() -> Iterator[str]:
        yield "---"
        yield f"id: {article_id}"
        yield f'title: "{_fill(subject.title, product, chance)}"'
        yield "kind: faq"
        yield f"audience: [{', '.join(subject.audience)}]"
        yield f"topic: {subject.topic}"
        yield "questions:"
        for known in subject.known:
            yield f'  - "{_fill(known, product, chance)}"'
        yield "---"
        yield ""
        yield f"{subject.lead} {subject.facts[0]}"
        yield ""
        yield "## What else to know"
        yield ""
        for fact in [*subject.facts[1:], chance.choice(NEARBY)]:
            yield f"- {fact}"
        yield ""
        if chance.random() < 0.6:
            yield "## Cases"
            yield ""
            yield "| Case | What happens |"
            yield "|---|---|"
            for case, outcome in chance.sample(CASES, 3):
                yield f"| {case} | {outcome} |"
            yield ""
        yield "## Step by step"
        yield ""
        for number, step in enumerate(sorted(chance.sample(STEPS, 3), key=STEPS.index), 1):
            yield f"{number}. {step}"
        yield ""
        yield "## Exceptions"
        yield ""
        yield " ".join(chance.sample(EXCEPTIONS, 2))

    front, body = "\n".join(lines()).split("\n---\n", 1)
    return f"{front}\n---\n{_fill_each(body, product, chance)}\n"


def _fill_each(body: str, product: str, chance: random.Random) -> str:
    """Every line with numbers of its own."""
    return "\n".join(_fill(line, product, chance) for line in body.split("\n"))
