"""What comes in as Markdown, HTML, Word, PDF or a table comes out as the article that an editor would have written."""

from pathlib import Path

from app.editor.imports.compose import Options
from tests.editor.imports.files import article, docx, page, pdf, zipped
from tests.editor.imports.reading import article_of, by_name, found_in

RULES = "Returns are free within 30 days. You find the label in your orders."


async def test_an_article_of_ours_stays_as_it_is(tmp_path: Path) -> None:
    text = article("returns", "How do I return something?", RULES, "topic: returns\nquestions:\n  - send it back\n")
    found = await by_name(zipped({"kb/faq/returns.md": text}, tmp_path / "kb.zip"))
    assert found["faq/returns.md"].text == text


async def test_plain_markdown_gets_what_it_lacks(tmp_path: Path) -> None:
    text = f"---\ntitle: Sending things back\ntags: [a, b]\nlayout: page\n---\n# Sending things back\n\n{RULES}\n\n# More\n\nYes."
    path = tmp_path / "12_Send Back.md"
    path.write_text(text)
    (found,) = await found_in(path, options=Options(("seller",), "", "returns"))
    got = article_of(found)
    assert (got.id, got.title, got.audience, got.topic, got.locale) == (
        "12-send-back", "Sending things back", ("seller",), "returns", "en",
    )  # fmt: skip
    assert got.body == f"{RULES}\n\n## More\n\nYes."
    assert "layout, tags" in found.reason


async def test_a_page_loses_what_is_around_its_text(tmp_path: Path) -> None:
    body = (
        f"<p>{RULES}</p><h2>Steps</h2><ol><li>Open <b>orders</b></li><li>Print</li></ol><img src='x.png' alt='The orders page'>"
        "<table><tr><td>Country</td><td>Days</td></tr><tr><td>Spain</td><td>3</td></tr></table><script>evil()</script>"
        "<details><summary>And gifts?</summary><p>Gifts, too.</p></details><div hidden>Not to be seen</div>"
        "<p>See <a href='../money/refunds.html#when'>refunds</a>, <a href='gone.html'>gone</a>, "
        "<a href='https://example.com/law'>the law</a> and <a href='javascript:alert(1)'>this</a>.</p>"
        "<div class='related-articles'><a href='/x'>Other things</a></div>"
    )
    files: dict[str, bytes | str] = {
        "site/returns/how.html": page("Returns", body),
        "site/money/refunds.html": page("Refunds", "<p>Money comes back.</p>"),
        "site/logo.png": b"\x89PNG",
        "site/a.css": "p {}",
    }
    found = await by_name(zipped(files, tmp_path / "site.zip"))
    got = article_of(found["returns/how.html"])
    assert (got.id, got.title, got.locale) == ("how", "Returns", "en")
    assert got.body == (
        f"{RULES}\n\n## Steps\n\n1. Open **orders**\n2. Print\n\n*The orders page*\n\n"
        "| Country | Days |\n| --- | --- |\n| Spain | 3 |\n\n### And gifts?\n\nGifts, too.\n\n"
        "See [refunds](article:refunds), gone, [the law](https://example.com/law) and this."
    )
    assert {name for name, one in found.items() if one.is_refused} == {"1 .css, 1 .png"}


async def test_signposts_of_a_page_are_no_part_of_an_answer(tmp_path: Path) -> None:
    """Found in the help centre of a real marketplace: tables of contents, lists of related pages, empty lines by ``br``."""
    body = (
        "<p><b>In this article:</b><strong> </strong></p><ul><li><a href='#one'>One</a></li></ul><h3 id='one'>One</h3><p><b><strong>First.</strong></b></p><br><br>"
        "<dl><dt>Fee</dt><dd>What we <a href='b'>keep</a>.</dd></dl><p>See also:</p><ul><li><a href='b'>Two</a></li></ul>"
        "<h4>Two</h4><p>Second.</p><h3>Related Articles</h3><ul><li><a href='b'>Two</a></li><li><a href='c'>Gone</a></li></ul>"
    )
    files = {"a.html": page("A", body), "b.html": page("B", "<p>B.</p>")}
    found = await by_name(zipped(files, tmp_path / "site.zip"))
    assert article_of(found["a.html"]).body == (
        "## One\n\n**First.**\n\n**Fee**\n\nWhat we [keep](article:b).\n\nSee also:\n\n- [Two](article:b)\n\n### Two\n\nSecond."
    )


async def test_pages_of_two_languages_are_one_article_in_two(tmp_path: Path) -> None:
    files = {
        "es/refunds.html": page("Reembolsos", "<p>El dinero vuelve.</p>"),
        "en-us/refunds.html": page("Refunds", "<p>Money comes back.</p>"),
    }
    found = await found_in(zipped(files, tmp_path / "two.zip"))
    assert {(one.article_id, one.locale) for one in found} == {("refunds", "es"), ("refunds", "en")}


async def test_pages_that_end_alike_are_told_apart(tmp_path: Path) -> None:
    files = {f"{folder}/pay.html": page(folder, f"<p>Paying as a {folder}.</p>") for folder in ("buyers", "sellers")}
    found = await found_in(zipped(files, tmp_path / "two.zip"))
    assert {one.article_id for one in found} == {"buyers-pay", "sellers-pay"}


async def test_the_language_is_told_by_the_words(tmp_path: Path) -> None:
    path = tmp_path / "faq.md"
    path.write_text("# ¿Cuánto tarda la devolución?\n\nEl dinero llega a tu tarjeta cuando recibimos el paquete.")
    (found,) = await found_in(path)
    assert found.locale == "es"


async def test_a_word_document_becomes_an_article_for_each_chapter(tmp_path: Path) -> None:
    document = docx(
        [
            ("Title", "Handbook"),
            ("Normal", "What this is about."),
            ("Heading1", "Returns"),
            ("Normal", RULES),
            ("Heading2", "Gifts"),
            ("Normal", "Gifts & vouchers, too."),
            ("Heading1", "Refunds"),
            ("Normal", "Money comes back."),
        ]
    )
    path = tmp_path / "handbook.docx"
    path.write_bytes(document)
    found = await by_name(path)
    assert [one.title for one in found.values()] == ["Handbook", "Returns", "Refunds"]
    got = article_of(found["handbook.docx#returns"])
    assert (got.id, got.body) == ("returns", f"{RULES}\n\n## Gifts\n\nGifts & vouchers, too.")
    (whole,) = await found_in(path, whole=True)
    assert (whole.article_id, whole.title) == ("handbook", "Handbook")
    assert "## Refunds" in whole.text


async def test_a_pdf_is_read_with_its_headings_and_without_its_running_heads(tmp_path: Path) -> None:
    def sheet(number: int, *lines: tuple[float, str]) -> list[tuple[float, str]]:
        return [(9, f"Shop handbook, page {number}"), *lines]

    path = tmp_path / "handbook.pdf"
    path.write_bytes(
        pdf(
            [
                sheet(
                    1,
                    (20, "Returns"),
                    (11, "Returns are free within 30 days. You find the"),
                    (11, "label in your orders."),
                ),
                sheet(2, (20, "Refunds"), (11, "Money comes back to the card that you paid with.")),
                sheet(3, (14, "Vouchers"), (11, "Vouchers come back as vouchers.")),
            ]
        )
    )
    found = await by_name(path)
    assert article_of(found["handbook.pdf#returns"]).body == RULES
    got = article_of(found["handbook.pdf#refunds"])
    assert got.body == (
        "Money comes back to the card that you paid with.\n\n## Vouchers\n\nVouchers come back as vouchers."
    )


async def test_rows_with_one_answer_are_ways_to_ask_for_it(tmp_path: Path) -> None:
    path = tmp_path / "faq.csv"
    path.write_text(
        "Category;Question;Answer\nMy Returns;How do I return it?;Print the label.\n"
        'My Returns;can i send it back;"Print  the label."\n;When is the money back?;"In <b>5</b> days<br>or so; ask us."\n'
    )
    found = await by_name(path)
    got = article_of(found["faq.csv#how-do-i-return-it"])
    assert (got.title, got.questions, got.topic) == ("How do I return it?", ("can i send it back",), "my-returns")
    assert "**5** days" in article_of(found["faq.csv#when-is-the-money-back"]).body


async def test_ids_stay_what_they_were(tmp_path: Path) -> None:
    path = zipped(
        {"a/x.html": page("One", "<p>First.</p>"), "b/x.html": page("Two", "<p>Second.</p>")}, tmp_path / "z.zip"
    )
    found = await by_name(path, known={"a/x.html": "x"}, taken=("b-x",))
    assert found["a/x.html"].article_id == "x"
    assert found["b/x.html"].article_id.startswith("b-x-")
