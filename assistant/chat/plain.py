"""The chat as lines, for screen readers and terminals that can do no more: the same session.

Every line says who speaks; nothing is drawn, moved or coloured.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from assistant.chat.commands import COMMANDS, Order, Unknown, read_order
from assistant.chat.labels import Say
from assistant.chat.pages import (
    Exhibit,
    answer_lines,
    exhibit_head,
    exhibit_texts,
    exhibits_of,
    plain_text,
    step_line,
)
from assistant.chat.scope import SEVERAL, SINGLE, Scope
from assistant.chat.session import Session
from assistant.events import Abstained, Answered, Failed
from assistant.history.export import export_name
from assistant.records import Answer
from assistant.render import printable
from index.errors import InterviewsError
from index.records import LANGUAGES, Language

Read = Callable[[str], str]
"""A prompt → the next line; raises EOFError at the end."""
Write = Callable[[str], None]
HERE = ("help", "new", "rename", "export", "clear", "quit")
"""Commands that mean something without a screen, besides the filters and the numbers."""


class PlainChat:
    """A conversation in lines."""

    def __init__(self, session: Session, say: Say, language: Language, write: Write) -> None:
        self._session = session
        self._say = say
        self._language = language
        self._write = write
        self._exhibits: list[Exhibit] = []
        self.scope = Scope()

    def run(self, read: Read) -> None:
        """Answer line after line until there are no more."""
        self._write(self._say("plain_welcome"))
        while True:
            try:
                line = read(f"{self._say('you')}: ").strip()
            except EOFError:
                self._write("")  # so that what comes next begins on a line of its own
                return
            order = read_order(line)
            if isinstance(order, Order) and order.command.name == "quit":
                return
            if order is not None:
                self._carry_out(order)
            elif line:
                self.ask(line)

    def ask(self, question: str) -> None:
        """Answer one question; Ctrl-C stops it, not the chat."""
        stop = threading.Event()
        try:
            for event in self._session.ask(question, self.scope, stop):
                if (step := step_line(event, self._say)) is not None:
                    self._write(f"({step})")
                if isinstance(event, Answered | Abstained):
                    self._show(event.answer)
                elif isinstance(event, Failed):
                    self._write(f"{self._say('answer')}: {printable(event.message)}")
        except KeyboardInterrupt:
            self._write(self._say("stopped"))

    def _show(self, answer: Answer) -> None:
        self._exhibits = exhibits_of(answer)
        self._write(f"{self._say('answer')}:\n{plain_text(answer_lines(answer, self._say))}")
        if self._exhibits:
            labels = ", ".join(f"/{each.label}" for each in self._exhibits)
            self._write(f"({self._say('plain_open', labels=labels)})")

    def _carry_out(self, order: Order | Unknown) -> None:
        if isinstance(order, Unknown):
            self._open(order.name)
            return
        name, value = order.command.name, order.argument
        if name == "help":
            self._help()
        elif name == "new":
            self._session.begin()
        elif name == "clear":
            self._keep_to(Scope())
        elif name == "rename" and value:
            self._rename(value)
        elif name == "export":
            self._export(value)
        elif (name in SEVERAL or name in SINGLE) and value:
            self._filter(name, value)
        else:
            self._write(self._say("plain_no_screen", name=name))

    def _filter(self, name: str, value: str) -> None:
        if name == "language" and value not in LANGUAGES:
            self._write(self._say("needs", name=name, what=" / ".join(LANGUAGES)))
        else:
            self._keep_to(self.scope.with_chip(name, value))

    def _keep_to(self, scope: Scope) -> None:
        self.scope = scope
        kept = ", ".join(f"{self._say(name)} {value}" for name, value in scope)
        self._write(kept or self._say("cleared"))

    def _rename(self, title: str) -> None:
        try:
            if self._session.rename(title):
                self._write(self._say("renamed", title=title))
        except InterviewsError as error:
            self._write(str(error))

    def _export(self, name: str) -> None:
        """Write the conversation to the file named, or to one named for it."""
        conversation = self._session.conversation
        if conversation is None:
            self._write(self._say("nothing_to_copy"))
            return
        path = Path(name or export_name(conversation, "md"))
        try:
            with suppress(RuntimeError):  # of a user whom nobody knows: it is a name like others
                path = path.expanduser()
            is_written = self._session.shelf().export(conversation.id, path)
        except InterviewsError as error:
            self._write(str(error))
            return
        self._write(self._say("saved_to" if is_written else "exists", path=path))

    def _open(self, label: str) -> None:
        found = [each for each in self._exhibits if each.label == label]
        if not found:
            self._write(self._say("unknown_command", name=label))
            return
        lines = exhibit_head(found[0], self._say)
        for _, line in exhibit_texts(found[0], self._language):
            lines += [(), line]
        self._write(plain_text(lines))

    def _help(self) -> None:
        wanted = (*HERE, *SEVERAL, *SINGLE)
        for command in COMMANDS:
            if command.name in wanted:
                name = f"/{command.name} /{command.alias}"
                self._write(f"{name}: {command.about(self._language)}")
