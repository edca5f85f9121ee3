"""Systems that follow one stupid rule: what a metric gives them, it gives for nothing."""

from evals.altered import Altered, first_sentence, quote_hits, refuse, whole_text
from evals.protocols import AnswerSystem
from evals.records import Reply


def policies(system: AnswerSystem) -> list[AnswerSystem]:
    """Return the degenerate policies over what a system retrieves."""
    return [
        Altered("always answer", system, answer_always),
        Altered("always refuse", system, refuse),
        Altered("copy the top paragraph", system, copy_top),
        Altered("cite everything", system, cite_everything),
    ]


def answer_always(reply: Reply) -> Reply:
    """Say the first sentence of the first paragraph, to every question."""
    question = reply.answer.question
    return quote_hits(reply, [first_sentence(hit, question) for hit in reply.hits[:1]])


def copy_top(reply: Reply) -> Reply:
    """Say the whole first paragraph."""
    return quote_hits(reply, [whole_text(hit, reply.answer.question) for hit in reply.hits[:1]])


def cite_everything(reply: Reply) -> Reply:
    """Say all that was retrieved."""
    return quote_hits(reply, [whole_text(hit, reply.answer.question) for hit in reply.hits])
