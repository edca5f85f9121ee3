import os
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import InputError
from index.parse import LONG_PARAGRAPH, PIECE, parse_interview, read_transcript
from index.records import Interview

LAYOUTS = Path(__file__).parents[1] / "data" / "layouts"
SEEDS = Path(__file__).parents[3] / "shared" / "corpus" / "seeds"
LONG = "The second time the water goes flat, and the leaf knows it at once, every single time."


def parse(text: str) -> Interview:
    return parse_interview(text, interview_id="tea", path="/talks/tea.txt")


def words(interview: Interview) -> list[str]:
    return [text for p in interview.paragraphs for text in p.texts.values()]


def test_alternating_languages_make_one_paragraph_a_section() -> None:
    interview = parse(read_transcript(LAYOUTS / "alternating.txt"))

    assert [section.index for section in interview.sections] == [1, 2, 3]
    assert [list(p.texts) for p in interview.paragraphs] == [["en", "zh"]] * 3
    assert {p.speaker for p in interview.paragraphs} == {None}
    assert interview.title == "茶馆主人：水不能烧两遍"
    assert interview.date == "2031-04-02"
    assert interview.source == "https://tea.example/watch?v=1"
    assert interview.speakers == ("Tea Pod",)
    assert interview.tags == ("tea", "水温")
    assert interview.languages == ("en", "zh")
    assert interview.metadata["layout"] == "post.njk"


def test_an_exported_article_is_told_apart_from_the_interview_in_it() -> None:
    interview = parse(read_transcript(LAYOUTS / "wechat.txt"))
    preface, biography, talk = interview.sections

    assert interview.title.startswith("一万字全文")
    assert interview.date == "2031-04-02"
    assert interview.source == "http://tea.example/s?__biz=abc&mid=1#rd"
    assert interview.metadata["发布地"] == "杭州"
    assert interview.metadata["封面图链接"] == "https://img.example/cover/300"
    assert interview.speakers == ("李安", "主持人A", "主持人B")
    assert {p.role for p in (*preface.paragraphs, *biography.paragraphs)} == {"editor"}
    assert preface.paragraphs[1].texts["zh"] == "水温：主人认为水温决定一切，八十度最好。"
    assert preface.paragraphs[-1].texts["zh"] == "水是茶的母亲。没有好水，就没有好茶。"
    assert biography.heading == "茶馆主人（Ann Lee）简介"
    assert [(p.role, p.speaker, p.texts["zh"]) for p in talk.paragraphs] == [
        ("speech", "主持人A", "今天我们来到茶馆，想问问您泡茶的水温到底有什么讲究？"),
        ("speech", "主持人A", "很多人说要用开水。"),
        ("speech", "李安", "我用八十度的水，唯一重要的是温度。开水会把 Acme 牌的嫩叶烫坏。"),
        ("speech", "李安", "Acme, 这家公司的茶我喝了二十年。"),
        ("editor", None, "Acme: 一家虚构的茶叶公司，总部在 Hangzhou 城外。"),
        ("speech", "李安", "所以我从不烧第二遍。"),
        ("speech", "主持人B", "明白了。"),
    ]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed transcripts are not here")
def test_the_bilingual_seed_has_88_pairs() -> None:
    interview = parse(read_transcript(next(SEEDS.glob("000_*.txt"))))

    assert [section.index for section in interview.sections] == list(range(1, 89))
    assert [list(p.texts) for p in interview.paragraphs] == [["en", "zh"]] * 88
    assert not any(p.speaker for p in interview.paragraphs)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed transcripts are not here")
def test_the_exported_seed_loses_no_turn() -> None:
    text = read_transcript(next(SEEDS.glob("002_*.txt")))
    interview = parse(text)
    talk = interview.sections[-1].paragraphs
    labels = re.findall(r"^\*\*(主持人[AB]|黄仁勋)：", text, re.MULTILINE)
    speakers = [p.speaker for p in talk if p.role == "speech"]

    assert len(interview.sections) == 3
    assert len(speakers) >= len(labels)
    assert set(speakers) == set(labels)
    assert {p.role for s in interview.sections[:2] for p in s.paragraphs} == {"editor"}
    assert sum(p.role == "editor" for p in talk) == 2
    assert not any(re.search(r"\*\*|!\[|\]\(|^>|_参考|往期", text) for text in words(interview))


KEPT = f"## B\n\n{LONG}\n\nYes."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"## A\n\nOld.\n\n{KEPT}", f"## A\n\nNew!\n\n{KEPT}"),
        (f"## A\n\nOld.\n\n{KEPT}", f"## X\n\nOther.\n\nMore.\n\n{KEPT}"),
        (f"## A\n\nOld.\n\n{KEPT}", KEPT),
        (f"## B\n\n{LONG}\n\n水。", f"## B\n\n{LONG}\n\n水放久了就没有活气，茶叶尝得出来。"),
    ],
    ids=["edited", "inserted", "deleted", "translated"],
)
def test_ids_survive_edits_elsewhere(before: str, after: str) -> None:
    old = {p.texts.get("en"): p.id for p in parse(before).paragraphs}
    new = {p.texts.get("en"): p.id for p in parse(after).paragraphs}

    assert old[LONG] == new[LONG]
    assert old.get("Yes.") == new.get("Yes.")


def test_a_long_paragraph_is_named_by_its_words_and_a_short_one_by_its_place() -> None:
    one = parse(f"## A\n\n{LONG}\n\nYes.").paragraphs
    other = parse(f"## B\n\n{LONG}\n\nYes.").paragraphs

    assert one[0].id == other[0].id
    assert one[1].id != other[1].id
    assert re.fullmatch(r"tea:[0-9a-f]{8}", one[0].id)


def test_paragraphs_that_repeat_are_counted() -> None:
    ids = [p.id for p in parse(f"{LONG}\n\n{LONG}\n\n{LONG}").paragraphs]

    assert ids == [ids[0], f"{ids[0]}-2", f"{ids[0]}-3"]


def test_marks_of_files_make_no_difference() -> None:
    plain = "# Tea\n\nAnn: Café?\n\nBo: Yes.\n\nAnn: Oh.\n\nBo: Well."
    odd = "\ufeff" + unicodedata.normalize("NFD", plain).replace("\n", "\r\n")

    assert parse(odd) == parse(plain)


def test_a_huge_paragraph_is_cut_at_sentences_and_loses_nothing() -> None:
    sentences = [f"Sentence {number} is about the water and the leaf." for number in range(900)]
    pieces = words(parse(" ".join(sentences)))

    assert sum(map(len, sentences)) > LONG_PARAGRAPH
    assert all(len(piece) <= PIECE and piece.endswith(".") for piece in pieces)
    assert " ".join(pieces) == " ".join(sentences)


def test_the_title_falls_back_to_the_heading_and_then_to_the_file() -> None:
    assert parse("# Tea\n\nWords.").title == "Tea"
    assert parse("Words.").title == "tea"
    assert [s.heading for s in parse("# One\n\nWords.\n\n# Two\n\nMore.").sections] == [
        "One",
        "Two",
    ]


@pytest.mark.parametrize("text", ["", "# Only a title", "---\n\n***", "![](https://x.example/a)"])
def test_a_text_without_a_paragraph_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="no paragraph to cite"):
        parse(text)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"tea\x00water", "binary"),
        (b"tea\x00wate", "binary"),
        ("茶和水\x00".encode(), "binary"),
        (b"tea \xff\xfe", "not UTF-8 at byte 4"),
        ("茶".encode("gb18030"), "not UTF-8 at byte 0"),
        (b"x" * 101, "101 bytes, the limit is 100"),
    ],
)
def test_unreadable_files_are_refused_in_one_line(
    tmp_path: Path, data: bytes, message: str
) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(data)

    with pytest.raises(InputError, match=message) as refusal:
        read_transcript(path, max_bytes=100)
    assert "\n" not in str(refusal.value)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with pytest.raises(InputError, match="no such file"):
        read_transcript(tmp_path / "absent.txt")
    with pytest.raises(InputError, match="a directory"):
        read_transcript(tmp_path)
    with pytest.raises(InputError, match="not a regular file"):
        read_transcript(pipe)


MARKS = """
--- # ## > >> - * ** *** _ __ ` ``` | ★ Ann: **Ann:** 安： [00:17] (00:12:40): 水。 1. title:
<details> </details> <summary> <div_class='lang-en'> </div> <!-- --> <br> [ { ]( ![ \\ &#39; &lt;
00:00:01.000 --> 00:00:02.000 ====
"""
ODD = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(MARKS.split()),
        st.sampled_from(["\n", "\n\n", "  \n", " "]),
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize(
    "text",
    [
        "> " * 3000 + "tea",
        "\n".join(">" * n + " tea" for n in range(1, 900)),
        "<details>\n" * 900 + "a",
    ],
    ids=["quotes in a line", "quotes in lines", "folds"],
)
def test_deep_nesting_is_no_deeper_for_us(text: str) -> None:
    assert parse(text).paragraphs


@given(ODD)
def test_odd_text_is_parsed_or_refused_and_never_breaks(text: str) -> None:
    try:
        interview = parse(text)
    except InputError:
        return
    ids = [p.id for p in interview.paragraphs]
    assert len(ids) == len(set(ids))
    assert all(text.strip() for text in words(interview))
    assert all(section.paragraphs for section in interview.sections)


PROSE = st.lists(
    st.lists(st.from_regex(r"\A[a-z]{1,9}[,]?\Z"), min_size=1, max_size=12).map(" ".join),
    min_size=1,
    max_size=8,
)
HAN = st.lists(
    st.text("茶水温壶杯叶山火人家一二三", min_size=1, max_size=40), min_size=1, max_size=8
)


@given(PROSE | HAN)
def test_plain_prose_keeps_every_word_in_order(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)

    assert " ".join(words(parse(text))).split() == text.split()


@pytest.mark.parametrize(
    ("field", "role"),
    [("variant: report", "editor"), ("category: clippings", "editor"), ("category: 茶", "speech")],
)
def test_a_report_is_the_editors_words_and_an_interview_is_not(field: str, role: str) -> None:
    interview = parse_interview(
        f"---\n{field}\n---\n她说水要八十度。\n", interview_id="x", path="x.md"
    )

    assert {paragraph.role for paragraph in interview.paragraphs} == {role}


@pytest.mark.parametrize(
    "line", ["_本期音频由某节目授权整理，公开发布于2031-04-02_", "_Republished with permission._"]
)
def test_a_credit_line_in_italics_is_nobodys_turn(line: str) -> None:
    interview = parse_interview(
        f"**Ann:** Hot?\n\n**Bo:** Eighty.\n\n**Ann:** Good.\n\n**Bo:** Yes.\n\n{line}\n",
        interview_id="x",
        path="x.md",
    )

    assert len(interview.paragraphs) == 4
