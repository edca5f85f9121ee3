import pytest

from index.making.cedict import Entry
from index.making.pinyin import readings
from index.pinyin import romanised, spelt_like

PEOPLE = ["林晓梅", "林晓明", "歐陽靖", "吕燕", "Xiaomei Lin", "Wu, Bo", "陈伟（嘉宾）", "Ann Lee"]


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("Lin Xiaomei", {"林晓梅"}),
        ("Xiaomei Lin", {"林晓梅"}),
        ("LIN Xiao-mei", {"林晓梅"}),
        ("linxiaomei", {"林晓梅"}),
        ("Lín Xiǎoméi", {"林晓梅"}),
        ("Xiaomei", {"林晓梅"}),
        ("Lin", {"林晓梅", "林晓明"}),
        ("Ouyang Jing", {"歐陽靖"}),
        ("Jing Ouyang", {"歐陽靖"}),
        ("Lü Yan", {"吕燕"}),
        ("Lv Yan", {"吕燕"}),
        ("Lyu Yan", {"吕燕"}),
        ("Chen Wei", {"陈伟（嘉宾）"}),
        ("林晓梅", {"Xiaomei Lin"}),
        ("林曉梅", {"Xiaomei Lin"}),
        ("吴波", {"Wu, Bo"}),
        ("晓梅", {"Xiaomei Lin"}),
        ("Lam Hiu-mui", set()),
        ("Lin Daiyu", set()),
        ("林黛玉", set()),
        ("Ann Lee", set()),
        ("!", set()),
        ("", set()),
    ],
)
def test_pinyin_finds_the_name_in_the_other_script(name: str, people: set[str]) -> None:
    assert spelt_like(name, PEOPLE) == people


def test_a_name_is_romanised() -> None:
    assert romanised("林晓梅") == "lin xiao mei"
    assert romanised("Ann Lee") == "ann lee"


def test_readings_come_from_single_characters() -> None:
    entries = [
        Entry("呂", "吕", "Lu:3", ("surname",)),
        Entry("曾", "曾", "Zeng1", ("surname",)),
        Entry("曾", "曾", "ceng2", ("once",)),
        Entry("曾經", "曾经", "ceng2 jing1", ("once",)),
        Entry("A", "A", "A", ("letter",)),
    ]

    assert readings(entries) == {"ceng": ["曾"], "lv": ["吕"], "zeng": ["曾"]}
