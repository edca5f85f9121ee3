"""The small words by which a sentence turns: negation, asking, doubt, condition, comparison.

Lists of both languages side by side, and the one question each is asked. Texts are folded.
"""

import re
from collections.abc import Sequence

ATTRIBUTION = re.compile(
    r"\b(?:says?|said|thinks?|thought|believes?|believed|claim(?:s|ed)|told|tells?|according to"
    r"|reports?|reported|argues?|argued|admits?|admitted|agrees?|agreed|disagrees?|suspects?"
    r"|expects?|expected|insists?|estimates?|declar(?:es|ed)|promis(?:es|ed)|puts? it"
    r"|in (?:his|her) (?:view|opinion|words))\b"
    r"|说(?![明法服辞客唱])|(?<![小传听])讲(?![究义座台师])|认为|觉得|表示|声称|相信|承认|坚持|估计|(?<![数证依根占])据(?!点)|(?<![名简宣自人号])称(?![号重呼为霸])|指出|提到|告诉"
    r"|怀疑|答应|否认|看来|以为",
    re.IGNORECASE,
)
"""Somebody is named whose word this is."""

_HEDGE = re.compile(
    r"\b(?:perhaps|maybe|probably|possibly|might|may|apparently|reportedly|allegedly|likely|seems?"
    r"|rumou?rs?|supposedly|suggests?|guess)\b"
    r"|也许|可能|大概|或许|恐怕|似乎|据说|听说|传闻|传言|好像|应该是"
)
_DOUBT = re.compile(
    r"\bi (?:do )?think(?! about\b| of\b|,)|\bi(?:'d| would) bet\b|\bi believe\b"
    r"|\bmy \w+ (?:claims|reckons)|\brumou?r|\bno (?:evidence|proof)\b|\breckons?\b|\bperhaps\b"
    r"|\bi (?:suppose|guess|suspect|expect)\b|\bi hear that\b"
    r"|我认为|我觉得|我猜|我估计|我(?:愿意|敢)?(?:打)?(?:押|赌)|听说|有人说|有一种(?:传言|说法)"
    r"|外(?:头|面|界)(?:都|在)*传|担保|老说|总说|(?:数据|证据).{0,6}没"
)
"""The text says so only as an opinion, a bet or a rumour."""

_CONDITION = re.compile(
    r"\b(?:if|unless|would have|had it been|in case|were to)\b"
    r"|如果|(?<![主需])要是|假如|倘若|万一|的话|若是|一旦"
)
_INTENTION = re.compile(
    r"\b(?:will|would|plans?|planned|hopes?|wants?|wanted|intends?|promis\w+|goals?|targets?|aims?"
    r"|going to|expects?|next)\b"
    r"|想|要|将|会|计划|打算|目标|希望|预计|明年|承诺|答应|以前"
)
_FUTURE = re.compile(
    r"\bi(?: will|'ll)\b|\bi want\b|\bgoing to\b|\bnext year\b|\bwe (?:plan|hope)\b"
    r"|我就要|我想|打算|计划|明年|一定(?:会|要|能|上)|将会|目标|(?<![机约社开议宴聚约])会(?![议员计展场长儿])"
)
_ALL = re.compile(
    r"\b(?:all(?! in all| together)|everybody|everyone|each of"
    r"|every(?! (?:\w+ )?(?:minute|second|hour|day|night|morning|week|month|year|time)s?\b))\b"
    r"|所有|全部|全都|每[一个家台]|人人|通通"
)
_ALL_TOLD = re.compile(
    r"\b(?:all|every\w*|entire|whole|each|any|always|no one|nobody|none|never)\b"
    r"|所有|全|都|每|人人|凡是|通通|没有一|一律|从来"
)
_DONE = re.compile(
    r"\b(?:was|were|has|have|had|did|ate|sold|became|began|reached|achieved)\b|了[，。！]?$|已经"
)
_REPORTED = re.compile(
    r"^\W*(?:and )?you (?:just |once |also )?(?:said|say|called|told|asked|ask)\b"
    r"|^\W*people (?:say|assume|think|claim)\b|^\W*everyone (?:knows|says|thinks)\b"
    r"|\b(?:newspapers?|papers|press|media) (?:say|said|wrote|version)|\bcan i stop you"
    r"|^\W*(?:你|您)(?:刚才|刚刚|前面|开头|那个|这个)?.{0,6}(?:说|问|讲|资料|材料)"
    r"|(?:好多|很多|不少)(?:人|报道)都|(?:大家|人人|谁)都(?:说|以为|知道)|有人说|报纸(?:写|上)"
)
"""The speaker repeats what somebody else said, often to deny it."""

_NOT_EN = re.compile(
    r"\b(?:not|no|never|nothing|nobody|none|nor|neither|without|cannot|hardly|nowhere)\b|n't\b"
    r"|\b(?:den(?:y|ies|ied|ying)|refus\w+|fail(?:s|ed)? to|declin(?:es|ed)|reject\w*|lacks?"
    r"|unable)\b"
)
_NOT_ZH = re.compile(
    r"(?<![非差特])(?:不(?!过|但|仅|久|少|断|止|管|如|同(?!意)|用说|得不|由得|禁)"
    r"|没(?!办法)|无(?!人|论|非|数|线)|未(?!来|必)|别(?=[再去让把给用想做拿太问])"
    r"|否认|拒绝|从未|毫无|并非|禁止|停用|谢绝)"
)
_RHETORIC = re.compile(
    r"是不是|有没有|能不能|会不会|要不要|对不对|好不好|行不行|还是不|不得不|说不定|差不多|了不起"
    r"|对不起|不好意思|不一样|不是吗|不仅|不只|停滞不前|那不勒斯|n't it\b"
)
_DOUBLE = re.compile(
    r"没有?[^，,。]{0,8}不(?!是)|[不无]不|不是不|不能不|\bnot un\w+|\b(?:never|not) without\b"
    r"|\bno\w* \w+ (?:who|that) \w+n't\b"
)
_SOFT = re.compile(
    r"\b(?:bad|poor|few|little|less|lack\w*|dis\w{4,}|un(?!til|der|it|ion|ique|iver)\w{4,}"
    r"|non-?\w+|other than|rather than|instead of|except|only|barely|im(?:possible|mature)"
    r"|in(?:complete|sufficient|visible))\b"
    r"|未|缺|坏|差|非|以外|之外|除了|只有|不佳|不足|不良|反而"
)
_REFUSAL = re.compile(
    r"^\W*(?:可是|但是|但|所以|后来)?我?们?(?:没有?|不|都没)(?:要|答应|同意|接受|肯|收|卖|给)"
    r"|^\W*(?:and |but |so )?(?:i|we) (?:said no\b|refused|declined|turned (?:it|him|her|them) down"
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
_COMPARED = re.compile(r"更|\bthan\b")
_COMPARES = re.compile(
    r"\b(?:more|less|fewer|(?!other|rather|whether)\w{3,}er|better|worse|further|farther)"
    r" (?:\w+ ){0,2}than\b"
    r"|比.{1,16}(?:[长短高低多少早晚大小贵]|便宜|快|慢|好|差)"
)
_QUESTION = re.compile(r"[?？][\s\"'”’」』）)\]*_]*$")
_QUOTED = re.compile('"[^"]*"|“[^”]*”|「[^」]*」|『[^』]*』')
_TALK = re.compile(
    r"^(?:here (?:is|are) (?:what|the|some)|i hope|let me know|shall i|would you like|feel free"
    r"|in (?:summary|conclusion)[,:]?$|i (?:found|searched|could not find)|sure|certainly"
    r"|of course[,!.]|based on the (?:interviews|transcripts)[,:]?$|as an ai|thank you"
    r"|you're welcome|below)"
    r"|^(?:希望(?:这|以上|对)|(?:下面|接下来|以下)(?:我|让|来|是)|以上(?:就)?是|以下(?:是|为)|您还想|你还想|需要我"
    r"|如果(?:您|你)(?:还|需要|想)|根据以上|总(?:之|的来说)[,:，：]?$|好的|谢谢|不客气)"
)
_JUDGEMENT = re.compile(
    r"^(?:that|this|it|what)(?: is|'s| was)? (?:a|an|quite|very|really|truly|indeed)\b"
    r"(?=.*\b(?:surprising\w*|interesting|remarkable|moving|fascinating|wonderful|beautiful"
    r"|impressive|funny|sad|great|nice|cheerful|good|excellent|inspiring|touching|striking"
    r"|curious)\b)"
    r"|^(?:这|那)(?:真的?|实在|确实)?(?:是|个|种|段|次)?.{0,14}"
    r"(?:有意思|有趣|感动|精彩|动人|了不起|令人|让人|启发|可爱|不错)"
)


def is_negated(text: str) -> bool:
    """Whether a clause denies; two words that undo each other do not."""
    plain = _DOUBLE.sub("", _YES_NO.sub("", _RHETORIC.sub("", text)))
    return bool(_NOT_EN.search(plain) or _NOT_ZH.search(plain))


def denied_part(text: str) -> str:
    """Return what stands behind the first word that denies; empty when none does."""
    plain = _YES_NO.sub("", _RHETORIC.sub("", text))
    found = [m for m in (_NOT_EN.search(plain), _NOT_ZH.search(plain)) if m]
    return plain[min(m.end() for m in found) :] if found else ""


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
    return bool(_SOFT.search(text))


def answers_no(text: str) -> bool:
    """Whether a text begins by saying no."""
    return bool(_NO.match(text))


def compares(text: str) -> bool:
    """Whether a claim says that one thing is more than another."""
    return bool(_COMPARES.search(text))


def has_side_of(claim: str, told: str) -> bool:
    """Whether a text has a word that compares the way the claim's does."""
    if compares(told) or _COMPARED.search(told):
        return True
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


def says_all(text: str) -> bool:
    """Whether a claim speaks of all of something."""
    return bool(_ALL.search(text))


def tells_all(text: str) -> bool:
    """Whether a text has any word for all of something."""
    return bool(_ALL_TOLD.search(text))


def is_done(text: str) -> bool:
    """Whether a sentence tells something as having happened."""
    return bool(_DONE.search(text))


def is_reported(text: str) -> bool:
    """Whether a clause repeats what somebody else said."""
    return bool(_REPORTED.search(text))


def states_nothing(text: str) -> bool:
    """Whether a sentence of a draft asks, announces or judges, and tells nothing."""
    outside = _QUOTED.sub(" ", text)
    return bool(_QUESTION.search(outside) or _TALK.search(text) or _JUDGEMENT.search(text))


# --- opposites: a sentence that has one side where the text has the other turns it round

_SIDES: Sequence[tuple[str, str]] = (
    (r"\bmore (?!than one\b)|更多|多于|超过", r"\bless\b|\bfewer\b|更少|少于|不到"),
    (r"\b(?:dear|expensive|costlier)\b|更贵|贵得多", r"\bcheap(?:er|est)?\b|便宜|更低廉"),
    (r"\b(?:earlier|sooner)\b|早(?=[一二三四五六七八九十百\d]|得多|些|于)|更早|太早|停早",
     r"\blater\b|晚(?=[一二三四五六七八九十百\d]|得多|些|于)|更晚|太晚|停晚"),
    (r"\bhigh(?:er|est)\b|更高|高于|高出", r"\blow(?:er|est)\b|更低|低于"),
    (r"\b(?:increas\w+|r[io]se|grew|doubled)\b|增加|上升|翻了一倍|翻倍|上涨",
     r"\b(?:decreas\w+|fell|dropped|shrank|halved)\b|减少|下降|下跌"),
    (r"\bbetter\b|更好|变好", r"\bworse\b|更差|变差|要差"),
    (r"\b(?:faster|quicker)\b|更快", r"\bslower\b|更慢"),
    (r"\b(?:bigger|larger)\b|更大", r"\bsmaller\b|更小"),
    (r"\b(?:longer)\b|更长|时间长", r"\bshorter\b|更短|时间短"),
)  # fmt: skip
_SIDES_FOUND = tuple((re.compile(one), re.compile(other)) for one, other in _SIDES)


def turned_round(claim: str, told: str) -> str | None:
    """Return the word of a claim whose opposite the text has in its place, and not itself."""
    for pair in _SIDES_FOUND:
        for mine, theirs in (pair, pair[::-1]):
            said = mine.search(claim)
            if said and theirs.search(told) and not mine.search(told) and not theirs.search(claim):
                return said[0]
    return None
