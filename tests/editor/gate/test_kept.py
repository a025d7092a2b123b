"""What counts as the same answer: sentences as editors change them, and as accidents do."""

import pytest

from app.editor.gate.kept import Keeper
from app.editor.gate.standpoint import Remembering
from ingest.embed import minilm

RETURN = "You can return electronics within **14 days** of delivery, including items you have opened."
FEE = "A failed payout is tried again on the next Tuesday, and a fee of $5 applies after the second failure."
CARD = "A gift card can be combined with one other payment method on the same order."

KEPT = [
    (RETURN, RETURN.replace("within", "wihtin")),
    (RETURN, RETURN.replace("**", "")),
    (RETURN, RETURN.replace("14", "21")),
    (RETURN, "Electronics can be returned for 14 days after delivery, opened items included."),
    (RETURN, "Read this first.\n\n" + RETURN),
    (RETURN, "You can return electronics within **14 days** of\ndelivery, including items you have opened."),
    (FEE, FEE.replace("$5", "$7.50")),
    (FEE, "A failed payout is tried again on the next Tuesday. A fee of $5 applies after the second failure."),
    ("A click costs $0.05, and a day at least $5.", "A click costs $0.10, and a day at least $7."),
    (CARD, CARD.replace("payment method", "way of paying")),
    ("| Pix | 1 business day |", "| Pix               | 1 business day            |"),
]
LOST = [
    ("gone", RETURN, "The electronics window is shorter than the usual 30 days, because phones lose value quickly."),
    ("gone", RETURN, "Contact us if you have a question about it."),
    ("gone", FEE, "Returned commission and admin fees are separate lines in Seller Hub."),
    ("figure", FEE, FEE.replace("a fee of $5", "a fee")),
    ("figure", RETURN, RETURN.replace("14 days", "a few days")),
    ("figure", "A click costs $0.05, and a day at least $5.", "A click costs $0.05, and a day a little more."),
    ("figure", RETURN, RETURN.replace("14 days", "14 months")),
    ("denied", CARD, CARD.replace("can be", "cannot be")),
    ("denied", RETURN, RETURN.replace("can return", "can not return")),
]


@pytest.fixture(scope="module")
def keeper() -> Keeper:
    """With the embedder that ships."""
    return Keeper(Remembering(minilm()))


@pytest.mark.parametrize(("before", "after"), KEPT)
def test_kept(keeper: Keeper, before: str, after: str) -> None:
    """Nothing is lost by what an editor does to a sentence."""
    assert keeper.lost(before, before, after, "en") is None


@pytest.mark.parametrize(("kind", "before", "after"), LOST)
def test_lost(keeper: Keeper, kind: str, before: str, after: str) -> None:
    """What is lost is named, with the sentence."""
    loss = keeper.lost(before, before, after, "en")
    assert loss is not None
    assert loss.kind == kind
    assert before.replace("**", "") in loss.why


def test_most_of_an_answer(keeper: Keeper) -> None:
    """The sentence that answered is left, and the steps below it are not."""
    steps = "\n".join(["1. Open **Orders**.", "2. Choose the broken item.", "3. Add a photograph.", "4. Send it."])
    lead = "You can report a broken item within 60 days."
    loss = keeper.lost(lead, f"{lead}\n\n{steps}", lead, "en")
    assert loss is not None
    assert "4 of the 5 sentences" in loss.why
    assert keeper.lost(lead, f"{lead}\n\n{steps}", f"{lead}\n\n{steps[:-12]}", "en") is None


def test_in_spanish(keeper: Keeper) -> None:
    """The rules hold in the languages that we speak."""
    before = "Puedes devolver el artículo dentro de 30 días."
    assert keeper.lost(before, before, before.replace("artículo", "articulo"), "es") is None
    denied = keeper.lost(before, before, before.replace("Puedes", "No puedes"), "es")
    assert denied is not None
    assert denied.kind == "denied"
