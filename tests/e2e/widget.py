"""Widget: the chat as a visitor sees it."""

from playwright.sync_api import Locator, Page, expect


class Widget:
    """The widget on a page of the help centre."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.launcher = page.locator("baton-widget .launcher")
        self.panel = page.locator("baton-widget .panel")
        self.composer = self.panel.locator(".composer textarea")
        self.mine = self.panel.locator(".message.visitor .bubble")
        self.writing = self.panel.locator(".message.bot.writing .md")
        self.answers = self.panel.locator(".message.bot:not(.writing)")
        self.people = self.panel.locator(".message.person .bubble")
        self.log = self.panel.get_by_role("log")
        self.card = self.panel.locator(".card")
        self.strip = self.panel.locator(".strip")

    def open(self) -> None:
        """Click the launcher."""
        self.launcher.click()
        expect(self.panel).to_be_visible()

    def say(self, text: str) -> None:
        """Write a message and send it with Enter."""
        self.composer.fill(text)
        self.composer.press("Enter")
        expect(self.composer).to_have_value("")

    def ask(self, question: str) -> Locator:
        """Say something and wait for the assistant's message."""
        before = self.answers.count()
        self.say(question)
        expect(self.answers).to_have_count(before + 1)
        return self.answers.nth(before)

    def button(self, name: str) -> Locator:
        """A button of the panel by its name."""
        return self.panel.get_by_role("button", name=name, exact=True)

    def conversation(self) -> str:
        """The id of the conversation that is shown."""
        return str(self.page.evaluate("localStorage.getItem('baton.buyer.conversation')"))

    def sources(self) -> Locator:
        """The citations of the newest answer."""
        return self.answers.last.locator("button.source")
