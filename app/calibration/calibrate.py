"""Calibrate: from a knowledge base's own questions to the model, threshold and certificate that hold for it."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from statistics import fmean
from typing import Any

import numpy as np

from app.answer.certify import Certified, certify
from app.answer.confidence import ConfidenceModel
from app.answer.fit import Fitted, Sample, fit
from app.calibration.prober import Finding, Prober
from app.calibration.probes import (
    MAX_PHRASINGS,
    MAX_TITLES,
    OWN,
    PEOPLE,
    UNKNOWN,
    Probe,
    drawn,
    golden_probes,
    off_topic_probes,
    own_probes,
    shuffled,
)
from app.calibration.share import estimate_share
from ingest.golden import GoldenRow

Report = Callable[[str, int, int], None]
SHAPING = 0.4
"""Share of the articles whose questions may choose the model; the others certify what was chosen."""
TITLE_WEIGHT = 0.25
"""A title asked back is easier than a person's question."""
OFF_TOPIC_SHARE = 0.2
"""Of the unanswerable questions that shape a model, those about something else altogether."""
LEVELLED = ("score", "best", "spread")
"""Signals that a knowledge base's own level is taken off of: how like its articles a question is that none answers."""
MIN_LEVELS = 20
"""Questions that say what the level is."""
MIN_SHAPING = 60
"""Fewer questions of people never move the shipped model. Known phrasings, asked with themselves left out, are harder
than what people ask, and no judge of it: chosen by them, a shop's own model was sure of 23 in a hundred answers too
few."""


@dataclass(frozen=True)
class Calibration:
    """What one knowledge base's questions say. ``sources`` counts the wordings behind ``n`` by where they come from;
    ``topics`` are certificates by topic where there are enough; ``reference`` are the confidences that traffic is
    compared with; ``share`` is the share of unanswerable questions that was assumed."""

    model: ConfidenceModel
    chosen: str
    losses: dict[str, float]
    certified: Certified
    share: float
    sources: dict[str, int]
    reference: list[float]
    answerable: list[bool]
    """Of each reference confidence, whether its question had an answer."""
    topics: dict[str, Certified] = field(default_factory=dict)

    def share_of(self, traffic: Sequence[float]) -> float | None:
        """The share of unanswerable questions in traffic, from its confidences; None when there are too few."""
        have = [confidence for confidence, there in zip(self.reference, self.answerable, strict=True) if there]
        lack = [confidence for confidence, there in zip(self.reference, self.answerable, strict=True) if not there]
        return estimate_share(self.model, have, lack, traffic)

    def to_json(self) -> str:
        """For the database, or another process."""
        return json.dumps({**asdict(self), "model": self.model.fields()})

    @classmethod
    def of_json(cls, text: str) -> "Calibration":
        """What :meth:`to_json` wrote. Raises ValueError when it is something else."""
        try:
            fields: dict[str, Any] = json.loads(text)
            fields["model"] = ConfidenceModel.of(fields["model"])
            fields["certified"] = _certified(fields["certified"])
            fields["topics"] = {topic: _certified(given) for topic, given in fields["topics"].items()}
            fields["reference"] = [float(value) for value in fields["reference"]]
            calibration = cls(**fields)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"no calibration ({type(error).__name__}: {error})") from error
        if not np.isfinite(calibration.reference).all():
            raise ValueError("a reference confidence is no number")
        return calibration


def _certified(fields: dict[str, Any]) -> Certified:
    certified = Certified(**fields)
    threshold = certified.threshold
    if threshold is not None and not 0.0 < threshold <= 1.0:
        raise ValueError(f"the threshold {threshold} is no probability")
    if threshold is not None and not 0 <= certified.wrong <= certified.answered <= certified.n:
        raise ValueError("the certificate's counts contradict each other")
    return certified


def calibrate(
    prober: Prober,
    base: ConfidenceModel,
    golden: Iterable[GoldenRow],
    labels: Iterable[Probe],
    share: float,
    alpha: float,
    delta: float,
    topic_of: Callable[[str], str] = lambda _article: "general",
    report: Report = lambda *_: None,
) -> Calibration:
    """Ask everything there is to ask, choose the better model, and certify its threshold on what did not choose it."""
    own = list(own_probes(prober.collections, prober.texts))
    phrasings = shuffled((probe for probe in own if probe.source == "phrasing"), MAX_PHRASINGS)
    wordings = [*phrasings, *golden_probes(golden), *labels]
    titles = shuffled((probe for probe in own if probe.source == "title"), MAX_TITLES)
    shapes = [probe for probe in wordings if _chooses(probe)]
    certifying = [probe for probe in wordings if not _chooses(probe)]
    shaping = _both_ways([*shapes, *titles]) + list(off_topic_probes())
    asked = [*shaping, *drawn(shapes, share), *drawn(certifying, share)]
    findings: list[Finding] = []
    for number, probe in enumerate(asked, 1):
        findings.append(prober(probe))
        if number % 50 == 0 or number == len(asked):
            report("calibrate", number, len(asked))
    near_misses = [f for f in findings[: len(shaping)] if f.probe.absent and f.probe.source in OWN]
    base = base.levelled(levels_of(near_misses)).for_share(share)
    fitted = Fitted(base, "base", {})
    if sum(probe.source in PEOPLE for probe in shapes) >= MIN_SHAPING:
        fitted = fit(base, _sample(findings[: len(shaping)], share))
    # The shipped model was chosen by nobody's questions here, so that all of them may certify it.
    tested = findings[len(shaping) :] if fitted.chosen == "base" else findings[-len(drawn(certifying, share)) :]
    tested = [finding for finding in tested if finding.signals["score"] > 0.0]
    confidences = [fitted.model.predict(finding.signals) for finding in tested]
    return Calibration(
        model=fitted.model,
        chosen=fitted.chosen,
        losses=fitted.losses,
        certified=certify(confidences, [finding.right for finding in tested], alpha, delta),
        share=share,
        sources=_sources(tested),
        reference=[round(confidence, 5) for confidence in confidences],
        answerable=[bool(finding.probe.relevant) for finding in tested],
        topics=_by_topic(tested, confidences, alpha, delta, topic_of),
    )


def levels_of(findings: Sequence[Finding]) -> dict[str, float]:
    """What the LEVELLED signals come to where the article is missing; empty when too few were asked to say."""
    if len(findings) < MIN_LEVELS:
        return {}
    return {name: round(fmean(finding.signals[name] for finding in findings), 5) for name in LEVELLED}


def _chooses(probe: Probe) -> bool:
    """All questions about one article stand on one side."""
    return Probe(probe.group, "", probe.audience, "title").chance("side of the split") < SHAPING


def _both_ways(probes: Sequence[Probe]) -> list[Probe]:
    return [*probes, *(probe.without_article() for probe in probes if probe.relevant)]


def _sample(findings: Sequence[Finding], share: float) -> Sample:
    """Weighted so that ``share`` of the questions have no answer."""
    weight = np.array([TITLE_WEIGHT if finding.probe.source == "title" else 1.0 for finding in findings])
    off = np.array([finding.probe.source == "off_topic" for finding in findings])
    answerable = np.array([bool(finding.probe.relevant) for finding in findings])
    parts = (
        (answerable, 1.0 - share),
        (~answerable & ~off, share * (1.0 - OFF_TOPIC_SHARE)),
        (off, share * OFF_TOPIC_SHARE),
    )
    total = weight[~off].sum() / 2.0
    for chosen, part in parts:
        weight[chosen] *= total * part / max(float(weight[chosen].sum()), 1e-9)
    names = {name: number for number, name in enumerate(sorted({finding.probe.group for finding in findings}))}
    return Sample(
        signals=[finding.signals for finding in findings],
        right=np.array([finding.right for finding in findings]),
        answerable=np.array([bool(finding.probe.relevant - {UNKNOWN}) for finding in findings]),
        known=np.array([finding.probe.source in OWN for finding in findings]),
        people=np.array([finding.probe.source in PEOPLE for finding in findings]),
        weight=weight,
        group=np.array([names[finding.probe.group] for finding in findings]),
    )


def _sources(findings: Sequence[Finding]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for finding in findings:
        name = finding.probe.source + ("" if finding.probe.relevant else ", not answered by any article")
        counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items()))


def _by_topic(
    findings: Sequence[Finding],
    confidences: Sequence[float],
    alpha: float,
    delta: float,
    topic_of: Callable[[str], str],
) -> dict[str, Certified]:
    """Certificates of the topics that have enough questions for one."""
    numbers: dict[str, list[int]] = {}
    for number, finding in enumerate(findings):
        numbers.setdefault(topic_of(finding.probe.group), []).append(number)
    found = {
        topic: certify([confidences[n] for n in chosen], [findings[n].right for n in chosen], alpha, delta)
        for topic, chosen in sorted(numbers.items())
    }
    return {topic: certified for topic, certified in found.items() if certified.threshold is not None}
