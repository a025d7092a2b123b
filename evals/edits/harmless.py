"""Harmless: forty edits that editors make every day and that break nothing."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from evals.edits.edit import (
    Articles,
    Edit,
    Split,
    added,
    faq,
    one_a_paragraph,
    padded_tables,
    put,
    rewritten,
    starred,
    to_one,
    without_bold,
    wrapped,
)
from ingest.article import Article


def harmless() -> Iterator[Edit]:
    """All of them."""
    yield from _typing()
    yield from _corrected()
    yield from _reformatted()
    yield from _grown()
    yield from _new()


def _typing() -> Iterator[Edit]:
    """Typing errors made or mended, spelling, house style."""
    yield to_one(
        "typing error",
        "dev",
        "return-window-electronics",
        lambda a: put(a, ("within **14 days** of delivery", "wihtin **14 days** of delivery")),
    )
    yield to_one(
        "typing error", "test", "password-reset", lambda a: put(a, ("sign-in page, open", "sing-in page, open"))
    )
    yield to_one(
        "typing error",
        "test",
        "seller-levels",
        lambda a: put(a, ("the three seller levels", "teh three seller levels")),
    )
    yield to_one("spelling", "dev", "change-email", lambda a: put(a, ("e-mail", "email")))
    yield to_one(
        "spelling", "test", "delete-account", lambda a: put(a, ("e-mails", "emails"), ("newsletter", "news letter"))
    )
    yield to_one(
        "house style",
        "dev",
        "payment-declined",
        lambda a: put(a, ("3-D Secure", "3D Secure"), ("expiry date", "expiration date")),
    )
    yield to_one("house style", "test", "gift-cards-and-wallet-top-up", lambda a: put(a, ("Wallet", "wallet")))
    yield to_one(
        "typing error in a translation",
        "dev",
        "refund-arrival-times",
        lambda a: put(a, ("según cómo", "segun como")),
        "es",
    )


def _corrected() -> Iterator[Edit]:
    """A rule that changed, told everywhere in the article."""
    yield to_one("new period", "dev", "exchange-size-colour", lambda a: put(a, ("**30 days**", "**40 days**")))
    yield to_one(
        "new period",
        "test",
        "return-window-fashion",
        lambda a: put(a, ("**45 days**", "**60 days**"), ("day 45", "day 60"), ("45-day", "60-day")),
    )
    yield to_one("new amount", "dev", "refer-a-friend", lambda a: put(a, ("$10", "$15"), ("$30", "$40")))
    yield to_one("new amount", "test", "return-how-to", lambda a: put(a, ("$5.90", "$6.90")))
    yield to_one("new rate", "dev", "offsite-ads-fee", lambda a: put(a, ("3%", "4%"), ("$1.80", "$2.40")))
    yield to_one(
        "new rate",
        "test",
        "seller-commission-rates",
        lambda a: put(
            a,
            ("| Electronics | 8% |", "| Electronics | 9% |"),
            ("| Groceries | 8% |", "| Groceries | 9% |"),
            ("between 8% and", "between 9% and"),
        ),
    )
    yield to_one("new price", "dev", "seller-plans-compared", lambda a: put(a, ("$29", "$35"), ("$99", "$109")))
    yield to_one("new deadline", "test", "seller-ship-deadlines", lambda a: put(a, ("13:00", "14:30")))


def _reformatted() -> Iterator[Edit]:
    """The same words in another dress."""
    yield to_one("no bold", "dev", "two-step-verification", without_bold)
    yield to_one("no bold", "test", "payment-methods-accepted", without_bold)
    yield to_one("lists and headings", "dev", "delete-account", starred)
    yield to_one("lists and headings", "test", "refer-a-friend", starred)
    yield to_one("short lines", "dev", "seller-verification-time", wrapped)
    yield to_one("short lines", "test", "return-window-beauty", wrapped)
    yield to_one("paragraphs", "dev", "return-window-electronics", one_a_paragraph)
    yield to_one("paragraphs", "test", "payout-failed", one_a_paragraph)
    yield to_one("aligned table", "dev", "refund-arrival-times", padded_tables)
    yield to_one("aligned table", "test", "seller-plans-compared", padded_tables)


def _grown() -> Iterator[Edit]:
    """A sentence, a phrasing, a date."""
    yield to_one("a sentence more", "dev", "order-invoice", lambda a: added(a, "Invoices are kept for ten years."))
    yield to_one(
        "a sentence more",
        "test",
        "sponsored-listings-cost",
        lambda a: added(a, "Campaigns can be copied from an earlier one."),
    )
    yield to_one(
        "a phrasing more",
        "dev",
        "express-payout-daily",
        lambda a: rewritten(a, questions=(*a.questions, "can i cash out the same day")),
    )
    yield to_one(
        "a phrasing more",
        "test",
        "order-track",
        lambda a: rewritten(a, questions=(*a.questions, "map with the courier on it")),
    )
    yield to_one(
        "reviewed", "dev", "payout-schedule", lambda a: rewritten(a, reviewed=date(2026, 11, 20), owner="finance-team")
    )
    yield to_one(
        "reviewed", "test", "new-seller-limits", lambda a: rewritten(a, reviewed=date(2026, 11, 20), review_every=60)
    )
    yield to_one(
        "another topic",
        "test",
        "warranty-and-extended-plan",
        lambda a: rewritten(a, owner="product-team", valid_from=date(2020, 1, 1)),
    )


def _new() -> Iterator[Edit]:
    """Articles about what no other one is about."""
    articles: tuple[tuple[Split, Article], ...] = (
        ("dev", faq("museum-tour", "Can I visit the Tamarind warehouse museum?", ("buyer", "seller"), ("guided tour of the warehouse", "school class visit"), "The museum in our first warehouse is open to groups on Fridays. Book a guided tour by post, and bring an identity card for every adult.")),
        ("dev", faq("dark-colours", "How do I switch the app to dark colours?", ("buyer",), ("dark mode", "the screen is too bright at night"), "Open **Account > Appearance** and choose **Dark**. The app follows your phone if you choose **Automatic**.")),
        ("dev", faq("charity-round-up", "How does rounding up for charity work?", ("buyer",), ("donate the cents", "which charity gets it"), "Tick **Round up** at checkout and the total is rounded to the next dollar. The difference is given to the food bank of your region.")),
        ("dev", faq("shop-anniversary", "How do I celebrate the anniversary of my shop?", ("seller",), ("birthday of my store", "confetti on the shop page"), "Open **Seller Hub > Community** in the month in which your shop opened, and choose **Anniversary**. Confetti falls on the page of your shop for a week.")),
        ("test", faq("recipe-pages", "Where do I find recipes for groceries that I bought?", ("buyer",), ("cook something with my box", "recipe ideas"), "Recipes stand on the page of each grocery article, below its list of ingredients. Save the ones you like with the star.")),
        ("test", faq("voice-assistant", "Can I talk to the app instead of typing?", ("buyer",), ("speak to search", "microphone button"), "Press the microphone in the search field and say what you look for. The microphone is used only while you press it.")),
        ("test", faq("seller-meetups", "When is the next seller meetup?", ("seller",), ("meet other shop owners", "local event for merchants"), "Meetups take place in eleven cities every spring. The calendar stands under **Seller Hub > Community**.")),
    )  # fmt: skip
    for split, article in articles:
        yield Edit(f"new: {article.id}", split, partial(_just, article))


def _just(article: Article, _: Articles) -> list[Article]:
    return [article]
