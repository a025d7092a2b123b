"""Console: an editor at the content console's API."""

from typing import Any

import httpx

from tests.support.waiting import until

OVER = ("done", "failed", "blocked", "cancelled")


def text_of(article_id: str, body: str, title: str = "", locale: str = "en", **fields: str) -> str:
    """A file of an article for buyers."""
    front = {
        "id": article_id,
        "title": title or f"How do I use a {article_id}?",
        "kind": "faq",
        "audience": "[buyer]",
        "locale": locale,
        **fields,
    }
    return "\n".join(["---", *(f"{name}: {value}" for name, value in front.items()), "---", "", body, ""])


class Console:
    """Speaks as whoever ``http`` speaks as; ``lead`` overrides the gate where that one may not."""

    def __init__(self, http: httpx.Client, lead: httpx.Client | None = None) -> None:
        self.http, self._lead = http, lead or http

    def get(self, path: str, **params: Any) -> dict[str, Any]:
        """What a route says that must work."""
        answer = self.http.get(f"/v1/editor{path}", params=params)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def post(self, path: str, body: dict[str, Any], status: int = 200) -> dict[str, Any]:
        """The same, of what changes something."""
        answer = self.http.post(f"/v1/editor{path}", json=body)
        assert answer.status_code == status, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def save(self, article_id: str, text: str, version: int = 0, locale: str = "en", **more: Any) -> httpx.Response:
        """Save a draft, whatever the server says to it."""
        body = {"text": text, "version": version, **more}
        return self.http.put(f"/v1/editor/drafts/{article_id}/{locale}", json=body)

    def saved(self, article_id: str, text: str, version: int = 0, locale: str = "en", **more: Any) -> dict[str, Any]:
        """Save a draft that must be accepted."""
        answer = self.save(article_id, text, version, locale, **more)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def ask(self, *drafts: dict[str, Any], removals: tuple[str, ...] = (), **more: Any) -> httpx.Response:
        """Ask for drafts to be published and articles in English to be removed."""
        chosen = [{name: draft[name] for name in ("article_id", "locale", "version")} for draft in drafts]
        gone = [{"article_id": article_id, "locale": "en"} for article_id in removals]
        return self.http.post("/v1/editor/publish", json={"drafts": chosen, "removals": gone, **more})

    def publish(self, *drafts: dict[str, Any], removals: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
        """Publish, to the end of the job, which must be done; over the gate's objections, where it has any."""
        answer = self.ask(*drafts, removals=removals, **more)
        assert answer.status_code == 202, answer.text
        job = self.ended(answer.json()["id"])
        if job["state"] == "blocked":
            lead = Console(self._lead)
            answer = lead.ask(*drafts, removals=removals, **more, override={"reason": "the test wants it"})
            assert answer.status_code == 202, answer.text
            job = self.ended(answer.json()["id"])
        assert job["state"] == "done", job
        return job

    def ended(self, job_id: int, seconds: float = 60.0) -> dict[str, Any]:
        """A job, once it is over."""

        def look() -> dict[str, Any] | None:
            job = self.get(f"/jobs/{job_id}")
            return job if job["state"] in OVER else None

        return until(look, seconds, f"job {job_id} is over")

    def roll_back(self, publication: int) -> dict[str, Any]:
        """Go back to a publication, to the end of the job, which must be done."""
        job = self.post(f"/publications/{publication}/rollback", {"reason": "it was better"}, 202)
        ended = self.ended(job["id"])
        assert ended["state"] == "done", ended
        return ended

    def rows(self, **params: Any) -> dict[str, dict[str, Any]]:
        """The article list by ``id/locale``."""
        return {f"{row['article_id']}/{row['locale']}": row for row in self.get("/articles", **params)["items"]}


def shown(http: httpx.Client, article_id: str, **params: Any) -> str | None:
    """What a buyer reads; None when there is no such article."""
    answer = http.get(f"/v1/articles/{article_id}", params={"audience": "buyer", "locale": "en", **params})
    return answer.json()["markdown"] if answer.status_code == 200 else None
