import pytest

from index.blocks import read_blocks
from index.labels import is_diarised, is_name, is_role, read_label
from index.speakers import choose_speakers, read_labels


def believed(text: str, *people: str) -> set[str]:
    blocks = read_blocks(text)
    speakers = choose_speakers(blocks, [read_labels(block) for block in blocks], people)
    return {name for _, name in speakers.names} | speakers.listed


@pytest.mark.parametrize(
    ("line", "name", "rest", "time"),
    [
        ("**Ann Lee**: How hot?", "Ann Lee", "How hot?", None),
        ("**安·李**：多热？", "安·李", "多热？", None),
        ("**Ann Lee:** How hot?", "Ann Lee", "How hot?", None),
        ("**安·李：** 多热？", "安·李", "多热？", None),
        ("**安·李：**", "安·李", "", None),
        ("**安**大家好", "安", "大家好", None),
        ("Ann Lee: How hot?", "Ann Lee", "How hot?", None),
        ("安：多热？", "安", "多热？", None),
        ("Ann Lee (00:12:40):", "Ann Lee", "", "00:12:40"),
        ("(00:13:05):", "", "", "00:13:05"),
        ("**[Speaker 1]**: Hot.", "Speaker 1", "Hot.", None),
        ("**Speaker A**: Hot.", "Speaker A", "Hot.", None),
        ("发言人1 00:56", "发言人1", "", "00:56"),
        ("SPEAKER_03: Hot.", "SPEAKER_03", "Hot.", None),
        ("**大会司仪（Announcer）**：请入座。", "大会司仪（Announcer）", "请入座。", None),
        ("**主持人 (安)：** 多热？", "主持人 (安)", "多热？", None),
        ("Q：多热？", "Q", "多热？", None),
        ("[00:17] **Ann:** Hot.", "Ann", "Hot.", "00:17"),
        ("**[00:17]** Ann Lee: Hot.", "Ann Lee", "Hot.", "00:17"),
        ("**[00:17]** 安：热。", "安", "热。", "00:17"),
        ("**Ann** [00:17]: Hot.", "Ann", "Hot.", "00:17"),
        (">> Eighty.", "", "Eighty.", None),
        ("***Ann:** text", "Ann", "text", None),
        ("**Ann** text", "Ann", "text", None),
        ("**Ann, Bo**: Hello.", "Ann, Bo", "Hello.", None),
    ],
)
def test_labels_come_in_many_forms(line: str, name: str, rest: str, time: str | None) -> None:
    label = read_label(line)

    assert label is not None
    assert (label.name, label.rest.strip(), label.time) == (name, rest, time)


@pytest.mark.parametrize(
    "line", ["How hot is it?", "See https://tea.example/a", "At 12:30 we drink.", "水温很重要。"]
)
def test_a_sentence_has_no_label(line: str) -> None:
    assert read_label(line) is None


@pytest.mark.parametrize(
    "name", ["Ann Lee", "Ludwig van Berg", "安·李", "吴波", "Dr. Bo Wu", "A君"]
)
def test_names_look_like_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "name",
    ["内容导读", "核心观点", "Break", "Published", "he said", "他说", "水温很重要的三个理由", "我"],
)
def test_lead_ins_do_not(name: str) -> None:
    assert not is_name(name)


def test_parts_and_numbered_voices_are_known() -> None:
    assert is_role("主持人A")
    assert is_role("Q")
    assert not is_role("Ann")
    assert is_diarised("Speaker 1")
    assert is_diarised("发言人2")
    assert not is_diarised("主持人A")


def test_a_label_is_believed_when_used_twice_or_listed() -> None:
    twice = "**Ann:** How hot?\n\n**Bo:** Eighty.\n\n**Ann:** Oh.\n\n**Bo:** Yes."

    assert believed(twice) == {"Ann", "Bo"}
    assert believed("安：大家好。今天讲茶。\n\n水温很重要。", "安") == {"安"}


def test_a_single_turn_counts_where_labels_are_the_rule() -> None:
    text = "**Ann:** One.\n\n**Bo:** Two.\n\n**Ann:** Three.\n\n**Bo:** Four.\n\n**Cy:** Five."

    assert believed(text) == {"Ann", "Bo", "Cy"}


def test_labels_in_both_languages_vouch_for_each_other() -> None:
    text = "Ann Lee: How hot?\n\n安·李: 多热？\n\nBo Wu: Eighty.\n\n吴波: 八十度。"

    assert believed(text) == {"Ann Lee", "安·李", "Bo Wu", "吴波"}


@pytest.mark.parametrize(
    "text",
    [
        "**内容导读** ：\n\n大家好。\n\n**核心观点**\n\n水温。",
        "盖碗：一种茶碗。\n\n紫砂：一种陶土。\n\n今天讲茶。",
        "他说：“水不能烧两遍。”\n\n他说：“壶要旧。”",
        "老人：“水不能烧。”\n\n今天讲茶。\n\n老人：“壶要旧。”",
        "**Break:** \\[13:19\\] to \\[13:39\\]\n\nWe go on.\n\n**Break:** now",
        "**Published:** 2031-04-02\n\nTea.\n\nWater.",
        "One thing (Machine\nLearning: it learns.\n\nAnother is (Machine\nLearning: yes.",
    ],
    ids=["lead-ins", "glossary", "verbs", "told dialogue", "breaks", "fields", "wrapped term"],
)
def test_what_looks_like_a_label_is_not_believed(text: str) -> None:
    assert believed(text) == set()


def test_a_glossary_after_a_talk_names_nobody() -> None:
    talk = "**Ann:** One.\n\n**Bo:** Two.\n\n**Ann:** Three.\n\n**Bo:** Four."

    assert believed(f"{talk}\n\n## Terms\n\n**Gaiwan:** a bowl.\n\n**Zisha:** clay.") == {
        "Ann",
        "Bo",
    }


LONG_ANSWERS = {
    "en": (
        "## Talk\n\n**Host:** Why?\n\n**Ann:** Rain.\n\nIt rained.\n\nIt rained on.\n\nFor days."
        "\n\n**Host:** Who agreed?\n\n{}\n\nShe was right.\n\nIt leaked.\n\n**Ann:** So I left."
    ),
    "zh": (
        "## 谈话\n\n**主持人：** 为什么？\n\n**安：** 下雨。\n\n下了雨。\n\n一直下。\n\n好几天。"
        "\n\n**主持人：** 谁同意？\n\n{}\n\n她说得对。\n\n屋顶漏了。\n\n**安：** 所以我走了。"
    ),
}


@pytest.mark.parametrize(
    ("language", "label", "name"),
    [
        ("en", "**Lena:** I told him to go.", "Lena"),
        ("en", "**Lena Ortiz:** I told him to go.", "Lena Ortiz"),
        ("en", "**林晓梅：** 我叫他走。", "林晓梅"),
        ("zh", "**林晓梅：** 我叫他走。", "林晓梅"),
        ("zh", "**Lena:** I told him to go.", "Lena"),
    ],
)
def test_who_speaks_once_among_others_is_a_speaker(language: str, label: str, name: str) -> None:
    bold = LONG_ANSWERS[language].format(label)

    assert name in believed(bold)
    assert name in believed(bold.replace("**Host:**", "**Tom Wu:**").replace("**Ann:**", "**Bo:**"))


@pytest.mark.parametrize(
    ("language", "label", "name"),
    [
        ("en", "Lena Ortiz: I told him to go.", "Lena Ortiz"),
        ("zh", "林晓梅：我叫他走。", "林晓梅"),
    ],
)
def test_a_plain_name_used_once_among_others_is_a_speaker(
    language: str, label: str, name: str
) -> None:
    assert name in believed(LONG_ANSWERS[language].format(label).replace("**", ""))


@pytest.mark.parametrize(
    "line",
    ["Remember: it rained.", "**Background:** it rained.", "**背景：** 下了雨。", "记住：下了雨。"],
)
def test_a_remark_among_speakers_is_no_speaker(line: str) -> None:
    assert believed(LONG_ANSWERS["en"].format(line).replace("**Host", "**Bo Wu")) == {
        "Ann",
        "Bo Wu",
    }


@pytest.mark.parametrize(
    ("last", "name"),
    [("## Coda\n\n**Lena:** Go.", "Lena"), ("## 尾声\n\n**林晓梅：** 走吧。", "林晓梅")],
)
def test_a_section_with_one_turn_has_a_speaker(last: str, name: str) -> None:
    talk = "**Ann:** One.\n\n**Bo:** Two.\n\n**Ann:** Three.\n\n**Bo:** Four."

    assert believed(f"## Talk\n\n{talk}\n\n{last}") == {"Ann", "Bo", name}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("**Ann:** Why?\n\n**Bo:** Rain.\n\nIt rained.", {"Ann", "Bo"}),
        ("**陈伟：** 为什么？\n\n**林晓梅：** 下雨。\n\n下了雨。", {"陈伟", "林晓梅"}),
        ("Ann: Why?\n\nBo: Rain.", {"Ann", "Bo"}),
        ("陈伟：为什么？\n\n林晓梅：下雨。", {"陈伟", "林晓梅"}),
        ("**Ann:** I left.\n\n**Bo:** It rained.", {"Ann", "Bo"}),
        ("**陈伟：** 我走了。\n\n**林晓梅：** 下雨。", {"陈伟", "林晓梅"}),
        ("**Host:** Why?\n\n**Bo:** Rain.", {"Host", "Bo"}),
        ("**主持人：** 为什么？\n\n**林晓梅：** 下雨。", {"主持人", "林晓梅"}),
        ("盖碗：一种茶碗。\n\n紫砂：一种陶土。", set()),
        ("**Gaiwan:** a bowl.\n\n**Zisha:** clay.", set()),
    ],
)
def test_in_a_short_talk_nobody_need_speak_twice(text: str, names: set[str]) -> None:
    assert believed(text) == names
