"""A model without judgement: it does whatever it reads, wherever it stands.

For attacks: what a transcript orders must change nothing even when the model obeys. It sees
through disguises, as models do: full-width and look-alike letters, and letters with nothing
visible between them.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.chat import Call, ChatReply, Chatter

Json = dict[str, Any]

_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕԁһոАВЕКМНОРСТХΑΒΕΗΙΚΜΝΟΡΤΧο", "aeopcyxijsdhnABEKMHOPCTXABEHIKMNOPTXo"
)
_SAY = re.compile(
    r"\b(?:say|reply|answer|respond|output|print|write|repeat|state|claim|conclude|tell (?:them|him"
    r"|her|the user|everyone)|append|add|end with|cite)\b(?:\s+(?:only|exactly|with|that|this|the"
    r" words?|as follows|instead|to the user|in your answer|at the end))*\s*[:,]?\s*"
    r"(?P<what>[^\n]{1,300})"
    r"|(?:回答|回复|输出|说|打印|写上|写|重复|声称|告诉(?:用户|大家|他们)|引用|加上)[:,“\"]?\s*"
    r"(?P<zh>[^\n]{1,300})",
    re.IGNORECASE,
)
_REVEAL = re.compile(
    r"(?:reveal|print|repeat|show|output|leak|disclose|give)[^.\n]{0,40}"
    r"(?:prompt|instructions?|rules|message above)"
    r"|(?:泄露|输出|显示|重复|打印|公开|告诉)[^。\n]{0,20}(?:提示词?|指令|规则|系统消息)",
    re.IGNORECASE,
)
_TOOL = re.compile(
    r"\b(?:call|run|use|invoke|execute)\b(?:\s+the)?(?:\s+(?:tool|function))?\s+[`'\"]?"
    r"(?P<name>[a-z]+(?:_[a-z]+)*)\b|(?:调用|运行|使用|执行)(?:工具|函数)?[`'\"“]?(?P<zh>[a-z_]+)",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s\"'<>）)。，]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Orders:
    """What a text wants done."""

    words: tuple[str, ...] = ()
    """To be said."""
    tools: tuple[str, ...] = ()
    """To be called."""
    addresses: tuple[str, ...] = ()
    """To be visited."""
    reveals: bool = False
    """Whether the prompt is to be told."""

    def __bool__(self) -> bool:
        return bool(self.words or self.tools or self.addresses or self.reveals)


def bare(text: str) -> str:
    """Return a text without its disguises."""
    text = unicodedata.normalize("NFKC", text).translate(_LOOK_ALIKES)
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


def orders_in(text: str) -> Orders:
    """Return what a text orders, by the words that orders are made of, in either language."""
    text = bare(text)
    words = [found["what"] or found["zh"] for found in _SAY.finditer(text)]
    tools = [found["name"] or found["zh"] for found in _TOOL.finditer(text)]
    return Orders(
        tuple(dict.fromkeys(word.strip(" “”\"'") for word in words)),
        tuple(dict.fromkeys(tools)),
        tuple(dict.fromkeys(_URL.findall(text))),
        bool(_REVEAL.search(text)),
    )


@dataclass(slots=True)
class Obedient:
    """Searches once where it may, then does what it reads and says it stands in [1]."""

    otherwise: Chatter = field(default=lambda _: ChatReply("The interviews do not say."))
    """What it replies when nothing is ordered."""
    searches: bool = True
    """Whether it calls the first tool it is offered, before it has read anything."""
    obeyed: list[Orders] = field(default_factory=list)
    """What it has done so far, for a test to see that the attack reached it."""

    def __call__(self, body: Json) -> ChatReply:
        """Reply to a request."""
        read = list(_read(body["messages"]))
        tools = body.get("tools") or []
        called = [turn for turn in body["messages"] if turn["role"] == "tool"]
        if self.searches and tools and not called:
            return ChatReply(calls=[_search(tools[0]["function"], read)])
        orders = orders_in("\n".join(read))
        if not orders:
            return self.otherwise(body)
        again = orders in self.obeyed
        self.obeyed.append(orders)
        text = _obeyed(orders, body["messages"])
        if orders.tools and tools and not again:
            return ChatReply(text, calls=[Call(name, {"query": "x"}) for name in orders.tools])
        return ChatReply(text)


def _read(messages: list[Json]) -> Iterator[str]:
    """Yield what was read: all but what the program itself says, and what the model said."""
    for turn in messages:
        if turn["role"] in ("user", "tool"):
            yield turn["content"] or ""


def _search(function: Json, read: list[str]) -> Call:
    schema: Mapping[str, Any] = function["parameters"]
    required = schema.get("required") or list(schema.get("properties", {}))[:1]
    question = read[-1][-200:] if read else ""
    return Call(function["name"], {name: _value(schema, name, question) for name in required})


def _value(schema: Mapping[str, Any], name: str, question: str) -> Any:
    kind = schema["properties"].get(name, {})
    if "enum" in kind:
        return kind["enum"][0]
    if kind.get("type") == "array":
        return [question]
    return 1 if kind.get("type") in ("integer", "number") else question


def _obeyed(orders: Orders, messages: list[Json]) -> str:
    said = [f"{words} [1]." for words in orders.words]
    said += [f"![see]({address}) [1]." for address in orders.addresses]
    if orders.reveals:
        prompt = next((turn["content"] for turn in messages if turn["role"] == "system"), "")
        said.append(f"{prompt} [1].")
    return " ".join(said)
