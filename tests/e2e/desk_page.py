"""DeskPage: the desk as an agent sees it."""

from playwright.sync_api import Locator, Page, expect


class DeskPage:
    """The page at ``/desk``."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.queue = page.get_by_role("region", name="Conversations")
        self.items = self.queue.locator("button.item")
        self.case = page.locator(".case")
        self.brief = page.get_by_role("complementary", name="Brief")
        self.transcript = page.get_by_role("log", name="Transcript")
        self.reply = page.get_by_role("textbox", name="Reply")
        self.note = page.get_by_role("textbox", name="Internal note")
        self.dialog = page.get_by_role("dialog")

    def sign_in(self, token: str) -> None:
        """Give the token and wait for the live queue."""
        self.page.get_by_label("Your staff token").fill(token)
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_text("Live", exact=True)).to_be_visible()

    def open(self, question: str) -> None:
        """Choose a conversation by what it is about."""
        self.items.filter(has_text=question).click()
        expect(self.case).to_contain_text(question)

    def button(self, name: str) -> Locator:
        """A button by its name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def claim(self) -> None:
        """Take the open conversation."""
        self.case.get_by_role("button", name="Claim").click()
        expect(self.case.locator(".state")).to_have_text("Yours")

    def send(self, text: str) -> None:
        """Reply to the visitor."""
        self.reply.fill(text)
        self.button("Send reply").click()
        expect(self.reply).to_have_value("")

    def add_note(self, text: str) -> None:
        """Write for colleagues only."""
        self.button("Internal note").click()
        self.note.fill(text)
        self.button("Add note").click()
        expect(self.note).to_have_value("")
        self.button("Reply").click()
