"""Every layout that transcripts were met in, in a few invented lines, and what must come out."""

import pytest

from index.parse import parse_interview
from index.records import Interview


def parse(text: str) -> Interview:
    return parse_interview(text, interview_id="tea", path="/talks/tea.txt")


def told(text: str) -> list[tuple[str | None, dict[str, str]]]:
    return [
        (p.speaker, {str(tag): words for tag, words in p.texts.items()})
        for p in parse(text).paragraphs
    ]


PAIRINGS = {
    "one pair a section": (
        "### 水温的争论\n\nI never boil it twice.\n\n我从不烧第二遍。",
        [(None, {"en": "I never boil it twice.", "zh": "我从不烧第二遍。"})],
    ),
    "several pairs, labels in both languages": (
        "## 水温\n\nAnn Lee: How hot?\n\n安·李: 多热？\n\nBo Wu: Eighty degrees.\n\n吴波: 八十度。"
        "\n\nIt depends on the leaf.\n\n要看是什么叶子。",
        [
            ("Ann Lee", {"en": "How hot?", "zh": "多热？"}),
            ("Bo Wu", {"en": "Eighty degrees.", "zh": "八十度。"}),
            ("Bo Wu", {"en": "It depends on the leaf.", "zh": "要看是什么叶子。"}),
        ],
    ),
    "original folded away, no blank line": (
        "我从不烧第二遍。\n<details>\n<summary>View/Hide Original English</summary>\n"
        '<p class="english-text">I never boil it twice.</p>\n</details>\n\n水没有活气。\n'
        '<details>\n<summary>原文</summary>\n<p class="english-text">It goes flat.</p>\n</details>',
        [
            (None, {"zh": "我从不烧第二遍。", "en": "I never boil it twice."}),
            (None, {"zh": "水没有活气。", "en": "It goes flat."}),
        ],
    ),
    "markdown inside the fold": (
        "**Bo Wu**: 八十度。\n\n<details>\n<summary>Original English</summary>\n\n"
        "**Bo Wu**: Eighty degrees.\n\n</details>\n\n**Bo Wu**: 看叶子。\n\n<details>\n"
        "<summary>查看英文原文</summary>\n\n**Bo Wu**: It depends.\n\n</details>",
        [
            ("Bo Wu", {"zh": "八十度。", "en": "Eighty degrees."}),
            ("Bo Wu", {"zh": "看叶子。", "en": "It depends."}),
        ],
    ),
    "several turns, one fold": (
        "**安**：多热？\n\n**波**：八十度。看叶子。\n\n<details><summary>Original</summary>\n"
        '<p class="english-text">How hot?<br><br>>> Eighty degrees. It depends.</p>\n</details>'
        "\n\n**安**：是吗？\n\n**波**：是的。",
        [
            ("安", {"zh": "多热？", "en": "How hot?"}),
            ("波", {"zh": "八十度。看叶子。", "en": "Eighty degrees. It depends."}),
            ("安", {"zh": "是吗？"}),
            ("波", {"zh": "是的。"}),
        ],
    ),
    "the named side is believed": (
        "**Bo Wu**: 八十度。\n\n<details><summary>Original</summary>\n\n"
        "**[Speaker 1]**: Eighty degrees.\n\n</details>\n\n**Bo Wu**: 看叶子。\n\n<details>"
        "<summary>Original</summary>\n\n**[Speaker 1]**: It depends.\n\n</details>",
        [
            ("Bo Wu", {"zh": "八十度。", "en": "Eighty degrees."}),
            ("Bo Wu", {"zh": "看叶子。", "en": "It depends."}),
        ],
    ),
    "translation below each turn": (
        '<span class="speaker">安 (中文):</span> 多热？\n\n(English Translation): How hot?\n\n'
        '<span class="speaker">波 (中文):</span> 八十度。\n\n(English Translation): Eighty.\n\n'
        '<span class="speaker">安 (中文):</span> 明白。\n\n'
        '<span class="speaker">波 (中文):</span> 好。\n\n(English Translation): Good.',
        [
            ("安", {"zh": "多热？", "en": "How hot?"}),
            ("波", {"zh": "八十度。", "en": "Eighty."}),
            ("安", {"zh": "明白。"}),
            ("波", {"zh": "好。", "en": "Good."}),
        ],
    ),
    "blocks of equal counts": (
        '<div class="lang-en">\n\nHow hot?\n\nEighty degrees.\n\n</div>\n<div class="lang-zh">\n\n'
        "多热？\n\n八十度。\n\n</div>",
        [
            (None, {"en": "How hot?", "zh": "多热？"}),
            (None, {"en": "Eighty degrees.", "zh": "八十度。"}),
        ],
    ),
    "blocks of unequal counts": (
        '<div class="lang-en">\n\nHow hot?\n\nEighty degrees. It depends.\n\n</div>\n'
        '<div class="lang-zh">\n\n多热？八十度，要看叶子。\n\n</div>',
        [
            (None, {"en": "How hot?"}),
            (None, {"en": "Eighty degrees. It depends."}),
            (None, {"zh": "多热？八十度，要看叶子。"}),
        ],
    ),
    "the whole document twice": (
        "## 中文全文\n\n多热？\n\n八十度。\n\n## 英文逐字稿（含時間戳）\n\n**[00:17]** How hot?\n\n"
        "**[00:19]** Eighty degrees. It depends.",
        [
            (None, {"zh": "多热？"}),
            (None, {"zh": "八十度。"}),
            (None, {"en": "How hot?"}),
            (None, {"en": "Eighty degrees. It depends."}),
        ],
    ),
    "quotation pairs": (
        "大家好，今天讲茶，讲水，也讲水温。\n\n> “水是茶的母亲。”\n"
        "> （“Water is the mother of tea.”）",
        [
            (None, {"zh": "大家好，今天讲茶，讲水，也讲水温。"}),
            (None, {"zh": "“水是茶的母亲。”", "en": "“Water is the mother of tea.”"}),
        ],
    ),
    "mixed paragraphs": (
        "我们用**盖碗**（gaiwan：一种带盖的茶碗）。\n"
        "We use a **gaiwan** (盖碗：带盖的茶碗) at home.",
        [
            (
                None,
                {
                    "zh": "我们用盖碗（gaiwan：一种带盖的茶碗）。",
                    "en": "We use a gaiwan (盖碗：带盖的茶碗) at home.",
                },
            )
        ],
    ),
    "tags of languages": (
        "**Ann:**\n\nEN:\n\nHow hot?\n\nZH:\n\n多热？\n\n**Bo:**\n\nEN:\n\nEighty.\n\n"
        "ZH:\n\n八十度。"
        "\n\n**Ann:**\n\nEN:\n\nOh.\n\nZH:\n\n哦。\n\n**Bo:**\n\nEN:\n\nYes.\n\nZH:\n\n是的。",
        [
            ("Ann", {"en": "How hot?", "zh": "多热？"}),
            ("Bo", {"en": "Eighty.", "zh": "八十度。"}),
            ("Ann", {"en": "Oh.", "zh": "哦。"}),
            ("Bo", {"en": "Yes.", "zh": "是的。"}),
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), PAIRINGS.values(), ids=PAIRINGS.keys())
def test_two_texts_of_one_paragraph_meet(
    text: str, expected: list[tuple[str | None, dict[str, str]]]
) -> None:
    assert told(text) == expected


TURNS = [
    "**{a}**: One.\n\n**{b}**: Two.\n\n**{a}**: Three.\n\n**{b}**: Four.",
    "**{a}**：One.\n\n**{b}**：Two.\n\n**{a}**：Three.\n\n**{b}**：Four.",
    "**{a}:** One.\n**{b}:** Two.\n**{a}:** Three.\n**{b}:** Four.",
    "**{a}：**\nOne.\n\n**{b}：**\nTwo.\n\n**{a}：**\nThree.\n\n**{b}：**\nFour.",
    "{a}:\n\nOne.\n\n{b}:\n\nTwo.\n\n{a}:\n\nThree.\n\n{b}:\n\nFour.",
    "{a}: One.\n\n{b}: Two.\n\n{a}: Three.\n\n{b}: Four.",
    "{a}: One.\n{b}: Two.\n{a}: Three.\n{b}: Four.",
    "{a} (00:12:40):\nOne.\n\n{b} (00:12:50):\nTwo.\n\n{a} (00:13:40):\nThree.\n\n"
    "{b} (00:14:40):\nFour.",
    "### {a}:\n\nOne.\n\n### {b}:\n\nTwo.\n\n### {a}:\n\nThree.\n\n### {b}:\n\nFour.",
    '<span class="speaker-name">{a}:</span> One.\n\n<span class="speaker-name">{b}:</span> Two.\n\n'
    '<span class="speaker-name">{a}:</span> Three.\n\n<span class="speaker-name">{b}:</span> Four.',
    "- **{a}:** One.\n- **{b}:** Two.\n\n**{a}:** Three.\n\n**{b}:** Four.\n\n**{a}:** Five.",
    "---\nspeaker: {a}\nguest: {b}\n---\n{a}: One.\n\n{b}: Two.\n\n{a}: Three.\n\n{b}: Four.",
]


@pytest.mark.parametrize(("a", "b"), [("Ann Lee", "Bo Wu"), ("李安", "吴波")], ids=["en", "zh"])
@pytest.mark.parametrize("form", [form for form in TURNS if not form.startswith("- ")])
def test_every_form_of_label_names_the_turns(form: str, a: str, b: str) -> None:
    said = [(p.speaker, *p.texts.values()) for p in parse(form.format(a=a, b=b)).paragraphs]

    assert said == [(a, "One."), (b, "Two."), (a, "Three."), (b, "Four.")]


@pytest.mark.parametrize(
    "form",
    [
        "**[Speaker 1]**: 一。\n\n**[Speaker 2]**: 二。",
        "发言人1 00:56\n一。\n\n发言人2 01:06\n二。",
        "问：一。\n\n答：二。",
        "主持人：一。\n\n嘉宾：二。",
    ],
)
def test_parts_and_numbered_voices_are_turns(form: str) -> None:
    paragraphs = parse(form).paragraphs

    assert [p.texts["zh"] for p in paragraphs] == ["一。", "二。"]
    assert len({p.speaker for p in paragraphs} - {None}) == 2


def test_a_time_alone_lets_the_same_speaker_go_on() -> None:
    text = (
        "Ann Lee (00:12:40):\nOne.\n\n(00:13:05):\nTwo.\n\nBo Wu (00:14:00):\nThree.\n\n"
        "Ann Lee (00:15:00):\nFour.\n\nBo Wu (00:16:00):\nFive."
    )
    paragraphs = parse(text).paragraphs

    assert [(p.speaker, p.time) for p in paragraphs[:3]] == [
        ("Ann Lee", "00:12:40"),
        ("Ann Lee", "00:13:05"),
        ("Bo Wu", "00:14:00"),
    ]


def test_people_come_before_parts() -> None:
    text = "**主持人：** 一。\n\n**李安：** 二。\n\n**主持人：** 三。\n\n**李安：** 四。"

    assert parse(text).speakers == ("李安", "主持人")


def test_a_section_without_labels_puts_words_in_nobodys_mouth() -> None:
    talk = "**Ann:** One.\n\n**Bo:** Two.\n\n**Ann:** Three.\n\n**Bo:** Four."
    paragraphs = parse(f"## Before\n\nBo sells tea.\n\n## Talk\n\n{talk}\n\n## After\n\nNice.")

    assert [(p.role, p.speaker) for p in paragraphs.paragraphs] == [
        ("editor", None),
        ("speech", "Ann"),
        ("speech", "Bo"),
        ("speech", "Ann"),
        ("speech", "Bo"),
        ("speech", None),
    ]


def test_headings_give_a_path_and_their_time() -> None:
    interview = parse("# Tea\n\n## 一、缘起\n\n### 3:33 - Kettles\n\nWords.\n\n### Cups\n\nMore.")

    assert [(s.index, s.heading) for s in interview.sections] == [
        (2, "一、缘起 › Kettles"),
        (3, "一、缘起 › Cups"),
    ]
    assert interview.paragraphs[0].time == "3:33"


def test_contents_counts_links_and_chrome_are_dropped() -> None:
    text = (
        "# Tea\n\n**主讲人：** 李安\n\n**总字数：** 约 5,850 字\n\n### 内容目录\n\n"
        "- [1. 缘起](#s1)\n"
        "- [2. 水](#s2)\n\n一键复制为Markdown\n\n## 1. 缘起\n\n大家好。\n\n[music]\n\n"
        "## 相关阅读\n\n"
        "1. [《另一篇访谈》](https://tea.example/2)\n2. [再一篇](https://tea.example/3)"
    )
    interview = parse(text)

    assert [dict(p.texts) for p in interview.paragraphs] == [{"zh": "大家好。"}]
    assert interview.metadata["主讲人"] == "李安"
    assert interview.speakers == ("李安",)


def test_label_lines_of_many_kinds_are_metadata() -> None:
    text = (
        "# Tea\n\n> 原文链接: https://tea.example/1  \n> 抓取时间: 2031/4/3 09:00:00\n---\n\n"
        "- **Channel:** Some Show\n\n**Published:** 2031-04-02\n\n> **節目**：某播客  \n\nWords."
    )
    interview = parse(text)

    assert interview.date == "2031-04-02"
    assert interview.source == "https://tea.example/1"
    assert interview.metadata["Channel"] == "Some Show"
    assert interview.metadata["節目"] == "某播客"
    assert [dict(p.texts) for p in interview.paragraphs] == [{"en": "Words."}]


def test_a_turn_cut_at_a_chunk_mark_goes_on() -> None:
    text = (
        "**Ann:** One and\n\n<!-- chunk 2/14 -->\n\ntwo.\n\n**Bo:** Yes.\n\n"
        "**Ann:** Oh.\n\n**Bo:** No."
    )

    assert told(text)[0] == ("Ann", {"en": "One and two."})


def test_a_list_stays_in_its_turn() -> None:
    text = (
        "**安：** 茶有两种：\n\n- **绿茶** 八十度\n- **红茶** 九十度\n\n"
        "**波：** 好。\n\n**安：** 嗯。\n\n**波：** 好的。"
    )

    assert told(text)[:2] == [
        ("安", {"zh": "茶有两种："}),
        ("安", {"zh": "绿茶 八十度\n红茶 九十度"}),
    ]


def test_one_word_turns_are_kept_and_breaks_are_not() -> None:
    text = (
        "**Ann:** Mm-hmm .\n\n**Bo:** …\n\n**Break:** \\[13:19\\] to \\[13:39\\]\n\n"
        "**Ann:** \\[laughs\\]\n\n**Bo:** Oh."
    )

    assert told(text) == [
        ("Ann", {"en": "Mm-hmm ."}),
        ("Bo", {"en": "…"}),
        ("Ann", {"en": "[laughs]"}),
        ("Bo", {"en": "Oh."}),
    ]


def test_a_lone_ok_does_not_make_a_chinese_talk_bilingual() -> None:
    text = "\n\n".join(
        [*(f"第{n}段讲的是水温和茶叶的关系，内容很长。" for n in "一二三四五六七八"), "OK。"]
    )

    assert parse(text).languages == ("zh",)


def test_captions_become_paragraphs_with_times() -> None:
    cues = [f"{n}\n00:01:{n:02},000 --> 00:01:{n + 1:02},000\n水温第{n}句" for n in range(1, 40)]
    paragraphs = parse("\n\n".join(cues)).paragraphs

    assert paragraphs[0].time == "00:01:01"
    assert paragraphs[0].texts["zh"].startswith("水温第1句水温第2句")
