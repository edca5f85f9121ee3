"""A conversation can be taken along, in Markdown and JSON, with all it stands on."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.history.export import escaped, export_name, tamed, to_json, to_markdown
from assistant.history.records import Conversation, Turn
from assistant.history.store import History
from assistant.values import answer_values
from tests.assistant.history.turns import FOG, PRICE, a_source, an_answer

BARE = Conversation("4f2a81c0", "", "/store", "2026-03-04T05:06:07.000Z", "", 0)


@pytest.fixture
def exported(history: History, talks_store: Path) -> tuple[Conversation, list[Turn]]:
    """Return a conversation with a checked answer, quotes, a failure and a forgotten answer."""
    started = history.start(talks_store)

    def turn(question: str, model: str | None) -> int:
        return history.begin(started.id, question, {"speaker": "Mira"}, model).id

    checked = an_answer("", (1, FOG), (2, PRICE))
    sure, partly = checked.sentences
    partly = replace(partly, verdict="partly", reasons=("she said four",))
    checked = replace(checked, sentences=(sure, partly))
    history.finish(turn("Why fog?", "m"), "answered", checked)
    quoted = replace(an_answer("", (2, PRICE), mode="extractive"), language="zh")
    history.finish(turn("定价呢？", None), "answered", quoted)
    history.finish(turn("And then?", "m"), "failed", text="They w", message="it was silent")
    history.finish(turn("Who?", None), "answered")
    found = history.conversation(started.id)
    assert found is not None
    return found, history.turns(started.id)


def test_markdown_holds_sentences_verdicts_sources_and_links(
    exported: tuple[Conversation, list[Turn]],
) -> None:
    page = to_markdown(*exported, {"渡口:bb": "gone"})

    for line in (
        "# Why fog?",
        "## 1. Why fog?",
        "She said so. [1] ✓ borne out",
        "She said so. [2] ⚠ borne out in part: she said four",
        "[1] Mira · Talk ferry · 2024-05-01 · §1 Fog 雾 · ferry:aa",
        "<https://e.org/f>",
        "> We waited for the fog.",
        "> 我们等雾散。",
        "“他们的定价策略是每年降一成。” [2]",
        "[2] Mira · Talk 渡口 · 2024-05-01 · §1 Fog 雾 · 渡口:bb ⚠ 该段落已不在索引中",
        "Failed: it was silent",
        "They w",
        "The answer quoted an interview that was removed for good.",
    ):
        assert line in page.splitlines()
    assert "说话人：Mira" in page
    assert page.count("no longer in the index") == 1


def test_markdown_says_which_citation_the_program_chose(
    history: History, talks_store: Path
) -> None:
    started = history.start(talks_store)
    answer = an_answer("", (1, FOG))
    answer = replace(answer, sentences=(replace(answer.sentences[0], is_chosen=True),))
    history.finish(history.begin(started.id, "Q?", {}, "m").id, "answered", answer)

    page = to_markdown(started, history.turns(started.id))

    line = "She said so. [1] ✓ borne out ⚠ cited by the program, not by the model"
    assert line in page.splitlines()


def test_json_holds_the_answers_as_ask_gives_them(
    exported: tuple[Conversation, list[Turn]],
) -> None:
    conversation, turns = exported

    found = json.loads(to_json(conversation, turns, {"渡口:bb": "gone"}))

    assert found["conversation"]["id"] == conversation.id
    assert [t["status"] for t in found["turns"]] == ["answered", "answered", "failed", "answered"]
    assert turns[0].answer is not None
    assert found["turns"][0]["answer"] == answer_values(turns[0].answer)
    assert [t["forgotten"] for t in found["turns"]] == [False, False, False, True]
    assert found["changes"] == {"渡口:bb": "gone"}
    assert json.loads(to_json(conversation, turns))["changes"] is None


def test_a_quote_of_part_of_a_paragraph_is_shown(history: History, talks_store: Path) -> None:
    started = history.start(talks_store)
    answer = an_answer("", (1, FOG))
    answer = replace(answer, citations=(replace(answer.citations[0], quote="the fog"),))
    history.finish(history.begin(started.id, "Q?", {}, "m").id, "answered", answer)

    assert "> “the fog”" in to_markdown(started, history.turns(started.id))


def test_nothing_anybody_wrote_becomes_markup_that_loads(
    history: History, talks_store: Path
) -> None:
    nasty = "<img src=//e.org/x> ![x](http://e.org/x) [y](http://e.org)\x1b[31m"
    source = a_source("ferry:aa", {"en": nasty}, title=nasty, link="javascript:alert(1)")
    started = history.start(talks_store)
    answer = an_answer("", (1, source), wording=nasty)
    history.finish(history.begin(started.id, nasty, {"tag": nasty}, "m").id, "answered", answer)
    found = history.conversation(started.id)
    assert found is not None

    page = to_markdown(found, history.turns(started.id))

    assert "\x1b" not in page
    assert "<javascript" not in page
    plain = page.replace("\\\\", "")
    assert "<img" not in plain.replace("\\<", "")
    assert "![" not in plain.replace("\\!", "").replace("!\\[", "")
    assert "](" not in plain.replace("\\]", "").replace("]\\(", "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb", "a b"),
        ("# a *b* _c_ `d`", "\\# a \\*b\\* \\_c\\_ \\`d\\`"),
        ("1. a 2. b", "1\\. a 2. b"),
        ("- a - b", "\\- a - b"),
        ("R&D &amp; 5 > 4", "R\\&D \\&amp; 5 > 4"),
        ("茶：“雾”。", "茶：“雾”。"),
    ],
)
def test_words_are_shown_as_they_stand(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_a_model_keeps_its_emphasis_and_lists() -> None:
    assert tamed("- **a** [1]\n- b") == "- **a** [1]\n- b"
    assert tamed("[x]: http://e.org") == "[x]\\: http://e.org"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Why fog?", "Why-fog.md"),
        ("她为什么离开？", "她为什么离开.md"),
        ("定价 & café №3", "定价-café-3.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("？！", "2026-03-04-4f2a81c0.md"),
        ("", "2026-03-04-4f2a81c0.md"),
        ("雾" * 100, "雾" * 60 + ".md"),
        ("cafe\u0301", "café.md"),
    ],
)
def test_a_file_is_named_after_the_title_in_any_script(title: str, name: str) -> None:
    assert export_name(replace(BARE, title=title), "md") == name
