import json

import pytest

from index.facts import find_date, find_people, find_source, find_tags, find_title, read_date
from index.front_matter import split_front_matter


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("date: '2031-04-02'", {"date": "2031-04-02"}),
        ("publish_date: 2031-04-02", {"publish_date": "2031-04-02"}),
        ("duration: 1:02:03", {"duration": "1:02:03"}),
        ("duration_seconds: 812.0", {"duration_seconds": "812.0"}),
        ("draft: true", {"draft": "true"}),
        ("guest: ''", {"guest": ""}),
        ("guest: []", {"guest": []}),
        ("guest:", {"guest": ""}),
        ("tags:\n- ''\n- tea", {"tags": ["", "tea"]}),
        ("tags:\n  - tea\n  - 水温", {"tags": ["tea", "水温"]}),
        ("summary: 第一行\n  接着写", {"summary": "第一行 接着写"}),
        ("description: 'One.\n\n  '", {"description": "One."}),
        ("title: 茶与水：一席谈 | 某站", {"title": "茶与水：一席谈 | 某站"}),
        ('title: "Ann on "Why Tea""', {"title": 'Ann on "Why Tea"'}),
        ("layout: post  ", {"layout": "post"}),
        ('data:\n  speaker: "Ann"', {"data": {"speaker": "Ann"}}),
        ("a: &x [1]\ntitle: *x", {"a": "&x [1]", "title": "*x"}),
    ],
)
def test_front_matter_stays_text(head: str, expected: dict[str, object]) -> None:
    metadata, body = split_front_matter(f"---\n{head}\n---\nWords.")

    assert metadata == expected
    assert body == "Words."
    json.dumps(metadata)


@pytest.mark.parametrize(
    "text",
    [
        "Kettles\n---\nWords.",
        "---\nAnn: How hot?\n\nBo: Eighty.\n---\nAnn: Oh.",
        "---\nOnly a rule above.\n---\nWords.",
        "---\ntitle: never closed\n\nWords.",
    ],
    ids=["underlined heading", "dialogue between rules", "prose between rules", "unclosed"],
)
def test_a_rule_is_no_front_matter(text: str) -> None:
    assert split_front_matter(text) == ({}, text)


def test_deep_nesting_is_read_line_by_line() -> None:
    metadata, body = split_front_matter(f"---\ntitle: Tea\ntags: {'[' * 5000}\n---\nWords.")

    assert metadata["title"] == "Tea"
    assert body == "Words."


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2031-04-02", "2031-04-02"),
        ("2031/4/2", "2031-04-02"),
        ("2031-04-02 09:33", "2031-04-02"),
        ("2031-04-02T09:33:00Z", "2031-04-02"),
        ("2031年4月2日", "2031-04-02"),
        ("2031年4月", "2031-04"),
        ("20310402", "2031-04-02"),
        ("13310402", None),
        ("April 2, 2031", "2031-04-02"),
        ("2 Apr 2031", "2031-04-02"),
        ("2031", "2031"),
        ("2031-02-30", None),
        ("2031-13-01", None),
        ("soon", None),
    ],
)
def test_dates_are_read_in_many_forms(text: str, date: str | None) -> None:
    assert read_date(text) == date


def test_facts_come_from_either_level_and_either_language() -> None:
    nested = {"title": "Tea", "data": {"speaker": "Ann", "source": "https://tea.example/1"}}
    lines = {
        "标题": "茶",
        "发布时间": "2031/4/2",
        "原文链接": "https://cha.example/2",
        "嘉宾": "安、波",
    }

    assert find_people(nested) == ("Ann",)
    assert find_source(nested) == "https://tea.example/1"
    assert find_title(lines) == "茶"
    assert find_date(lines) == "2031-04-02"
    assert find_source(lines) == "https://cha.example/2"
    assert find_people(lines) == ("安", "波")


def test_facts_are_never_guessed() -> None:
    metadata = {"date": "", "guest": "null", "source": "#section-1", "tags": ["", "tea", "tea"]}

    assert find_date(metadata) is None
    assert find_people(metadata) == ()
    assert find_source(metadata) is None
    assert find_tags(metadata) == ("tea",)


def test_people_lose_their_roles_and_a_paragraph_is_no_name() -> None:
    assert find_people({"speaker": "李安（主持人），Bo（嘉宾）"}) == ("李安", "Bo")
    assert find_people({"speaker": "今天我们来聊茶。水温很重要。"}) == ()
