"""What stands in the prompt → a command, or a question; and what could follow while it is typed.

A command begins with a slash, or with what a Chinese input method makes of that key, and has a
Chinese name too: `/help`, `／help`, `、帮助`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from index.fold import fold
from index.records import Language

SLASHES = "/／、"
"""What the key of a slash writes, in either state of an input method."""
MOST = 8
"""Completions offered at once."""

Kind = Literal["interview", "speaker", "tag", "date", "language", "theme", "format", "text", ""]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the chat does when told to."""

    name: str
    """As typed after the slash, and as the keymap of the configuration names it."""
    alias: str
    """In Chinese."""
    takes: Kind
    """What may follow; "" is nothing."""
    needs: bool
    """Whether something must follow."""
    says: tuple[str, str]
    """What it does, in English and Chinese."""
    key: str = ""
    """What it is bound to unless the configuration says otherwise."""

    def about(self, language: Language) -> str:
        """Return what it does, in a language."""
        return self.says[0 if language == "en" else 1]


@dataclass(frozen=True, slots=True)
class Order:
    """A command as it was typed."""

    command: Command
    argument: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A slash before something that is no command."""

    name: str


def _command(
    name: str, alias: str, en: str, zh: str, *, key: str = "", takes: Kind = "", needs: bool = False
) -> Command:
    return Command(name, alias, takes, needs or bool(takes and takes != "text"), (en, zh), key)


COMMANDS: tuple[Command, ...] = (
    _command("help", "帮助", "keys and commands", "按键与命令", key="f1"),
    _command("new", "新建", "begin a new conversation", "开始新对话", key="ctrl+n"),
    _command(
        "history",
        "历史",
        "earlier conversations: search, resume",
        "以前的对话：搜索、继续",
        key="f4",
    ),
    _command("interviews", "访谈录", "the interviews: read one", "浏览访谈", key="f3"),
    _command("evidence", "出处", "show or hide the paragraphs", "显示或隐藏出处", key="f2"),
    _command("next", "下一处", "the next citation", "下一处引用", key="ctrl+down"),
    _command("previous", "上一处", "the citation before", "上一处引用", key="ctrl+up"),
    _command("around", "上下文", "the turns before and after", "前后几段", key="f6"),
    _command(
        "layout",
        "并排",
        "both languages side by side, or one above the other",
        "两种语言并排或上下排列",
        key="f7",
    ),
    _command("source", "链接", "open the interview's link", "打开访谈的链接", key="ctrl+o"),
    _command(
        "read", "通读", "read the interview of this paragraph", "阅读这一段所在的访谈", key="f8"
    ),
    _command("copy", "复制", "copy the answer", "复制回答", key="ctrl+y"),
    _command("quote", "摘引", "copy the quote with its source", "复制引文及出处", key="f9"),
    _command("all", "全文", "copy the whole conversation", "复制整个对话"),
    _command("interview", "访谈", "ask only this interview", "只问这篇访谈", takes="interview"),
    _command("speaker", "说话人", "ask only this speaker", "只问这个人", takes="speaker"),
    _command("tag", "标签", "ask only what is so tagged", "只问带此标签的访谈", takes="tag"),
    _command("since", "起", "nothing before a date", "不早于这个日期", takes="date"),
    _command("until", "止", "nothing after a date", "不晚于这个日期", takes="date"),
    _command(
        "language", "语言", "only texts in a language", "只查这种语言的文本", takes="language"
    ),
    _command("clear", "清除", "drop all of these filters", "取消全部筛选", key="f10"),
    _command(
        "rename", "改名", "name this conversation", "给这个对话命名", takes="text", needs=True
    ),
    _command("export", "导出", "write the conversation to a file", "把对话写入文件", takes="text"),
    _command("theme", "主题", "change the colours", "更换配色", takes="theme"),
    _command(
        "interface",
        "界面",
        "the interface in English or Chinese",
        "界面用中文或英文",
        takes="language",
    ),
    _command(
        "stop",
        "停止",
        "stop the answer, keep what came; while none is made, empty the prompt",
        "停止回答，保留已有部分；没有在回答时清空输入框",
        key="escape",
    ),
    _command("quit", "退出", "leave", "退出", key="ctrl+q"),
)
_BY_NAME = {fold(name): command for command in COMMANDS for name in (command.name, command.alias)}


def read_order(text: str) -> Order | Unknown | None:
    """Return the command that was typed; None when it is a question."""
    line = text.strip()
    if not line or line[0] not in SLASHES:
        return None
    name, _, argument = line[1:].strip().replace("\u3000", " ").partition(" ")
    command = _BY_NAME.get(fold(name))
    if command is None:
        # "、" begins a command only where one follows; a path like /usr is none of ours either.
        return Unknown(name) if line[0] != "、" else None
    return Order(command, argument.strip())


@dataclass(frozen=True, slots=True)
class Completion:
    """What the prompt may become."""

    text: str
    """The whole prompt, once chosen."""
    shown: str
    about: str


def complete_order(
    text: str, language: Language, choices: Callable[[Kind], Iterable[tuple[str, str]]]
) -> list[Completion]:
    """Return what a prompt that begins with a slash may become, best first.

    Args:
        text: the prompt so far.
        language: of the interface.
        choices: values of a kind, each with what to say about it.
    """
    if not text or text[0] not in SLASHES or "\n" in text:
        return []
    name, blank, argument = text[1:].replace("\u3000", " ").partition(" ")
    if not blank:
        return _commands_like(name, language)
    command = _BY_NAME.get(fold(name))
    if command is None or not command.takes:
        return []
    wanted = fold(argument.strip())
    found = [
        Completion(f"/{name} {value}", value, about)
        for value, about in choices(command.takes)
        if wanted in fold(value) or wanted in fold(about)
    ]
    found.sort(key=lambda each: not fold(each.shown).startswith(wanted))
    return found[:MOST]


def _commands_like(name: str, language: Language) -> list[Completion]:
    wanted = fold(name)
    found = []
    for command in COMMANDS:
        names: Sequence[str] = (command.name, command.alias)
        if any(fold(each).startswith(wanted) for each in names):
            shown = command.name if language == "en" else command.alias
            blank = " " if command.takes else ""
            label = f"/{command.name}" if language == "en" else f"/{command.name} {command.alias}"
            written = shown if not wanted.isascii() else command.name
            found.append(Completion(f"/{written}{blank}", label, command.about(language)))
    return found
