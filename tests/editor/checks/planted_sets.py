"""The planted texts: drafts that contradict or repeat live articles, with the articles that they are about."""

from dataclasses import dataclass
from pathlib import Path

from ingest.article import Article

FOLDER = Path(__file__).with_name("planted")


@dataclass(frozen=True)
class Planted:
    """``where`` is a company or a locale, where the file has one."""

    where: str
    about: frozenset[str]
    article: Article


def planted(name: str, own: dict[str, Article], where: bool = False) -> list[Planted]:
    """The drafts of a file. A copy takes its text from ``own``, without the last part."""
    found: list[Planted] = []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split(" | ")
        place = fields.pop(0) if where else ""
        _, about, audience, title, *body = fields
        article = Article.model_validate(
            {
                "id": f"planted-{len(found)}",
                "title": title,
                "kind": "faq",
                "audience": audience.split(),
                "locale": place if place in ("es", "pt-BR") else "en",
                "body": body[0] if body else _shortened(own[about]),
            }
        )
        found.append(Planted(place, frozenset(about.split(",")), article))
    return found


def _shortened(article: Article) -> str:
    head, _, _ = article.body.rstrip().rpartition("\n\n")
    return head or article.body
