"""Words that head the lines of transcripts, by what they say about the line.

Folded as `index.fold` does, so one spelling stands for both scripts and all widths.
"""


def _words(text: str) -> frozenset[str]:
    """Return the words and phrases between bars or line ends."""
    return frozenset(word.strip() for line in text.split("\n") for word in line.split("|")) - {""}


KNOWN_KEYS = _words(
    """
    area | author | authors | category | channel | companies_orgs | created | created_at | data
    date | description | draft | duration | duration_seconds | episode | file_name
    generated_at | guest | guests | host | hosts | id | insight | keywords | language | layout
    link | media_books | people | podcast | podcast_program | products_models | project
    publish_date | published | published_at | rating | series | show | source | source_url
    speaker | speakers | spotify | status | subtitle | summary | tags | title | url | variant
    video_id | video_url | view_count | word_count | youtube_url | 标题 | 日期 | 来源 | 作者
    标签 | 嘉宾 | 主持人 | 链接
    """
)
"""Keys that tell front matter from a dialogue between two rules."""

FIELDS = _words(
    """
    文章作者 | 发布时间 | 发布地 | 原文链接 | 封面图链接 | 抓取时间 | 原文连结 | 作者 | 来源
    撰稿 | 编辑 | 编辑者 | 校对 | 整理 | 出品 | 节目 | 节目名称 | 播客 | 播客名称 | 频道 | 时长
    日期 | 发布日期 | 录制时间 | 标签 | 链接 | 视频链接 | 原视频 | 原视频链接 | 标题 | 讲述者
    主讲人 | 讲者 | 分享者 | 分享人 | 本期嘉宾 | 本期主持 | 嘉宾 | 主持人 | 参与者 | 对谈人
    总字数 | 字数 | 英文总字数 | 中文总字数 | 预计阅读时间 | 预估阅读时间 | 阅读时间
    英文阅读时间 | 中文阅读时间 | speaker | speakers | speaker(s) | participants
    published/created | program | source file | total words | published | created | updated
    date | source | author | author(s) | authors | description | tags | channel | show | podcast
    episode | duration | guest | guests | host | hosts | host(s) | guest(s) | url | link
    recorded | category | views | word count | reading time | title | video | video url
    youtube
    """
)
"""Labels of lines that are metadata when they stand among the first blocks."""

SPOKEN_FIELDS = _words(
    """
    嘉宾 | 主持人 | 讲述者 | 主讲人 | 讲者 | 分享者 | 分享人 | 本期嘉宾 | guest | host | speaker
    作者
    """
)
"""Those among them that also label turns: metadata only when names follow."""

CHROME = _words(
    """
    目录 | 一键复制为markdown | 复制 | 返回顶部 | back to top | see all posts | toggle theme
    skip to content | table of contents | en | zh | english | chinese | 中文 | 英文
    copy as markdown | original (english) | original english | original | 中文翻译 | 英文原文
    英文翻译 | english translation
    """
)
"""Whole paragraphs that belong to the site and not to the interview."""

STOP_WORDS = _words(
    """
    break | note | notes | ps | p.s. | example | for example | tip | warning | caution | source
    sources | published | created | updated | author | authors | author(s) | description | tags
    summary | abstract | date | title | link | links | url | topic | topics | keywords
    duration | channel | show | episode | host(s) | reference | references | table | figure
    answer | question | result | conclusion | step | part | chapter | section | first | second
    third | finally | update | disclaimer | read more | time | reading time | words | transcript
    credits | music | chapters | timestamps | speakers | speaker(s) | participants
    published/created | program | source file | event | en | zh | key points | key takeaways
    takeaways | background | context | overview | total words | english translation
    translation | original english | original | chinese translation | english | chinese
    内容导读 | 导读 | 核心观点 | 观点 | 要点 | 金句 | 金句摘录 | 摘要 | 总结 | 小结 | 结论
    简介 | 备注 | 注 | 注意 | 注释 | 编者注 | 编者按 | 译注 | 作者 | 来源 | 撰稿 | 编辑 | 校对
    翻译 | 整理 | 出品 | 文字 | 发布时间 | 发布地 | 原文链接 | 封面图链接 | 文章作者 | 时间
    日期 | 标题 | 标签 | 链接 | 主讲人简介 | 讲述者简介 | 嘉宾简介 | 主持人简介 | 总字数 | 字数
    英文总字数 | 中文总字数 | 预计阅读时间 | 阅读时间 | 预估阅读时间 | 英文阅读时间
    中文阅读时间 | 节目 | 节目名称 | 播客 | 频道 | 时长 | 本期嘉宾 | 嘉宾介绍 | 关键词 | 主题
    话题 | 问题 | 答案 | 例 | 例如 | 比如 | 例子 | 案例 | 举例 | 定义 | 原因 | 结果 | 背景
    目标 | 方法 | 步骤 | 建议 | 优点 | 缺点 | 特点 | 其他 | 补充 | 提示 | 声明 | 免责声明
    参考资料 | 参考文献 | 目录 | 中文 | 英文 | 译文 | 原文 | 中文翻译 | 英文翻译 | 首先 | 其次
    最后 | 第一 | 第二 | 第三 | 第四 | 第五 | 一是 | 二是 | 三是 | 也就是说 | 换句话说 | 但是
    所以 | 因此 | 所以说 | 总之 | 其实 | 当然 | 另外 | 此外 | 同时
    """
)
"""Words before a colon that head a remark, a list or a field, never a turn."""

PRONOUNS = _words(
    """
    i | you | he | she | it | we | they | this | that | what | why | how | who | 我 | 你 | 他
    她 | 它 | 我们 | 你们 | 他们 | 她们 | 这 | 那 | 什么
    """
)
"""Words before a colon that begin a sentence."""

TOPICS = tuple(
    sorted(
        _words(
            """
    观点 | 数据 | 案例 | 建议 | 解释 | 评论 | 分析 | 背景 | 影响 | 原因 | 问题 | 核心 | 要点
    总结 | 结论 | 定义 | 方式 | 方法 | 概念 | 话题 | 情况 | 特点 | 优势 | 挑战 | 风险 | 机会
    理由 | 步骤 | 策略 | 现象 | 本质 | 逻辑 | 趋势 | 表现 | 内容 | 目的 | 意义 | 作用 | 因素
    区别 | 关键 | 重点 | 展望 | 预测 | 提示 | 说明 | 是 | 了 | 来源 | 简介
    """
        )
    )
)
"""Endings of Chinese lead-ins that name a thing and not a person."""
