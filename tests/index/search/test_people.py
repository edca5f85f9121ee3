import pytest

from index.search.people import NOBODY, Directory, directory, people_named, without_names
from index.search.query import Query, read_query

SPEAKING = {
    1: frozenset({"Ines Calloway", "Host"}),
    2: frozenset({"顾南枝", "主持人"}),
    3: frozenset({"Gu Nanzhi", "Theo Marsh"}),
    4: frozenset({"卡洛韦", "沈渡 Shen Du"}),
    5: frozenset({"Q", "A"}),
    6: frozenset({"Bo Wu"}),
}
TITLES = {1: "Noise", 2: "茶", 3: "Tea", 4: "电梯", 5: "医生不在：沈渡谈急诊", 6: "Wires"}


def is_ordinary(word: str) -> bool:
    return word in ("Project", "Manager")


def people(speaking: dict[int, frozenset[str]] = SPEAKING) -> Directory:
    return directory(speaking, TITLES if speaking is SPEAKING else {}, is_ordinary)


def read(text: str) -> Query:
    return read_query(text, lambda _word: 1.0)


@pytest.mark.parametrize(
    ("question", "interviews"),
    [
        ("What does Theo Marsh regret?", {3}),
        ("What does Calloway regret?", {1, 4}),
        ("卡洛韦最后悔什么？", {1, 4}),
        ("西奥·马什后悔什么？", {3}),
        ("顾南枝为什么不用机器？", {2, 3}),
        ("Why did Gu Nanzhi buy machines?", {2, 3}),
        ("Why did Nanzhi Gu buy machines?", {2, 3}),
        ("What did Calloway say to Gu Nanzhi?", {1, 2, 3, 4}),
        ("沈渡以前是做什么的？", {4, 5}),
        ("What did Shen Du do before?", {4, 5}),
    ],
)
def test_who_is_named_says_where_to_look_in_either_script(
    question: str, interviews: set[int]
) -> None:
    assert people_named(read(question), people()).interviews == interviews


@pytest.mark.parametrize(
    "question", ["What is regret?", "主持人问了什么？", "Is there a Host?", "🍵"]
)
def test_nobody_is_named_by_a_part_or_by_no_name(question: str) -> None:
    assert people_named(read(question), people()) == NOBODY


def test_a_name_that_speaks_everywhere_says_nothing() -> None:
    speaking = {1: frozenset({"Ann Lee"}), 2: frozenset({"Ann Lee", "Bo Wu"})}

    assert people_named(read("What does Ann Lee think?"), people(speaking)) == NOBODY


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("What does Calloway regret?", ("regret",)),
        ("顾南枝后悔什么？", ("后悔",)),
        ("卡洛韦后悔什么？", ("后悔",)),
        ("伊内丝·卡洛韦后悔什么？", ("后悔",)),
    ],
)
def test_a_name_is_not_looked_for_in_the_words(question: str, left: tuple[str, ...]) -> None:
    query = read(question)

    assert without_names(query, people_named(query, people())).words == left


def test_a_question_that_is_only_a_name_keeps_it() -> None:
    query = read("Ines Calloway?")

    assert without_names(query, people_named(query, people())) == query


def test_an_office_is_no_name() -> None:
    speaking = {1: frozenset({"Project Manager"}), 2: frozenset({"Ann Lee"})}

    named = people_named(read("What did the Project Manager decide?"), people(speaking))

    assert named == NOBODY
