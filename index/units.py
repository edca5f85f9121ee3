"""Folded text after a number → the unit it counts, in either language, and how much one is."""

import functools
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Kind = Literal[
    "number", "ordinal", "percent", "multiple", "money", "date", "duration", "age", "power",
    "energy", "data", "frequency", "length", "area", "volume", "mass", "temperature", "voltage",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts, and where the words for it end."""

    kind: Kind
    name: str | None
    factor: Fraction
    """Amounts are multiplied by it: kilometres are given in metres."""
    end: int


# One line a unit: kind, name, what one is, and its words; "s" marks an English plural.
_TABLE = """
money USD 1 美元 美金 dollar+ usd buck+ us-dollar+ u.s.-dollar+ american-dollar+
money USD 1/100 美分
money CNY 1 元人民币 人民币 元钱 元 块钱 块 圆 yuan rmb cny renminbi
money EUR 1 欧元 euro+ eur
money GBP 1 英镑 镑 pound+-sterling gbp
money JPY 1 日元 日圆 yen jpy
money HKD 1 港元 港币 hkd hong-kong-dollar+
money TWD 1 新台币 台币 ntd twd
money KRW 1 韩元 韩圆 won krw
money INR 1 卢比 rupee+ inr
percent - 1/100 % percent per-cent pct 个百分比
percent point 1/100 个百分点 百分点 percentage-point+
percent point 1/10000 个基点 基点 basis-point+ bps
percent - 1/1000 ‰
percent - 1/10 成
multiple - 1 倍 x times fold
power W 1 瓦特 瓦 watt+ w
power W 1000 千瓦 kilowatt+ kw
power W 1000000 兆瓦 百万瓦 megawatt+ mw
power W 1000000000 吉瓦 千兆瓦 gigawatt+ gw
power W 1000000000000 太瓦 terawatt+ tw
energy Wh 1 瓦时 瓦小时 watt-hour+ wh
energy Wh 1000 千瓦时 千瓦小时 度电 kilowatt-hour+ kwh
energy Wh 1000000 兆瓦时 兆瓦小时 megawatt-hour+ mwh
energy Wh 1000000000 吉瓦时 吉瓦小时 gigawatt-hour+ gwh
energy Wh 1000000000000 太瓦时 terawatt-hour+ twh
data B 1 字节 byte+
data B 1000 千字节 kilobyte+ kb
data B 1000000 兆字节 megabyte+ mb
data B 1000000000 吉字节 gigabyte+ gb
data B 1000000000000 太字节 terabyte+ tb
data B 1000000000000000 拍字节 petabyte+ pb
frequency Hz 1 赫兹 赫 hertz hz
frequency Hz 1000 千赫 kilohertz khz
frequency Hz 1000000 兆赫兹 兆赫 megahertz mhz
frequency Hz 1000000000 吉赫兹 吉赫 千兆赫 gigahertz ghz
length m 1 米 meter+ metre+ m
length m 1000 公里 千米 kilometer+ kilometre+ km
length m 1/100 厘米 公分 centimeter+ centimetre+ cm
length m 1/1000 毫米 millimeter+ millimetre+ mm
length m 1/1000000 微米 micrometer+ micrometre+ micron+ μm um
length m 1/1000000000 纳米 奈米 nanometer+ nanometre+ nm
length mile 1 英里 mile+
length ft 1 英尺 foot feet ft
length in 1 英寸 inch inches
area m2 1 平方米 平米 square-meter+ square-metre+ m2
area m2 1000000 平方公里 平方千米 square-kilometer+ square-kilometre+ km2
area m2 10000 公顷 hectare+
area acre 1 英亩 acre+
area ft2 1 平方英尺 square-foot square-feet sq-ft
area mu 1 亩 mu
mass g 1 克 gram+ g
mass g 1000 公斤 千克 kilogram+ kilo+ kg
mass g 1/1000 毫克 milligram+ mg
mass g 500 斤
mass g 1000000 吨 公吨 ton+ tonne+ t
mass g 1000000000000 兆吨 megaton+
mass g 1000000000000000 gigaton+ gigatonne+
mass lb 1 磅 lb+ pound+
temperature degree 1 摄氏度 度 degree+-celsius °c degree+-centigrade degree+ °
temperature F 1 华氏度 degree+-fahrenheit °f
volume L 1 升 liter+ litre+
volume L 1/1000 毫升 milliliter+ millilitre+ ml
volume gal 1 加仑 gallon+
voltage V 1 伏特 伏 volt+ v
voltage V 1000 千伏 kilovolt+ kv
age year 1 周岁 岁 year+-old year+-of-age
duration s 1 秒钟 秒 second+ sec+
duration s 1/1000 毫秒 millisecond+ ms
duration s 1/1000000 微秒 microsecond+
duration s 1/1000000000 纳秒 nanosecond+
duration s 60 分钟 minute+ min+
duration s 900 刻钟
duration s 3600 个小时 小时 个钟头 钟头 hour+ hr+
duration s 86400 天 昼夜 day+
duration s 604800 个星期 星期 个礼拜 礼拜 周 week+
duration s 1209600 fortnight+
duration month 1 个月 month+
duration month 3 个季度
duration month 12 周年 年 year+ yr+
duration month 120 decade+
duration month 1200 个世纪 century centuries
"""

# What a Chinese number counts without measuring: not a unit, but it makes 三 a number.
MEASURES = (
    "个位名家种类条项次回遍趟轮层级步点台部款张片块颗枚本篇章节段句页行列组队批套座栋间所只头匹辆"
    "艘架根支把份届期号人口字词大者方股道门样群代碗杯瓶箱袋双对副幅场起件封卷集排阶城省市县村校店"
    "厂院楼倍年天成折岁周秒处扇滴盒壶盘脚趟"
)
# Words between a number and its unit that change neither.
_BETWEEN = r"(?:more|additional|extra|full|whole|long|short|straight|整) ?"
# What makes another word of the unit before it.
_NOT_AFTER = {
    "年": "级代轻龄纪终货薪会报度",
    "天": "然下空生才堂气性赋线文使",
    "周": "围边到期末刊",
    "成": "为功本立长员了就果熟交绩分品语型家都",
    "元": "素老首旦件组",
    "度": "过假量日",
    "米": "饭粉其",
    "克": "服制隆",
    "斤": "斤计",
    "升": "级值到高学",
    "瓦": "解片",
    "折": "叠磨腾射断旧扣率",
}
# 当 … 吉瓦时 is "when … gigawatts", not gigawatt hours.
# What begins like such a word and is none: 三成|员工.
_STILL_AFTER = "员工"
_WHEN = re.compile("当[^,。;!?]*$")


def find_unit(text: str, place: int) -> Unit | None:
    """Return the unit whose words begin at the place, after a blank or hyphen at most.

    The longest words win, so kilowatt hours are not kilowatts.
    """
    match = _pattern().match(text, place)
    if not match:
        return None
    words = re.sub("[ -]", "-", match[1])
    if words not in _units():
        words = words.removeprefix("个")
    end = match.end()
    if words.endswith("瓦时") and _WHEN.search(text, 0, place):
        words, end = words[:-1], end - 1
    following = text[end : end + 1]
    is_other_word = following and following in _NOT_AFTER.get(words[-1], "")
    if is_other_word and not text.startswith(_STILL_AFTER, end):
        return None
    kind, name, factor = _units()[words]
    return Unit(kind, name, factor, end)


@functools.cache
def _units() -> dict[str, tuple[Kind, str | None, Fraction]]:
    units: dict[str, tuple[Kind, str | None, Fraction]] = {}
    for line in _TABLE.strip().splitlines():
        kind, name, factor, *words = line.split()
        for word in words:
            for form in {word.replace("+", ""), word.replace("+", "s")}:
                units[form] = (kind, None if name == "-" else name, Fraction(factor))  # type: ignore[assignment]  # the table names kinds
    return units


@functools.cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(_units(), key=len, reverse=True)
    latin = [re.escape(form).replace(r"\-", "[ -]") for form in forms if form[0].isascii()]
    other = [re.escape(form) for form in forms if not form[0].isascii()]
    # 块 is money at the end of what is said, else pieces: 三块芯片.
    other = [f"个?{form}" if len(form) > 1 and form[0] != "个" else form for form in other]
    other[other.index("块")] = (
        "块(?! ?[\u4e00-\u9fffa-z])|块(?=[一二三四五六七八九](?![\u4e00-\u9fff]))"
    )
    either = "|".join([f"(?:{'|'.join(latin)})(?![a-z0-9])", *other])
    return re.compile(rf" ?-?(?:{_BETWEEN})?({either})")
