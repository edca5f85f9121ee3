import pytest

from assistant.checking.check import check_sentence
from assistant.checking.siblings import members_of
from assistant.checking.strangers import noun_share
from index.nouns import is_noun
from index.records import Language
from tests.assistant.checking.sources import source

BARN: dict[Language, str] = {
    "en": (
        "My father mended the roof of the barn in winter. He sold two pears to the baker. Nobody"
        " was hurt when the ladder fell. The wheels last thirty years, the axles twenty. The"
        " letter won't be about money. I should have sent a cart for the doctor that day. My"
        " cousin is said to be a painter. He is not."
    ),
    "zh": (
        "我父亲冬天补了谷仓的屋顶，卖给面包师两个梨。梯子倒了，没有人受伤。轮子用三十年，车轴用二十年。"
        "那封信不会是讲钱的。那天按规定我要派车去接医生。那头驴被踢了十一脚。"
    ),
}
ENGLISH: dict[Language, str] = {"en": BARN["en"]}
CHINESE: dict[Language, str] = {"zh": BARN["zh"]}


@pytest.mark.parametrize(
    ("texts", "claim", "code"),
    [
        (ENGLISH, "His mother mended the roof of the barn in winter.", "word"),
        (ENGLISH, "His father mended the floor of the barn in winter.", "word"),
        (ENGLISH, "His father mended the roof of the barn in summer.", "word"),
        (ENGLISH, "His father mended the statue of the barn in winter.", "word"),
        (ENGLISH, "Two people were injured when the ladder fell.", "negation"),
        (ENGLISH, "The wheels last twenty years.", "number"),
        (ENGLISH, "The letter will be about money.", "negation"),
        (ENGLISH, "He sent a cart for the doctor that day.", "hypothetical"),
        (ENGLISH, "His cousin is a painter.", "negation"),
        (ENGLISH, "The father did not mend the roof of the barn in winter.", "negation"),
        (CHINESE, "他母亲冬天补了谷仓的屋顶。", "word"),
        (CHINESE, "他父亲夏天补了谷仓的屋顶。", "word"),
        (CHINESE, "轮子用二十年。", "number"),
        (CHINESE, "那天他派车去接医生。", "hypothetical"),
        (CHINESE, "那头驴被踢了一脚。", "number"),
        (CHINESE, "轮子不是用三十年。", "negation"),
        (CHINESE, "The mother mended the roof of the barn in winter.", "word"),
        (ENGLISH, "他母亲冬天补了谷仓的屋顶。", "word"),
    ],
)
def test_one_wrong_word_is_enough(texts: dict[Language, str], claim: str, code: str) -> None:
    check = check_sentence(claim, [source(texts)])

    assert check.verdict == "unsupported"
    assert code in [reason.code for reason in check.reasons]


@pytest.mark.parametrize(
    ("texts", "claim"),
    [
        (ENGLISH, "His father mended the roof of the barn in winter."),
        (ENGLISH, "The wheels last thirty years and the axles twenty."),
        (ENGLISH, "The wheels last ten years longer than the axles."),
        (ENGLISH, "The wheels last thirty years, not twenty."),
        (ENGLISH, "Nobody was injured when the ladder fell."),
        (CHINESE, "他父亲冬天补了谷仓的屋顶。"),
        (CHINESE, "梯子倒了，没有人受伤。"),
        (CHINESE, "轮子用30年，车轴用20年。"),
        (CHINESE, "轮子比车轴多用十年。"),
        (CHINESE, "The father mended the roof of the barn in winter."),
        (ENGLISH, "他父亲冬天补了谷仓的屋顶。"),
    ],
)
def test_what_is_told_is_left_alone(texts: dict[Language, str], claim: str) -> None:
    assert check_sentence(claim, [source(texts)]).verdict == "supported"


def test_siblings_know_both_languages() -> None:
    english, chinese = set(members_of("my mother in winter")), set(members_of("母亲在冬天"))

    assert english == chinese
    assert not english & set(members_of("my father in summer"))


def test_things_are_told_from_deeds() -> None:
    assert is_noun("屋顶")
    assert not is_noun("修补")
    assert noun_share("roof") > 0.8
    assert noun_share("buy") < 0.2


def test_a_question_bears_nothing_out_but_says_what_the_reply_is_about() -> None:
    people = ("Mira", "Host")
    asked = source(
        {"en": "Your mother must be sad, seeing the barn go?"},
        speaker="Host", people=people, paragraph="mill:0000000a",
    )  # fmt: skip
    reply = source(
        {"en": "It was never hers. She is having the best time of her life."},
        speaker="Mira", people=people, paragraph="mill:0000000b",
    )  # fmt: skip

    check = check_sentence("The mother is sad about the barn.", [asked, reply])

    assert check.verdict == "unsupported"


def test_an_open_question_and_its_reply_are_read_together() -> None:
    people = ("米拉", "主持人")
    asked = source(
        {"zh": "谷仓十九岁的时候谁补过屋顶？"},
        speaker="主持人", people=people, paragraph="mill:0000000a",
    )  # fmt: skip
    reply = source(
        {"zh": "我父亲补的，就他一个人补的屋顶。"},
        speaker="米拉", people=people, paragraph="mill:0000000b",
    )  # fmt: skip

    assert check_sentence("父亲补了谷仓的屋顶。", [asked, reply]).verdict == "supported"
