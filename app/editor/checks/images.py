"""Images: a picture without a text for those who cannot see it."""

from collections.abc import Iterator

from app.editor.checks.draft import Draft
from app.editor.checks.finding import Finding
from app.editor.checks.markup import targets


def images(draft: Draft) -> Iterator[Finding]:
    """WCAG 2.2, 1.1.1: every picture has a text that says the same."""
    for target in targets(draft.article.body):
        if target.kind != "image":
            continue
        name = target.address.rsplit("/", 1)[-1]
        if target.words and target.words.lower() not in (
            name.lower(),
            "image",
            "img",
            "screenshot",
            "picture",
            "photo",
        ):
            continue
        yield Finding(
            check="image",
            severity="warning",
            message="A picture has no text that says what it shows."
            if not target.words
            else "The picture's text says nothing.",
            cure="Describe it between the square brackets: `![what it shows](address)`.",
            line=draft.body_line + target.line,
            quote=name or None,
        )
