"""Differences → reasons for people, in the language of the sentence."""

from collections.abc import Mapping, Sequence

from assistant.checking.records import Code, Difference, Reason
from assistant.records import Verdict
from index.records import Language

LONGEST = 120
"""Characters of a transcript's words that a reason repeats."""

_WORDS: Mapping[Language, Mapping[Code, str]] = {
    "en": {
        "number": "the paragraph says {told}, not {said}",
        "date": "the paragraph says {told}, not {said}",
        "unit": "the paragraph says {told}, not {said}",
        "name": "“{said}” is not in the paragraph",
        "quote": "not word for word; it reads: {told}",
        "speaker": "{told} says this, nobody else",
        "premise": "an interviewer or somebody else says this, the guest does not: {told}",
        "negation": "the paragraph says the opposite: {told}",
        "word": "the paragraph says “{told}”, not “{said}”",
        "comparison": "“{said}” is the other way round in the paragraph: {told}",
        "extent": "the paragraph does not say this of all: {told}",
        "order": "the paragraph tells it in the other order: {told}",
        "opinion": "the paragraph tells this as an opinion or hearsay: {told}",
        "hypothetical": "the paragraph only supposes or announces this: {told}",
        "part": "not said: {said}",
        "not_said": "the paragraph does not say this",
        "not_found": "nothing found in the interviews says this",
        "other_words": "said in other words, if at all: {told}",
        "no_statement": "nothing in it could be checked",
        "texts_differ": "the two texts of the paragraph differ here: {told}",
        "citation": "no source has the number {said}",
    },
    "zh": {
        "number": "段落说的是{told}，不是{said}",
        "date": "段落说的是{told}，不是{said}",
        "unit": "段落说的是{told}，不是{said}",
        "name": "段落里没有“{said}”",
        "quote": "不是原话，原文是：{told}",
        "speaker": "这话是{told}说的，不是别人",
        "premise": "这是主持人或别人的说法，不是受访者的看法：{told}",
        "negation": "段落的意思正相反：{told}",
        "word": "段落说的是“{told}”，不是“{said}”",
        "comparison": "“{said}”与段落相反：{told}",
        "extent": "段落没有说全部如此：{told}",
        "order": "段落里的先后相反：{told}",
        "opinion": "段落里这只是看法或传闻：{told}",
        "hypothetical": "段落里这只是假设或打算：{told}",
        "part": "没有提到：{said}",
        "not_said": "段落没有这么说",
        "not_found": "在访谈里没有找到这样的说法",
        "other_words": "即使说到，用的也是别的话：{told}",
        "no_statement": "没有可以核对的内容",
        "texts_differ": "段落的两种文本在这里不一致：{told}",
        "citation": "没有编号为{said}的出处",
    },
}
_MISSING: Mapping[Language, Mapping[Code, str]] = {
    "en": {
        "number": "the paragraph does not say {said}",
        "date": "the paragraph does not say {said}",
        "unit": "the paragraph does not say {said}",
        "quote": "“{said}” is nowhere in the paragraph word for word",
        "word": "nothing there speaks of “{said}”",
        "comparison": "the paragraph does not compare so",
    },
    "zh": {
        "number": "段落里没有{said}",
        "date": "段落里没有{said}",
        "unit": "段落里没有{said}",
        "quote": "段落里没有这句原话：“{said}”",
        "word": "段落没有提到“{said}”",
        "comparison": "段落里没有这样的比较",
    },
}


def reasons_of(
    verdict: Verdict,
    differences: Sequence[Difference],
    language: Language,
) -> tuple[Reason, ...]:
    """Return a reason for each difference, each once; none for what is supported."""
    if verdict == "supported":
        return ()
    return tuple(dict.fromkeys(reason(d, language) for d in differences))


def reason(difference: Difference, language: Language) -> Reason:
    """Return one difference in words."""
    template = _WORDS[language][difference.code]
    if not difference.told:
        template = _MISSING[language].get(difference.code, template)
    words = template.format(said=_short(difference.said), told=_short(difference.told))
    return Reason(difference.code, words)


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1].rstrip() + "…"
