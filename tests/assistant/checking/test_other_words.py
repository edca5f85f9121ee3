"""Claims in words of their own: what is meant is supported or left open."""

import pytest

from assistant.checking.check import check_sentence
from assistant.checking.facts import missing_values
from assistant.checking.names import people_of
from assistant.records import Verdict
from index.records import Language
from tests.assistant.checking.sources import source

KILN = {
    "en": (
        "I do not own a telephone, never have. When the old kiln cracked, the village held a"
        " supper and paid for a new one out of what was in the hat. I don't ask for money from"
        " schools. The guild wanted me to raise my prices, and the priest agreed with them."
    ),
    "zh": (
        "我没有电话，从来没有过。老窑裂了以后，村里办了一顿饭，帽子里凑的钱给我换了一口新的。"
        "学校来，我不收钱。行会要我涨价，神父也帮着他们说话。"
    ),
}
EN: dict[Language, str] = {"en": KILN["en"]}
ZH: dict[Language, str] = {"zh": KILN["zh"]}


@pytest.mark.parametrize(
    ("texts", "claim", "verdict"),
    [
        (EN, "The potter has no phone of his own.", "unverifiable"),
        (EN, "For schools he works free of charge.", "unverifiable"),
        (EN, "He owns a telephone.", "unsupported"),
        (EN, "His sister is a famous singer in the capital.", "unsupported"),
        (ZH, "这位陶匠自己没有电话。", "unverifiable"),
        (ZH, "他有一部电话。", "unsupported"),
        (ZH, "他妹妹在首都当歌手，很有名。", "unsupported"),
        (EN, "老窑裂了，村里吃饭时凑钱给他换了新的。", "supported"),
        (ZH, "His sister is a famous singer in the capital.", "unsupported"),
        (EN, "他妹妹在首都当歌手，很有名。", "unsupported"),
    ],
)
def test_sense_bears_a_claim_and_what_is_not_told_has_none(
    texts: dict[Language, str], claim: str, verdict: Verdict
) -> None:
    assert check_sentence(claim, [source(texts)]).verdict == verdict


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("The new barge carries twice as much as the old one.", "The old took half of that."),
        ("The barge weighs more than twice the boat.", "The boat is 4 tonnes, the barge 9 tonnes."),
        ("新船的载重是旧船的两倍。", "旧船四吨，新船八吨。"),
        ("开采比山下晚将近三周。", "比山下晚二十天。"),
        ("It took nearly three weeks.", "It took twenty days."),
    ],
)
def test_a_value_may_be_told_by_others(claim: str, text: str) -> None:
    assert missing_values(claim, [text], None) == []


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("The barge weighs three times the boat.", "The boat is 4 tonnes, the barge 9 tonnes."),
        ("新船的载重是旧船的三倍。", "旧船四吨，新船八吨。"),
        ("开采比山下晚三周。", "比山下晚二十天。"),
        ("It took nearly four weeks.", "It took twenty days."),
    ],
)
def test_but_not_by_any(claim: str, text: str) -> None:
    assert [d.code for d in missing_values(claim, [text], None)] in (["number"], ["unit"])


def test_a_part_of_a_foreign_name_is_nobodys_surname() -> None:
    assert people_of("雷因霍尔特承认是他。") == []
    assert people_of("彭秀兰承认是她。") == ["彭秀兰"]
