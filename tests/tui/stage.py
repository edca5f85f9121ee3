"""The whole chat over the small collection of the harbour, quoting, for stories told with keys."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from assistant.chat.keymap import keys_of
from assistant.chat.session import Session
from assistant.history.store import History
from assistant.protocols import ChatModel
from assistant.settings import Settings
from assistant.tui.app import ChatApp
from assistant.tui.start import Start
from index.records import Language
from tests.assistant.harbour import harbour

Story = Callable[[ChatApp, Pilot[None]], Awaitable[None]]
PATIENCE_S = 0.02
TRIES = 500
WIDE = (140, 45)
USUAL = (80, 24)
TINY = (20, 5)


def perform(
    folder: Path,
    story: Story,
    *,
    size: tuple[int, int] = USUAL,
    language: Language = "en",
    model: ChatModel | None = None,
    **more: Any,
) -> ChatApp:
    """Tell a story to a chat whose history is `history.sqlite` of a folder, and return the chat."""

    async def run() -> ChatApp:
        with History.open(folder / "history.sqlite") as history:
            named = None if model is None else model.name
            settings = Settings(store=folder / "store", model=named)
            app = ChatApp(
                Start(
                    lambda notice: Session(settings, history, notice, model),
                    language,
                    keys_of({}),
                    **more,
                )
            )
            async with app.run_test(size=size) as pilot:
                await until(pilot, lambda: app.holdings is not None)
                await story(app, pilot)
            return app

    if not (folder / "store").exists():
        with harbour(folder):
            pass
    return asyncio.run(run())


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Let the chat go on until something holds; fails when it never does."""
    for _ in range(TRIES):
        await pilot.pause()
        if holds():
            await pilot.pause()
            return
        await pilot.pause(PATIENCE_S)
    raise AssertionError("what was waited for never came")


async def ask(app: ChatApp, pilot: Pilot[None], question: str) -> None:
    """Ask a question, and wait for its answer."""
    count = len(app.desk.conversation.turns)
    app.desk.prompt.show(question)
    await pilot.press("enter")
    await until(
        pilot,
        lambda: app.asking.running is None and len(app.desk.conversation.turns) == count + 1,
    )


async def write(pilot: Pilot[None], words: str) -> None:
    """Type words, of any script, wherever the focus is."""
    await pilot.press(*("space" if c == " " else c for c in words))
    await pilot.pause()


def seen(app: App[None]) -> str:
    """Return what stands on the screen, line by line."""
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)
