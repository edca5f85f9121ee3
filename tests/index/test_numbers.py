import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.numbers import Value, agrees, find_values, same_value, value_key

# Key of the value, and notations of it, parted by "|": every one must be read as that one value.
NOTATIONS = {
    "400000000000": "4000亿|四千亿|４０００億|400 billion|400B|400bn|400,000,000,000"
    "|four hundred billion|0.4 trillion|four hundred thousand million",
    "400000000000:USD": "4000亿美元|四千亿美金|$400B|$400 billion|400 billion dollars"
    "|$400 billion dollars|US$400bn|USD 400 billion|400-billion-dollar",
    "1000000000000": "1万亿|一万亿|一萬億|1 trillion|one trillion|a trillion|1,000,000,000,000",
    "1000000000000:USD": "万亿美元|一万亿美元|a trillion dollars|trillion-dollar|$1T",
    "150000000": "1.5亿|一亿五千万|一点五亿|1亿5000万|150 million|150M"
    "|one hundred and fifty million",
    "1200000": "一百二十万|120万|1.2 million|1.2M|1,200,000|one million two hundred thousand",
    "1500000000": "十五亿|15亿|1.5 billion|a billion and a half|one and a half billion",
    "2500000": "两百五十万|250万|two and a half million|2½ million|2.5 million",
    "500000": "50万|五十万|half a million|half million|500k|500,000|500 thousand",
    "250000": "25万|二十五万|a quarter of a million|quarter million|250 thousand",
    "100000": "十万|10万|a hundred thousand|100K|100,000",
    "25000": "两万五|2万5千|两万五千|2.5万|twenty-five thousand|25,000|25k",
    "1200": "一千二|一千二百|1,200|twelve hundred|1.2 thousand|1200个|一千两百",
    "650000": "六十五万|65万|six hundred and fifty thousand|650,000",
    "200": "两百|二百|200|two hundred",
    "120": "一百二|一百二十|120|one hundred and twenty|one hundred twenty|120个",
    "102": "一百零二|一百〇二|102|one hundred and two",
    "40": "四十|40|forty|四十个",
    "200000:Wh": "二百度电|200 kWh|two hundred kilowatt-hours",
    "7/20:percent": "三成五|35%|百分之三十五|thirty-five percent",
    "35/2:CNY": "十七块五|17.5元|17.5 yuan",
    "12": "十二|12|twelve|a dozen|十二个|12 people",
    "42": "四十二|42|forty-two|forty two|四十二名",
    "6": "六个|6|six|half a dozen|6家",
    "3": "三个|三家|三种|3|three|三大",
    "2": "两个|二者|2|two|两家公司",
    "100": "一百|100|a hundred|one hundred|壹佰|100个GPU",
    "7/2": "三点五|3.5|three point five|three and a half|3½",
    "996": "九九六|996",
    "1/3:percent": "三分之一|one third|one-third|1/3|a third of them",
    "2/3:percent": "三分之二|two thirds|two-thirds|2/3",
    "3/4:percent": "四分之三|three quarters of it|three-fourths|3/4|百分之七十五|75%",
    "1/2:percent": "一半|half of them|half the world|50%|百分之五十|五成|fifty percent|半数|1/2",
    "3/10:percent": "百分之三十|30%|30％|三成|3成|thirty percent|30 per cent|30 percent|三折",
    "1:percent": "百分之百|百分百|100%|a hundred percent|one hundred per cent",
    "4/5:percent": "八折|8折|80%|百分之八十|eighty percent",
    "19/20:percent": "九五折|95%|百分之九十五|ninety-five percent",
    "7/200:percent": "3.5%|百分之三点五|three point five percent",
    "1/1000:percent": "千分之一|1‰|0.1%",
    "1/10000:percent": "万分之一|0.01%",
    "1/20:point": "5个百分点|五个百分点|5 percentage points|five percentage points",
    "1/400:point": "25个基点|25 basis points|25bps",
    "3:multiple": "3倍|三倍|three times|3x|3X|3 x|threefold|three-fold|3-fold|tripled|triple",
    "2:multiple": "两倍|2倍|翻番|翻一番|翻了一倍|翻倍|一倍|twice|double|doubled|2x"
    "|twofold|two times",
    "4:multiple": "四倍|4x|quadrupled|翻两番|翻了两番|four times",
    "5/2:multiple": "2.5倍|两倍半|two and a half times|2.5x",
    "1000000000:multiple": "十亿倍|10亿倍|a billion times|1 billion X|billion x",
    "10000000000:W": "10吉瓦|十吉瓦|10個吉瓦|10 gigawatts|10 GW|10GW|ten gigawatts|10-gigawatt"
    "|10,000兆瓦|10000 megawatts|1000万千瓦",
    "1000000000:W": "一吉瓦|1吉瓦|one gigawatt|1 GW|1000 MW|100万千瓦|一个千兆瓦",
    "5000:W": "5千瓦|五千瓦|5 kW|5 kilowatts|5000瓦",
    "10000:Wh": "10千瓦时|10度电|10 kWh|ten kilowatt-hours|10 kilowatt hours",
    "80000000000:B": "80GB|80 gigabytes|80吉字节|800亿字节",
    "3200000000:Hz": "3.2GHz|3.2 gigahertz|3.2吉赫",
    "3000:m": "三公里|3公里|3千米|3 km|three kilometers|3,000 metres|三千米|3000米",
    "1/200000000:m": "5纳米|五纳米|5nm|5 nanometers|five-nanometer",
    "5000:g": "5公斤|五公斤|5千克|十斤|5 kg|five kilograms|5 kilos",
    "2000000:g": "两吨|2吨|two tons|2 tonnes|2000公斤",
    "80:degree": "80度|八十度|80摄氏度|80°C|80℃|80 degrees|eighty degrees Celsius",
    "500:m2": "500平方米|五百平米|500 square meters|500㎡",
    "100:CNY": "100元|一百元|100块|100块钱|¥100|￥100|人民币100元|100 yuan|RMB 100|100元人民币",
    "100:EUR": "100欧元|€100|100 euros",
    "100:HKD": "100港元|100港币|HK$100",
    "50000000000:USD": "500亿美元|五百亿美元|$50 billion|fifty billion dollars|500多亿美元",
    "100000:USD": "10万美元|十万美元|$100,000|$100K|a hundred thousand dollars",
    "1000:USD": "1000美元|一千美元|a thousand bucks|$1,000",
    "5000000:USD": "500万美元|$5m|$5M|5 million dollars|five million USD",
    "3:month": "三个月|3个月|three months|3 months|three-month",
    "6:month": "六个月|半年|six months|half a year|half-year|6个月",
    "12:month": "一年|1年|one year|十二个月|12 months|一年前",
    "18:month": "一年半|18个月|a year and a half|one and a half years|eighteen months|1.5年",
    "30:month": "两年半|2年半|two and a half years|2.5 years|2½ years|三十个月",
    "36:month": "三年|3年|three years|3 years|three-year|3-year",
    "120:month": "十年|10年|ten years|one decade|10 years|十年前",
    "240:month": "二十年|20年|two decades|twenty years",
    "1200:month": "一百年|100年|a hundred years|one century|一个世纪|100 years",
    "600:month": "半个世纪|五十年|half a century|fifty years",
    "12600:s": "三个半小时|3.5小时|3.5个小时|three and a half hours|3.5 hours",
    "1800:s": "半小时|半个小时|三十分钟|30分钟|half an hour|30 minutes|thirty minutes",
    "86400:s": "24小时|二十四个小时|24 hours|1天|1 day",
    "604800:s": "一周|一个星期|七天|7 days|one week|1周",
    "1/1000:s": "1毫秒|一毫秒|1 ms|one millisecond",
    "35:year": "35岁|三十五岁|35 years old|35-year-old|thirty-five years old|aged 35|35周岁",
    "30:year": "30岁|三十多岁|in his thirties|in her 30s|thirty years old",
    "2026": "2026年|二〇二六年|二零二六年|2026|'26|twenty twenty-six|２０２６年|26年底"
    "|26年下半年|two thousand twenty-six|从26年",
    "1998": "1998年|一九九八年|九八年|98年|'98|nineteen ninety-eight|1998",
    "2008": "2008年|二〇〇八年|零八年|〇八年|2008|two thousand and eight|08年",
    "2021-03": "2021年3月|2021年三月|二〇二一年三月|March 2021|Mar. 2021|2021-03|March, 2021"
    "|21年3月|March of 2021|March '21",
    "2021-03-05": "2021年3月5日|2021年三月五号|March 5, 2021|March 5th, 2021|5 March 2021"
    "|2021-03-05|2021/3/5|the 5th of March 2021|2021.3.5",
    "--10": "十月|10月|10月份|in October|October",
    "--10-04": "10月4日|十月四号|October 4|October 4th|4 October",
    "--05": "五月|5月|in May|since May|last May",
    "1990s": "90年代|九十年代|1990年代|上世纪90年代|二十世纪九十年代|20世纪90年代"
    "|the 1990s|1990s|the '90s|'90s|the nineties|the early nineties",
    "C20": "20世纪|二十世纪|the 20th century|twentieth century|the 20th-century",
    "C21": "21世纪|二十一世纪|the 21st century|twenty-first century",
    "1:ordinal": "第一|第1|the first|1st|首次|第一个|number one|No. 1|#1|the first one",
    "2:ordinal": "第二|第2个|the second one|2nd|number two|Second, we|第二点",
    "3:ordinal": "第三季度|三季度|Q3|the third quarter|3rd|第三",
    "21:ordinal": "第二十一|第21|the twenty-first|21st",
    "~100": "几百|数百|好几百|上百家|hundreds|several hundred|a few hundred|hundreds of people",
    "~10": "几十个|数十|dozens|tens of people|dozens of them",
    "~100000000000:USD": "几千亿美元|数千亿美元|hundreds of billions of dollars"
    "|several hundred billion dollars",
    "~1000000000000": "几万亿|数万亿|trillions|several trillion",
    "~10000000000": "几百亿|数百亿|tens of billions",
    "~12:month": "几年|好几年|a few years|several years|a couple of years|一两年|couple years",
    "~1:month": "几个月|a few months|several months|一两个月|a couple months",
    "~120:month": "几十年|several decades|a few decades|数十年",
    "~1/100:percent": "百分之几|a few percent",
}
CASES = [
    pytest.param(notation, key, id=f"{key}-{notation}")
    for key, notations in NOTATIONS.items()
    for notation in notations.split("|")
]
# What only looks like a number.
NOTHING_ZH = """
一下 一些 一点 一个 一起 一样 一直 一定 一般 一边 一切 万一
十分重要 千万别 千万不要 万分感谢 有一天 每一年 那一天
一家公司 三星 三国演义 四川 百度 千问 零售 零件 半导体 半夜
几乎 数据 数字 张三李四 五花八门 乱七八糟 千方百计 万物 万能
百姓 百货 归零 二手车 四季如春 两岸 一一说明 第一性原理 多元
元素 成功 周围 天才 年轻人 上半年 下半年 大半 时间点 几何
二维码 千禧 三角形 亿美元级 双十一 首先 最后 茶几
"""
NOTHING = [
    *NOTHING_ZH.split(),
    "one of the best",
    "no one knows",
    "for one",
    "this one or that one",
    "one another",
    "at first",
    "first of all",
    "first principles",
    "for a second",
    "the second he left",
    "third party",
    "one day we left",
    "someone",
    "often",
    "weight",
    "at noon",
    "may I come",
    "the march goes on",
    "H100 and GB300",
    "GPT-4 and F-150",
    "5G and 3D",
    "at 12:40",
    "00:12:40",
    "version 2.0.1",
    "see https://a.example/b?c=10&d=20",
    "24/7",
    "401k",
    "[1] [23]",
    "as said [3].",
    "the back half",
    "double down",
    "H100芯片",
    "B200和H20",
    "12:40开始",
]
# A text, and the keys of all its values.
TEXTS = [
    ("九万八一架", "98000"),
    ("一千二百八一斤", "1280"),
    ("三百二一张", "320"),
    ("从一镑二涨到三镑", "6/5:GBP 3:GBP"),
    ("from one pound twenty to nine pounds thirty", "6/5:GBP 93/10:GBP"),
    ("三公里四，不是三公里一", "3400:m 3100:m"),
    ("两米三，十一公里六", "23/10:m 11600:m"),
    ("三米一根", "3:m"),
    ("七比五", "7 5"),
    ("百度一下", ""),
    ("1900支疫苗", "1900"),
    ("被踢了十一脚", "11"),
    ("3 to 5 years", "36:month 60:month"),
    ("3-5 years", "36:month 60:month"),
    ("three or four years", "36:month 48:month"),
    ("two, three years", "24:month 36:month"),
    ("三到五年", "36:month 60:month"),
    ("3-5年", "36:month 60:month"),
    ("3～5年", "36:month 60:month"),
    ("三五年", "36:month 60:month"),
    ("三四年", "36:month 48:month"),
    ("三、四年", "36:month 48:month"),
    ("两三个人", "2 3"),
    ("六七八个", "6 7 8"),
    ("三四百人", "300 400"),
    ("三五十人", "30 50"),
    ("十二三个", "12 13"),
    ("六七成", "3/5:percent 7/10:percent"),
    ("两三倍", "2:multiple 3:multiple"),
    ("2 or 3x", "2:multiple 3:multiple"),
    ("four to 5x", "4:multiple 5:multiple"),
    ("$3-5 billion", "3000000000:USD 5000000000:USD"),
    ("$3 to $5 billion", "3000000000:USD 5000000000:USD"),
    ("3亿到5亿美元", "300000000:USD 500000000:USD"),
    ("700亿至900亿日元", "70000000000:JPY 90000000000:JPY"),
    ("3-5万", "30000 50000"),
    ("50 to 100 million", "50000000 100000000"),
    ("900 million to 1 billion", "900000000 1000000000"),
    ("10-20%", "1/10:percent 1/5:percent"),
    ("百分之三到五", "3/100:percent 1/20:percent"),
    ("35%到45%", "7/20:percent 9/20:percent"),
    ("between 5 and 10 gigawatts", "5000000000:W 10000000000:W"),
    ("two, three megawatts", "2000000:W 3000000:W"),
    ("二三四兆瓦", "2000000:W 3000000:W 4000000:W"),
    ("4 or 5 or 6 weeks", "2419200:s 3024000:s 3628800:s"),
    ("要等4周、5周或6周", "2419200:s 3024000:s 3628800:s"),
    ("2011年到2014年种了7%", "2011 2014 7/100:percent"),
    ("7% more trees 2011 through 2014", "7/100:percent 2011 2014"),
    ("从零到一", "0 1"),
    ("from zero to 1", "0 1"),
    ("0到1", "0 1"),
    ("2吉瓦的风机要30亿欧元", "2000000000:W 3000000000:EUR"),
    ("2 gigawatts of wind cost €3 billion", "2000000000:W 3000000000:EUR"),
    ("在2013年，茶园换了主人", "2013"),
    ("2013年，产茶3亿斤。2014年，5亿。", "2013 150000000000:g 2014 500000000"),
    ("一周开4天", "604800:s 345600:s"),
    ("7x in one month", "7:multiple 1:month"),
    ("四十岁的人有三成", "40:year 3/10:percent"),
    ("三块芯片", "3"),
    ("二十多个国家", "20"),
    ("十几年", "120:month"),
    ("三十几岁", "30:year"),
    ("100多亿", "10000000000"),
    ("$12 million, yes? 12%", "12000000:USD 3/25:percent"),
    ("a million one year later", "1000000 12:month"),
    ("23年", "276:month"),
    ("2000年来", "24000:month"),
    ("两千年", "24000:month"),
    ("500年", "6000:month"),
    ("mid-2024", "2024"),
    ("10k-20k", "10000 20000"),
    ("revenue¹ of 10²", "10"),
    ("1. Plant rice\n2. Wait 3 days", "259200:s"),
    ("1、种稻\n2、等三天", "259200:s"),
    ("当电站满发两吉瓦时，要40万块电池", "2000000000:W 400000"),
    ("7个、9个、11个茶园", "7 9 11"),
    ("7, 9, 11 gardens", "7 9 11"),
    ("第二次世界大战", "2:ordinal"),
    ("20000 GPUs in 2026", "20000 2026"),
    ("The first use was in 2016.", "1:ordinal 2016"),
    ("他把第一台送给了朋友", "1:ordinal"),
    ("用 Fortran 提升了30倍，达到 10 TB", "30:multiple 10000000000000:B"),
    ("GPT-4 用了 25,000 块 SSD", "25000"),
    ("公元前640年", "640"),
    ("1813-15", "1813 1815"),
    ("1813–15年", "1813 1815"),
    ("1039年", "1039"),
    ("1000年", "12000:month"),
    ("the 12th and 13th centuries", "C12 C13"),
    ("12和13世纪", "C12 C13"),
    ("2013 年 4 月 21 日", "2013-04-21"),
    ("到 20 世纪 70 年代为止", "1970s"),
    ("£30m a year", "30000000:GBP"),
    ("百倍", "100:multiple"),
    ("some three-quarters left", "3/4:percent"),
    ("5 gigatons", "5000000000000000:g"),
    ("50亿吨", "5000000000000000:g"),
    ("三元组", ""),
    ("春天一来", ""),
    ("做好这一块，", ""),
    ("从 07 年到 2012 年", "2007 2012"),
    ("12年的时候", "2012"),
    ("sixty - two trees", "62"),
    ("一度流行", ""),
    ("", ""),
    ("Nothing at all.", ""),
    ("什么都没有。", ""),
]
DIFFERENT = [
    ("4000亿", "400 million"),
    ("4000亿", "4000万"),
    ("$400B", "€400B"),
    ("400亿美元", "400亿元"),
    ("30%", "30"),
    ("30%", "3%"),
    ("5%", "5 percentage points"),
    ("三年", "三个月"),
    ("three years", "three"),
    ("10 GW", "10 MW"),
    ("10吉瓦", "10吉瓦时"),
    ("2021", "2012"),
    ("2021年3月", "2021年5月"),
    ("90年代", "80年代"),
    ("第三", "三个"),
    ("3x", "30x"),
    ("几百", "100"),
    ("hundreds", "thousands"),
    ("三分之一", "三分之二"),
    ("35岁", "35年"),
    ("1.5亿", "15亿"),
    ("a year and a half", "a half"),
]


def keys(text: str) -> list[str]:
    return [value_key(value) for value in find_values(text)]


@pytest.mark.parametrize(("notation", "key"), CASES)
def test_notations_of_one_value_are_one(notation: str, key: str) -> None:
    assert keys(notation) == [key]


@pytest.mark.parametrize(("notation", "key"), CASES)
def test_a_value_is_found_inside_a_sentence(notation: str, key: str) -> None:
    is_chinese = bool(re.search("[\u4e00-\u9fff]", notation))

    assert keys(f"他们说，{notation}。" if is_chinese else f"They said, {notation}.") == [key]


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert keys(text) == []


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_all_values_of_a_text_are_found(text: str, expected: str) -> None:
    assert keys(text) == expected.split()


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_values_stay_apart(one: str, other: str) -> None:
    assert not same_value(find_values(one)[0], find_values(other)[0])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They built 10 gigawatts in 2026.", ["10 gigawatts", "2026"]),
        ("他们建了１２兆瓦，花了3億美元。", ["１２兆瓦", "3億美元"]),
        ("It cost $700  million — half of it paid.", ["$700  million", "half"]),
        ("过去的\u200b三年半里，涨了百分之三十。", ["三年半", "百分之三十"]),
        ("约½吨", ["½吨"]),
    ],
)
def test_values_know_where_they_stand(text: str, words: list[str]) -> None:
    assert [text[value.start : value.end] for value in find_values(text)] == words


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("400 billion", "4000亿美元", True),
        ("三个", "three times", True),
        ("400 billion", "400亿美元", False),
        ("4000亿元", "$400B", False),
        ("几百", "100美元", False),
    ],
)
def test_a_number_agrees_with_itself_in_a_unit(one: str, other: str, agree: bool) -> None:
    assert agrees(find_values(one)[0], find_values(other)[0]) is agree
    assert agrees(find_values(other)[0], find_values(one)[0]) is agree


def test_a_value_is_exact() -> None:
    assert find_values("0.1%") == [Value("percent", Fraction(1, 1000), None, 0, 4)]


@given(
    st.text(
        alphabet="0123456789.,%$¥ 一二三十百千万亿两几半年月日个第倍成折点分之到 abkmtx-/'",
        max_size=40,
    )
)
def test_any_text_can_be_read(text: str) -> None:
    for value in find_values(text):
        assert 0 <= value.start < value.end <= len(text)
        assert value_key(value).isascii()
        assert " " not in value_key(value)


@given(st.integers(1, 10**15 - 1))
def test_digits_with_and_without_commas_are_equal(number: int) -> None:
    assert keys(f"{number:,} GPUs") == keys(f"{number} GPUs") == [str(number)]
