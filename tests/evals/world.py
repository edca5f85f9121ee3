"""A small invented corpus, questions over it, and a system that always knows the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.records import Abstention, Answer, Citation, Sentence, Source
from evals.altered import NOTHING_SAID
from evals.corpus import Fit
from evals.honesty import Bench
from evals.matching import nugget_found
from evals.records import Corpus, Nugget, Question, Reply, Run, Said, Unanswerable
from evals.run import run
from evals.support import make_judge
from index.language import detect_language
from index.records import InterviewSummary, Language, Paragraph, SearchHit
from index.sentences import split_sentences

TALK = InterviewSummary(
    "talk", "A talk", "/talk.md", "2024-01-02", None, ("Mara", "Ossian"), ("en", "zh"), (), 1, 6
)


def paragraph(anchor: int, speaker: str | None, en: str | None, zh: str | None) -> Paragraph:
    texts: dict[Language, str] = {}
    if en:
        texts["en"] = en
    if zh:
        texts["zh"] = zh
    return Paragraph(f"talk:{anchor:08x}", texts, speaker=speaker)


PARAGRAPHS = (
    paragraph(1, "Ossian", "So the kiln burned down in winter?", "那么窑是冬天烧毁的？"),
    paragraph(
        2,
        "Mara",
        "The kiln burned down in June 2011. We lost 340 bowls that night. I laughed in the end.",
        "窑是2011年6月烧毁的。那一夜我们丢了340只碗。最后我笑了。",
    ),
    paragraph(3, "Ossian", "Who paid for the new one?", "新窑是谁出的钱？"),
    paragraph(4, "Mara", "My aunt sold her boat for it. The boat was blue.", None),
    paragraph(5, "Mara", None, "新窑只烧松木，因为松木的灰像雪一样落在釉上。别的木头都太脏。"),
    paragraph(6, "Ossian", "Thank you for the tea.", "谢谢你的茶。"),
)
CORPUS = Corpus("corpus", {p.id: Source(p, TALK, 1, "The kiln") for p in PARAGRAPHS})


def nugget(en: str, zh: str, *, vital: bool = True, value: str | None = None) -> Nugget:
    return Nugget({"en": (en,), "zh": (zh,)}, vital, value)


def question(
    key: str,
    en: str,
    zh: str,
    gold: Sequence[int] = (),
    nuggets: Sequence[Nugget] = (),
    *,
    unanswerable: Unanswerable | None = None,
    forbidden: Sequence[str] = (),
) -> Question:
    return Question(
        id=key,
        kind="fact",
        texts={"en": en, "zh": zh},
        unanswerable=unanswerable,
        gold=tuple(f"talk:{anchor:08x}" for anchor in gold),
        nuggets=tuple(nuggets),
        speaker="Mara" if gold else None,
        forbidden=tuple(forbidden),
        digest=f"digest of {key}",
    )


QUESTIONS = (
    question(
        "kiln-1",
        "How many bowls were lost in the fire?",
        "那场火丢了多少只碗？",
        [2],
        [nugget("340 bowls", "340只碗", value="340")],
        forbidden=["in winter", "冬天烧毁"],
    ),
    question("kiln-2", "Who paid for the kiln?", "新窑谁出钱？", [4], [nugget("aunt", "姨妈")]),
    question("kiln-3", "What does it burn?", "新窑烧什么？", [5], [nugget("pine", "松木")]),
    question(
        "kiln-4",
        "What did the boat fetch, and what does the kiln burn?",
        "船怎么了，窑烧什么？",
        [4, 5],
        [nugget("sold her boat", "卖了船"), nugget("pine", "松木")],
    ),
    question("kiln-5", "What did a bowl cost?", "一只碗卖多少钱？", unanswerable="near_miss"),
    question("kiln-6", "Who won the regatta?", "帆船赛谁赢了？", unanswerable="off_topic"),
)


@dataclass(frozen=True, slots=True)
class Oracle:
    """Quotes the sentence of the gold that says a nugget; declines where there is none."""

    questions: Mapping[str, Question]
    name: str = "oracle"

    def ask(self, question: str, history: Sequence[Said]) -> Reply:  # noqa: ARG002  # it knows
        found = self.questions[question]
        language = detect_language(question)
        sources = [CORPUS.sources[name] for name in found.gold]
        citations = tuple(
            Citation(number, source, *_telling(source.paragraph, found, language))
            for number, source in enumerate(sources, start=1)
        )
        answer = Answer(
            question,
            language,
            "answered" if citations else "abstained",
            "extractive",
            tuple(Sentence(c.quote, (c.number,), "supported") for c in citations),
            citations,
            None if citations else Abstention({}, (), NOTHING_SAID[language]),
            0.0,
        )
        rest = [s for s in CORPUS.sources.values() if s not in sources]
        return Reply(answer, tuple(_hit(s, n) for n, s in enumerate([*sources, *rest], start=1)))


ORACLE = Oracle({text: q for q in QUESTIONS for text in q.texts.values()})
BENCH = Bench(CORPUS, make_judge(PARAGRAPHS))
FIT = Fit(QUESTIONS, {}, {})


def perfect_run() -> Run:
    return run("kiln", FIT, ORACLE, BENCH, made_of={"program": "1"})


def _telling(paragraph: Paragraph, question: Question, asked: Language) -> tuple[str, Language]:
    spoken = asked if asked in paragraph.texts else next(iter(paragraph.texts))
    text = paragraph.texts[spoken]
    sentences = [text[start:end] for start, end in split_sentences(text)]
    telling = [s for s in sentences if any(nugget_found(n, [s]) for n in question.nuggets)]
    return (telling or sentences)[0], spoken


def _hit(source: Source, rank: int) -> SearchHit:
    return SearchHit(rank, 1 / rank, source.paragraph, TALK, 1, source.heading, rank, "en")
