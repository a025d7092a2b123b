"""Planted: forty edits that each break an answer which worked, of as many kinds as we know."""

from collections.abc import Iterator
from datetime import date

from evals.edits.edit import Articles, Edit, Split, cut, faq, put, rewritten, to_one, without_section
from ingest.article import Article
from ingest.revisions import Key

SOON = "This page is being revised. Please contact us if you have a question about it."


def planted() -> Iterator[Edit]:
    """All of them."""
    yield from _facts()
    yield from _sections()
    yield from _fields()
    yield from _whole()
    yield from _thefts()
    yield from _translations()


def _facts() -> Iterator[Edit]:
    """A figure or a word that answers."""
    yield to_one("row gone", "dev", "refund-arrival-times", lambda a: cut(a, "| Pix |"))
    yield to_one("row gone", "test", "seller-ship-deadlines", lambda a: cut(a, "| Express orders |"))
    yield to_one("sentence gone", "test", "payment-methods-accepted", lambda a: put(a, (
        " Cash on delivery is not offered in any country.", ""
    )))  # fmt: skip
    yield to_one("figure gone", "dev", "payout-failed", lambda a: put(
        a, ("a fee of $5 applies", "a fee applies"), ("| $5 fee |", "| A fee |")
    ))  # fmt: skip
    yield to_one("figure gone", "test", "sponsored-listings-cost", lambda a: put(
        a, ("a daily budget of at least $5", "a small daily budget"), ("Set your daily budget, from $5.", "Set your daily budget.")
    ))  # fmt: skip
    yield to_one("figures vague", "dev", "new-seller-limits", lambda a: put(
        a, ("14 days", "a while"), ("14-day ", ""), ("$5,000", "a certain amount")
    ))  # fmt: skip
    yield to_one("figures vague", "test", "delete-account", lambda a: put(a, ("14 days", "some time")))
    yield to_one("wrong unit", "dev", "payment-declined", lambda a: put(a, ("wait 24 hours", "wait 24 months")))
    yield to_one("wrong unit", "test", "exchange-size-colour", lambda a: put(a, ("**30 days** of", "**$30** of")))
    yield to_one("denied", "dev", "gift-cards-and-wallet-top-up", lambda a: put(
        a, ("A gift card can be combined", "A gift card cannot be combined")
    ))  # fmt: skip
    yield to_one("denied", "test", "seller-plans-compared", lambda a: put(
        a, ("A second shop is possible on the Pro plan only.", "A second shop is not possible on any plan."),
        (" Pro sellers can run up to 3 shops.", ""), ("| More than one shop | No | No | Yes, up to 3 |\n", "")
    ))  # fmt: skip


def _sections() -> Iterator[Edit]:
    """A part that answers a known phrasing."""
    yield to_one(
        "section gone", "dev", "two-step-verification", lambda a: without_section(a, "If you no longer have your phone")
    )
    yield to_one("section gone", "test", "refer-a-friend", lambda a: without_section(a, "Why a reward may be missing"))
    yield to_one("answer replaced", "dev", "change-email", lambda a: rewritten(
        a, body="We are happy to help you with your account. Contact a person in the help centre chat."
    ))  # fmt: skip
    yield to_one("answer replaced", "test", "new-seller-limits", lambda a: rewritten(a, body=SOON))
    yield Edit("pasted over: seller-verification-time", "dev", lambda articles: [
        rewritten(articles["seller-verification-time", "en"], body=articles["sponsored-listings-cost", "en"].body)
    ])  # fmt: skip
    yield Edit("pasted over: commission-refund-returned-item", "test", lambda articles: [
        rewritten(articles["commission-refund-returned-item", "en"], body=articles["payout-failed", "en"].body)
    ])  # fmt: skip


def _fields() -> Iterator[Edit]:
    """Front matter."""
    yield to_one("other audience", "dev", "seller-levels", lambda a: rewritten(a, audience=("buyer",)))
    yield to_one("other audience", "test", "return-how-to", lambda a: rewritten(a, audience=("seller",)))
    yield to_one("expired", "dev", "password-reset", lambda a: rewritten(a, valid_until=date(2024, 1, 31)))
    yield to_one("not yet", "test", "coupon-not-working", lambda a: rewritten(a, valid_from=date(2199, 1, 1)))
    yield to_one("made internal", "dev", "offsite-ads-fee", lambda a: rewritten(a, kind="sop", audience=("agent",)))
    yield to_one("title and phrasings of something else", "dev", "card-charge-timing", lambda a: rewritten(
        a, title="How do I follow a shop?", questions=("follow a shop", "news of my favourite sellers")
    ))  # fmt: skip
    yield to_one("title and phrasings of something else", "test", "order-track", lambda a: rewritten(
        a, title="How do I return an item?", questions=("send it back", "return an order")
    ))  # fmt: skip


def _whole() -> Iterator[Edit]:
    """An article that is gone, or went into another one that does not say the same."""
    yield Edit("removed: order-invoice", "dev", lambda _: [], (("order-invoice", "en"),))
    yield Edit("removed: seller-commission-rates", "test", lambda _: [], (("seller-commission-rates", "en"),))
    yield _merged(
        "dev", "exchange-size-colour", "exchange-different-product", "Sizes and colours can be exchanged too."
    )
    yield _merged("test", "warranty-and-extended-plan", "return-defective-item", "Some items have a warranty as well.")


def _merged(split: Split, gone: str, into: str, note: str) -> Edit:
    def change(articles: Articles) -> list[Article]:
        target = articles[into, "en"]
        questions = (*target.questions, *articles[gone, "en"].questions)
        return [rewritten(target, body=f"{target.body}\n\n{note}", questions=questions)]

    return Edit(f"merged without its content: {gone}", split, change, ((gone, "en"),))


def _thefts() -> Iterator[Edit]:
    """Questions that find another article from then on."""
    yield _moved("dev", "express-payout-daily", "seller-levels")
    yield _moved("test", "gift-cards-and-wallet-top-up", "order-invoice")
    yield _stuffed("dev", "return-windows-by-category", (
        "return-window-electronics", "return-window-fashion", "return-window-beauty", "return-window-holiday"
    ))  # fmt: skip
    yield _stuffed("test", "welcome-coupon", ("refund-arrival-times", "return-how-to", "charged-twice"))
    yield _broad("dev", ("buyer",), "Everything about refunds and returns", (
        "refund-arrival-times", "return-how-to", "refund-shipping-fee", "return-window-fashion"
    ))  # fmt: skip
    yield _broad("test", ("seller",), "Everything about fees, payouts and plans", (
        "seller-commission-rates", "payout-schedule", "seller-plans-compared", "express-payout-daily"
    ))  # fmt: skip
    yield Edit("a second article that says otherwise", "dev", lambda articles: [rewritten(
        articles["return-window-beauty", "en"], id="beauty-returns-2", questions=articles["return-window-beauty", "en"].questions,
        body="Beauty products are sold by many shops on Tamarind. Look at the listing to see what each shop offers.",
    )])  # fmt: skip
    yield Edit("a second article that says otherwise", "test", lambda articles: [rewritten(
        articles["seller-verification-time", "en"], id="verification-news", questions=articles["seller-verification-time", "en"].questions,
        body="We are working on a new verification for shops. More about it will be said here soon.",
    )])  # fmt: skip


def _moved(split: Split, source: str, target: str) -> Edit:
    def change(articles: Articles) -> list[Article]:
        mine, theirs = articles[source, "en"], articles[target, "en"]
        return [rewritten(mine, questions=()), rewritten(theirs, questions=(*theirs.questions, *mine.questions))]

    return Edit(f"phrasings moved: {source}", split, change)


def _stuffed(split: Split, target: str, sources: tuple[str, ...]) -> Edit:
    def change(articles: Articles) -> list[Article]:
        theirs = articles[target, "en"]
        taken = [text for name in sources for text in (articles[name, "en"].title, *articles[name, "en"].questions)]
        return [rewritten(theirs, questions=(*theirs.questions, *taken))]

    return Edit(f"phrasings stuffed: {target}", split, change)


def _broad(split: Split, audience: tuple[str, ...], title: str, sources: tuple[str, ...]) -> Edit:
    def change(articles: Articles) -> list[Article]:
        taken = tuple(articles[name, "en"].title for name in sources)
        said = " ".join(f"{question} You find this in your account." for question in taken)
        return [faq("everything", title, audience, taken, said)]

    return Edit(f"too broad: {title}", split, change)


def _translations() -> Iterator[Edit]:
    """An article in another language than its source."""
    yield to_one("translation shortened", "dev", "refund-arrival-times", lambda a: rewritten(
        a, body="El plazo depende de cómo pagaste. Escríbenos si tienes dudas."
    ), "es")  # fmt: skip
    yield to_one("translation shortened", "test", "charged-twice", lambda a: rewritten(
        a, body="Às vezes uma cobrança aparece mais de uma vez. Fale com a gente se tiver dúvidas."
    ), "pt-BR")  # fmt: skip
    yield Edit("translation removed: password-reset", "dev", lambda _: [], (("password-reset", "pt-BR"),))
    yield Edit("translation removed: order-track", "test", lambda _: [], (("order-track", "es"),))


def keys_of(edit: Edit, articles: Articles) -> set[Key]:
    """The articles that an edit changes or takes away."""
    return {article.key for article in edit.changed(articles)} | set(edit.removed)
