"""What stood the check, and what is missing → the answer, whole, in part, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.content import content
from assistant.events import Bound
from assistant.evidence_book import EvidenceBook
from assistant.records import Abstention, Answer, Citation, Source
from assistant.review import Judged
from index.language import detect_language
from index.records import LANGUAGES, Language
from index.store.reading import Reader

NEAREST = 3
"""Sources shown beside what the interviews do not say."""
LONGEST = 160
"""Characters of what a model may say is missing."""
OWN = 0.6
"""Share of its words that must be the question's: a model says what is missing, nothing else."""

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "not_said": "The interviews do not say.",
        "missing": "The interviews do not say: {what}",
        "and": "; ",
        "nothing_stated": "The model's answer states nothing that could be checked.",
        "nothing_stood": "No sentence of the model's answer is borne out by the interviews.",
        "left_out": "{count} of the model's sentences {were} left out: the interviews do not"
        " bear {them} out.",
        "marked": "{count} of the sentences {are} not borne out by the interviews, and {are}"
        " marked.",
        "steps": "The search was ended after {count} step{s}; more may be found.",
        "tokens": "The search was ended after {count} token{s}; more may be found.",
        "seconds": "The search was ended after {count} second{s}; more may be found.",
        "failed": "The model broke off; this is what had come and was borne out.",
        "language": "The model answered in another language than the question's.",
    },
    "zh": {
        "not_said": "访谈中没有提到。",
        "missing": "访谈中没有提到：{what}",
        "and": "；",
        "nothing_stated": "模型的回答里没有可以核对的内容。",
        "nothing_stood": "模型的回答没有一句得到访谈的支持。",
        "left_out": "模型有{count}句话没有得到访谈的支持，已略去。",
        "marked": "有{count}句话没有得到访谈的支持，已注明。",
        "steps": "检索在{count}步后停止，可能还有没找到的内容。",
        "tokens": "检索在{count}个词元后停止，可能还有没找到的内容。",
        "seconds": "检索在{count}秒后停止，可能还有没找到的内容。",
        "failed": "模型中途断开；以下是已写出并得到支持的部分。",
        "language": "模型没有用提问的语言作答。",
    },
}
_ONE: Mapping[str, str] = {"s": "", "are": "is", "were": "was", "them": "it"}
_SEVERAL: Mapping[str, str] = {name: name for name in _ONE}
"""English words that go by the number."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the talk with the model came to."""

    question: str
    language: Language
    judged: Sequence[Judged]
    """The sentences that may be shown."""
    left_out: int
    missing: Sequence[str]
    """What the model says is missing; "" when it does not say what."""
    bound: tuple[Bound, str] | None = None
    """The bound that ended the search, and its limit as shown."""
    is_broken: bool = False
    is_other_language: bool = False
    lacking: Abstention | None = None
    """What the search found lacking, where the model has no words of the question's for it."""


def is_wordless(outcome: Outcome) -> bool:
    """Whether something is missing, and the model says in no words of the question's what."""
    return bool(outcome.missing) and not _own(outcome)


def conclude(
    outcome: Outcome, book: EvidenceBook, shown: Sequence[int], rows: Reader, seconds: float
) -> Answer:
    """Return the answer.

    Args:
        outcome: of the talk.
        book: what its numbers mean.
        shown: numbers of this answer's evidence, the nearest first.
        rows: the store that was searched.
        seconds: it took.
    """
    sentences = tuple(each.sentence for each in outcome.judged)
    said = _say(outcome)
    abstention = None
    if said or not sentences:
        counts = rows.languages()
        abstention = Abstention(
            searched={language: counts[language] for language in LANGUAGES},
            nearest=_nearest(outcome, book, shown),
            missing=said or _WORDS[outcome.language]["nothing_stated"],
        )
    return Answer(
        question=outcome.question,
        language=outcome.language,
        outcome="abstained" if not sentences else "partial" if abstention else "answered",
        mode="agent",
        sentences=sentences,
        citations=_citations(outcome.judged, book),
        abstention=abstention,
        seconds=seconds,
    )


def _citations(judged: Sequence[Judged], book: EvidenceBook) -> tuple[Citation, ...]:
    """Return each cited paragraph once, by number, with the words that bear out most."""
    best: dict[int, tuple[int, Citation]] = {}
    for each in judged:
        rank = ("unsupported", "unverifiable", "partly", "supported").index(each.sentence.verdict)
        for number in each.sentence.citations:
            source, quote = book.source(number), each.quotes.get(number)
            if source is None or quote is None:
                raise ValueError(f"a sentence cites {number}, which points nowhere")
            if number not in best or rank > best[number][0]:
                best[number] = rank, Citation(number, source, quote.words, quote.language)
    return tuple(best[number][1] for number in sorted(best))


def _nearest(outcome: Outcome, book: EvidenceBook, shown: Sequence[int]) -> tuple[Source, ...]:
    """Return what came nearest and is not cited, by what the search found lacking if it did."""
    numbers = {number for each in outcome.judged for number in each.sentence.citations}
    cited = {source.paragraph.id for source in book.sources(numbers)}
    near = outcome.lacking.nearest if outcome.lacking else book.sources(shown)
    return tuple(source for source in near if source.paragraph.id not in cited)[:NEAREST]


def _say(outcome: Outcome) -> str:
    """Return what the answer lacks, in the language of the question; "" when nothing."""
    words = _WORDS[outcome.language]
    parts = []
    if outcome.is_broken:
        parts.append(words["failed"])
    if outcome.missing:
        parts.append(_say_missing(outcome))
    if outcome.left_out:
        name = "left_out" if outcome.judged else "nothing_stood"
        parts.append(_counting(words[name], outcome.left_out))
    marked = sum(each.sentence.verdict == "unsupported" for each in outcome.judged)
    if marked:
        parts.append(_counting(words["marked"], marked))
    if outcome.bound:
        bound, limit = outcome.bound
        parts.append(_counting(words[bound], limit))
    if outcome.is_other_language and outcome.judged:
        parts.append(words["language"])
    return ("" if outcome.language == "zh" else " ").join(parts)


def _counting(words: str, count: int | str) -> str:
    return words.format(count=count, **(_ONE if str(count) == "1" else _SEVERAL))


def _say_missing(outcome: Outcome) -> str:
    """Return what the model says is missing, as far as it only repeats the question."""
    words = _WORDS[outcome.language]
    own = _own(outcome)
    if not own:
        return _not_said(outcome)
    what = words["and"].join(dict.fromkeys(text.rstrip(" .。") for text in own))
    stop = "。" if outcome.language == "zh" else "."
    return words["missing"].format(what=what) + stop


def _not_said(outcome: Outcome) -> str:
    return outcome.lacking.missing if outcome.lacking else _WORDS[outcome.language]["not_said"]


def _own(outcome: Outcome) -> list[str]:
    """Return what the model says is missing, where it is the question's."""
    return [text for text in outcome.missing if _is_of(text, outcome)]


def _is_of(text: str, outcome: Outcome) -> bool:
    if not text or len(text) > LONGEST or detect_language(text) != outcome.language:
        return False
    said, asked = content(text), content(outcome.question)
    return bool(said) and len(said & asked) >= OWN * len(said)
