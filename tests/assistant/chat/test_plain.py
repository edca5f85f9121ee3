from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chat.labels import labels
from assistant.chat.plain import PlainChat
from assistant.chat.session import Session
from assistant.history.store import History
from assistant.settings import Settings
from index.records import Language
from tests.assistant.harbour import harbour

FERRY = "How long did they wait for the fog?"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with harbour(tmp_path):
        made = Session(Settings(store=tmp_path / "store"), None, lambda _: None)
        yield made
        made.close()


def said(session: Session, language: Language, *lines: str) -> str:
    written: list[str] = []
    waiting = iter(lines)

    def read(prompt: str) -> str:
        for line in waiting:
            written.append(f"{prompt}{line}")
            return line
        raise EOFError

    PlainChat(session, labels(language), language, written.append).run(read)
    return "\n".join(written)


def test_an_answer_is_read_line_by_line_and_its_paragraph_opened(session: Session) -> None:
    text = said(session, "en", FERRY, "/1", "/quit", "never read")

    assert f"You: {FERRY}" in text
    assert "Interviews:\n✓ “" in text
    assert "eleven hours" in text
    assert "(read a paragraph: /1" in text
    assert "[1] Mira Olsen\nThe ferry\n2021-03-04 · §1 Fog" in text
    assert "never read" not in text


def test_the_same_in_chinese(session: Session) -> None:
    text = said(session, "zh", "陈阿水在渡口等了多久？", "／1", "、退出")

    assert "你: 陈阿水在渡口等了多久？" in text
    assert "十一个小时" in text
    assert "陈阿水" in text


def test_filters_and_commands_answer_in_a_line(session: Session) -> None:
    text = said(
        session, "en", "/language fr", "/language zh", FERRY, "/clear", "/theme", "/9", "/help"
    )

    assert "/language needs: en / zh" in text or "needs en / zh" in text
    assert "language zh" in text
    assert "nothing is left out any more" in text
    assert "/theme needs the screen" in text
    assert "/9 is no command" in text
    assert "/speaker /说话人" in text


def test_what_fails_is_a_line(tmp_path: Path) -> None:
    session = Session(Settings(store=tmp_path / "none"), None, lambda _: None)

    assert "interviews index FOLDER" in said(session, "en", FERRY)


@pytest.mark.parametrize(("language", "order"), [("en", "/export"), ("zh", "／导出")])
def test_the_conversation_is_written_to_a_file(
    tmp_path: Path, language: Language, order: str
) -> None:
    path = tmp_path / "雾 fog.md"
    with harbour(tmp_path), History.open(tmp_path / "history.sqlite") as history:
        session = Session(Settings(store=tmp_path / "store"), history, lambda _: None)
        text = said(session, language, order, FERRY, f"{order} {path}", f"{order} {path}")
        session.close()
    say = labels(language)

    assert say("nothing_to_copy") in text
    assert say("saved_to", path=path) in text
    assert say("exists", path=path) in text
    assert "eleven hours" in path.read_text(encoding="utf-8")
    assert text.endswith("\n")
