"""Baton's index as an ordinary LangChain retriever."""

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda, RunnablePassthrough

from app.answer.retriever import HybridRetriever, Retriever
from ingest.pipeline import Publisher


@pytest.fixture
def retriever(small_publisher: Publisher) -> HybridRetriever:
    """A buyer's."""
    return HybridRetriever(retriever=Retriever(small_publisher))


def test_invoke(retriever: HybridRetriever) -> None:
    """Documents come best first, with what a citation needs."""
    assert isinstance(retriever, BaseRetriever)
    documents = retriever.invoke("my parcel is lost")
    assert documents[0].page_content == "Report a lost parcel within 30 days."
    score = documents[0].metadata.pop("score")
    assert documents[0].metadata == {"article_id": "parcel", "revision": 1, "title": "My parcel is lost", "section": ""}
    assert score >= documents[-1].metadata["score"] > 0
    assert {document.metadata["article_id"] for document in documents} == {"parcel", "refund"}


async def test_ainvoke(retriever: HybridRetriever) -> None:
    """Asked from an event loop it gives the same, and so it does for several at once."""
    questions = ["my parcel is lost", "when is my refund paid"]
    assert await retriever.abatch(questions) == [retriever.invoke(question) for question in questions]


def test_audience_and_language(small_publisher: Publisher) -> None:
    """A seller's retriever knows sellers' articles, and a Spanish one prefers Spanish."""
    seller = HybridRetriever(retriever=Retriever(small_publisher), audience="seller")
    assert seller.invoke("when do I get my payout")[0].metadata["article_id"] == "payout"
    assert "refund" not in {document.metadata["article_id"] for document in seller.invoke("refund")}
    spanish = HybridRetriever(retriever=Retriever(small_publisher), locale="es")
    assert spanish.invoke("mi paquete se perdió")[0].page_content.startswith("Avisa")


def test_in_a_chain(retriever: HybridRetriever) -> None:
    """It composes with other runnables."""

    def first(given: dict[str, object]) -> str:
        documents = given["documents"]
        assert isinstance(documents, list)
        assert isinstance(documents[0], Document)
        return f"{given['question']}: {documents[0].page_content}"

    chain = {"documents": retriever, "question": RunnablePassthrough()} | RunnableLambda(first)
    assert chain.invoke("parcel lost") == "parcel lost: Report a lost parcel within 30 days."
