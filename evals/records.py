"""What evals pass along: questions, answers as stored, rows with their scores, whole runs.

Frozen records of plain values. None means "does not apply" everywhere; 0 means wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.records import Answer, Outcome, Source, Verdict
from index.records import Language, SearchHit

Kind = Literal[
    "fact",
    "number",
    "opinion",
    "change",
    "comparison",
    "several",
    "paraphrase",
    "misheard",
    "followup",
    "false_premise",
    "injection",
]
Unanswerable = Literal["near_miss", "absent", "off_topic", "false_premise"]
Support = Literal["full", "partial", "none", "unverifiable"]
NOT_COMPARABLE = 7
"""Exit code; 2 to 6, 70 and 130 are taken by the rest of the program."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question and its answer, each in both languages."""

    question: Mapping[Language, str]
    answer: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Nugget:
    """One minimal fact of a right answer."""

    forms: Mapping[Language, tuple[str, ...]]
    """Short wordings that count, by language; any of either language will do."""
    vital: bool
    value: str | None = None
    """A value in any notation: "400 billion" also meets 4000亿."""


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a set: one question in two languages, and what is right."""

    id: str
    kind: Kind
    texts: Mapping[Language, str]
    unanswerable: Unanswerable | None
    """Why the interviews do not say; None when they do."""
    gold: tuple[str, ...]
    """Ids of the paragraphs that answer it together."""
    nuggets: tuple[Nugget, ...]
    speaker: str | None
    """Who must be named as having said it."""
    also: tuple[str, ...] = ()
    """Further paragraphs that may rightly be cited."""
    same: tuple[tuple[str, ...], ...] = ()
    """Groups of gold paragraphs that tell the same, as where a talk stands once in each language:
    one of a group is as good as all of it."""
    forbidden: tuple[str, ...] = ()
    """Values and phrases that make an answer wrong."""
    history: tuple[Turn, ...] = ()
    where: tuple[tuple[str, int, int], ...] = ()
    """Interview, section, and paragraph of that section from 1, of each gold paragraph in order; a
    second way to find it. Empty when the set does not say."""
    note: str = ""
    digest: str = ""
    """Changes whenever what is asked or what is right changes; not with the note."""

    @property
    def answerable(self) -> bool:
        """Whether the interviews say it."""
        return self.unanswerable is None

    def one_for_all(self, paragraphs: Sequence[str]) -> list[str]:
        """Return paragraphs in order, each once, the first of its group for each of a group."""
        first = {name: group[0] for group in self.same for name in group}
        return list(dict.fromkeys(first.get(name, name) for name in paragraphs))


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """All questions of one file."""

    id: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The paragraphs a set asks about."""

    digest: str
    """Of the transcripts' bytes: another parser changes the system, not the corpus."""
    sources: Mapping[str, Source]
    """Paragraph id to the paragraph and its place, in order of interview and position."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a system gave to one question: its answer, and what it had found before."""

    answer: Answer
    hits: tuple[SearchHit, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Cited:
    """What a number of an answer points to, as the answer says it."""

    number: int
    paragraph: str
    speaker: str | None
    language: Language
    quote: str


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer reduced to what is scored, small enough to keep in a baseline."""

    outcome: Outcome
    mode: str
    language: Language
    claims: tuple[Claim, ...]
    cited: tuple[Cited, ...]
    message: str
    """What an abstention says; empty otherwise."""
    retrieved: tuple[str, ...]
    """Paragraph ids found, best first."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question asked in one language, answered and scored."""

    id: str
    language: Language
    digest: str
    """Of the question."""
    kind: Kind
    unanswerable: Unanswerable | None
    cell: str
    """Question language → evidence language (`zh→en`); "" without evidence."""
    answer: StoredAnswer | None
    """None when the row could not be asked or scored; `error` says why."""
    scores: Mapping[str, float | None] = field(default_factory=dict)
    checks: Mapping[str, bool] = field(default_factory=dict)
    """What holds or not; a check that does not apply is missing."""
    details: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What a person needs to see why: nuggets missing, forbidden words found."""
    passed: bool | None = None
    error: str | None = None
    seconds: float = 0.0

    @property
    def key(self) -> str:
        """`tea-017/zh`."""
        return f"{self.id}/{self.language}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One mean, and over how many."""

    metric: str
    group: str
    """`all`, a language cell, a language, a kind of unanswerable."""
    value: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Run:
    """One pass of a system over a set."""

    set_id: str
    corpus: str
    """Digest of the corpus."""
    scorer: str
    """Version of the definitions of all metrics."""
    system: Mapping[str, str]
    """What answered: name, program version, embedder; compared with nothing, shown."""
    rows: tuple[Row, ...]
    complete: bool
    """Whether every question of the set was asked in both languages."""
    notes: tuple[str, ...] = ()
    """What a reader must know: gold that moved."""


State = Literal["fixed", "regressed", "unchanged", "new", "removed", "incomparable", "errored"]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one row since the baseline."""

    key: str
    state: State
    lost: tuple[str, ...] = ()
    """Checks that held and no longer do."""
    won: tuple[str, ...] = ()
    before: Row | None = None
    after: Row | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Words and exit code of a gate, from one place."""

    outcome: Literal["no worse", "worse", "not comparable"]
    reasons: tuple[str, ...]
    """Why, one line each; empty when nothing is wrong."""

    @property
    def exit_code(self) -> int:
        """0 no worse, 1 worse, 7 not comparable."""
        return {"no worse": 0, "worse": 1, "not comparable": NOT_COMPARABLE}[self.outcome]
