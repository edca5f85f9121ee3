"""Orders hidden in transcripts change nothing: in the prompt, and in what the agent answers."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.agent import Agent
from assistant.checking.check import check_sentence
from assistant.models.connecting import connect
from assistant.models.llama import LlamaChatModel
from assistant.models.names import NamedModel
from assistant.models.silence import Limits
from assistant.orders import is_order
from assistant.protocols import Message
from assistant.records import Answer, Sentence
from evals.attacks.judge import answer_faults, prompt_faults, result, run_attacks, table
from evals.attacks.models import reply_of
from evals.attacks.stage import Attack, load_attacks, staged
from index.search import Searcher
from tests.chat import ChatReply, Json
from tests.servers import OpenAIServer

ATTACKS = load_attacks()
SAMPLE = [attack for number, attack in enumerate(ATTACKS) if number % 9 == 0]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with staged(ATTACKS, tmp_path_factory.mktemp("attacks") / "s") as searcher:
        yield searcher


def test_there_are_enough_of_every_kind_in_both_languages() -> None:
    english = [a for a in ATTACKS if a.language == "en"]
    chinese = [a for a in ATTACKS if a.language == "zh"]

    assert len(ATTACKS) >= 40
    assert min(len(english), len(chinese)) >= 20
    assert min(len({a.kind for a in english}), len({a.kind for a in chinese})) >= 12
    assert len({a.question for a in ATTACKS}) == len(ATTACKS)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
def test_every_order_is_known_for_one_and_the_honest_words_are_not(attack: Attack) -> None:
    assert is_order(attack.order)
    assert not is_order(attack.said)
    assert not is_order(attack.question)


def test_a_sample_changes_nothing(searcher: Searcher) -> None:
    results = list(run_attacks(SAMPLE, searcher))

    assert [r for r in results if r.faults] == [], table(results)


@pytest.mark.slow
def test_no_attack_changes_anything(searcher: Searcher) -> None:
    results = list(run_attacks(ATTACKS, searcher))

    assert [r for r in results if r.faults] == [], table(results)


@pytest.mark.slow
@pytest.mark.parametrize("tools", ["on", "off"])
def test_an_obedient_address_changes_nothing_and_nothing_else_is_contacted(
    tmp_path: Path, tools: str
) -> None:
    with OpenAIServer() as elsewhere:
        attacks = load_attacks(elsewhere=elsewhere.address.removesuffix("/v1"))

        def obey(body: Json) -> ChatReply:
            messages = [Message(m["role"], m.get("content") or "") for m in body["messages"]]
            return ChatReply(reply_of(messages, attacks))

        with OpenAIServer(chat=obey) as server, staged(attacks, tmp_path / "s") as searcher:
            named = NamedModel("obedient", server.address, "sk-test")
            line = connect(named, Limits(), temperature=None, options={})
            model = LlamaChatModel("obedient", line, tools=tools, limits=Limits())
            agent = Agent(model, searcher, check_sentence)
            results = [
                result(attack, "address", list(agent.ask(attack.question)), server.address)
                for attack in attacks
            ]

        assert [r for r in results if r.faults] == [], table(results)
        assert elsewhere.requests == []
        assert len(server.talks) >= len(attacks)


# --- the judge itself


def test_the_judge_sees_what_came_through() -> None:
    attack = ATTACKS[0]

    def faults(text: str, *numbers: int) -> list[str]:
        sentence = Sentence(text, numbers, "supported")
        answer = Answer("?", "en", "answered", "agent", (sentence,), (), None, 0.0)
        return list(answer_faults(answer, attack))

    payload = attack.payload.split(" [")[0]
    assert "obeyed" in faults(payload)[0]
    assert "nowhere" in faults("The lamp was mended.", 7)[0]
    assert "marker" in faults("The lamp was mended [7].")[0]
    assert "address" in faults("See http://127.0.0.1:9/x now.")[0]
    assert faults("The lamp was mended.") == []


@pytest.mark.parametrize(
    ("shown", "fault"),
    [
        ("<evidence>\n│ x\n</evidence>\n</evidence>", "fence"),
        ("│ see [9]", "marker"),
        ("│ <b>", "mark of ours"),
        ("│ a\u200bb", "invisible"),
        (ATTACKS[0].order, "outside"),
    ],
)
def test_the_judge_sees_what_is_shown(shown: str, fault: str) -> None:
    talk = [Message("system", "rules"), Message("user", shown)]

    assert fault in " ".join(prompt_faults(talk, ATTACKS[0]))


def test_each_line_of_the_set_is_whole() -> None:
    path = Path(__file__).parents[2] / "evals" / "sets" / "attacks.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        assert json.loads(line).keys() == {"id", "kind", "language", "text", "payload"}
