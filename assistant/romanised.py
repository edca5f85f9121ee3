"""Chinese names ↔ how Pinyin spells them, without tones: 顾南枝 and "Gu Nanzhi".

Spellings of other kinds (Cantonese, Wade-Giles, a foreign name in characters) are told by their
sound alone, see `index.names`.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice, product

from index.data import read_lines
from index.words import is_chinese

LONGEST_SYLLABLE = 6
LONGEST_NAME = 4
"""Syllables of a spelled word, and characters of a name, at most."""
MOST_SPELLINGS = 8
"""Of one name whose characters have several readings."""

# The surnames of nine people in ten, and some more: a lone character is a name only if it is one.
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
    "阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖"
    "龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿"
    "牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边"
    "骆罗褚娄喻戚丘仇古谈封郎卓蓝"
)


@lru_cache(maxsize=1 << 10)
def written(word: str) -> str | None:
    """Return a pattern of the characters that a spelling may stand for; None when for none.

    Args:
        word: folded, one Latin word: "nanzhi" gives a pattern of two characters.
    """
    ways = ["".join(f"[{_table()[syllable]}]" for syllable in way) for way in _cuts(word)]
    return f"(?:{'|'.join(ways)})" if ways else None


def syllables(word: str) -> int:
    """Return the fewest syllables that a spelling may have; 0 when it is no Pinyin."""
    return min(map(len, _cuts(word)), default=0)


def surnames(syllable: str) -> str:
    """Return the characters that are surnames so spelled; "" without any."""
    return "".join(c for c in _table().get(syllable, "") if is_surname(c))


def is_surname(character: str) -> bool:
    """Whether a character is a usual surname."""
    return character in _SURNAMES


def spellings(name: str) -> list[str]:
    """Return how Pinyin may spell Chinese characters, in one word each; [] of anything else."""
    if not name or len(name) > LONGEST_NAME or not is_chinese(name):
        return []
    ways = product(*(_readings().get(character, ()) for character in name))
    return ["".join(way) for way in islice(ways, MOST_SPELLINGS)]


@lru_cache(maxsize=1 << 12)
def _cuts(word: str) -> tuple[tuple[str, ...], ...]:
    """Return every way to cut a word into syllables."""
    if len(word) > LONGEST_SYLLABLE * LONGEST_NAME:
        return ()
    return tuple(way for way in _ways(word, LONGEST_NAME) if len(way) <= LONGEST_NAME)


def _ways(word: str, most: int) -> Iterator[tuple[str, ...]]:
    for end in range(1, min(LONGEST_SYLLABLE, len(word)) + 1 if most else 0):
        if word[:end] in _table():
            if end == len(word):
                yield (word,)
            yield from ((word[:end], *rest) for rest in _ways(word[end:], most - 1))


@cache
def _table() -> dict[str, str]:
    """Return syllable → its characters; ü is spelled as passports and keyboards do, u or v."""
    table: dict[str, str] = {}
    for line in read_lines("pinyin.txt"):
        syllable, characters = line.split(" ")[:2]
        for spelled in {syllable, syllable.replace("v", "u")}:
            table[spelled] = table.get(spelled, "") + characters
    return table


@cache
def _readings() -> dict[str, list[str]]:
    readings: dict[str, list[str]] = {}
    for syllable, characters in _table().items():
        for character in characters:
            readings.setdefault(character, []).append(syllable)
    return readings
