"""Meaning: groups by mean likeness, against scipy; languages that land together; phrases that are no answers."""

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from app.editor.gaps.grouping import without_phrases
from app.editor.gaps.meaning import groups, likeness, vectors
from ingest.embed import minilm


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("least", [0.1, 0.3, 0.5])
def test_as_scipy(seed: int, least: float) -> None:
    """The same partition as average linkage cut at the same height."""
    points = np.random.default_rng(seed).normal(size=(60, 5))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    alike = points @ points.T
    distance = 1 - alike
    np.fill_diagonal(distance, 0)
    labels = fcluster(linkage(squareform(distance, checks=False), "average"), 1 - least, "distance")
    theirs = {frozenset(np.flatnonzero(labels == label).tolist()) for label in set(labels)}
    ours = groups(alike, least)
    assert {frozenset(one) for one in ours} == theirs
    assert 1 < len(ours) < 60
    assert ours == groups(alike, least)


@pytest.mark.parametrize("seed", range(4))
def test_begun(seed: int) -> None:
    """Groups that are begun stay whole and apart, however alike they are; all others go where they are most alike."""
    points = np.random.default_rng(seed).normal(size=(40, 5))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    alike = points @ points.T
    begun = [[3, 7, 20], [4], [11, 2]]
    found = groups(alike, 0.1, begun)
    assert sorted(place for members in found for place in members) == list(range(40))
    homes = [next(members for members in found if set(places) <= set(members)) for places in begun]
    assert len({members[0] for members in homes}) == len(begun)
    assert groups(np.ones((3, 3)), 0.1, [[0], [2]]) == [[0, 1], [2]]
    # What a plain run found stays what it is when it goes on from there.
    plain_run = groups(alike, 0.1)
    assert groups(alike, 0.1, plain_run[:3]) == plain_run


def test_none() -> None:
    """Nothing makes no groups."""
    assert groups(np.zeros((0, 0))) == []


def test_languages_land_together() -> None:
    """A question in three languages is nearer to itself than to another question in its own."""
    texts = [
        "how do I change my password",
        "cómo cambio mi contraseña",
        "como mudo minha senha",
        "how long does shipping take",
        "cuánto tarda el envío",
        "quanto tempo demora a entrega",
    ]
    found = vectors(texts, ["en", "es", "pt-BR"] * 2, minilm().matrix)
    alike = found @ found.T
    same = [alike[a, b] for a in range(3) for b in range(a)] + [alike[a, b] for a in range(3, 6) for b in range(3, a)]
    other = [alike[a, b] for a in range(3) for b in range(3, 6)]
    assert min(same) > max(other)


def test_answers_bring_together() -> None:
    """Two wordings that share nothing are alike by what agents answered; without answers they are not."""
    embed = minilm().matrix
    asked = vectors(["missed the week, how strict are you", "can I contest what you ruled"], ["en", "en"], embed)
    answers = [
        "You can appeal a dispute decision within 7 days.",
        "An appeal of a dispute decision takes 7 days at most.",
    ]
    answered = vectors(answers, ["en", "en"], embed)
    with_answers = likeness(asked, answered, answers)[0, 1]
    alone = likeness(asked, np.zeros_like(answered), ["", ""])[0, 1]
    assert with_answers > 2 * alone


def test_phrases() -> None:
    """What is said to unlike questions is no answer; what is said as often to one question is."""
    embed = minilm().matrix
    unlike = ["do you sell wine", "is there a dark mode", "can I book a hotel", "who designed the logo"]
    like = ["reset my password", "forgot password help", "password reset mail missing", "new password please"]
    asked = vectors([*unlike, *like], ["en"] * 8, embed)
    sorry, link = "Sorry, we do not offer that.", "Use the link in the reset mail."
    said = without_phrases([[sorry]] * 4 + [[link]] * 4, asked)
    assert said == [""] * 4 + [link] * 4
