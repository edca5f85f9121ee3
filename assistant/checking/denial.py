"""The words by which a sentence denies, refuses or doubts a denial; texts are folded."""

import re
from collections.abc import Sequence
from functools import lru_cache

_NOT_EN = re.compile(
    r"\b(?:not|no(?! matter)|never|nothing|nobody|none|nor|neither|without|cannot|hardly|nowhere)\b"
    r"|n't\b|\bfree (?:of|from)\b"
    r"|\b(?:den(?:y|ies|ied|ying)|refus\w+|fail(?:s|ed)? to|declin(?:es|ed)|reject\w*|lacks?"
    r"|unable)\b"
)
_NOT_ZH = re.compile(
    r"(?<![非差特])(?:不(?!过|但|仅|久|少|断|止|管|如|同(?!意)|用说|得不|由得|禁)"
    r"|没(?!办法)|无(?!人|论|非|数|线)|未(?!来|必)|别(?=[再去让把给用想做拿太问跟说])"
    r"|否认|拒绝|从未|毫无|并非|禁止|停用|谢绝)"
)
_RHETORIC = re.compile(
    r"是不是|有没有|能不能|会不会|要不要|对不对|好不好|行不行|还是不|不得不|说不定|差不多|了不起"
    r"|对不起|不好意思|不一样|不是吗|不仅|不只|停滞不前|不到(?=[\d一二两三四五六七八九十百千半])|不是.{1,12}就是|没了"
    r"|没有?[它他她这那].{0,4}[重大高长多快好贵]|可不是|那不勒斯|n't it\b"
)
_DOUBLE = re.compile(
    r"没有?[^，,。]{0,8}不(?!是)|[不无]不|不是不|不能不|\bnot un\w+|\b(?:never|not) without\b"
    r"|\bno\w* \w+ (?:who|that) \w+n't\b"
)
_SOFT = re.compile(
    r"\b(?:bad(?:ly)?|poor(?:ly)?|few|little|less|lack\w*|dis\w{4,}|un(?!til|der|it|ion|ique|iver)\w{4,}"
    r"|non-?\w+|other than|rather than|instead of|except|only|barely|im(?:possible|mature)"
    r"|in(?:effic|compl|suff|vis|cap|corr|acc|sec|dir)\w+|flat|empty|out of)\b"
    r"|未|缺|坏|差|非|以外|之外|除了|只有|不佳|不足|不良|反而"
)
_CONTRAST = re.compile(
    r"[,，] ?(?:not|rather than|instead of) [^,，.]{2,40}[.。]?$"
    r"|[,，](?:而)?(?:不是|并非)[^,，。]{1,16}[。.]?$"
    r"|(?:而不是|rather than|instead of).{1,40}$"
)
"""A denial that only sets off what is said: "four times, not twice"."""
_DENYING = re.compile(
    r"(?:\b(?:not|no|never|nor|neither|without|nobody|none)\b|n't\b)(?! only| just)"
    r"|不是|并非|没有|没|不|从未|未"
)
_REACH_EN = re.compile(
    r"^(?: (?:a|an|the|any|her|his|their|my|our|its|to|be|been|being|was|were|is|got|of|in|even"
    r"|have|one|for|by|about|that|it))*(?:'s)? ?$"
)
_REACH_ZH = re.compile(
    r"^(?:[是有去来能会要让给把被用花]|一[个名位种条]|任何|什么|再|怎么|他|她|它|老|的)*$"
)
_HOLDS_BACK = re.compile(r"\b(?:stop|quit|avoid|prevent|against|refrain)\b|劝|叫.{0,2}别")
_FLATLY = re.compile(
    r"^\W*(?:but )?(?:he|she|it|they|that|this|we|i|there)"
    r" (?:is|was|are|were|am|does|did|do|has|have)"
    r"(?: not|n't)\W*$|^\W*(?:that's |it's )?(?:not so|not true|wrong|false)\W*$"
    r"|^\W*(?:其实)?(?:并?不是|没有|不对|没这回事)\W*$"
)
"""A sentence that only denies the one before it."""
_REFUSAL = re.compile(
    r"^\W*(?:可是|但是|但|所以|后来)?我?们?(?:没有?|不|都没)(?:要|答应|同意|接受|肯|收|卖|给)"
    r"|(?:^\W*(?:and |but |so )?|\band )(?:i|we) (?:said no\b|refused|declined"
    r"|turned (?:it|him|her|them) down"
    r"|(?:did|would)(?: not|n't) (?:take|accept|want|agree))"
)
_OFFER = re.compile(
    r"\b(?:offer\w*|ask\w*|want\w*|refus\w*|declin\w*|reject\w*|turned)\b|提出|开价|出价|想要|提议|推广"
)
_IS_A = re.compile(
    r"\b(?:is|are|was|were|am) (?:an? |the )?(?P<en>[a-z][a-z-]{2,})\W*$"
    r"|(?<![不可要还就只总而])是(?:一[个名位种家])?(?P<zh>[^，,。是]{2,8})[。.]?$"
)
_NO = re.compile(
    r"\W*(?:no|never|not at all)\b(?! (?:one|doubt))"
    r"|\W*(?:不会|不是|没有|不行|不对|没|不)(?=[。，,.!！]|$)"
)
_YES_NO = re.compile(r"^\W*(?:no|不|不对|没有|not really)[,.，。!！]")


def is_negated(text: str) -> bool:
    """Whether a clause denies; two words that undo each other do not."""
    plain = _DOUBLE.sub("", _YES_NO.sub("", _RHETORIC.sub("", _CONTRAST.sub("", text))))
    return bool(_NOT_EN.search(plain) or _NOT_ZH.search(plain))


def denied_part(text: str) -> str:
    """Return what stands behind the first word that denies; empty when none does."""
    plain = _YES_NO.sub("", _RHETORIC.sub("", text))
    found = [m for m in (_NOT_EN.search(plain), _NOT_ZH.search(plain)) if m]
    return plain[min(m.end() for m in found) :] if found else ""


def denies_flatly(text: str) -> bool:
    """Whether a sentence says nothing but that the one before it is not so."""
    return bool(_FLATLY.match(text))


def refuses(text: str) -> bool:
    """Whether a clause says that what was offered was not taken."""
    return bool(_REFUSAL.search(text))


def offers(text: str) -> bool:
    """Whether a claim speaks of an offer only."""
    return bool(_OFFER.search(text))


def denied_complement(claim: str) -> str:
    """Return what a claim says that something is, empty when it says no such thing."""
    found = _IS_A.search(claim)
    return found["en"] or found["zh"] if found and not is_negated(claim) else ""


def denies_being(text: str, complements: Sequence[str]) -> bool:
    """Whether a text says straight out that something is not one of these things."""
    if not complements:
        return False
    words = "|".join(re.escape(word) for word in complements)
    pattern = rf"(?:不是|并非|(?:\bnot|n't) (?:an? |the )?)(?:一[个名位种家])?(?:{words})"
    return bool(re.search(pattern, text))


def half_denies(text: str) -> bool:
    """Whether a text has a word that the other language may put as a denial: bad, 不佳."""
    return bool(_SOFT.search(text) or _HOLDS_BACK.search(text))


def holds_back(text: str) -> bool:
    """Whether a text tells of stopping somebody from something, which is asking not to."""
    return bool(_HOLDS_BACK.search(text))


def without_contrast(text: str) -> str:
    """Return a sentence without a denial that only sets off what it says."""
    return _CONTRAST.sub("", text)


def answers_no(text: str) -> bool:
    """Whether a text begins by saying no."""
    return bool(_NO.match(text))


@lru_cache(maxsize=1 << 13)
def has_negation(text: str) -> bool:
    """Whether any word of a text denies."""
    plain = _RHETORIC.sub("", text)
    return bool(_NOT_EN.search(plain) or _NOT_ZH.search(plain))


def is_directly_denied(text: str, place: int) -> bool:
    """Whether the word at a place of a clause stands right behind a word that denies."""
    before = text[:place]
    denials = list(_DENYING.finditer(before))
    if not denials:
        return False
    between = before[denials[-1].end() :]
    if denials[-1][0].isascii():
        return bool(_REACH_EN.match(between))
    return bool(_REACH_ZH.match(between)) and not _RHETORIC.search(
        text[max(0, place - 4) : place + 4]
    )
