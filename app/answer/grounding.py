"""Grounding: whether a sentence is supported by the passages that it cites.

Each sentence of a generated answer is held against its passages before a visitor sees it. Figures must stand there
with their unit and belong to the same matter; names, links and numbers to call must stand there; the clause that is
closest must deny or affirm as the sentence does, and oblige, permit or promise no less and no more. The other words
must mostly be there too. What is not held here is meaning: a false sentence in the passage's own words, figures and
polarity, or one that leaves out a condition, passes.
"""

from collections.abc import Sequence

from app.answer.figures import ANY, figure_stands
from app.answer.names import brands_stand, links_stand, names_stand
from app.answer.objection import DEMANDS, objection
from app.answer.own_words import stands_in
from app.answer.source import Source, merged, source_of
from app.answer.statement import Figure, Statement, statement_of
from ingest.store import Passage

MIN_SUPPORT = 0.5
"""Share of a sentence's content words that its passages must hold, when both are in one language."""
_ANYWHERE = frozenset({"p:guarantee", "p:compensate", "p:gift", "p:waive", "p:multiple", "p:self", "p:unlimited"})
"""Promises that no language of a translation needs when the passage does not make them."""


def is_grounded(sentence: str, passages: Sequence[Passage], same_language: bool = True) -> bool:
    """Whether the passages say it. In another language only figures, names and links can be compared."""
    if not passages:
        return False
    sources = [source_of(passage) for passage in passages]
    said = statement_of(sentence, passages[0].locale)
    if not links_stand(sentence, sources):
        return False
    given = frozenset[str]().union(ANY, *(source.figures for source in sources))
    if not all(figure.key in given or _known(figure, sources) for figure in said.figures):
        return False
    if not same_language:
        return brands_stand(sentence, sources) and not _new_marks(said, sources) & _ANYWHERE
    if any(stands_in(sentence, passage) for passage in passages):
        return True
    if not said.words or not names_stand(sentence, said, sources):
        return False
    known = frozenset[str]().union(*(source.words for source in sources))
    if len(said.words & known) / len(said.words) < MIN_SUPPORT:
        return False
    shared = merged(tuple(passages))
    statements = [(statement, source) for source in shared for statement in source.statements]
    keys = frozenset(figure.key for figure in said.figures)
    needed = any(clause.marks & DEMANDS for clause in said.clauses)
    return all(figure_stands(figure, needed, statements, keys) for figure in said.figures) and all(
        not objection(clause, said, statements, known, passages[0].locale) for clause in said.clauses
    )


def _known(figure: Figure, sources: Sequence[Source]) -> bool:
    """Whether the passages have the bare number where its unit is understood."""
    return any(figure.same(one) for source in sources for statement in source.statements for one in statement.figures)


def _new_marks(said: Statement, sources: Sequence[Source]) -> frozenset[str]:
    made = frozenset[str]().union(*(clause.marks for clause in said.clauses))
    return made.difference(*(source.marks for source in sources))
