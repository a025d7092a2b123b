"""The plain LangChain app that Baton is measured against: what one writes after an afternoon with the manuals.

Articles are split, embedded and kept by ``langchain_chroma``; a question goes retriever -> prompt -> ``ChatOpenAI``.
The environment chooses: PEER_STORE (folder), PEER_EMBEDDER (``default`` is Chroma's, read from PEER_MODEL; ``minilm``
is Baton's) and PEER_FILTER (``1``: only what the asker's audience may see). ``python -m ... FOLDER`` fills the
store; ``uvicorn ...:create_app --factory`` serves it.
"""

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import yaml
from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2  # noqa: TID251  a peer, not Baton
from fastapi import Body, FastAPI
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnablePassthrough
from langchain_openai import ChatOpenAI
from langchain_text_splitters import RecursiveCharacterTextSplitter

SLICE = 500
PROMPT = ChatPromptTemplate.from_messages(
    [
        ("system", "You answer questions on a help centre. Use only the context. Say so when it does not answer."),
        ("human", "Context:\n{context}\n\nQuestion: {question}"),
    ]
)
splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)


class DefaultEmbeddings(Embeddings):
    """Chroma's default embedder under LangChain's names."""

    def __init__(self, folder: Path) -> None:
        ONNXMiniLM_L6_V2.DOWNLOAD_PATH = folder
        self._model = ONNXMiniLM_L6_V2()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in vector] for vector in self._model(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def open_store() -> Chroma:
    """The vector store, made when it is not there."""
    embeddings: Embeddings
    if os.environ["PEER_EMBEDDER"] == "default":
        embeddings = DefaultEmbeddings(Path(os.environ["PEER_MODEL"]))
    else:
        from ingest.embed import MODEL_FOLDER  # noqa: PLC0415  only this variant needs it
        from ingest.minilm import MiniLM  # noqa: PLC0415

        embeddings = MiniLM(MODEL_FOLDER)
    return Chroma("help", embedding_function=embeddings, persist_directory=os.environ["PEER_STORE"])


def split(text: str) -> list[Document]:
    """The pieces of one article, once for each audience, because Chroma's filter compares single values."""
    _, front, body = text.split("---", 2)
    fields = yaml.safe_load(front)
    content = "\n".join([fields["title"], *fields["questions"], body.strip()])
    pieces = splitter.split_text(content)
    return [
        Document(piece, metadata={"article": fields["id"], "title": fields["title"], "audience": audience})
        for audience in fields["audience"]
        for piece in pieces
    ]


def fill(folder: Path) -> None:
    """Embed and store every article of a folder."""
    store = open_store()
    documents = [piece for file in sorted(folder.glob("*.md")) for piece in split(file.read_text(encoding="utf-8"))]
    print(0, len(documents), flush=True)
    for start in range(0, len(documents), SLICE):
        store.add_documents(documents[start : start + SLICE])
        print(min(start + SLICE, len(documents)), len(documents), flush=True)


def create_app() -> FastAPI:
    """``POST /ask`` answers; ``PUT /articles`` replaces one article."""
    store = open_store()
    model = ChatOpenAI(model="gpt-4.1-mini", temperature=0)

    def chain(search: dict[str, Any]) -> Any:
        retriever = store.as_retriever(search_kwargs=search)
        return {"context": retriever | _join, "question": RunnablePassthrough()} | PROMPT | model | StrOutputParser()

    if os.environ.get("PEER_FILTER"):
        chains = {name: chain({"k": 5, "filter": {"audience": name}}) for name in ("buyer", "seller")}
    else:
        chains = dict.fromkeys(("buyer", "seller"), chain({"k": 5}))
    app = FastAPI()

    @app.post("/ask")
    async def ask(question: Annotated[str, Body()], audience: Annotated[str, Body()]) -> dict[str, str]:
        return {"answer": "".join([piece async for piece in chains[audience].astream(question)])}

    @app.put("/articles")
    def change(article: Annotated[str, Body()], text: Annotated[str, Body()]) -> dict[str, int]:
        store.delete(where={"article": article})
        return {"pieces": len(store.add_documents(split(text)))}

    return app


def _join(documents: list[Document]) -> str:
    return "\n\n".join(document.page_content for document in documents)


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
