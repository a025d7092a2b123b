"""DeskPage: the desk as an agent sees it."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.screen import Screen
from tests.support.visitors import open_client

PASSWORD = "correct horse battery staple"


def make_link(url: str, tokens: dict[str, str], name: str) -> str:
    """A one-time link by which ``name`` sets a password, as an admin makes it."""
    with open_client(url, tokens["root"]) as admin:
        staff = admin.get("/v1/staff").json()["staff"]
        who = next(one["id"] for one in staff if one["email"] == f"{name}@baton.test")
        made = admin.post(f"/v1/staff/{who}/link")
    assert made.status_code in (200, 201), made.text
    return str(made.json()["url"])


def give_password(url: str, tokens: dict[str, str], name: str) -> str:
    """Set ``PASSWORD`` for ``name``; the address to sign in with."""
    token = make_link(url, tokens, name).partition("#")[2]
    with open_client(url) as http:
        done = http.post("/v1/session/password", json={"token": token, "password": PASSWORD})
    assert done.status_code == 200, done.text
    return f"{name}@baton.test"


class DeskPage:
    """The pages below ``/desk`` on one screen."""

    def __init__(self, screen: Screen) -> None:
        page = screen.page
        self.screen, self.page = screen, page
        self.queue = page.get_by_role("region", name="Conversations")
        self.items = self.queue.get_by_role("listitem").get_by_role("link")
        self.search = self.queue.get_by_role("searchbox", name="Search transcripts")
        self.case = page.get_by_role("article", name="Conversation")
        self.state = self.case.locator("header [data-state]")
        self.panel = page.get_by_role("complementary", name="Brief and visitor")
        self.transcript = page.get_by_role("log", name="Transcript")
        self.reply = page.get_by_role("textbox", name="Reply")
        self.note = page.get_by_role("textbox", name="Internal note")
        self.dialog = page.get_by_role("dialog")

    def sign_in(self, tokens: dict[str, str], name: str) -> None:
        """Give address and password, and wait for the live inbox."""
        email = give_password(self.screen.url, tokens, name)
        self.screen.go("/desk")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_text("Live", exact=True)).to_be_visible()

    def lacks(self, room: str) -> None:
        """See that whoever is signed in has no such room, and that its address leads to the inbox."""
        expect(self.page.get_by_role("link", name="Inbox")).to_be_visible()
        expect(self.page.get_by_role("link", name=room)).to_have_count(0)
        self.screen.go(f"/desk/{room.lower()}")
        expect(self.queue).to_be_visible()
        assert self.page.url.endswith("/desk/inbox/queues")

    def view(self, name: str) -> None:
        """Show another view."""
        self.queue.get_by_role("navigation").get_by_role("button", name=re.compile(rf"^{name}\b")).click()

    def open(self, question: str) -> None:
        """Choose a conversation by what it is about."""
        self.items.filter(has_text=question).first.click()
        expect(self.case.get_by_role("heading", level=2)).to_contain_text(question)

    def said(self, by: str) -> Locator:
        """Messages by ``visitor``, ``bot``, ``person``, or every ``note``."""
        return self.transcript.locator(f"[data-by={by}]")

    def button(self, name: str) -> Locator:
        """A button by its name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def claim(self) -> None:
        """Take the open conversation."""
        self.case.locator("header").get_by_role("button", name="Claim").click()
        expect(self.state).to_have_text("Yours")
        expect(self.reply).to_be_enabled()

    def send(self, text: str) -> None:
        """Reply to the visitor."""
        self.reply.fill(text)
        self.case.locator("form").get_by_role("button", name="Send").click()
        expect(self.reply).to_have_value("")

    def write_note(self, text: str) -> None:
        """Write for colleagues only, and go back to the reply."""
        self.mode("Note")
        self.note.fill(text)
        self.button("Add note").click()
        expect(self.note).to_have_value("")
        self.mode("Reply")

    def mode(self, name: str) -> None:
        """Write a ``Reply`` or a ``Note``."""
        self.case.get_by_role("radiogroup", name="Write").get_by_text(name, exact=True).click()

    def resolve(self, bot_right: str, needed_person: str) -> None:
        """Close the open conversation with both labels."""
        self.button("Resolve").click()
        self.dialog.get_by_role("group", name="Was the assistant right?").get_by_role(
            "radio", name=bot_right, exact=True
        ).check()
        self.dialog.get_by_role("group", name="Did this need a person?").get_by_role(
            "radio", name=needed_person, exact=True
        ).check()
        self.dialog.get_by_role("button", name="Resolve").click()
        expect(self.state).to_have_text("Resolved")
        expect(self.dialog).to_have_count(0)
