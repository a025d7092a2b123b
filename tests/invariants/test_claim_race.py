"""I4 under a race: eight clients claim one conversation at the same moment, again and again."""

import os
import threading
import time
from collections import Counter
from contextlib import ExitStack

import httpx
import pytest

from tests.support.desk import Agent
from tests.support.office import Office

AGENTS = ("ana", "ben", "cai", "dee", "eve", "fay", "gus", "hal")
ROUNDS = int(os.environ.get("CLAIM_ROUNDS", "100"))
"""A thousand take two minutes on each database on two busy cores: `CLAIM_ROUNDS=1000 pytest tests/invariants/test_claim_race.py`."""


@pytest.mark.slow
def test_claim_race(office: Office) -> None:
    """Each round one wins, with a fence higher than any before, and all others are told who: the one who won."""
    talk = office.waiting()
    answers: dict[str, httpx.Response] = {}
    barrier = threading.Barrier(len(AGENTS) + 1)
    over = threading.Event()

    def race(name: str, agent: Agent) -> None:
        while True:
            barrier.wait(60)
            if over.is_set():
                return
            answers[name] = agent.do(talk.id, "claim")
            barrier.wait(60)

    with ExitStack() as stack:
        agents = {name: stack.enter_context(Agent(office.url, office.tokens[name])) for name in AGENTS}
        threads = [threading.Thread(target=race, args=item, daemon=True) for item in agents.items()]
        for thread in threads:
            thread.start()
        winners: Counter[str] = Counter()
        fence = 0
        begun = time.monotonic()
        try:
            for _ in range(ROUNDS):
                barrier.wait(60)
                barrier.wait(60)
                won = [name for name, answer in answers.items() if answer.status_code == 200]
                assert len(won) == 1, {name: answer.text for name, answer in answers.items()}
                for name, answer in answers.items():
                    if name != won[0]:
                        assert answer.status_code == 409, answer.text
                        assert answer.json()["claimed_by"]["name"] == won[0]
                        assert won[0] in answer.json()["detail"]
                mine = answers[won[0]].json()
                assert mine["agent"]["name"] == won[0]
                assert mine["fence"] > fence
                fence = mine["fence"]
                winners[won[0]] += 1
                released = agents[won[0]].do(talk.id, "release", fence=fence)
                assert released.status_code == 202, released.text
        finally:
            over.set()
            barrier.wait(60)
        for thread in threads:
            thread.join(10)
    took = time.monotonic() - begun
    print(f"{office.kind}: {ROUNDS} rounds in {took:.1f} s, winners {dict(winners.most_common())}")
    claimed = [event for event in talk.events() if event.type == "handoff.claimed"]
    assert len(claimed) == ROUNDS
    audit = office.agent("lea").http.get(f"/v1/conversations/{talk.id}/audit", params={"limit": 500}).json()["entries"]
    assert sum(one["action"] == "conversation.claimed" for one in audit) >= min(ROUNDS, 200)
