"""The routes of gaps."""

from tests.support.desk import Agent
from tests.support.server import Server
from tests.support.visitors import Visitor

URL = "/v1/editor/gaps"


def test_from_the_chat_to_the_list(shared_server: Server, tokens: dict[str, str], ana: Agent) -> None:
    """What a visitor asked in vain and an agent answered stands in the editor's list; agents have no business there."""
    with Visitor(shared_server.url) as visitor, Agent(shared_server.url, tokens["edith"]) as edith:
        assert edith.http.get(URL).json() == {"items": []}
        talk = visitor.begin()
        talk.outcome("can you engrave my initials on a didgeridoo from maria@shop.example")
        talk.ask_for_person("a person please")
        fence = ana.claim(talk.id)
        ana.reply(talk.id, "Sellers engrave instruments if their listing says so; ask them first.", fence)
        [gap] = edith.http.get(URL, params={"days": 7}).json()["items"]
        assert gap["visitors"] == gap["handoffs"] == 1
        assert gap["questions"] == ["can you engrave my initials on a didgeridoo from [e-mail]"]
        assert gap["answers"] == ["Sellers engrave instruments if their listing says so; ask them first."]
        assert edith.http.get(URL, params={"days": 0}).status_code == 422
        assert edith.http.post(f"{URL}/{gap['id'] + 1}/draft").status_code == 404
    assert ana.http.get(URL).status_code == 403
    assert ana.http.post(f"{URL}/1/draft").status_code == 403
