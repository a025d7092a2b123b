"""Meaning: Spanish and Portuguese articles are embedded in plain English, which is all that the embedder knows well."""

import json
from dataclasses import replace

import numpy as np
import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

from app.answer.retriever import Reader
from ingest.embed import RemoteEmbedder, minilm
from ingest.gloss import plain_english
from ingest.meaning import Meanings, glosses_of, is_glossed, sayer
from ingest.pipeline import Publisher
from ingest.ranking import SAME
from ingest.store import StoredChunk
from ingest.topics import Topics
from tests.ingest.article_factory import faq
from tests.ingest.conftest import OpenPublisher

ARTICLES = [
    faq("arrived-late", "Se avisa al vendedor al tercer día.", locale="es", title="Mi paquete no llega"),
    faq("too-small", "Se cambia en la tienda.", locale="es", title="La ropa me queda chica"),
    faq("who-pays", "La tienda pone la etiqueta.", locale="es", title="Los gastos de la devolución"),
    faq("hacked", "Cambia la contraseña.", locale="es", title="Alguien entró en mi cuenta"),
    faq("invoice", "Está junto al pedido.", locale="es", title="La factura de mi compra"),
]
ASKED = {
    "where is my parcel": "arrived-late",
    "the jacket does not fit": "too-small",
    "who covers return shipping": "who-pays",
    "somebody stole my password": "hacked",
    "i need a receipt": "invoice",
}


def first(publisher: Publisher, question: str, locale: str) -> str:
    """The article found first."""
    with publisher.shelf.reading() as version:
        reader = Reader(version, Topics(), publisher.store, "faq", "buyer")
        return reader.find(question, locale, publisher.embedder.vector).ranking[0].article_id


def glossed(publisher: Publisher) -> dict[str, bool]:
    """Whether the live collections are in plain English, by locale."""
    live = publisher.store.live()
    assert live is not None
    manifest = json.loads((publisher.folder / live.kb_version / "manifest.json").read_text())
    return {entry["locale"]: entry["glossed"] for entry in manifest["collections"]}


@pytest.mark.parametrize(
    ("locale", "read"), [("es", True), ("es-MX", True), ("pt-BR", True), ("en", False), ("fr", False)]
)
def test_languages(locale: str, read: bool) -> None:
    """Those of which we have a glossary, but for English, and none for an embedder that knows them itself."""
    assert is_glossed(minilm(), locale) is read
    assert not is_glossed(RemoteEmbedder("m", DeterministicFakeEmbedding(size=8)), locale)


def test_english_asks_for_spanish_articles(publisher: Publisher) -> None:
    """No word is shared: only the meaning can tell, and the article is shown as it was written."""
    publisher.publish(ARTICLES, Topics())
    found = {question: first(publisher, question, "en") for question in ASKED}
    assert sum(found[question] == article for question, article in ASKED.items()) >= 4, found
    with publisher.shelf.reading() as version:
        reader = Reader(version, Topics(), publisher.store, "faq", "buyer")
        passages = reader.find("somebody stole my password", "en", publisher.embedder.vector).passages
    assert passages[0].text == "Cambia la contraseña."


def test_a_noted_phrasing_is_the_question_itself(publisher: Publisher) -> None:
    """Also with something said around it, in any language that has a glossary."""
    noted = faq("lost", "Avísanos.", locale="es", title="Paquete perdido", questions=("dónde quedó mi paquete",))
    publisher.publish([*ARTICLES, noted], Topics())
    with publisher.shelf.reading() as version:
        reader = Reader(version, Topics(), publisher.store, "faq", "buyer")
        for said in ("dónde quedó mi paquete", "hola, dónde quedó mi paquete gracias"):
            best = reader.find(said, "es", publisher.embedder.vector).ranking[0]
            assert best.article_id == "lost"
            assert best.best >= SAME


def test_the_same_words_in_two_languages(publisher: Publisher) -> None:
    """An English and a Spanish article with one title have a vector each."""
    title = "Sin coste"
    publisher.publish([faq("a", "x", title=title), faq("b", "y", locale="es", title=title)], Topics())
    with publisher.shelf.reading() as version:
        assert version is not None
        vectors = []
        for article, locale in (("a", "en"), ("b", "es")):
            collection = version.collection("faq", "buyer", locale)
            assert collection is not None
            vectors.append(collection.vectors[collection.rows_of(article)[0]].astype(np.float32))
    assert vectors[0] == pytest.approx(publisher.embedder.vector(title), abs=1e-3)
    assert vectors[1] == pytest.approx(publisher.embedder.vector(plain_english(title, "es")), abs=1e-3)
    assert vectors[0] @ vectors[1] < 0.9


def test_a_version_that_was_made_before(publisher: Publisher, open_publisher: OpenPublisher) -> None:
    """It is asked in its own words until something is published; then all of it is made anew."""
    embedder = minilm()
    publisher.embedder = RemoteEmbedder(embedder.name, embedder)  # type: ignore[arg-type]
    old = publisher.publish(ARTICLES, Topics()).publication
    assert glossed(publisher) == {"es": False}
    manifest = publisher.folder / old.kb_version / "manifest.json"
    fields = json.loads(manifest.read_text())
    for entry in fields["collections"]:
        del entry["glossed"]
    manifest.write_text(json.dumps(fields))
    publisher.close()

    later = open_publisher()
    assert later.open_live() == old
    assert first(later, "Alguien entró en mi cuenta", "es") == "hacked"
    published = later.publish_change([faq("new", "Nuevo.", locale="es", title="Otra cosa")])
    assert published.publication.kb_version != old.kb_version
    assert glossed(later) == {"es": True}
    assert first(later, "somebody stole my password", "en") == "hacked"


def test_a_removal_keeps_the_rest_as_it_was(publisher: Publisher) -> None:
    """A change that brings no Spanish text is still a change of a version in plain English."""
    publisher.publish([*ARTICLES, faq("plain", "Plain.")], Topics())
    publisher.publish_change([faq("plain", "Plainer.")], [("invoice", "es")])
    assert glossed(publisher) == {"es": True, "en": False}
    assert first(publisher, "me robaron la contraseña", "es") == "hacked"


def test_the_glossary_is_part_of_a_versions_name() -> None:
    """Of the languages that there are articles in, and no others."""
    assert glosses_of(minilm(), {"en", "fr"}) == []
    found = glosses_of(minilm(), {"en", "es", "es-MX", "pt-BR"})
    assert [name.split("-")[0] for name in found] == ["es", "pt"]


def test_what_is_embedded() -> None:
    """Chunks and units carry the key of what is embedded of them; texts that English does not say stay as they are."""
    say = sayer(lambda locale: locale == "es")
    piece = StoredChunk("a@es#1", "a", "es", "faq", ("buyer",), "body", "Cancelar, maldito", "old")
    other = replace(piece, id="a@es#2", part="title", indexed="maldito")
    english = replace(piece, id="a@en#1", locale="en", indexed="Cancelar")
    meanings = Meanings.of([piece, other, english], {"a@es#1": "Cancelar. Cambiar."}, say)
    said = [meanings.texts[one.content_hash] for one in meanings.pieces]
    assert said == ["cancel,", "maldito", "Cancelar"]
    assert [meanings.texts[key] for key in meanings.units.chunks["a@es#1"]] == ["cancel.", "change."]
    assert [one.indexed for one in meanings.pieces] == ["Cancelar, maldito", "maldito", "Cancelar"]
