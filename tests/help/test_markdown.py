"""Articles as HTML: what Markdown makes, and never what an author or a visitor could smuggle in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.markdown import to_html


def test_markdown_becomes_html() -> None:
    """Headings, steps, tables and bold are rendered."""
    html = to_html("## Steps\n\n1. **One**\n2. Two\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    for part in ("<h2>Steps</h2>", "<ol>", "<strong>One</strong>", "<td>2</td>"):
        assert part in html


def test_links_to_articles_keep_language_and_audience() -> None:
    """``article:`` leads to the page of the article, in the reader's language."""
    html = to_html("See [fees](article:seller-fees).", "?lang=es&audience=seller")
    assert 'href="/articles/seller-fees?lang=es&amp;audience=seller"' in html


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "![x](javascript:alert(1))",
        "<javascript:alert(1)>",
        '[x](https://a.example/"onmouseover="alert(1))',
    ],
)
def test_nothing_runs(markdown: str) -> None:
    """HTML is shown as text, and no address can run anything."""
    html = to_html(markdown).lower()
    for part in (
        "<script",
        "<img src=x",
        'href="javascript',
        'href="data',
        'href="vbscript',
        'src="javascript',
        '"onmouseover',
    ):
        assert part not in html


@given(
    st.text()
    | st.lists(st.sampled_from(["<", ">", '"', "[x](", ")", "article:", "a", "`", "\n", "|", "javascript:"])).map(
        "".join
    )
)
def test_any_text(markdown: str) -> None:
    """Whatever an article holds becomes a page, without a tag that Markdown does not make."""
    html = to_html(markdown)
    assert "<script" not in html
    assert 'href="javascript:' not in html
