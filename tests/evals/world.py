"""A small invented corpus, questions over it, and the system that knows what is right."""

from collections.abc import Sequence

from assistant.records import Source
from evals.ceiling import ceiling
from evals.corpus import Fit
from evals.honesty import Bench
from evals.records import Corpus, Nugget, Question, Run, Unanswerable
from evals.run import run
from evals.support import make_judge
from index.records import InterviewSummary, Language, Paragraph

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


ORACLE = ceiling(QUESTIONS, CORPUS)
BENCH = Bench(CORPUS, make_judge(PARAGRAPHS))
FIT = Fit(QUESTIONS, {}, {})


def perfect_run() -> Run:
    return run("kiln", FIT, ORACLE, BENCH, made_of={"program": "1"})
