"""Sites: help centres, public ones, our own and fictional ones, and what is asked of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.calibration.prober import Prober
from app.settings import Settings
from evals.base import answerer_over, levels
from evals.datasets.bases import FITTED, UNSEEN, base_articles, base_questions
from evals.datasets.golden import golden
from evals.datasets.public import EVAL_DATA, EvalQuestion, articles, questions
from evals.rows import KNOWLEDGE, Row, decide_all, without_article
from ingest.article import Article, read_folder
from ingest.golden import GoldenRow, read_golden
from ingest.pipeline import Publisher
from ingest.topics import Topics, read_topics

OWN = "golden"
SHOP = "hint3_curekart"
GUMROAD = "gumroad_help"
TALKS = "mtrag159"
FILES = {SHOP: "queries.jsonl", GUMROAD: "anchor_queries.jsonl", TALKS: "queries.jsonl"}
BASES = (*FITTED, *UNSEEN)


@dataclass(frozen=True)
class Site:
    """``foreign`` are messages to somebody else's site; ``golden`` are the editors' own questions; ``calibrates`` is
    whether its calibration is looked at."""

    name: str
    articles: Sequence[Article]
    questions: Sequence[EvalQuestion]
    topics: Topics = field(default_factory=Topics)
    golden: Sequence[GoldenRow] = ()
    foreign: Sequence[EvalQuestion] = ()
    calibrates: bool = False


@dataclass(frozen=True)
class Visit:
    """A site's questions answered by the real answerer without a model, under the careful threshold. ``prober`` asks
    its own questions, where it calibrates itself."""

    site: Site
    rows: list[Row]
    foreign: list[Row]
    topic_of: dict[str, str]
    levels: dict[str, float]
    prober: Prober | None


def own_site(knowledge: Path = KNOWLEDGE) -> Site:
    """``knowledge/`` and all golden questions, those of the test side too."""
    there = is_there(SHOP)
    return Site(
        OWN,
        read_folder(knowledge),
        [question.asked(OWN) for question in golden()],
        read_topics(knowledge),
        read_golden(knowledge),
        foreign=[replace(q, group="foreign") for q in _asked(SHOP) if not q.relevant] if there else (),
        calibrates=True,
    )


def public_site(name: str) -> Site:
    """A public set; its articles are for everybody. Raises FileNotFoundError when it is not there."""
    asked = _asked(name)
    if name != SHOP:
        asked += [without_article(question) for question in asked if question.relevant]
    foreign = [replace(q, group="foreign") for q in _asked(TALKS) if not q.history] if name == SHOP else []
    return Site(name, articles(name, ("buyer",)), asked, foreign=foreign, calibrates=name != TALKS)


def base_site(name: str) -> Site:
    """A fictional company; one that the adapter never saw is asked without the right article too."""
    asked = base_questions(name)
    unseen = name in UNSEEN
    if unseen:
        asked += [without_article(question) for question in asked if question.relevant]
    return Site(name, base_articles(name), asked, calibrates=unseen)


def site(name: str) -> Site:
    """By its name."""
    if name == OWN:
        return own_site()
    return base_site(name) if name in BASES else public_site(name)


def is_there(name: str) -> bool:
    """Whether a site's questions are on this machine."""
    return name not in FILES or (EVAL_DATA / name / FILES[name]).is_file()


def visit(settings: Settings, publisher: Publisher, there: Site) -> Visit:
    """Publish a site and ask it everything."""
    answerer = answerer_over(settings, publisher, there.articles, there.topics)
    live = publisher.shelf.live
    assert live is not None
    rows = decide_all(answerer, there.questions)
    foreign = decide_all(answerer, there.foreign)
    prober = None
    if there.calibrates:
        folder = publisher.folder / live.kb_version
        prober = Prober(folder, publisher.store, live.publication.id, publisher.embedder.vector)
    return Visit(
        there, rows, foreign, publisher.store.article_topics(live.publication.id), levels(settings, publisher), prober
    )


def _asked(name: str) -> list[EvalQuestion]:
    return list(questions(f"{name}/{FILES[name]}"))
