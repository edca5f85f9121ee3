"""The small words by which a sentence turns: telling, doubt, condition, intention, repeating.

Lists of both languages side by side, and the one question each is asked. Texts are folded.
"""

import re

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
    r"|rumou?rs?|supposedly|suggests?|guess|bets?|swears?|swore|sworn|heard|hear)\b|\bstory going"
    r"|担保|打赌|敢说|也许|可能|大概|或许|恐怕|似乎|据说|听说|传闻|传言|好像|应该是"
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
_OWED = re.compile(
    r"\b(?:should|ought to) have\b|\b(?:was|were) supposed to\b|\bmeant to have\b"
    r"|按规定.{0,8}[要得]|本来?(?:该|应该|要)|(?<!不)应当"
)
_INTENTION = re.compile(
    r"\b(?:will|would|plans?|planned|hopes?|wants?|wanted|intends?|promis\w+|goals?|targets?|aims?"
    r"|going to|expects?|next)\b"
    r"|想|要|将|会|计划|打算|目标|希望|预计|明年|承诺|答应|以前"
)
_FUTURE = re.compile(
    r"\bi(?: will|'ll)\b|\bi want\b|\bgoing to\b|\bnext year\b|\bwe (?:plan|hope)\b"
    r"|我就要|我想|打算|计划|明年|一定(?:会|要|能|上)|将会|目标|(?<![机约社开议宴聚约学])会(?![议员计展场长儿])"
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


def is_attributed(text: str) -> bool:
    """Whether a sentence says whose word it is, or marks itself as uncertain."""
    return bool(ATTRIBUTION.search(text) or _HEDGE.search(text))


def is_doubtful(text: str) -> bool:
    """Whether a text tells an opinion, a bet or a rumour."""
    return bool(_DOUBT.search(text))


def is_conditional(text: str) -> bool:
    """Whether a text supposes."""
    return bool(_CONDITION.search(text))


def is_owed(text: str) -> bool:
    """Whether a text tells what ought to have been done, and so perhaps was not."""
    return bool(_OWED.search(text))


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
