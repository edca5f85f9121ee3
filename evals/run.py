"""A system × the questions of a set → a run, in both languages, in the set's order."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from evals.corpus import Fit
from evals.honesty import Bench
from evals.protocols import AnswerSystem
from evals.records import Question, Row, Run
from evals.score import SCORER, score_row
from evals.system import store_answer
from index.errors import InterviewsError
from index.records import Language

Step = Callable[[int, int], None]


def run(
    set_id: str,
    fitted: Fit,
    system: AnswerSystem,
    bench: Bench,
    *,
    made_of: Mapping[str, str],
    complete: bool = True,
    step: Step = lambda _done, _total: None,
) -> Run:
    """Ask every question in each language it has and score the answers.

    A question whose gold has vanished is not asked, and one the system failed on is not scored:
    both become rows that say so, and count as errors, never as zeros.
    """
    rows: list[Row] = []
    for done, question in enumerate(fitted.questions, start=1):
        lost = fitted.vanished.get(question.id)
        for language in question.texts:
            if lost:
                rows.append(_unscored(question, language, f"gold vanished: {', '.join(lost)}"))
            else:
                rows.append(ask(question, language, system, bench))
        step(done, len(fitted.questions))
    return Run(
        set_id=set_id,
        corpus=bench.corpus.digest,
        scorer=SCORER,
        system={"name": system.name, **made_of},
        rows=tuple(rows),
        complete=complete,
        notes=tuple(f"gold moved: {old} is now {new}" for old, new in fitted.moved.items()),
    )


def ask(question: Question, language: Language, system: AnswerSystem, bench: Bench) -> Row:
    """Ask one question in one language and score what comes."""
    history = tuple((turn.question[language], turn.answer[language]) for turn in question.history)
    try:
        reply = system.ask(question.texts[language], history)
    except InterviewsError as error:
        return _unscored(question, language, str(error))
    stored = store_answer(reply)
    return score_row(question, language, stored, bench, seconds=reply.answer.seconds)


def rescore(old: Run, fitted: Fit, bench: Bench) -> Run:
    """Return an earlier run with its stored answers scored as scoring is defined now.

    Rows of questions that were edited since, or that are gone, stay as they are.
    """
    questions = {question.id: question for question in fitted.questions}
    rows = [_rescored(row, questions.get(row.id), bench) for row in old.rows]
    return replace(old, scorer=SCORER, rows=tuple(rows))


def draw(questions: Sequence[Question], count: int) -> list[Question]:
    """Return `count` questions, the same ones each time, in their order; all if there are fewer.

    They are drawn by the hash of their id, so adding a question moves at most one of them.
    """
    drawn = sorted(questions, key=lambda q: hashlib.sha256(q.id.encode()).hexdigest())[:count]
    return [question for question in questions if question in drawn]


def _unscored(question: Question, language: Language, why: str) -> Row:
    return Row(
        id=question.id,
        language=language,
        digest=question.digest,
        kind=question.kind,
        unanswerable=question.unanswerable,
        cell="",
        answer=None,
        error=why,
    )


def _rescored(row: Row, question: Question | None, bench: Bench) -> Row:
    if question is None or question.digest != row.digest or row.answer is None:
        return row
    return score_row(question, row.language, row.answer, bench, seconds=row.seconds)
