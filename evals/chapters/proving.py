"""The chapter of proofs: what is claimed of certificates, tried."""

from collections.abc import Collection, Mapping

import numpy as np

from evals.page.chapter import Chapter, Claim, Table
from evals.proofs.left_out import LeftOut
from evals.proofs.shift import REPLAYS, WITHIN, Shift
from evals.proofs.splits import NOISE, Splits
from evals.proofs.unseen import Unseen

SPLITS_HEAD = (
    *("set", "certified", "risk above alpha", "beyond noise", "above alpha over both halves", "mean coverage"),
    *("median risk", "95 of 100 below", "most", "mean excess where above"),
)
SHIFTS_HEAD = (
    *("set and foreign traffic", "suspended in time", "questions until then, median", "before the mixture"),
    *("without a shift", "without, more replays"),
)
NEWCOMERS_HEAD = (
    *("knowledge base", "articles", "outcome", "n", "missing", "threshold", "coverage promised"),
    *("coverage held back", "risk expected", "risk held back", "model"),
)
SILENCE_HEAD = ("set", "threshold", "answered when it is there", "abstained when it is not")


def certificates(found: Mapping[str, Splits], delta: float, claimed: Collection[str]) -> Chapter:
    """Certified on one half, tried on the other; of the sets in ``claimed`` it must hold."""
    rows: list[list[str]] = []
    claims: list[Claim] = []
    for name, one in found.items():
        risks = one.risks
        spread = [f"{np.quantile(risks, part):.3f}" for part in (0.5, 0.95, 1.0)] if len(risks) else ["–"] * 3
        over = [f"{np.mean(risks[risks > one.alpha] - one.alpha):.3f}"] if (risks > one.alpha).any() else ["–"]
        shares = one.certified, one.exceeded, one.beyond_noise, one.exceeded_over_all
        rows.append([name, *map(str, shares), f"{one.coverage:.3f}", *spread, *over])
        if name not in claimed:
            continue
        claims.append(
            Claim(
                f"{name}: risk on the other half above {one.alpha:.0%}",
                f"<= {delta:.0%} of splits",
                f"{one.exceeded}; beyond noise {one.beyond_noise}; over both halves {one.exceeded_over_all}; "
                f"anything certified in {one.certified}",
                one.exceeded.value <= delta,
            )
        )
    halves = max((len(one.halves) for one in found.values()), default=0)
    return Chapter(
        "Does the certificate hold?",
        text=(
            f"{halves} times a set of people's questions is split in two at random: one half certifies, the other "
            "tries it. The risk that shows on a finite half is itself noisy, and one half's luck is the other's bad "
            "luck, so a threshold whose true risk is below alpha shows more than alpha now and then. `beyond noise` "
            f"are splits with so many wrong answers that a true risk of alpha gives them in less than {NOISE:.0%} of "
            "cases; `both halves` is the risk over the whole set at the threshold that one half certified.",
        ),
        tables=[Table(SPLITS_HEAD, rows)] if rows else [],
        claims=claims,
    )


def shifts(found: Mapping[str, Shift]) -> Chapter:
    """Traffic that leaves, and traffic that stays."""
    rows: list[list[str]] = []
    claims: list[Claim] = []
    for name, one in found.items():
        after = sorted(count for count in one.after if count is not None and count > 0)
        early = sum(count is not None and count < 0 for count in one.after)
        told = f"{after[len(after) // 2]}, at most {after[-1]}" if after else "–"
        noticed, calm = f"{one.noticed} of {len(one.after)}", f"{sum(one.calm)} of {len(one.calm)}"
        rows.append([name, noticed, told, str(early), f"{one.for_no_reason} of {REPLAYS}", calm])
        found_all, mostly_calm = one.missed == 0, one.for_no_reason <= 1
        claims.append(
            Claim(
                f"{name}: a shift suspends",
                f"all within {WITHIN}",
                f"{noticed} after it began{f' ({early} suspended before)' if early else ''}; median {told}",
                found_all,
            )
        )
        said = f"{one.for_no_reason}; of more replays {calm}"
        claims.append(Claim(f"{name}: no shift", f"<= 1 of {REPLAYS} suspended", said, mostly_calm))
    return Chapter(
        "Does the watch notice?",
        text=(
            "Half of the confidences are what the certificate was made of, the other half is traffic; then another "
            "site's messages are mixed in, rising to 60 % over 100 questions.",
        ),
        tables=[Table(SHIFTS_HEAD, rows)] if rows else [],
        claims=claims,
    )


def newcomers(found: Mapping[str, Unseen], sizes: Mapping[str, int]) -> Chapter:
    """Knowledge bases that calibrate themselves."""
    rows = []
    for name, one in found.items():
        certificate, held = one.certificate, one.held_back
        said = "certified" if certificate.certified else f"not certified: {certificate.reason}"
        promised = "–" if certificate.coverage is None else f"{certificate.coverage:.3f}"
        counted = [str(sizes[name]), said, str(certificate.n), str(certificate.missing), f"{certificate.threshold:.3f}"]
        came = [promised, str(held.coverage), f"{one.expected:.3f}", str(held.risk), one.made.chosen]
        rows.append([name, *counted, *came])
    return Chapter(
        "A knowledge base never seen before",
        text=(
            "Each is published and calibrates itself from its own phrasings, as `baton ingest` does. Held back are "
            "people's questions to it, with the right article and without, weighted so that 30 % have no answer. "
            "`risk expected` is what the confidences of the answers given say of themselves.",
        ),
        tables=[Table(NEWCOMERS_HEAD, rows)] if rows else [],
    )


def silence(found: Mapping[str, LeftOut]) -> Chapter:
    """The right article left out."""
    rows = [[name, f"{one.threshold:.3f}", f"{one.kept:.3f}", str(one.abstained)] for name, one in found.items()]
    return Chapter(
        "Is it silent when the right article is not there?",
        tables=[Table(SILENCE_HEAD, rows)] if rows else [],
        claims=[
            Claim(f"{name}: abstains without the article", ">= 0.5", str(one.abstained), one.abstained.value >= 0.5)
            for name, one in found.items()
        ],
    )
