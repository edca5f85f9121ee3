import pytest

from assistant.checking.check import check_sentence
from assistant.checking.hosts import is_host
from assistant.checking.names import missing_names, replaced_by
from assistant.checking.people import mentions
from assistant.checking.speakers import named_sayers, wrong_speaker
from index.records import Language
from tests.assistant.checking.sources import source


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Mira Castellan left early.", "Mira Castellan"),
        ("Castellan left early.", "Mira Castellan"),
        ("卡斯特兰先走了。", "Castellan"),
        ("Castellan left early.", "米拉·卡斯特兰"),
        ("Qiu says it was late.", "老邱"),
        ("Shen says it was late.", "沈若水"),
        ("沈总先走了。", "沈若水 Shen Ruoshui"),
        ("若水先走了。", "沈若水"),
    ],
)
def test_a_person_is_named_in_either_script(text: str, person: str) -> None:
    assert mentions(text, person)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Castellan left early.", "Joel Marsh"),
        ("卡斯特兰先走了。", "Joel Marsh"),
        ("老周先走了。", "老邱"),
        ("he left early", "何静"),
    ],
)
def test_others_are_not(text: str, person: str) -> None:
    assert not mentions(text, person)


def test_a_name_nothing_tells_is_missing() -> None:
    told = source({"en": "The mill belonged to Old Hobb."}, speaker="Mira")

    assert [n for n, _ in missing_names("The mill belonged to Old Marsh.", [told])] == ["Marsh"]
    assert missing_names("The mill belonged to Old Hobb, says Mira.", [told]) == []
    assert missing_names("The mill belonged to Old Marsh.", [told], "Whose is Marsh's mill?") == []


def test_a_chinese_name_with_a_title_is_missing() -> None:
    told = source({"zh": "磨坊是老何的，罗婆婆也在那儿。"}, speaker="米拉")

    assert [n for n, _ in missing_names("磨坊是老周的。", [told])] == ["老周"]
    assert missing_names("罗婆婆也在磨坊。", [told]) == []


def test_another_surname_in_the_other_language_replaces() -> None:
    assert replaced_by("Zhou", "老邱开了个早点铺。")
    assert not replaced_by("Qiu", "老邱开了个早点铺。")
    assert not replaced_by("Zhou", "他开了个早点铺。")


def test_who_says_so_stands_before_the_word_of_saying() -> None:
    people = ["Mira Castellan", "Joel Marsh"]

    assert named_sayers("Mira says that Joel left.", people) == ["Mira Castellan"]
    assert named_sayers("According to Joel, it froze.", people) == ["Joel Marsh"]
    assert named_sayers("Joel left.", people) == []


def test_words_in_another_mouth_are_told_apart() -> None:
    told = source({"en": "I think it froze twice."}, speaker="Mira", people=("Mira", "Joel"))

    assert wrong_speaker("Joel says it froze twice.", told) == "Mira"
    assert wrong_speaker("Mira says it froze twice.", told) is None
    assert wrong_speaker("It froze twice.", told) is None


def test_somebody_the_speaker_reports_may_have_said_it() -> None:
    told = source({"en": "Joel told me it froze."}, speaker="Mira", people=("Mira", "Joel"))

    assert wrong_speaker("Joel says it froze.", told) is None


def test_a_host_is_known_by_label_or_by_asking() -> None:
    assert is_host(source({"zh": "磨坊是您家的。"}, speaker="主持人"))
    assert is_host(source({"en": "It is your mill."}, speaker="Q"))
    assert is_host(source({"en": "So it is your mill, isn't it?"}, speaker="Joel"))
    assert not is_host(source({"en": "It is my mill."}, speaker="Mira"))


@pytest.mark.parametrize(
    ("claim", "told", "supported"),
    [
        ("Castellan sold the mill in 1931.", {"en": "I sold the mill in 1931."}, True),
        ("Shen sold the mill in 1931.", {"en": "I sold the mill in 1931."}, False),
        ("沈若水1931年卖了磨坊。", {"en": "I sold the mill in 1931."}, False),
        ("沈若水1931年卖了磨坊。", {"zh": "我1931年卖了磨坊。"}, False),
        ("Shen sold the mill in 1931.", {"en": "Then she sold the mill in 1931."}, True),
    ],
)
def test_what_a_speaker_did_was_done_by_nobody_unknown(
    claim: str, told: dict[Language, str], supported: bool
) -> None:
    people = ("Mira Castellan", "Joel Marsh")
    paragraph = source(told, speaker="Mira Castellan", people=people)

    assert (check_sentence(claim, [paragraph]).verdict == "supported") == supported


def test_another_of_the_interview_did_not_do_it_either() -> None:
    people = ("Mira Castellan", "Joel Marsh")
    told = source({"en": "I sold the mill in 1931."}, speaker="Mira Castellan", people=people)

    assert check_sentence("Marsh sold the mill in 1931.", [told]).verdict == "unsupported"
