import pytest

from assistant.chat.known import problem_with
from assistant.chat.labels import labels
from assistant.chat.scope import Scope
from assistant.chat.session import Holdings
from index.records import InterviewSummary, Language


def interview(name: str, *tags: str) -> InterviewSummary:
    return InterviewSummary(
        id=name,
        title=name,
        path=f"{name}.md",
        date="2024-05-06",
        source=None,
        speakers=(),
        languages=("en", "zh"),
        tags=tags,
        sections=1,
        paragraphs=1,
    )


HOLDINGS = Holdings(
    (interview("lamp-2024", "harbour", "灯塔"), interview("weir-2020", "eels")),
    ("Ruth Amadi", "顾南枝"),
    {},
)


def problem(name: str, value: str, language: Language = "en", scope: Scope | None = None) -> str:
    found = problem_with(name, value, scope or Scope(), HOLDINGS, labels(language))
    return found or ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("since", "2024"),
        ("until", "2024-02"),
        ("since", "2024-02-29"),
        ("since", "２０２４"),
        ("speaker", "Ruth Amadi"),
        ("speaker", "amadi"),
        ("speaker", "顧南枝"),
        ("speaker", "南枝"),
        ("speaker", "Gu Nanzhi"),
        ("interview", "LAMP-2024"),
        ("tag", "燈塔"),
        ("tag", "Harbour"),
        ("language", "zh"),
    ],
)
def test_what_is_there_may_be_asked_for(name: str, value: str) -> None:
    assert problem(name, value) == ""


@pytest.mark.parametrize(
    ("name", "value", "language", "says"),
    [
        ("since", "不是日期", "zh", "不是日期；请写成"),
        ("since", "yesterday", "en", "yesterday is no date"),
        ("until", "2023-02-29", "en", "2023-02-29 is no date"),
        ("until", "2024-13", "en", "is no date"),
        ("until", "2024-1", "en", "is no date"),
        ("speaker", "没有这个人", "zh", "没有叫 没有这个人 的说话人；现有：Ruth Amadi、顾南枝"),
        ("speaker", "Rut Amadie", "en", "nobody called Rut Amadie speaks; nearest: Ruth Amadi"),
        ("speaker", "Gu Nanzi", "en", "nearest: 顾南枝"),
        ("speaker", "顾男知", "zh", "最接近的是：顾南枝"),
        ("interview", "nosuch", "en", "no interview nosuch; there is: lamp-2024, weir-2020"),
        ("interview", "lamp-2042", "zh", "没有 lamp-2042 这篇访谈；最接近的是：lamp-2024"),
        ("tag", "eel", "en", "nothing is tagged eel; nearest: eels"),
    ],
)
def test_what_is_not_there_is_said_with_the_nearest(
    name: str, value: str, language: Language, says: str
) -> None:
    assert says in problem(name, value, language)


@pytest.mark.parametrize(
    ("since", "until", "is_wrong"),
    [("2024", "2023", True), ("2024-05", "2024", False), ("2024-05-02", "2024-05-01", True)],
)
def test_dates_that_nothing_can_pass_are_refused(since: str, until: str, *, is_wrong: bool) -> None:
    scope = Scope().with_chip("since", since)

    assert bool(problem("until", until, scope=scope)) == is_wrong
    assert bool(problem("since", since, scope=Scope().with_chip("until", until))) == is_wrong


def test_before_it_is_known_what_there_is_every_name_may_be() -> None:
    assert problem_with("speaker", "谁", Scope(), None, labels("zh")) is None
    assert problem_with("since", "昨天", Scope(), None, labels("zh")) is not None
