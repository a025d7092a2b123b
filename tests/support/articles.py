"""Articles as files: small folders of knowledge for tests, and how to publish them through a server."""

import json
import shutil
from pathlib import Path
from typing import Any

from tests.support.visitors import open_client

SMALL = (
    "charged-twice",
    "change-email",
    "delete-account",
    "buyer-protection-coverage",
    "exchange-size-colour",
    "coupon-not-working",
    "refund-arrival-times",
    "affiliate-commission-payment",
)
SMALL_SOP = "sop-account-takeover"


def small_folder(source: Path, folder: Path) -> Path:
    """A dozen of our articles, the procedure for stolen accounts, and the topics: enough to answer ``questions``."""
    folder.mkdir(parents=True)
    for name in SMALL:
        shutil.copy(source / "faq" / f"{name}.md", folder)
    shutil.copy(source / "sop" / f"{SMALL_SOP}.md", folder)
    shutil.copy(source / "topics.toml", folder)
    return folder


def write_article(folder: Path, article_id: str, title: str, body: str, **fields: Any) -> Path:
    """One article's file. ``audience`` and the like as in front matter; JSON is YAML enough."""
    front = {"id": article_id, "title": title, "kind": "faq", "audience": ["buyer"], **fields}
    lines = [f"{name}: {json.dumps(value)}" for name, value in front.items()]
    file = folder / f"{article_id}.md"
    file.write_text("\n".join(["---", *lines, "---", "", body, ""]), encoding="utf-8")
    return file


def publish(url: str, token: str, folder: Path) -> dict[str, Any]:
    """Publish a folder as an editor does; what the server says of it at the end."""
    body: dict[str, Any] = {
        "files": [
            {"path": file.name, "text": file.read_text(encoding="utf-8")} for file in sorted(folder.rglob("*.md"))
        ],
    }
    topics = folder / "topics.toml"
    if topics.is_file():
        body["topics"] = topics.read_text(encoding="utf-8")
    with open_client(url, token, seconds=120.0) as http:
        answer = http.post("/v1/knowledge/ingest", json=body)
    assert answer.status_code == 200, answer.text
    last: dict[str, Any] = json.loads(answer.text.splitlines()[-1])
    assert "published" in last, last
    result: dict[str, Any] = last["published"]
    return result
