"""The small words by which a sentence turns: negation, asking, doubt, condition, comparison.

Lists of both languages side by side, and the one question each is asked. Texts are folded.
"""

import re
from collections.abc import Sequence

ATTRIBUTION = re.compile(
    r"\b(?:says?|said|thinks?|thought|believes?|believed|claim(?:s|ed)|told|tells?|according to"
    r"|reports?|reported|argues?|argued|admits?|admitted|agrees?|agreed|disagrees?|suspects?"
    r"|expects?|expected|insists?|estimates?|declar(?:es|ed)|promis(?:es|ed)|puts? it|in (?:his|her)"
    r" (?:view|opinion|words))\b"
    r"|说|讲|认为|觉得|表示|声称|相信|承认|坚持|估计|(?<![数证依根占])据(?!点)|称|指出|提到|告诉|怀疑|答应|否认|看来|以为"
)
"""Somebody is named whose word this is."""

_HEDGE = re.compile(
    r"\b(?:perhaps|maybe|probably|possibly|might|may|apparently|reportedly|allegedly|likely|seems?"
    r"|rumou?rs?|supposedly|suggests?|guess)\b"
    r"|也许|可能|大概|或许|恐怕|似乎|据说|听说|传闻|传言|好像|应该是"
)
_DOUBT = re.compile(
    r"\bi (?:do )?think (?:that )?(?:it|he|she|they|we)|\bi'd bet|\bi would bet|\bi believe\b"
    r"|\bmy \w+ (?:claims|reckons)|\brumou?r|\bno evidence\b|\breckons?\b|\bperhaps\b"
    r"|\bi (?:suppose|guess|suspect|expect)\b|\bi hear that\b"
    r"|我认为|我觉得|我愿意押|我猜|我估计|听说|有人说|有一种传言|外头在传|外面都传|没有做全|担保|老说"
)
"""The text says so only as an opinion, a bet or a rumour."""

_CONDITION = re.compile(
    r"\b(?:if|unless|would have|had it been|in case|were to)\b"
    r"|如果|要是|假如|倘若|万一|的话|若是|一旦|开口"
)
_INTENTION = re.compile(
    r"\b(?:will|would|plans?|planned|hopes?|wants?|wanted|intends?|promis\w+|goals?|targets?|aims?"
    r"|going to|expects?|next)\b"
    r"|想|要|将|会|计划|打算|目标|希望|预计|明年|承诺|答应|以前"
)
_FUTURE = re.compile(
    r"\bi will\b|\bi'll\b|\bi want\b|\bgoing to\b|\bnext year\b|\bwe plan\b"
    r"|我就对着|我想在|我们20\d\d年的目标|明年|一定上市|的目标"
)
_DONE = re.compile(
    r"\b(?:was|were|has|have|had|did|ate|sold|became|began|reached|achieved)\b|了[，。！]?$|已经|了下去"
)
_REPORTED = re.compile(
    r"^\W*(?:and )?you (?:just |once |also )?(?:said|say|called|told|asked|ask)\b|^\W*people (?:say|assume|set)\b"
    r"|\bthe newspapers? (?:wrote|version)|\bcan i stop you|^\W*everyone knows\b"
    r"|^\W*(?:你|您)(?:刚才)?(?:开场白里)?(?:说|问|讲)|^\W*(?:你|您)刚才|好多报道都|大家都说|有人说|报纸(?:写|上)"
    r"|“你们的|^\W*谁都知道|您那个资料"
)
"""The speaker repeats what somebody else said, often to deny it."""

_NOT_EN = re.compile(
    r"\b(?:not|no|never|nothing|nobody|none|nor|neither|without|cannot|hardly|nowhere)\b|n't\b"
    r"|\b(?:deni(?:es|ed)|den(?:y|ying)|refus\w+|fail(?:s|ed)? to|declin(?:es|ed)|reject\w*|lacks?|unable)\b"
)
_NOT_ZH = re.compile(
    r"(?<![非差特])(?:不(?!过|但|仅|久|少|断|止|管|如|同(?!意)|用说|得不|由得|禁)|没(?!办法)|无(?!人|论|非|数|线)"
    r"|未(?!来|必)|别(?!的|人|处|家|说)|否认|拒绝|从未|毫无|并非|禁止|停用|谢绝)"
)
_RHETORIC = re.compile(
    r"是不是|有没有|能不能|会不会|要不要|对不对|好不好|行不行|还是不|不得不|说不定|差不多|了不起|对不起|不好意思|不一样|不是吗|不仅|不只|n't it\b"
)

_NO = re.compile(
    r"\W*(?:no|never|not at all)\b(?! (?:one|doubt))|\W*(?:不会|不是|没有|不行|不对|没|不)(?=[。，,.!！]|$)"
)
_YES_NO = re.compile(r"^\W*(?:no|不|不对|没有|not really)[,.，。!！]")
_COMPARES = re.compile(
    r"\b(?:more|less|fewer|\w{3,}er|better|worse|further|farther) (?:\w+ ){0,2}than\b|比.{1,16}(?:[长短高低多少早晚大小贵]|便宜|快|慢|好|差)"
)
_QUESTION = re.compile(r"[?？][\s\"'”’」』）)\]*_]*$")
_TALK = re.compile(
    r"^(?:here (?:is|are) (?:what|the|some)|i hope|let me know|shall i|would you like|feel free"
    r"|in (?:summary|conclusion)[,:]?$|i (?:found|searched|could not find)|sure|certainly|of course[,!.]"
    r"|based on the (?:interviews|transcripts)[,:]?$|as an ai|thank you|you're welcome|below)"
    r"|^(?:希望(?:这|以上|对)|以上(?:就)?是|以下(?:是|为)|您还想|你还想|需要我|如果(?:您|你)(?:还|需要|想)|根据以上|总(?:之|的来说)[,:，：]?$|好的|谢谢|不客气)"
)
_JUDGEMENT = re.compile(
    r"^(?:that|this|it|what)(?: is|'s| was)? (?:a|an|quite|very|really|truly|indeed)\b"
    r"(?=.*\b(?:surprising\w*|interesting|remarkable|moving|fascinating|wonderful|beautiful|impressive"
    r"|funny|sad|great|nice|cheerful|good|excellent|inspiring|touching|striking|curious)\b)"
    r"|^(?:这|那)(?:真的?|实在|确实)?(?:是|个|种|段|次)?.{0,14}(?:有意思|有趣|感动|精彩|动人|了不起|令人|让人|启发|可爱|不错)"
)


def is_negated(text: str) -> bool:
    """Whether a clause denies: an odd number of its words do, rhetoric left out."""
    plain = _YES_NO.sub("", _RHETORIC.sub("", text))
    return (len(_NOT_EN.findall(plain)) + len(_NOT_ZH.findall(plain))) % 2 == 1


def denied_part(text: str) -> str:
    """Return what stands behind the first word that denies; empty when none does."""
    plain = _YES_NO.sub("", _RHETORIC.sub("", text))
    found = [m for m in (_NOT_EN.search(plain), _NOT_ZH.search(plain)) if m]
    return plain[min(m.end() for m in found) :] if found else ""


def answers_no(text: str) -> bool:
    """Whether a text begins by saying no."""
    return bool(_NO.match(text))


def compares(text: str) -> bool:
    """Whether a claim says that one thing is more than another."""
    return bool(_COMPARES.search(text))


def has_side_of(claim: str, told: str) -> bool:
    """Whether a text has a word that compares the way the claim's does."""
    sides = [side for pair in _SIDES_FOUND for side in pair if side.search(claim)]
    return any(side.search(told) for side in sides)


def has_negation(text: str) -> bool:
    """Whether any word of a text denies."""
    plain = _RHETORIC.sub("", text)
    return bool(_NOT_EN.search(plain) or _NOT_ZH.search(plain))


def is_attributed(text: str) -> bool:
    """Whether a sentence says whose word it is, or marks itself as uncertain."""
    return bool(ATTRIBUTION.search(text) or _HEDGE.search(text))


def is_doubtful(text: str) -> bool:
    """Whether a text tells an opinion, a bet or a rumour."""
    return bool(_DOUBT.search(text))


def is_conditional(text: str) -> bool:
    """Whether a text supposes."""
    return bool(_CONDITION.search(text))


def is_intended(text: str) -> bool:
    """Whether a sentence speaks of what is planned, promised or expected."""
    return bool(_INTENTION.search(text))


def is_future(text: str) -> bool:
    """Whether a text only announces."""
    return bool(_FUTURE.search(text))


def is_done(text: str) -> bool:
    """Whether a sentence tells something as having happened."""
    return bool(_DONE.search(text))


def is_reported(text: str) -> bool:
    """Whether a clause repeats what somebody else said."""
    return bool(_REPORTED.search(text))


def states_nothing(text: str) -> bool:
    """Whether a sentence of a draft asks, announces or judges, and tells nothing."""
    return bool(_QUESTION.search(text) or _TALK.search(text) or _JUDGEMENT.search(text))


# --- opposites: a sentence that has one side where the text has the other turns it round

_SIDES: Sequence[tuple[str, str]] = (
    (r"\bmore (?!than one\b)|更多|多于|超过", r"\bless\b|\bfewer\b|更少|少于|不到"),
    (r"\b(?:dear|expensive|costlier)\b|更贵|贵得多", r"\bcheap(?:er|est)?\b|便宜|更低廉"),
    (r"\b(?:earlier|sooner)\b|早(?=[一二三四五六七八九十百\d]|得多|些|于)|更早|太早|停早",
     r"\blater\b|晚(?=[一二三四五六七八九十百\d]|得多|些|于)|更晚|太晚|停晚"),
    (r"\bhigh(?:er|est)\b|更高|高于|高出", r"\blow(?:er|est)\b|更低|低于"),
    (r"\b(?:increas\w+|r[io]se|grew|doubled)\b|增加|上升|翻了一倍|翻倍|上涨", r"\b(?:decreas\w+|fell|dropped|shrank|halved)\b|减少|下降|下跌"),
    (r"\bbetter\b|更好|变好", r"\bworse\b|更差|变差|要差"),
    (r"\b(?:faster|quicker)\b|更快", r"\bslower\b|更慢"),
    (r"\b(?:bigger|larger)\b|更大", r"\bsmaller\b|更小"),
    (r"\b(?:longer)\b|更长|时间长", r"\bshorter\b|更短|时间短"),
    (r"\b(?:first|before)\b|先|之前|以前", r"\b(?:after|afterwards)\b|之后|以后"),
    (r"\btoo early\b", r"\btoo late\b"),
    (r"\bnorth(?:ern)?\b|北", r"\bsouth(?:ern)?\b|南(?!枝)"),
    (r"\bleft ear\b|左耳", r"\bright ear\b|右耳"),
)  # fmt: skip
_SIDES_FOUND = tuple((re.compile(one), re.compile(other)) for one, other in _SIDES)
_STRICT = 9
"""Pairs from here on are too common as plain words to count outside the nearest clause."""


def turned_round(claim: str, told: str) -> str | None:
    """Return the word of a claim whose opposite the text has in its place, and not itself."""
    for pair in _SIDES_FOUND[:_STRICT]:
        for mine, theirs in (pair, pair[::-1]):
            said = mine.search(claim)
            if said and theirs.search(told) and not mine.search(told) and not theirs.search(claim):
                return said[0]
    return None
