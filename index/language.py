"""Text → its language, from the characters and the small words alone."""

import re

from index.records import Language

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Chinese characters, for use inside the brackets of a regular expression."""

LETTERS_PER_HAN = 3
"""Latin letters that say about as much as one Chinese character.

An English word has four to five letters and becomes about one and a half characters in Chinese.
"""

MIXED = 0.2
"""Both languages are present when each has at least this share."""

SURE_GRAMMAR = 2
"""Small words of grammar that make a text more than a name: 和平门 holds one, "Gone West" none."""
SURE_WORDS = 3
"""Words of an English text that is more than a name: "The Who" has two."""

_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
# Names travel between the languages, grammar does not: these small words tell which language holds
# a mixed text together. The English list leaves out "a" and "I", which are also grades and marks.
_GRAMMAR_ZH = re.compile(
    "什么|怎么|怎样|为什么|如何|哪|谁|多少|几|吗|呢|吧|了|的|地|得|是|在|有|没|不|和|与|跟|对|被|把"
    "|给|让|会|能|可以|要|想|说|讲|谈|们|你|我|他|她|它|这|那|就|都|也|还|很|甚麼|什麼|怎麼|為|嗎"
    "|對|與|會|說|講|談|們|這|還|沒|個|个"
)
_GRAMMAR_EN = re.compile(
    r"\b(?:the|an|of|to|in|on|at|by|for|from|with|about|and|or|but|is|are|was|were|be|been|do|does"
    r"|did|has|have|had|will|would|can|could|should|what|who|whom|whose|when|where|why|how|which"
    r"|that|this|these|those|it|its|he|she|they|we|you|his|her|their|our|your|my|not|say|said|says"
    r"|mean|means|there|as|if|so|than|then)\b",
    re.IGNORECASE,
)


def chinese_share(text: str) -> float:
    """Return how much of the text is Chinese, 0 to 1; 0 when it has neither script.

    One Chinese character weighs as much as `LETTERS_PER_HAN` Latin letters; digits, punctuation
    and other scripts weigh nothing.
    """
    han = len(_HAN.findall(text))
    if not han:
        return 0.0
    return han / (han + len(_LATIN.findall(text)) / LETTERS_PER_HAN)


def detect_language(text: str) -> Language:
    """Return the language that holds the text together; "en" when it has neither script.

    A clear majority decides. In between, the language with more small words of grammar does: a
    question about Latin names is still Chinese, and one about Chinese names still English. Ties go
    to the larger share, then to Chinese.
    """
    share = chinese_share(text)
    if not MIXED / 2 <= share <= 1 - MIXED / 2:
        return "zh" if share > MIXED else "en"
    grammar = len(_GRAMMAR_ZH.findall(text)) - len(_GRAMMAR_EN.findall(text))
    if grammar:
        return "zh" if grammar > 0 else "en"
    return "zh" if share >= 1 / 2 else "en"


def is_surely(text: str, language: Language) -> bool:
    """Whether a text is beyond doubt in a language: by its small words, and none of the other's.

    Names, titles and amounts are at home in both languages; they lack the small words of either.
    """
    chinese, english = len(_GRAMMAR_ZH.findall(text)), len(_GRAMMAR_EN.findall(text))
    if detect_language(text) != language:
        return False
    if language == "zh":
        return chinese >= SURE_GRAMMAR and not english
    return english >= SURE_GRAMMAR and not chinese and len(text.split()) >= SURE_WORDS


def is_mixed(text: str) -> bool:
    """Whether both languages carry a real part of the text: each at least a share of `MIXED`."""
    return MIXED <= chinese_share(text) <= 1 - MIXED
