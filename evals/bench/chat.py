"""Processor time of an answer that streams into the chat, beside Textual's own Markdown.

Each shape is 3,000 characters in 750 pieces, as a model sends them: English and Chinese in turns.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

from textual.app import App
from textual.containers import VerticalScroll
from textual.widgets import Markdown

from assistant.tui.streaming import StreamedMarkdown
from assistant.tui.typography import install

CHARACTERS = 3_000
PIECES = 750
GAP_S = 0.02
"""Between pieces: 50 of them a second, a fast model."""

SIZE = (100, 40)
Add = Callable[[str], Awaitable[object]]
Make = Callable[[VerticalScroll], Awaitable[tuple[Add, Add]]]
"""Puts a text into a screen and returns what adds to it and what finishes it."""


def run(*, stock: bool) -> str:
    """Return a table of the processor seconds each shape costs.

    Args:
        stock: measure Textual's own `Markdown.append` in the same run; minutes for the list.
    """
    install()
    lines = [f"{'':<10}  {'ours':>8}" + (f"  {'Textual':>8}  {'ratio':>6}" if stock else "")]
    for name, text in shapes().items():
        ours = asyncio.run(_measure(text, _ours))
        line = f"{name:<10}  {ours:6.2f} s"
        if stock:
            theirs = asyncio.run(_measure(text, _theirs))
            line += f"  {theirs:6.2f} s  x{theirs / ours:5.1f}"
        lines.append(line)
    return "\n".join(lines)


def shapes() -> dict[str, str]:
    """Return answers of one shape each, all of the same length."""
    items = (
        f"{i}. **第{i}点：**价格下降了{i}%，and we changed the *plan* once more[{i}].\n"
        for i in range(1, 49)
    )
    rows = (f"| 第{i}项 | price of item {i} | 下降{i}% | [{i}] |\n" for i in range(1, 100))
    sections = (
        f"## 第{i}节 section\n\n价格为什么会下降？**因为：**供应增加了[{i}]。It fell as supply"
        f" grew.\n\n- 一 first\n- 二 second [{i}]\n- **三。**third\n\n> 引用的话 quoted words\n\n"
        for i in range(1, 40)
    )
    sentences = (f"价格下降了 and supply grew [{i}]，所以**计划：**变了。" for i in range(1, 100))
    return {
        "list": _filled("".join(items), " 后来又变了，and then again."),
        "table": _filled("| 名称 | item | 变化 | 出处 |\n|---|---|---|---|\n" + "".join(rows)),
        "mixed": _filled("".join(sections)),
        "paragraph": _filled("".join(sentences)),
    }


def _filled(text: str, more: str = "") -> str:
    """Return a text of the length that is measured, each of its lines longer by `more` if short."""
    if len(text) < CHARACTERS:
        lines = text.splitlines()
        missing = -(-(CHARACTERS - len(text)) // len(lines))
        text = "\n".join(line + (more * missing)[:missing] for line in lines) + "\n"
    return text[:CHARACTERS]


async def _measure(
    text: str, make: Callable[[VerticalScroll], Awaitable[tuple[Add, Add]]]
) -> float:
    """Return the processor seconds from the first piece until the finished text is drawn."""
    app: App[None] = App()
    size = CHARACTERS // PIECES
    async with app.run_test(size=SIZE) as pilot:
        scroll = VerticalScroll()
        await app.mount(scroll)
        scroll.anchor()
        add, finish = await make(scroll)
        await pilot.pause()
        began = time.process_time()
        for start in range(0, len(text), size):
            await add(text[start : start + size])
            await asyncio.sleep(GAP_S)
        await finish(text)
        await pilot.pause()
        return time.process_time() - began


async def _ours(scroll: VerticalScroll) -> tuple[Add, Add]:
    stream = StreamedMarkdown()
    await scroll.mount(stream)

    async def add(text: str) -> None:
        stream.append(text)

    async def finish(text: str) -> None:
        stream.finish(text)

    return add, finish


async def _theirs(scroll: VerticalScroll) -> tuple[Add, Add]:
    markdown = Markdown()
    await scroll.mount(markdown)

    async def add(text: str) -> None:
        await markdown.append(text)

    async def finish(text: str) -> None:
        await markdown.update(text)

    return add, finish
