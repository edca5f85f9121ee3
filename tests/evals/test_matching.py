"""Words of answers against forms, forbidden phrases and values, in both languages."""

import pytest

from evals.matching import contains, contradictions, nugget_found, unknown_values
from evals.records import Nugget
from tests.evals.world import nugget, paragraph


@pytest.mark.parametrize(
    ("form", "text", "held"),
    [
        ("40", "it took 40 days", True),
        ("40", "it took 140 days", False),
        ("40", "it took 40.5 days", False),
        ("40", "worth 40 billion", False),
        ("40", "40亿", False),
        ("4200", "some 4,200 visitors", True),
        ("4,200", "4200人", True),
        ("art", "a part of it", False),
        ("Art", "the ART of it", True),
        ("四百", "一共四百万", False),
        ("四百", "一共四百人", True),
        ("松木", "只燒松木", True),
        ("烧松木", "只燒松木", True),
        ("ＡＢＣ", "abc", True),
        ("", "anything", False),
    ],
)
def test_forms_stand_as_words_of_their_own(form: str, text: str, held: bool) -> None:
    assert contains(form, text) is held


@pytest.mark.parametrize(
    ("fact", "sentence", "said"),
    [
        (nugget("400 billion", "4000亿", value="400 billion"), "大约四千亿美元", True),
        (nugget("400 billion", "4000亿", value="400 billion"), "some $400B", True),
        (nugget("400 billion", "4000亿", value="400 billion"), "some $40B", False),
        (nugget("her aunt paid", "姨妈出钱"), "My aunt, she paid for it", False),
        (nugget("the boat was sold by her aunt", "姨妈卖了船"),
         "It was sold, the boat, by her own aunt", True),
        (nugget("the boat was sold by her aunt", "姨妈卖了船"),
         "The boat was never sold by her aunt", False),
        (nugget("pine ash", "松木的灰像雪一样"), "松木的灰就像雪一样落下", True),
        (nugget("pine ash", "松木的灰像雪一样"), "松木的灰不像雪一样落下", False),
    ],
)  # fmt: skip
def test_facts_are_met_in_other_notations_and_near_wordings(
    fact: Nugget, sentence: str, said: bool
) -> None:
    assert nugget_found(fact, [sentence]) is said


def test_forbidden_words_inside_an_accepted_form_do_not_count() -> None:
    fact = [nugget("no robots", "没有机器人")]
    assert contradictions(["robots"], fact, ["We have no robots."]) == ()
    assert contradictions(["robots"], fact, ["No robots, then robots."]) == ("robots",)


def test_a_forbidden_value_is_met_in_any_notation() -> None:
    assert contradictions(["40 billion"], [], ["一共是400亿"]) == ("40 billion",)
    assert contradictions(["40 billion"], [], ["一共是4000亿"]) == ()


def test_values_must_stand_in_the_evidence_of_either_language() -> None:
    evidence = [paragraph(1, None, "It cost $3 million.", "损失了340只碗。")]
    assert unknown_values("We lost 340 bowls and 三百万美元.", evidence) == ([], 2)
    unknown, count = unknown_values("We lost 341 bowls.", evidence)
    assert (unknown, count) == (["341"], 1)
