import re

import pytest

from assistant.chat.labels import both, labels, names

HAN = re.compile(r"[\u4e00-\u9fff]")
VALUE = re.compile(r"\{(\w+?)(?:_s\b|\b)")


@pytest.mark.parametrize("name", names())
def test_labels_take_the_same_values_in_both_languages(name: str) -> None:
    english, chinese = both(name)

    assert set(VALUE.findall(english)) == set(VALUE.findall(chinese))
    assert not HAN.search(english)
    assert HAN.search(chinese) or not re.search(r"[a-z]{2}", VALUE.sub("", english))


def test_a_label_is_said_with_its_values() -> None:
    assert labels("en")("found", count=3) == "found 3 paragraphs"
    assert labels("en")("found", count=1) == "found 1 paragraph"
    assert labels("zh")("found", count=3) == "找到3个段落"


def test_braces_in_a_value_stay_as_they_are() -> None:
    assert labels("en")("searching", query="{0} {x}") == "searching {0} {x}"
