"""Who asks and who answers, and the reply in place of the question."""

from collections.abc import Iterator

import pytest

from assistant.evidence import asks, ends_asking, gather
from index.search import Searcher
from index.store.paragraphs import FoundParagraph
from tests.assistant.orchard import TALKS, opened
from tests.fakes import an_interview


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    unlabelled = (
        "---\ntitle: Two at a table\n---\n\n### Bread\n\n"
        "**Rosa:** Do you still bake?\n\n"
        "**Ilse:** Every night. The oven is older than both of us and it smokes when it rains.\n\n"
        "**Rosa:** And who buys it all? Tell me about them.\n\n"
        "**Ilse:** Fishermen, mostly. They come at four, before the boats go out.\n"
    )
    with opened(tmp_path_factory.mktemp("evidence"), TALKS | {"bread.md": unlabelled}) as searcher:
        yield searcher


def turns(searcher: Searcher, interview: str) -> list[FoundParagraph]:
    found = searcher.store.rows.interview(interview)
    assert found is not None
    rows = [searcher.store.rows.paragraph(p.id) for p in found.paragraphs]
    return [row for row in rows if row is not None]


@pytest.mark.parametrize(
    ("interview", "hosts"),
    [
        pytest.param("pears", {"Host"}, id="an English label"),
        pytest.param("boats", {"主持人"}, id="a Chinese label"),
        pytest.param("bread", {"Rosa"}, id="the one who asks, in short turns"),
        pytest.param("lamp", set(), id="nobody named"),
    ],
)
def test_who_asks_is_told_by_label_or_by_asking(
    searcher: Searcher, interview: str, hosts: set[str]
) -> None:
    around = turns(searcher, interview)

    assert {turn.paragraph.speaker for turn in around if asks(turn, around)} == hosts


def test_a_guest_who_asks_back_is_no_host(searcher: Searcher) -> None:
    around = turns(searcher, "bread")
    guest = [turn for turn in around if turn.paragraph.speaker == "Ilse"]

    assert not any(asks(turn, around) for turn in guest)


def test_the_reply_comes_before_the_question_that_found_it(searcher: Searcher) -> None:
    hits = [
        hit
        for hit in searcher.search("why no fibreglass 为什么不肯用玻璃钢", k=8)
        if hit.paragraph.speaker == "主持人"
    ]
    reply, question = gather(hits[:1], searcher.store.rows)[:2]

    assert reply.found.paragraph.speaker == "陶令仪"
    assert reply.asked is not None
    assert reply.asked.row == question.found.row
    assert (reply.is_question, question.is_question) == (False, True)
    assert ends_asking(question.found)
    assert not ends_asking(reply.found)


def test_a_reply_found_by_itself_knows_what_was_asked(searcher: Searcher) -> None:
    found = searcher.search("wind machine", k=8)
    hits = [hit for hit in found if "airfield" in hit.paragraph.texts.get("en", "")]
    (candidate,) = gather(hits[:1], searcher.store.rows)

    assert candidate.asked is not None
    assert candidate.asked.paragraph.texts["en"].startswith("And what did you do")


def test_each_paragraph_is_a_candidate_once(searcher: Searcher) -> None:
    hits = searcher.search("frost and the pear trees", k=8)
    rows = [candidate.found.row for candidate in gather(hits, searcher.store.rows)]

    assert len(rows) == len(set(rows))


def test_a_hit_of_another_store_is_our_mistake(searcher: Searcher) -> None:
    (hit, *_) = searcher.search("pears", k=1)
    stranger = an_interview("stranger", {"en": "Nobody knows me."}).paragraphs[0]
    forged = type(hit)(1, 1.0, stranger, hit.interview, 1, "", 0, "en")

    with pytest.raises(ValueError, match="stranger:0"):
        gather([forged], searcher.store.rows)
