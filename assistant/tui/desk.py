"""The screen one works at: the conversation, its evidence beside it, and the prompt below.

It lays out and shows; what is asked and ordered goes up to the app as messages.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static

from assistant.chat.commands import Kind, Order, Unknown, complete_order, read_order
from assistant.chat.labels import Say
from assistant.chat.pages import LETTERS
from assistant.chat.scope import Scope
from assistant.history.records import Turn
from assistant.tui.chips import Chips, Completions
from assistant.tui.conversation import ConversationView
from assistant.tui.evidence import EvidencePanel
from assistant.tui.keybar import KeyBar
from assistant.tui.prompt import Prompt
from assistant.tui.promptkeys import written_by
from assistant.tui.styled import Cited
from index.records import Language

if TYPE_CHECKING:  # it draws Markdown, which the first paint does not wait for
    from assistant.tui.turn import AnyTurn, TurnView

WIDE = 100
"""Columns from which the evidence stands beside the conversation, not in its place."""
TALL = 10
"""Lines from which there is room for a title and the keys."""

Choices = Callable[[Kind], Iterable[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Look:
    """How a desk begins."""

    language: Language
    """Of the interface."""
    keys: Mapping[str, str]
    """Command to key."""
    scope: Scope
    is_beside: bool
    """Whether two languages stand side by side where there is room."""


class Desk(Screen[None]):
    """Conversation, evidence, prompt."""

    @dataclass
    class Asked(Message):
        """A question was sent."""

        question: str

    @dataclass
    class Ordered(Message):
        """A command was typed."""

        order: Order | Unknown

    def __init__(self, say: Say, look: Look, choices: Choices) -> None:
        super().__init__()
        self.say = say
        self._look = look
        self._choices = choices
        self._at: AnyTurn | None = None
        self._wants_evidence = True
        self._is_evidence_up = False
        self._is_evidence_asked = False
        """Whether the reader brought it up: only then may it take the conversation's place."""

    def compose(self) -> ComposeResult:
        """Lay everything out."""
        yield Static(self.say("opening"), id="title", markup=False)
        with Horizontal(id="main"):
            yield ConversationView(self.say)
            yield EvidencePanel(self.say)
        yield Completions()
        yield Chips(self.say)
        yield Prompt(placeholder=self.say("ask_here"), id="prompt")
        yield KeyBar(self._look.keys, self.say)

    def dress(self, look: Look) -> None:
        """Say everything but the turns in the words the labels have now."""
        self._look = look
        self.prompt.placeholder = self.say("ask_here")
        self.chips.show(look.scope)
        self.query_one(KeyBar).draw_keys()

    def on_mount(self) -> None:
        """Begin at the prompt."""
        self.chips.show(self._look.scope)
        self.evidence.is_beside = self._look.is_beside
        self._fold()
        self.prompt.focus()

    # --- its parts

    @property
    def conversation(self) -> ConversationView:
        """The turns."""
        return self.query_one(ConversationView)

    @property
    def evidence(self) -> EvidencePanel:
        """The paragraphs behind an answer."""
        return self.query_one(EvidencePanel)

    @property
    def prompt(self) -> Prompt:
        """Where questions are typed."""
        return self.query_one(Prompt)

    @property
    def chips(self) -> Chips:
        """What the questions are kept to."""
        return self.query_one(Chips)

    def entitle(self, words: str) -> None:
        """Say what this is about, in the top line."""
        for title in self.query("#title").results(Static):  # none before it is laid out, or after
            title.update(words)

    @property
    def turn(self) -> "AnyTurn | None":
        """The turn whose evidence is shown, or else the last."""
        turns = self.conversation.turns
        return self._at if self._at in turns else (turns[-1] if turns else None)

    # --- turns

    def begin(self, question: str) -> "TurnView":
        """Show a question that is being answered."""
        self.prompt.remember(question)
        turn = self.conversation.begin(question)
        self._at = turn
        self._is_evidence_asked = False
        self._fold()
        return turn

    def settled(self, turn: "TurnView") -> None:
        """Show what an answer stands on, unless the reader is busy with another."""
        if turn is self._at and turn.exhibits:
            self.evidence.show(turn.exhibits, None, turn.answer.language if turn.answer else "en")
            self._is_evidence_up = self._is_evidence_up or self.size.width >= WIDE
            self._fold()

    async def show(self, turns: Sequence[Turn]) -> None:
        """Show a conversation that was kept; an empty one is a new one."""
        self._at = None
        if turns:
            await self.conversation.show(turns)
        else:
            await self.conversation.clear()
        last = self.turn
        self.evidence.show(last.exhibits if last else (), None, self._look.language)
        self._is_evidence_up = bool(last and last.exhibits) and self.size.width >= WIDE
        self._is_evidence_asked = False
        self._fold()
        self.prompt.focus()

    # --- evidence

    def open(self, label: str, turn: "AnyTurn | None" = None) -> bool:
        """Bring up an exhibit of a turn, or of the one at hand; False when it has none such.

        Where nothing has a number, 1 is the first of what only came near.
        """
        turn = turn or self.turn
        if turn is None or turn.answer is None:
            return False
        self._at = turn
        label = _label_for(label, [exhibit.label for exhibit in turn.exhibits])
        found = self.evidence.show(turn.exhibits, label, turn.answer.language)
        if found:
            self._wants_evidence = self._is_evidence_up = self._is_evidence_asked = True
            self._fold()
        return found

    def toggle_evidence(self) -> None:
        """Show the evidence, or the conversation alone."""
        is_wanted = not self.evidence.display
        self._is_evidence_up = self._is_evidence_asked = self._wants_evidence = is_wanted
        self._fold()

    def fold_evidence(self) -> bool:
        """Give the place back to the conversation where there is only one; False if it has it."""
        was_up = bool(self.evidence.display) and self.size.width < WIDE
        self._is_evidence_asked = self._is_evidence_asked and not was_up
        self._is_evidence_up = self._is_evidence_up and not was_up
        self._fold()
        return was_up

    def _fold(self) -> None:
        """Put evidence beside the conversation, in its place, or away."""
        is_wide = self.size.width >= WIDE
        is_up = self._is_evidence_up and self._wants_evidence
        is_up = is_up and (is_wide or self._is_evidence_asked)
        self.evidence.display = is_up
        self.conversation.display = not is_up or is_wide
        self.set_class(self.size.width < WIDE, "narrow")
        self.set_class(self.size.height < TALL, "low")

    def on_resize(self) -> None:
        """Fold or unfold with the terminal."""
        self._fold()

    def on_cited_opened(self, message: Cited.Opened) -> None:
        """Bring up what a citation stands for."""
        message.stop()
        for widget in message.sender_widget.ancestors_with_self:
            if widget.has_class("turn"):
                self.open(message.label, cast("AnyTurn", widget))

    # --- the prompt

    def on_key(self, event: events.Key) -> None:
        """Let typing land in the prompt, wherever the focus is."""
        text = written_by(event.key, event.character)
        if text and not self.prompt.has_focus:
            event.stop()
            self.prompt.focus()
            self.prompt.insert_typed(text)

    def on_text_area_changed(self) -> None:
        """Offer what a command may become."""
        found = complete_order(self.prompt.text, self._look.language, self._choices)
        self.query_one(Completions).show(found)

    def on_prompt_completion_wanted(self) -> None:
        """Take what is offered."""
        if (chosen := self.query_one(Completions).chosen) is not None:
            self.prompt.show(chosen.text)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Take what was clicked."""
        message.stop()
        self.prompt.show(self.query_one(Completions).completion(message.option_index).text)
        self.prompt.focus()

    def on_prompt_refused(self, message: Prompt.Refused) -> None:
        """Say that not all of a paste was taken."""
        words = self.say("too_long", taken=message.taken, pasted=message.pasted)
        self.notify(words, severity="warning", markup=False)

    def on_prompt_submitted(self, message: Prompt.Submitted) -> None:
        """Pass a question or a command on."""
        order = read_order(message.text)
        self.query_one(Completions).show([])
        self.post_message(self.Asked(message.text) if order is None else self.Ordered(order))


def _label_for(label: str, there: Sequence[str]) -> str:
    """Return a label, or the letter in the place of a number that nothing has."""
    place = int(label) - 1 if label.isdecimal() else -1
    return LETTERS[place] if label not in there and 0 <= place < len(LETTERS) else label
