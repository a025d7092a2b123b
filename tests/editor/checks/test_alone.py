"""Checks that need no other article's text: each tells what it is for, with the line, and leaves good texts alone."""

from datetime import date

import pytest

from app.editor.checks.draft import Draft
from app.editor.checks.finding import Finding
from app.editor.checks.images import images
from app.editor.checks.internal import Vocabulary, internal
from app.editor.checks.length import length
from app.editor.checks.links import links
from app.editor.checks.personal import personal
from app.editor.checks.phrasings import phrasing_key, phrasings
from app.editor.checks.questions import questions
from app.editor.checks.reading import lix, reading
from app.editor.checks.review import review
from ingest.article import Article

TODAY = date(2026, 11, 26)
FRONT = "---\nid: draft\ntitle: How do refunds work?\nkind: faq\naudience: [buyer]\n{}---\n\n"


def draft(body: str, fields: str = "") -> Draft:
    return Draft.read(FRONT.format(fields) + body + "\n")


def live(article_id: str, kind: str = "faq", audience: tuple[str, ...] = ("buyer",), **fields: object) -> Article:
    values = {"title": article_id, "body": "Words.", **fields}
    return Article.model_validate({"id": article_id, "kind": kind, "audience": audience, **values})


LIVE = {
    one.id: [one]
    for one in (live("refunds"), live("sop-refunds", "sop", ("agent",)), live("payouts", audience=("seller",)))
}


def told(body: str) -> list[tuple[str, int | None]]:
    return [(one.severity, one.line) for one in links(draft(body), lambda name: LIVE.get(name, []), ["ours.example"])]


@pytest.mark.parametrize(
    ("target", "severity"),
    [
        ("article:refunds", None),
        ("/articles/refunds?lang=en", None),
        ("https://ours.example/a", None),
        ("https://pay.ours.example/a", None),
        ("mailto:help@ours.example", None),
        ("article:nothing", "error"),
        ("article:sop-refunds", "error"),
        ("article:payouts", "warning"),
        ("article:draft", "warning"),
        ("https://elsewhere.example", "warning"),
        ("https://notours.example", "warning"),
        ("http://ours.example", "warning"),
        ("javascript:alert(1)", "error"),
        ("data:text/html,x", "error"),
        ("other.md", "error"),
        ("#heading", "error"),
    ],
)
def test_where_a_link_leads(target: str, severity: str | None) -> None:
    """To a live article for the same readers or to a host of ours; the line is the link's own."""
    assert told(f"First line.\n\nSee\n[this]({target}).") == ([(severity, 11)] if severity else [])


def test_html_is_told_and_code_is_not() -> None:
    """The help centre shows HTML as text."""
    assert told("Click <b>here</b>.") != []
    assert told("Write `<b>` in code.\n\n    <script>x</script>\n") == []


@pytest.mark.parametrize(("alt", "count"), [("", 1), ("photo", 1), ("a.png", 1), ("The button at the top right", 0)])
def test_images_need_a_text(alt: str, count: int) -> None:
    """One that says what the picture shows."""
    found = list(images(draft(f"Text.\n\n![{alt}](https://ours.example/a.png)")))
    assert [one.line for one in found] == [10] * count


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ("reviewed: 2026-11-01\nreview_every: 30\n", None),
        ("reviewed: 2026-10-01\nreview_every: 30\n", 6),
        ("reviewed: 2026-12-24\nreview_every: 30\n", 6),
        ("owner: us\nreview_every: 30\n", 7),
        ("valid_until: 2026-11-25\n", 6),
        ("valid_until: 2026-11-26\n", None),
        ("", None),
    ],
)
def test_what_is_overdue(fields: str, line: int | None) -> None:
    """The line is the field's."""
    assert [one.line for one in review(draft("Text.", fields), TODAY)] == ([line] if line else [])


def test_phrasings_few_and_taken() -> None:
    """None is a warning, few are a hint, and one of another article's readers is nobody's rival."""
    other = live("refunds", questions=("where is my money?",))
    sellers = live("payouts", audience=("seller",), questions=("when am i paid",))
    taken = {("en", phrasing_key(question)): [one] for one in (other, sellers) for question in one.questions}
    assert [one.severity for one in phrasings(draft("Text."), taken)] == ["warning"]
    some = draft("Text.", "questions: [a b, c d]\n")
    assert [one.severity for one in phrasings(some, taken)] == ["hint"]
    three = draft("Text.", "questions: [Where is my MONEY, when am i paid, e f]\n")
    (found,) = phrasings(three, taken)
    assert found.other is not None
    assert (found.other.article_id, found.quote) == ("refunds", "Where is my MONEY")


def test_what_is_too_long_to_quote() -> None:
    """Sentences, steps and rows beyond what the assistant quotes."""
    long = "word " * 61 + "end."
    steps = "\n".join(f"{number}. Do it." for number in range(1, 11))
    rows = "\n".join(["| A | B |", "|---|---|", *["| a | b |"] * 15])
    assert [one.line for one in length(draft(f"Short.\n\n{long}"))] == [10]
    assert ["10 steps" in one.message for one in length(draft(steps))] == [True]
    assert ["15 rows" in one.message for one in length(draft(rows))] == [True]
    good = "\n".join(f"{number}. Do it." for number in range(1, 10))
    assert not list(length(draft(f"Short.\n\n{good}")))


def test_several_questions_in_one_article() -> None:
    """Three headings that ask, in either way of writing them; two are not enough."""
    assert len(list(questions(draft("## Why?\na\n\n**How much?**\nb\n\n## When?\nc")))) == 1
    assert len(list(questions(draft("Q: Why?\na\n\nQ: How?\nb\n\nQ: When?\nc")))) == 1
    assert not list(questions(draft("## Why?\na\n\n## What it costs\nb\n\n## When?\nc")))


def test_reading_level() -> None:
    """LIX of a known text: one sentence of ten words, two of them long, is 10 + 20."""
    assert lix(["One two three four five six seven eight parcels delivery."]) == pytest.approx(30.0)
    assert lix([]) == 0.0
    assert not list(reading(draft("You get the money back. It takes a few days. We send you a note. " * 5)))
    heavy = (
        "Notwithstanding aforementioned provisions, reimbursement entitlements necessitate comprehensive documentation "
        "substantiating purchases, demonstrating consumer dissatisfaction according applicable regulations. "
    ) * 4
    (found,) = reading(draft(heavy))
    assert (found.severity, found.line) == ("warning", 8)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Write to maria.lopez@gmail.com.", "e-mail address"),
        ("Call +34 612 345 678 now.", "phone number"),
        ("Call (212) 736-5000 now.", "phone number"),
        ("The card 4111 1111 1111 1111 was used.", "card number"),
        ("Pay to DE89 3704 0044 0532 0130 00.", "bank account"),
        ("His CPF is 390.533.447-05.", "identity number"),
        ("Ask Mr. John Smith about it.", "person's name"),
        ("My name is Ana and I", "person's name"),
        ("Hola Carmen, gracias", "person's name"),
    ],
)
def test_personal_data(text: str, kind: str) -> None:
    """Each kind is named, at its line."""
    found = list(personal(draft(f"Words.\n\n{text}"), ["ours.example"]))
    assert [(kind in one.message, one.line) for one in found] == [(True, 10)]


@pytest.mark.parametrize(
    "text",
    [
        "Write to phishing@tamarind.example or name@example.com.",
        "Write to anna@ours.example or support@carrier.com.",
        "Call 800 555 0199 free of charge.",
        "Order TMR-48213377 of 4111 1111 1111 1112 and 34.198.93.169.",
        "Hello customer, thank you. Dear Sir or Madam.",
        "It costs $1,299.00 until 2026-11-26, 09:00-18:00.",
    ],
)
def test_what_is_nobodys(text: str) -> None:
    """Addresses of roles and of nobody, numbers that are none, and greetings."""
    assert not list(personal(draft(text), ["ours.example"]))


def test_personal_data_in_phrasings() -> None:
    """Real questions bring real names."""
    (found,) = personal(draft("Text.", "questions:\n  - refund for maria.lopez@gmail.com\n"), [])
    assert found.line == 7


def test_words_of_procedures() -> None:
    """Codes, names of teams and ids that only procedures say; not what the public reads elsewhere."""
    bodies = [
        f"## Check first\nAsk the duty lead. Offer a gift card. Code R-0{number}. Read the refund status."
        for number in range(1, 6)
    ]
    sops = [live(f"sop-{number}", "sop", ("agent",), body=body) for number, body in enumerate(bodies)]
    vocabulary = Vocabulary([*sops, live("refunds", body="A gift card is possible. Look at the refund status.")])

    def words(body: str, own: Article | None = None) -> list[str]:
        return sorted(one.quote or "" for one in internal(draft(body), vocabulary, own))

    assert words("The duty lead decides by R-03, see sop-2.") == ["R-03", "duty lead", "sop-2"]
    assert words("A gift card, the refund status and form W-8.\n\n## Check first\nThe box.") == []
    assert words("For internal use only.") == ["internal use"]
    own = live("draft", body="The duty lead decides.")
    assert [
        one.quote for one in internal(draft("The duty lead decides."), Vocabulary([*sops, own]), own)
    ] == ["duty lead"]  # fmt: skip
    assert not list(internal(Draft.of(sops[0]), vocabulary, None))


def test_a_finding_says_what_to_do() -> None:
    """A message and a cure are sentences."""
    found: list[Finding] = [
        *links(draft("[a](b)"), lambda _: [], []),
        *review(draft("x", "valid_until: 2026-01-01\n"), TODAY),
    ]
    assert len(found) == 2
    assert all(one.message.endswith(".") and one.cure.endswith(".") for one in found)
