"""No text becomes markup in the desk: not a visitor's, not a colleague's, not an article's, whatever it holds."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import OpenScreen
from tests.e2e.desk_page import DeskPage
from tests.support.articles import publish, write_article
from tests.support.desk import Agent
from tests.support.server import Server
from tests.support.visitors import Visitor

pytestmark = pytest.mark.browser
RUN = "window.ran=1"
SHELLS = [
    "<script>{}</script>",
    "<ScRiPt >{}</sCrIpT>",
    "</textarea><script>{}</script>",
    "</title></style><script>{}</script>",
    "<img src=x onerror={}>",
    "<img src='/x' onerror='{}'>",
    "<img/src=x/onerror={}>",
    "<svg onload={}>",
    "<svg><script>{}</script></svg>",
    "<svg><animate onbegin={} attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src=x onerror={}>",
    "<body onload={}>",
    "<iframe src=javascript:{}>",
    "<iframe srcdoc='<script>parent.{}</script>'>",
    "<object data=javascript:{}>",
    "<embed src=javascript:{}>",
    "<video><source onerror={}>",
    "<audio src=x onerror={}>",
    "<details open ontoggle={}>",
    "<input autofocus onfocus={}>",
    "<select autofocus onfocus={}>",
    "<marquee onstart={}>",
    "<style>@import '//evil.test/{}';</style>",
    "<link rel=stylesheet href='//evil.test/?{}'>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<base href='//evil.test/?{}'>",
    "<form action=javascript:{}><button autofocus>x</button></form>",
    "<a href='javascript:{}'>x</a>",
    "<template><script>{}</script></template>",
    "<noscript><p title='</noscript><img src=x onerror={}>'>",
    "[x](javascript:{})",
    "[x](JaVaScRiPt:{})",
    "[x]( javascript:{})",
    "[x](data:text/html,<script>{}</script>)",
    "[x](//evil.test/?{})",
    "[x](/\\evil.test/?{})",
    "![x](//evil.test/x.png?{})",
    "![x](x'onerror='{})",
    '[x](https://a.test/"onmouseover="{})',
    "**<img src=x onerror={}>**",
    "`<script>{}</script>`",
    "| <img src=x onerror={}> | b |\n|---|---|\n| <svg onload={}> | d |",
    "# <img src=x onerror={}>",
    "- <img src=x onerror={}>",
    "[1](javascript:{}) [1]",
    "{{{{constructor.constructor('{}')()}}}}",
    "${{{}}}",
    "\u202e<script>{}</script>",
    "&lt;script&gt;{}&lt;/script&gt;",
    "<<script>script>{}</script>",
]
WRAPPERS = ["{}", "before {} after", "{}\n{}", "> {}"]
PAYLOADS = [wrapper.replace("{}", shell.replace("{}", RUN)) for shell in SHELLS for wrapper in WRAPPERS]
MARKUP = (
    "script, img, iframe, object, embed, style, link, base, form form, video, audio, [onerror], [onload], [onfocus]"
)


def harmless(desk: DeskPage, place: Locator) -> None:
    """Nothing ran, and a place that shows foreign text holds none of its markup."""
    assert desk.page.evaluate("() => window.ran === undefined")
    expect(place.locator(MARKUP)).to_have_count(0)
    links = place.locator("a[href]").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert all(href.startswith(("/", "#", "https://", "mailto:")) and href[:2] != "//" for href in links), links


def test_what_people_write(open_screen: OpenScreen, shared_server: Server, tokens: dict[str, str]) -> None:
    """200 payloads as a visitor's messages, a reply, a note, a search, a page's context and a colleague's name."""
    assert len(PAYLOADS) == 200
    with (
        Visitor(shared_server.url) as visitor,
        Agent(shared_server.url, tokens["lea"]) as lea,
        Agent(shared_server.url, tokens["root"]) as root,
    ):
        found = root.http.get("/v1/staff").json()["staff"]
        mine = next(one["id"] for one in found if one["email"] == "lea@baton.test")
        named = root.http.patch(f"/v1/staff/{mine}", json={"name": PAYLOADS[16]})
        assert named.status_code == 200, named.text
        talk = visitor.begin(context={"order_id": "<img src=x onerror=ran=1>", "page": "javascript:window.ran=1"})
        talk.ask_for_person(f"brass kettle {PAYLOADS[16]}")
        fence = lea.claim(talk.id)
        for payload in PAYLOADS:
            talk.post(payload)
        lea.reply(talk.id, "\n\n".join(PAYLOADS[::10]), fence)
        assert lea.do(talk.id, "note", text="\n\n".join(PAYLOADS[1::10])).status_code == 202
        assert lea.do(talk.id, "looking", writing=True).status_code == 200

        screen = open_screen(shared_server.url)
        desk = DeskPage(screen)
        desk.sign_in(tokens, "ana")
        screen.go("/desk/inbox/all?q=brass")
        expect(desk.items.first).to_be_visible()
        harmless(desk, desk.queue)
        desk.items.first.click()
        expect(desk.said("visitor")).to_have_count(len(PAYLOADS) + 1)
        expect(desk.said("note")).to_have_count(1)
        harmless(desk, desk.case)
        assert desk.said("visitor").last.locator("p").last.inner_text() == PAYLOADS[-1]
        desk.page.keyboard.press("v")
        expect(desk.panel).to_contain_text("<img src=x onerror=ran=1>")
        harmless(desk, desk.case)
        screen.go(f"/desk/inbox/all/{talk.id}?q=%3Cscript%3Ewindow.ran%3D1%3C%2Fscript%3E")
        expect(desk.said("note")).to_have_count(1)
        harmless(desk, desk.queue)
        root.http.patch(f"/v1/staff/{mine}", json={"name": "lea"})


def test_what_articles_hold(
    open_screen: OpenScreen, data_dir: Path, small_source: Path, tmp_path: Path, tokens: dict[str, str]
) -> None:
    """Payloads in an article's title, text and procedure: in citations, the drawer, the brief and the steps."""
    folder = Path(shutil.copytree(small_source, tmp_path / "knowledge"))
    title = f"How do I polish a brass kettle? {SHELLS[4].format(RUN)}"
    body = "Rub the brass kettle with lemon and salt.\n\n" + "\n\n".join(
        f"Brass kettle {shell.replace('{}', RUN)}" for shell in SHELLS
    )
    write_article(folder, "polish-kettle", title, body)
    steps = "\n".join(
        f"{number}. Kettle {shell.replace('{}', RUN)}" for number, shell in enumerate(SHELLS[:9], start=1)
    )
    write_article(
        folder,
        "sop-kettle",
        "Brass kettle that will not shine",
        f"## When to use\nA brass kettle does not shine.\n\n## Steps\n{steps}",
        kind="sop",
        audience=["agent"],
    )
    with Server(data_dir) as server:
        publish(server.url, tokens["root"], folder)
        with Visitor(server.url) as visitor:
            talk = visitor.begin()
            talk.outcome("How do I polish a brass kettle?")
            talk.ask_for_person()
            screen = open_screen(server.url)
            desk = DeskPage(screen)
            desk.sign_in(tokens, "ana")
            screen.go(f"/desk/inbox/all/{talk.id}")
            source = desk.said("bot").get_by_role("list").get_by_role("button").first
            expect(source).to_contain_text("polish a brass kettle? <img src=x")
            expect(desk.panel).to_contain_text("What was tried")
            harmless(desk, desk.case)
            source.click()
            expect(desk.dialog).to_contain_text("lemon and salt")
            harmless(desk, desk.dialog)
            screen.close()
