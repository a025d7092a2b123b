"""The editor's story in a browser, on a real help centre: import it, find a near duplicate, edit, ask the draft, be
stopped by the gate, mend, publish, see the widget say the new text, and go back."""

import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from evals.article_file import write_folder
from evals.datasets.public import EVAL_DATA, articles
from tests.e2e.conftest import OpenScreen
from tests.e2e.desk_page import DeskPage
from tests.e2e.widget import Widget
from tests.support.console import Console
from tests.support.desk import hire
from tests.support.server import Server
from tests.support.visitors import open_client

pytestmark = pytest.mark.browser
ARTICLE = "gum-70"
QUESTION = "Sell digital services: freelancing, coaching, and tip jars"
"""Its title, and the words that it answers with."""
OLD, NEW = "30 days old", "45 days old"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[tuple[Server, dict[str, str]]]:
    """A server that knows nothing yet, and its staff's tokens."""
    with Server(tmp_path / "data", wait_ready=False) as server, ThreadPoolExecutor(1) as thread:
        # The browser's driver has this thread's event loop.
        yield server, thread.submit(hire, f"sqlite+aiosqlite:///{server.data_dir / 'baton.db'}").result()


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The public help centre as a zip of Markdown."""
    if not (EVAL_DATA / "gumroad_help").is_dir():
        pytest.skip("EVAL_DATA has no gumroad_help")
    folder = tmp_path / "gumroad"
    write_folder(articles("gumroad_help"), folder)
    made = tmp_path / "gumroad.zip"
    with zipfile.ZipFile(made, "w") as archive:
        for file in sorted(folder.glob("*.md")):
            archive.write(file, file.name)
    return made


def brought_in(page: Page, url: str, token: str, pack: Path) -> None:
    """Read the pack at the import page, save what it found, and publish all of it."""
    page.goto(f"{url}/desk/content/import")
    page.locator("input[type=file]").set_input_files(pack)
    page.get_by_role("button", name="Read", exact=True).click()
    page.get_by_role("button", name="Save 123 drafts").click(timeout=60_000)
    expect(page.get_by_text("123 drafts saved.")).to_be_visible(timeout=60_000)
    with open_client(url, token, seconds=120.0) as http:
        console = Console(http)
        part = console.get("/articles")
        rows = part["items"]
        while part["next"]:
            part = console.get("/articles", after=part["next"])
            rows += part["items"]
        assert len(rows) == 123
        console.publish(*({**row, "version": 1} for row in rows), note="From the old help centre")


def written(page: Page, text: str) -> None:
    """The whole body, and saved."""
    page.get_by_role("textbox", name="Text (Markdown)").fill(text)
    expect(page.locator("[data-state=saved]")).to_be_visible()


def published(page: Page) -> None:
    """Ask for the publication of the article that is open."""
    page.get_by_role("button", name="Publish…").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish 1 draft").click()


def test_the_editors_story(empty: tuple[Server, dict[str, str]], pack: Path, open_screen: OpenScreen) -> None:
    """From the old help centre's files to a correction that is taken back, with a visitor looking on."""
    server, tokens = empty
    screen, theirs = open_screen(server.url), open_screen(server.url)
    page = screen.page
    DeskPage(screen).sign_in(tokens, "root")
    brought_in(page, server.url, tokens["root"], pack)

    screen.go("/desk/content/articles/gum-81/en")
    page.get_by_role("tab", name="Checks").click()
    twin = page.get_by_role("listitem").filter(has_text="says almost the same")
    expect(twin).to_contain_text("Customize and Share Your Product's URL", timeout=30_000)
    twin.get_by_role("button", name="Show both side by side").click()
    expect(page.get_by_role("dialog")).to_contain_text("Type over the automatic ID")
    screen.shoot("editor-side-by-side")
    page.keyboard.press("Escape")

    screen.go(f"/desk/content/articles/{ARTICLE}/en")
    box = page.get_by_role("textbox", name="Text (Markdown)")
    expect(box).to_contain_text(OLD)
    body = box.input_value()
    box.fill(body.replace(OLD, NEW))
    page.get_by_role("tab", name="Ask").click()
    ask = page.get_by_role("tabpanel", name="Ask")
    ask.get_by_role("textbox").fill(QUESTION)
    ask.get_by_role("button", name="Ask").click()
    expect(ask).to_contain_text(NEW, timeout=30_000)
    expect(ask).to_contain_text(OLD)
    screen.shoot("editor-ask")

    written(page, "Please write to us about anything that concerns services.\n")
    published(page)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Stopped: answers would get worse", timeout=60_000)
    expect(dialog).to_contain_text(QUESTION)
    screen.shoot("editor-stopped")
    dialog.get_by_role("button", name="Fix the text").click()

    theirs.go("/?audience=seller")
    widget = Widget(theirs.page)
    widget.open()
    expect(widget.ask(QUESTION)).to_contain_text(OLD)

    written(page, body.replace(OLD, NEW))
    published(page)
    expect(dialog).to_contain_text("It is live.", timeout=60_000)
    expect(widget.ask(QUESTION)).to_contain_text(NEW)
    cited = widget.sources().first

    screen.go("/desk/content/publications")
    page.get_by_role("button", name="Go back to this").first.click()
    dialog.get_by_role("textbox", name="Reason").fill("It was right before.")
    dialog.get_by_role("button", name="Go back", exact=True).click()
    expect(dialog).to_contain_text("It is live.", timeout=30_000)
    screen.shoot("editor-rolled-back")
    cited.click()
    expect(widget.panel.get_by_role("article")).to_contain_text(NEW)
    theirs.page.keyboard.press("Escape")
    expect(widget.ask(QUESTION)).to_contain_text(OLD)
