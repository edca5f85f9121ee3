import pytest

from index.search.people import NOBODY, people_named, without_names
from index.search.query import Query, read_query

SPEAKING = {
    1: frozenset({"Ines Calloway", "Host"}),
    2: frozenset({"顾南枝", "主持人"}),
    3: frozenset({"Gu Nanzhi", "Theo Marsh"}),
}


def is_ordinary(word: str) -> bool:
    return word in ("Project", "Manager")


def read(text: str) -> Query:
    return read_query(text, lambda _word: 1.0)


@pytest.mark.parametrize(
    ("question", "interviews"),
    [
        ("What does Calloway regret?", {1}),
        ("卡洛韦最后悔什么？", {1}),
        ("顾南枝为什么不用机器？", {2}),
        ("Why did Gu Nanzhi buy machines?", {3}),
        ("What did Calloway say to Gu Nanzhi?", {1, 3}),
    ],
)
def test_who_is_named_says_where_to_look(question: str, interviews: set[int]) -> None:
    assert people_named(read(question), SPEAKING, is_ordinary).interviews == interviews


@pytest.mark.parametrize(
    "question", ["What is regret?", "主持人问了什么？", "Is there a Host?", "🍵"]
)
def test_nobody_is_named_by_a_part_or_by_no_name(question: str) -> None:
    assert people_named(read(question), SPEAKING, is_ordinary) == NOBODY


def test_a_name_that_speaks_everywhere_says_nothing() -> None:
    speaking = {1: frozenset({"Ann Lee"}), 2: frozenset({"Ann Lee", "Bo Wu"})}

    assert people_named(read("What does Ann Lee think?"), speaking, is_ordinary) == NOBODY


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("What does Calloway regret?", ("regret",)),
        ("顾南枝后悔什么？", ("后悔",)),
        ("卡洛韦后悔什么？", ("后悔",)),
    ],
)
def test_a_name_is_not_looked_for_in_the_words(question: str, left: tuple[str, ...]) -> None:
    query = read(question)

    assert without_names(query, people_named(query, SPEAKING, is_ordinary)).words == left


def test_a_question_that_is_only_a_name_keeps_it() -> None:
    query = read("Ines Calloway?")

    assert without_names(query, people_named(query, SPEAKING, is_ordinary)) == query


def test_an_office_is_no_name() -> None:
    speaking = {1: frozenset({"Project Manager"}), 2: frozenset({"Ann Lee"})}

    named = people_named(read("What did the Project Manager decide?"), speaking, is_ordinary)

    assert named == NOBODY
