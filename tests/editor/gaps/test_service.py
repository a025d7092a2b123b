"""Gaps from the log to the closed group."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Row

from app.answer.retriever import text_for
from app.answer.standing import binding_of
from app.answer.watch import Watch
from app.editor.gaps.reading import LogReader
from app.errors import Conflict, NotFound
from ingest.article import parse
from ingest.ranking import SAME
from tests.editor.gaps.conftest import EDITH, Centre
from tests.ingest.article_factory import faq

HOLIDAY = (
    (
        "can I pause my shop while I am on holiday?",
        "en",
        "Turn on vacation mode in Seller Hub. It pauses your shop for 60 days.",
    ),
    (
        "want a break from selling in august, order TM-4839201 is done",
        "en",
        "Hi Joe, turn on vacation mode in Seller Hub.",
    ),
    ("¿puedo pausar mi tienda en vacaciones?", "es", "Vacation mode pauses your shop. Turn it on in Seller Hub."),
    ("posso pausar minha loja nas férias?", "pt-BR", "Turn on vacation mode in Seller Hub for at most 60 days."),
)
WINE = ("do you sell wine and check my age", "where can a shop list whisky", "are spirits allowed in listings")


async def holiday(centre: Centre) -> None:
    """Four visitors who want a break."""
    for question, locale, reply in HOLIDAY:
        await centre.asked(question, reply, locale=locale)


async def test_the_story(centre: Centre) -> None:
    """Grouped over languages, named, ranked, redacted; drafted from agents' words; closed by the article; reopened by
    a question that fails all the same."""
    await holiday(centre)
    for question in WINE:
        await centre.asked(question, "Alcohol is prohibited: wine, beer and spirits cannot be listed.")
    first, second, *_ = await centre.gaps.every(30)
    assert (first.visitors, first.handoffs, first.state) == (4, 4, "open")
    assert (second.visitors, second.handoffs) == (3, 3)
    assert first.name == "Can I pause my shop while I am on holiday?"
    assert first.locales == ["en", "es", "pt-BR"]
    assert "vacation" in first.about
    assert "want a break from selling in august, order [number] is done" in first.questions
    assert "Hi [name], turn on vacation mode in Seller Hub." in first.answers
    assert "assistant" not in " ".join([*first.answers, *first.questions])

    article = await centre.drafted(first.id)
    text = (await centre.drafts.find(article.key)).text
    assert (article.title, article.locale, article.audience) == (first.name, "en", ("seller",))
    assert "pauses your shop" in article.body
    assert "The assistant" not in text
    assert "[" not in article.body + "".join(article.questions)
    assert len(article.questions) == 2
    assert await centre.drafted(first.id) == article
    assert (await centre.gaps.every(30))[0].state == "drafted"

    centre.parts.publisher.publish_change([article], [])
    await centre.drafts.discard(EDITH, article.key)
    closed = (await centre.gaps.every(30))[0]
    assert (closed.id, closed.state) == (first.id, "closed")
    assert (closed.answered, closed.asked) == (3, 3)

    await centre.asked("can my shop take a holiday break for a year?", HOLIDAY[0][2])
    again = (await centre.gaps.every(30))[0]
    assert (again.id, again.state, again.visitors) == (first.id, "reopened", 5)
    assert (await centre.gaps.every(30))[1].state == "open"


async def test_what_does_not_count(centre: Centre) -> None:
    """Small talk, calls for a person, cases that always go to one, and what was answered well."""
    await centre.asked("hello there")
    await centre.asked("I want to speak to a human")
    await centre.asked("your charger burned my hand", reason="sensitive_topic")
    await centre.asked("how do I get a refund to my card", outcome="answer", reason=None, helpful=True)
    await centre.asked("how do I get a lost parcel", outcome="answer", reason=None)
    assert await centre.gaps.every(30) == []
    await centre.asked("can my parrot fly with the parcel", reason="sensitive_topic")
    assert [gap.causes for gap in await centre.gaps.every(30)] == [{"abstained": 1}]


async def test_rated_and_asked_twice(centre: Centre) -> None:
    """An unhelpful answer counts, and a question that one visitor asks again, in another conversation too."""
    answered: dict[str, Any] = {"outcome": "answer", "reason": None}
    await centre.asked("how do I get an invoice for my company", helpful=False, **answered)
    await centre.asked("where is my parcel, it is lost", visitor="v1", **answered)
    await centre.asked("how do I get a gift card", visitor="v1", **answered)
    assert [gap.causes for gap in await centre.gaps.every(30)] == [{"unhelpful": 1}]
    await centre.asked("where is my lost parcel", visitor="v1", **answered)
    causes = [gap.causes for gap in await centre.gaps.every(30)]
    assert sorted(causes, key=str) == [{"asked_twice": 1}, {"unhelpful": 1}]


async def test_known_article(centre: Centre) -> None:
    """Agents who answer from a live article show that only its phrasings are missing: there is nothing to write."""
    said = "All about gift card balance. You find it under orders, and it takes 5 days."
    for question in ("how much is left on my voucher", "what remains of the present I was given"):
        await centre.asked(question, said)
    [gap] = await centre.gaps.every(30)
    assert gap.visitors == 2
    assert gap.known_article is not None
    assert gap.known_article.article_id == "gift-card-balance"
    with pytest.raises(Conflict, match="gift-card-balance"):
        await centre.gaps.draft(EDITH, gap.id)
    with pytest.raises(NotFound):
        await centre.gaps.draft(EDITH, 999)


async def test_an_id_that_is_taken(centre: Centre) -> None:
    """A draft never takes the place of an article that has its name already."""
    await centre.asked(
        "Lost parcel", "Ask the courier for a search, they pay up to 100 dollars.", reason="low_confidence"
    )
    await centre.asked(
        "lost parcel", "Ask the courier for a search, they pay up to 100 dollars.", reason="low_confidence"
    )
    [gap] = await centre.gaps.every(30)
    article = await centre.drafted(gap.id)
    assert article.id.startswith("lost-parcel-")


async def test_an_id_that_is_being_written(centre: Centre) -> None:
    """A draft never takes the place of one that somebody else began, and begun again it is the same article."""
    text = "---\nid: vintage-lamps\ntitle: Vintage lamps\nkind: faq\naudience: [seller]\n---\n\nMine.\n"
    mine = await centre.drafts.create(EDITH, text)
    for _ in range(2):
        await centre.asked("vintage lamps", "Lamps from before 1990 may be listed as vintage.")
    [gap] = await centre.gaps.every(30)
    article = await centre.drafted(gap.id)
    assert article.id == f"vintage-lamps-{gap.id}"
    assert (await centre.drafts.find((mine.article_id, mine.locale))).text == text
    await centre.drafts.discard(EDITH, article.key)
    assert await centre.drafted(gap.id) == article
    assert (await centre.drafts.find((mine.article_id, mine.locale))).text == text


async def test_written_about_again(centre: Centre) -> None:
    """Once its article is live, a draft begins with what editors made of that, and notes the wordings that came since."""
    await holiday(centre)
    [gap] = await centre.gaps.every(30)
    article = await centre.drafted(gap.id)
    edited = article.model_copy(update={"body": "Edith's own words about vacation mode and how to turn it on."})
    centre.parts.publisher.publish_change([edited], [])
    await centre.drafts.discard(EDITH, article.key)
    await centre.asked("can my shop take a holiday break for a year?", HOLIDAY[0][2])
    await centre.gaps.every(30)
    again = await centre.drafted(gap.id)
    assert (again.key, again.body) == (edited.key, edited.body)
    assert again.questions == (*edited.questions, "can my shop take a holiday break for a year?")


async def test_an_article_that_is_gone(centre: Centre) -> None:
    """What agents answered from an article that is not live any more has to be written again."""
    said = "All about gift card balance. You find it under orders, and it takes 5 days."
    for question in ("how much is left on my voucher", "what remains of the present I was given"):
        await centre.asked(question, said)
    [gap] = await centre.gaps.every(30)
    assert gap.known_article is not None
    await centre.an_hour_passes()
    await centre.gaps.every(30)
    await centre.gaps.every(30)
    centre.parts.publisher.publish_change([], [("gift-card-balance", "en")])
    [gap] = await centre.gaps.every(30)
    assert gap.known_article is None
    assert (await centre.drafted(gap.id)).body.startswith("All about gift card balance.")


async def test_a_case_that_only_hints_tell(centre: Centre) -> None:
    """What the assistant takes for a case of people is no gap, though none of the topic's words is in it: nobody
    should write an article about it."""
    for text in (
        "desde la mañana no entro, el celular registrado ya no es el mío y compraron dos teles",
        "all my gift balance was spent overnight on codes that I never bought, somebody is in my account",
    ):
        await centre.asked(text, reason="sensitive_topic")
    assert await centre.gaps.every(30) == []


async def test_asking_wordings_is_no_traffic(centre: Centre) -> None:
    """What the certificate watches are visitors, not the wordings that are asked to see whether a gap closed."""
    await holiday(centre)
    [gap] = await centre.gaps.every(30)
    centre.parts.publisher.publish_change([await centre.drafted(gap.id)], [])
    answerer = centre.parts.answerer
    with centre.parts.retriever.reading("faq", "seller") as reader:
        binds = binding_of(centre.parts.settings, reader.kb_version)
    answerer.adopt(replace(answerer.standing, binds=binds, watch=Watch([0.5] * 50)))
    [gap] = await centre.gaps.every(30)
    assert gap.asked == 3
    assert answerer.standing.watch.questions == 0


async def test_read_again_after_publishing(centre: Centre) -> None:
    """An article that is published later moves nobody who was grouped before it, so that it does not matter when the
    log is read."""
    await holiday(centre)
    for question in WINE:
        await centre.asked(question, "Alcohol is prohibited: wine, beer and spirits cannot be listed.")
    before = [(gap.id, gap.questions) for gap in await centre.gaps.every(30)]
    article = await centre.drafted(before[0][0])
    more = article.model_copy(update={"body": f"{article.body}\n\nWine, beer and spirits cannot be listed."})
    alcohol = faq("alcohol", "Alcohol is prohibited: wine, beer and spirits cannot be listed.", audience=("seller",))
    centre.parts.publisher.publish_change([more, alcohol], [])
    after = await centre.gaps.every(30)
    assert [(gap.id, gap.questions) for gap in after] == before
    assert after[1].known_article is None


@pytest.mark.parametrize(
    "wording", ["opend the mascara, awfull colour. money back?", "done thx, but i did a mistake again"]
)
async def test_a_wording_that_is_noted_as_it_was_said(centre: Centre, wording: str) -> None:
    """Slips and slang of a noted phrasing do not hide that it is the question itself, though the search also reads
    plain English words in their place."""
    lipstick = faq("opened-make-up", "Opened make-up goes back within 7 days.", questions=(wording,))
    centre.parts.publisher.publish_change([lipstick], [])
    with centre.parts.retriever.reading("faq", "buyer") as reader:
        assert text_for("en", wording, "en") != wording
        first, second, *_ = reader.find(wording, "en", centre.parts.retriever.embedder.vector).ranking
    assert (first.article_id, first.best >= SAME, second.best >= SAME) == ("opened-make-up", True, False)


async def test_no_answers_yet(centre: Centre) -> None:
    """Where no agent answered, the draft says so, and parses."""
    await centre.asked("can I pause my shop in august: yes or no? #urgent", outcome="clarify", reason=None)
    [gap] = await centre.gaps.every(30)
    article = await centre.drafted(gap.id)
    assert "No agent has answered this yet" in article.body
    assert parse((await centre.drafts.find(article.key)).text, "again.md") == article


async def test_reads_on(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look reads what changed since the last one and nothing else; what agents answer later is found, and the group
    keeps its number."""
    read: list[int] = []
    real = LogReader.missed

    def missed(self: LogReader, rows: Sequence[Row[Any]], logs: Any) -> Any:
        read.append(len(rows))
        return real(self, rows, logs)

    monkeypatch.setattr(LogReader, "missed", missed)
    talks = [await centre.asked(question, locale=locale) for question, locale, _ in HOLIDAY]
    before = {gap.name: gap.id for gap in await centre.gaps.every(30)}
    await centre.an_hour_passes()
    await centre.gaps.every(30)
    await centre.gaps.every(30)
    assert read[0] == 4
    assert read[-1] == 0
    for talk, (_, _, reply) in zip(talks, HOLIDAY, strict=True):
        await centre.says(talk, "message.agent", {"text": reply, "agent": {"name": "Ana"}})
    [one] = await centre.gaps.every(30)
    assert read[-1] == 4
    assert one.visitors == 4
    assert one.id in before.values()


async def test_the_same_log_gives_the_same_groups(centre: Centre) -> None:
    """Read at once or piece by piece, by this process or the next."""
    await holiday(centre)
    once = [(gap.id, gap.name, gap.questions) for gap in await centre.gaps.every(30)]
    again = Centre(centre.parts)
    assert [(gap.id, gap.name, gap.questions) for gap in await again.gaps.every(30)] == once
