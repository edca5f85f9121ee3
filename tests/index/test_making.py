import json
from pathlib import Path

import numpy as np
import pytest

from index.data import read_lines
from index.dictionary import parse_weights
from index.fold import fold
from index.making.cedict import Entry, read_supplement
from index.making.corpora import (
    Pair,
    draw,
    parallel_texts,
    questions_and_answers,
    read_paragraphs,
    sentences_in_context,
)
from index.making.dictionary import (
    best_shares,
    fitted,
    likelihood,
    lines,
    to_chinese,
    to_english,
)
from index.making.glosses import Gloss, clean_glosses, glosses_by_headword
from index.making.join import drawn_together
from index.making.lexicon import by_word, learn_translations, taught
from index.making.names import names_to_teach
from index.making.pieces import is_plain, kept_pieces
from index.making.sensed import turned
from index.making.space import Space, glosser, pool
from index.making.table import write_table
from index.making.traditional import learn_folding
from index.making.vocabulary import chinese_words, english_words
from index.static import ABOUT, FACTORS, TABLE, VOCABULARY, StaticEmbedder, unit


def entry(traditional: str, simplified: str, *definitions: str, pinyin: str = "x1") -> Entry:
    return Entry(traditional, simplified, pinyin, definitions)


def test_folding_is_learnt_from_headwords_of_equal_length() -> None:
    folding = learn_folding(
        [entry("電腦", "电脑"), entry("電力", "电力"), entry("卡拉OK", "卡拉OK")]
    )

    assert folding == {"電": "电", "腦": "脑"}


def test_a_character_that_mostly_stays_itself_is_not_folded() -> None:
    stays = [entry("份", "份"), entry("一份", "一份"), entry("成份", "成分")]

    assert learn_folding(stays) == {}


def test_everyday_simplified_characters_are_never_folded() -> None:
    assert learn_folding([entry("寧", "宁"), entry("宁", "㝉")]) == {"寧": "宁"}


def test_the_shipped_folding_maps_one_character_to_one_and_is_stable() -> None:
    old, new = read_lines("traditional.txt")

    assert len(old) == len(new) == len(set(old))
    assert not set(old) & set(new)


GLOSSES = [
    pytest.param(["coin", "money", "CL:筆|笔[bi3]"], ["coin", "money"], id="measure-word"),
    pytest.param(["to train", "to be fed (of dogs)"], ["train", "fed"], id="to-and-brackets"),
    pytest.param(["variant of 台[tai2]", "surname Tai"], [], id="references-and-surnames"),
    pytest.param(["abbr. for 北大|北大[Bei3 da4], Peking U"], ["peking u"], id="abbreviation"),
    pytest.param(["to give sb a hand; to help sb"], ["give a hand", "help"], id="somebody"),
    pytest.param(["Café (loanword)"], ["cafe"], id="folded"),
]


@pytest.mark.parametrize(("definitions", "expected"), GLOSSES)
def test_definitions_become_clean_glosses(definitions: list[str], expected: list[str]) -> None:
    assert [text for text, _ in clean_glosses(definitions)] == expected


def test_glosses_of_a_headword_sum_to_one_and_the_first_weighs_most() -> None:
    glosses = glosses_by_headword(
        [entry("錢", "钱", "money", "coin"), entry("卡拉OK", "卡拉OK", "x")]
    )

    assert list(glosses) == ["钱"]
    assert [gloss.text for gloss in glosses["钱"]] == ["money", "coin"]
    assert sum(gloss.weight for gloss in glosses["钱"]) == pytest.approx(1.0)
    assert glosses["钱"][0].weight > glosses["钱"][1].weight


def test_what_describes_a_name_weighs_less_than_the_name() -> None:
    found = glosses_by_headword([entry("谷歌", "谷歌", "Google, search engine", pinyin="Gu3 ge1")])

    assert found["谷歌"][0].weight > 4 * found["谷歌"][1].weight


def test_translations_prefer_the_word_in_use_and_the_exact_gloss() -> None:
    glosses = {
        "钱": [Gloss("money", 1.0)],
        "钱币": [Gloss("money", 1.0)],
        "赚钱": [Gloss("make money", 1.0)],
    }
    weights = to_chinese(glosses, {"钱": 1e-3, "钱币": 1e-6, "赚钱": 1e-3})

    assert weights["money"]["钱"] > weights["money"]["赚钱"] > weights["money"]["钱币"]
    assert weights["make money"].keys() == {"赚钱"}


def test_a_gloss_of_two_words_shares_its_weight() -> None:
    weights = to_english({"芯片": [Gloss("computer chip", 0.6), Gloss("microchip", 0.4)]})

    assert weights["芯片"] == pytest.approx({"computer": 0.3, "chip": 0.3, "microchip": 0.4})


def test_lines_are_what_the_dictionary_reads() -> None:
    (line,) = lines({"钱": {"money": 3.0, "coin": 1.0, "dust": 0.001}})
    key, _, rest = line.decode().rstrip("\n").partition("\t")

    assert key == "钱"
    assert parse_weights(rest) == pytest.approx({"money": 0.75, "coin": 0.25})


def test_translations_close_in_the_word_vectors_are_raised() -> None:
    raised = fitted({"chip": {"芯片": 1.0, "碎片": 1.0}, "xqzzyx": {"钱": 0.5}}, StaticEmbedder())

    assert raised["chip"]["芯片"] > raised["chip"]["碎片"]
    assert raised["xqzzyx"] == {"钱": 0.5}


def test_only_the_likeliest_translations_are_kept() -> None:
    shares = best_shares({f"word{n}": 1.0 for n in range(40)} | {"never": 1e-6, "best": 2.0})

    assert next(iter(shares)) == "best"
    assert "never" not in shares
    assert sum(shares.values()) == pytest.approx(1.0)


def test_names_the_segmenter_cuts_are_taught_and_others_not() -> None:
    entries = [
        entry("英偉達", "英伟达", "NVIDIA", pinyin="Ying1 wei3 da2"),
        entry("北京", "北京", "Beijing", pinyin="Bei3 jing1"),
        entry("出口管制", "出口管制", "export control"),
    ]

    assert names_to_teach(entries, [], lambda word: [word] if word == "北京" else list(word)) == [
        "英伟达"
    ]


def test_the_supplement_is_folded_chinese_with_glosses_each_word_once() -> None:
    entries = list(read_supplement())

    assert all(fold(entry.simplified) == entry.simplified for entry in entries)
    assert all(all(entry.definitions) for entry in entries)
    assert len({entry.simplified for entry in entries}) == len(entries)


def test_a_draw_is_the_same_for_any_order() -> None:
    texts = [f"sentence {n}" for n in range(50)]

    assert draw(texts, 5) == draw(reversed(texts), 5)
    assert draw(texts, 5) != texts[:5]


ALTERNATING = [
    "# A heading",
    *(
        part
        for n in range(5)
        for part in (
            f"**Ann:** The river rose in the year {n}. We carried the boats uphill.",
            f"**安：** 第{n}年河水涨了。我们把船都搬到山上去了。",
        )
    ),
]


def test_alternating_paragraphs_are_parallel_with_their_sentences() -> None:
    pairs = parallel_texts([ALTERNATING])

    assert Pair("The river rose in the year 0.", "第0年河水涨了。") in pairs
    assert len(pairs) == 15


def test_a_file_in_one_language_has_no_parallel_texts() -> None:
    assert parallel_texts([ALTERNATING[1::2], ALTERNATING[2::2]]) == []


def test_a_heading_belongs_to_its_paragraphs_and_a_question_to_its_answer() -> None:
    paragraphs = [
        "# Boats on the hill",
        "**Ann:** We had no time to think about it at all. Who carried the boats?",
        "**Bo:** All of us did, the children too, until the very last one stood on the hill.",
    ]

    assert list(questions_and_answers([paragraphs])) == [
        Pair("Boats on the hill", paragraphs[1].removeprefix("**Ann:** ")),
        Pair("Who carried the boats?", paragraphs[2].removeprefix("**Bo:** ")),
        Pair("Boats on the hill", paragraphs[2].removeprefix("**Bo:** ")),
    ]


def test_a_chinese_sentence_is_paired_with_its_neighbours() -> None:
    paragraph = "那年夏天河水涨得很快。我们把所有的船搬到山上。孩子们也都来帮忙了。"
    paragraph += "后来水终于慢慢退下去了。"

    (pair,) = sentences_in_context([[paragraph]])

    assert pair.first in paragraph
    assert pair.first not in pair.second


def test_front_matter_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: x\n---\none\n\n\ntwo\n", encoding="utf-8")

    assert list(read_paragraphs(tmp_path)) == [["one", "two"]]


def test_a_stem_is_represented_by_its_commonest_form() -> None:
    found = english_words({"models": 3e-4, "model": 1e-4, "b&b": 1.0}, ["kubernetes"] * 9, {})

    assert [(word.text, word.meaning) for word in found] == [
        ("kubernet", "kubernetes"),
        ("model", "models"),
    ]


def test_only_chinese_words_that_text_is_cut_into_get_a_vector() -> None:
    glosses = {"公司": [Gloss("company", 1.0)], "农民公司": [Gloss("farmers' company", 1.0)]}

    assert [word.text for word in chinese_words({"公司": 1e-3}, glosses)] == ["公司"]


def test_wanted_words_get_a_vector_however_rare() -> None:
    glosses = {"公司": [Gloss("company", 1.0)], "农民": [Gloss("farmer", 1.0)]}

    found = chinese_words({"公司": 1e-3}, glosses, always={"农民"}, most=1)

    assert [word.text for word in found] == ["农民"]


def test_bags_hold_the_rows_of_a_text_in_the_order_given() -> None:
    space = Space(["rice", "稻米", "field"])

    assert space.bag("Rice fields, 稻米, nothing").tolist() == [0, 2, 1]
    assert space.row("field") == 2
    assert space.row("nothing") is None


def test_a_gloss_turns_each_word_into_the_other_language_or_leaves_it() -> None:
    space = Space(["rice", "稻米", "field", "gpu"])
    known = {"rice": {"稻米": 1.0}, "稻米": {"rice": 1.0}}
    gloss = glosser(space, lambda word: known.get(word, {}), np.eye(4, dtype=np.float32))

    assert gloss(space.bag("rice gpu")).tolist() == [1, 3]
    assert gloss(space.bag("稻米 稻米 gpu")).tolist() == [0, 0, 3]


def test_a_gloss_prefers_the_translation_that_fits_the_text() -> None:
    space = Space(["train", "model", "训练", "列车"])
    vectors = np.array([[1, 1], [1, 0], [1, 0], [-1, 1]], dtype=np.float32)
    gloss = glosser(space, lambda _: {"训练": 0.5, "列车": 0.5}, vectors)

    chosen = [int(gloss(space.bag("train model"))[0]) for _ in range(50)]

    assert chosen.count(2) > 40


def test_pooling_sums_rows_to_unit_length() -> None:
    vectors = np.array([[1, 0], [0, 1]], dtype=np.float32)

    pooled = pool([np.array([0]), np.array([0, 1])], vectors)

    assert pooled == pytest.approx(np.array([[1, 0], [0.5**0.5, 0.5**0.5]]))


def test_a_table_is_written_sorted_with_its_vectors_in_eight_bits(tmp_path: Path) -> None:
    words = ["稻米", "rice", "apple"]
    vectors = np.array([[0.6, 0.8], [2, 0], [0, -1]], dtype=np.float32)

    write_table(words, vectors, np.array([0.1, 0.5, 0], np.float32), recipe="test", folder=tmp_path)

    factors = np.load(tmp_path / FACTORS)
    restored = np.load(tmp_path / TABLE) * factors["scale"][:, None].astype(np.float32)
    assert (tmp_path / VOCABULARY).read_text(encoding="utf-8") == "apple\nrice\n稻米"
    assert restored == pytest.approx(vectors[[2, 1, 0]], abs=2 / 127)
    assert factors["share"].tolist() == pytest.approx([0, 0.5, 0.1])
    about = json.loads((tmp_path / ABOUT).read_text(encoding="utf-8"))
    assert about["words"] == 3


KINDERGARTEN = [
    Pair("The kids love rice.", "孩子喜欢米饭。"),
    Pair("Kids love stories.", "孩子喜欢故事。"),
    Pair("The kids sleep.", "孩子睡觉。"),
    Pair("We love boats.", "我们喜欢小船。"),
    Pair("The kids sing.", "孩子唱歌。"),
    Pair("They love music.", "他们喜欢音乐。"),
]


def test_translations_are_learnt_from_parallel_texts() -> None:
    learnt = learn_translations(KINDERGARTEN, {("rice", "米饭"): 1.0})

    assert learnt["kid", "孩子"] >= 3
    assert learnt["love", "喜欢"] >= 3
    assert ("love", "孩子") not in learnt
    assert ("rice", "米饭") not in learnt  # seen once, it may be chance


def test_texts_with_nothing_in_common_teach_nothing() -> None:
    assert learn_translations([Pair("", "孩子"), Pair("12 %", "孩子")], {}) == {}


def test_what_is_seen_is_mixed_with_the_dictionary_and_new_words_are_taken_as_they_are() -> None:
    mixed = taught({"kid": {"小屁孩": 2.0}, "rice": {"米饭": 9.0}}, {"kid": {"孩子": 5.0}})

    assert mixed == {"kid": {"小屁孩": 0.5, "孩子": 0.5}, "rice": {"米饭": 1.0}}
    assert taught({}, {"vibe": {"氛围": 4.0}}) == {"vibe": {"氛围": 1.0}}


def test_however_often_it_was_seen_the_dictionary_keeps_its_part() -> None:
    mixed = taught({"kid": {"小屁孩": 1.0}}, {"kid": {"孩子": 1e6}})

    assert mixed["kid"]["小屁孩"] == pytest.approx(0.5)


def test_counts_are_read_from_both_sides() -> None:
    assert by_word({("kid", "孩子"): 4.0}) == ({"孩子": {"kid": 4.0}}, {"kid": {"孩子": 4.0}})


def test_the_likelihood_of_a_translation_is_the_mean_of_both_directions() -> None:
    found = likelihood({"孩子": {"child": 1.0}}, {"child": {"孩子": 1.0, "小孩": 1.0}})

    assert found == {("child", "孩子"): 0.75, ("child", "小孩"): 0.25}


def test_translations_are_drawn_together_and_keep_their_lengths() -> None:
    words = ["kid", "孩子", "稻米"]
    known = {"kid": {"孩子": 1.0, "小孩": 0.5}, "孩子": {"kid": 1.0}}
    vectors = np.array([[2, 0, 0], [0, 3, 0], [0, 0, 1]], dtype=np.float32)

    joined = drawn_together(words, vectors, lambda word: known.get(word, {}))

    assert np.linalg.norm(joined, axis=1) == pytest.approx([2, 3, 1])
    assert joined[0] @ joined[1] / 6 > 0.9
    assert joined[2] == pytest.approx(vectors[2])


def test_nothing_is_drawn_without_a_pull() -> None:
    vectors = np.array([[2, 0], [0, 3]], dtype=np.float32)

    joined = drawn_together(["kid", "孩子"], vectors, lambda _: {"kid": 1, "孩子": 1}, pull=0)

    assert joined == pytest.approx(vectors)


def test_the_shipped_table_has_everyday_translations_close() -> None:
    vectors, known = StaticEmbedder().vectors(["kid", "孩子", "love", "喜欢", "idea", "想法"])

    assert known.all()
    assert all(vectors[place] @ vectors[place + 1] > 0.7 for place in (0, 2, 4))


def test_pieces_stay_that_the_two_languages_are_made_of() -> None:
    kept = [piece for piece in ["▁the", "。", "录音", "7", "▁", "<s>", "x"] if is_plain(piece)]
    left = [piece for piece in ["▁straße", "りんご", "привет", "ng"] if not is_plain(piece)]

    assert kept == ["。", "录音", "7", "▁", "<s>", "x"]
    assert left == ["▁straße", "りんご", "привет", "ng"]


def test_a_word_keeps_its_pieces_and_itself_where_no_blank_stands_before_it() -> None:
    pieces = ["<unk>", "▁open", "open", "▁Open", "s", "▁straße", "▁ope", "n"]
    cuts = {"opens": [1, 4], "Opens": [3, 4], "OPENS": [0], "open": [1], "Open": [3], "OPEN": [0]}
    kept = kept_pieces(pieces, cuts.__getitem__, english=["opens", "open"], chinese=[])

    assert [pieces[n] for n in kept] == ["<unk>", "▁open", "open", "▁Open", "s", "n"]


def test_words_turn_towards_what_the_encoder_makes_of_them_and_keep_their_lengths() -> None:
    # The encoder puts pear beside 梨 and winch beside 绞车; the table has them apart.
    words = ["pear", "winch", "apple", "crane", "梨", "绞车", "苹果", "吊车"]
    table = np.eye(8, dtype=np.float32) * 3 + 0.1
    encoded = np.tile(np.eye(4, 6, dtype=np.float32), (2, 1)) + 0.01
    shares = np.full(8, 1e-5, np.float32)
    found = turned(words, table, shares, unit(encoded), kept=6)

    before, after = unit(table), unit(found)
    assert after[0] @ after[4] > before[0] @ before[4] + 0.1
    assert after[0] @ after[5] < after[0] @ after[4]
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.linalg.norm(table, axis=1), rel=1e-4)
    assert turned(words, table, shares, unit(encoded), kept=6, pull=0) == pytest.approx(table)
