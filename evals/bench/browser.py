"""Browser: from the click on Send to the first sentence that a visitor can read, with everything in between."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from evals.bench.articles import Asked
from evals.bench.processes import Server

CHROMIUM = Path("/usr/bin/chromium")
HAS_CHROMIUM = CHROMIUM.exists()
LATER = 2
"""Questions that each visitor asks after the first."""
PATIENCE_MS = 15_000
# The widget's shadow root is closed to pages, and so to us.
_OPEN = """
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options) { return attach.call(this, { ...options, mode: "open" }); };
"""
# Milliseconds from the click to the first frame that shows words of the assistant's; then whether it was an answer.
_ASK = """async (question) => {
  const root = document.querySelector("baton-widget").shadowRoot;
  const box = root.querySelector(".composer textarea");
  const bots = () => [...root.querySelectorAll(".message.bot .md")];
  const quiet = () => root.querySelector(".writing") === null;
  const once = (what) => new Promise((done) => {
    const look = () => {
      if (!what()) return;
      watch.disconnect();
      requestAnimationFrame(done);
    };
    const watch = new MutationObserver(look);
    watch.observe(root, { subtree: true, childList: true, characterData: true });
    look();
  });
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, question);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  // Nobody types and clicks in the same instant.
  await new Promise((done) => setTimeout(done, 100));
  const before = bots().length;
  const begun = performance.now();
  root.querySelector(".send").click();
  await once(() => bots().length > before && bots().at(-1).textContent.trim() !== "");
  const took = performance.now() - begun;
  await once(quiet);
  return [took, root.querySelectorAll(".message.bot")[before].querySelector(".sources") !== null];
}"""


@dataclass
class Read:
    """Seconds until the first sentence: of a visitor's first question, which begins everything, and of later ones."""

    first: list[float] = field(default_factory=list)
    later: list[float] = field(default_factory=list)
    asked: int = 0


async def first_sentences(server: Server, questions: Iterator[Asked], samples: int) -> Read | None:
    """``samples`` answers to new visitors and LATER times as many to known ones; None where there is no Chromium."""
    if not HAS_CHROMIUM:
        return None
    from playwright.async_api import async_playwright  # noqa: PLC0415  only this row needs a browser

    read = Read()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        while len(read.first) < samples and read.asked < 10 * samples:
            context = await browser.new_context()
            context.set_default_timeout(PATIENCE_MS)
            await context.add_init_script(_OPEN)
            page = await context.new_page()
            await page.goto(f"{server.url}/")
            await page.locator("baton-widget .launcher").click()
            await page.locator("baton-widget .composer").wait_for()
            for number in range(1 + LATER):
                milliseconds, answered = await page.evaluate(_ASK, next(questions).text)
                read.asked += 1
                if not answered:
                    break
                (read.later if number else read.first).append(milliseconds / 1_000)
            await context.close()
        await browser.close()
    return read
