"""Every word of the chat's interface, in both languages."""

from collections.abc import Callable, Mapping

from index.records import Language

Say = Callable[..., str]
"""A label's name and its values → its words."""

_LABELS: Mapping[str, tuple[str, str]] = {
    # --- the screen
    "ask_here": ("Ask the interviews…", "向访谈提问……"),
    "opening": ("opening the index…", "正在打开索引……"),
    "ready": (
        "{interviews} interview{interviews_s}, {paragraphs} paragraph{paragraphs_s}",
        "{interviews}篇访谈，{paragraphs}个段落",
    ),
    "by_quoting": ("quoting, no model", "只引原文，不用模型"),
    "by_model": ("{model} at {address}", "{model}，位于 {address}"),
    "untitled": ("New conversation", "新对话"),
    "welcome": (
        "Ask what was said, in English or Chinese. Every sentence of an answer shows the paragraph"
        " it stands on; alt+1 opens the first, F1 helps, / lists the commands.",
        "用中文或英文提问。回答里的每句话都标明出自哪一段；"
        "alt+1 打开第一处出处，F1 看帮助，/ 列出命令。",
    ),
    "you": ("You", "你"),
    "answer": ("Interviews", "访谈"),
    # --- an answer, as it is made
    "searching": ("searching {query}", "正在检索：{query}"),
    "found": ("found {count} paragraph{count_s}", "找到{count}个段落"),
    "reading": (
        "reading §{section} {heading} · {interview}",
        "正在读 §{section} {heading} · {interview}",
    ),
    "listed": ("looked at {count} interview{count_s}", "查看了{count}篇访谈"),
    "asking": ("asking {model}, call {call}", "正在询问 {model}，第{call}次"),
    "refused_call": ("{tool}: {problem}", "{tool}：{problem}"),
    "not_found": ("not found: {missing}", "没有找到：{missing}"),
    "revising": (
        "{count} sentence{count_s} not borne out; asking again",
        "有{count}句话没有得到支持，请模型修改",
    ),
    "bound": ("the search was ended: {bound}", "检索到此为止：{bound}"),
    "steps": ("{count} step{count_s} · {seconds:.1f} s", "{count}步 · {seconds:.1f}秒"),
    "provisional": ("not checked yet", "尚未核对"),
    "stopped": ("stopped; not checked", "已停止；未经核对"),
    "forgotten": (
        "this answer quoted an interview that was removed for good",
        "这个回答引用的访谈已被彻底移除",
    ),
    "supported": ("supported", "有依据"),
    "partly": ("in part", "部分有依据"),
    "unsupported": ("NOT supported", "没有依据"),
    "unverifiable": ("cannot be checked", "无法核对"),
    "chosen": ("cited by the program, not by the model", "出处由程序选定，不是模型注明的"),
    "nearest": ("Nearest paragraphs:", "最接近的段落："),
    "searched": ("Searched: {counts}", "已检索：{counts}"),
    "searched_in": ("{language} {count}", "{language}{count}段"),
    "counts": (", ", "，"),
    "usage": (
        "{calls} call{calls_s}, {about}{sent} tokens out, {back} back",
        "调用{calls}次，{about}发出{sent}、收回{back}个词元",
    ),
    "about": ("about ", "约"),
    "extractive": ("quoted; no model wrote this", "原文摘录，没有模型参与"),
    "agent": ("written by a model, checked sentence by sentence", "由模型撰写，已逐句核对"),
    "en": ("English", "英文"),
    "zh": ("Chinese", "中文"),
    # --- without a screen
    "plain_welcome": (
        "Ask what was said, in English or Chinese; /help lists the commands, /quit leaves.",
        "用中文或英文提问；/help 列出命令，/quit 退出。",
    ),
    "plain_open": ("read a paragraph: {labels}", "读某一段：{labels}"),
    "plain_no_screen": (
        "/{name} needs the screen, or something after it",
        "/{name} 需要屏幕界面，或者后面要写内容",
    ),
    # --- the end
    "broke": (
        "the chat broke, the conversation is kept; what happened stands in {path}",
        "聊天界面出错了，对话已保存；详情见 {path}",
    ),
    # --- evidence
    "evidence": ("Evidence", "出处"),
    "no_evidence": ("Choose a [n] to see its paragraph.", "选择 [n] 查看对应段落。"),
    "editor": ("editor's text", "编者文字"),
    "changed": ("changed since this was answered", "回答之后，这一段有改动"),
    "gone": ("no longer in the collection", "这一段已不在资料库中"),
    "of": ("{place} of {count}", "第{place}处，共{count}处"),
    "no_link": ("this interview names no link", "这篇访谈没有链接"),
    # --- what went wrong
    "no_store": ("{problem}", "{problem}"),
    "too_long": (
        "of {pasted} characters pasted {taken} were taken: a question is no document",
        "粘贴了{pasted}个字符，只收下{taken}个：提问不能太长",
    ),
    "busy": ("still answering; Esc stops it", "还在回答；按 Esc 停止"),
    "nothing_to_copy": ("there is nothing to copy yet", "还没有可以复制的内容"),
    "copied": ("copied: {what} ({route})", "已复制：{what}（{route}）"),
    "by_tool": ("by {tool}", "通过 {tool}"),
    "by_tmux": (
        "by {tool}, into its buffer and the terminal's clipboard",
        "通过 {tool}，已入其缓冲区和终端剪贴板",
    ),
    "by_terminal": ("asked the terminal{tool}", "已请终端代为复制{tool}"),
    "not_copied": (
        "{what} cannot be copied here: too long for the terminal, and no clipboard tool is there",
        "{what}无法在这里复制：终端装不下，也没有剪贴板工具",
    ),
    "no_citation": ("there is no [{number}]", "没有 [{number}]"),
    "unknown_command": (
        "/{name} is no command; /help lists them",
        "没有 /{name} 这个命令；/help 列出全部",
    ),
    "needs": ("/{name} needs {what}", "/{name} 后面要写：{what}"),
    "needs_date": ("a date, like 2024-05", "日期，如 2024-05"),
    "needs_theme": ("the name of a theme", "配色名称"),
    "needs_text": ("a new name", "新名称"),
    "no_room_beside": ("too narrow for both languages", "太窄，两种语言无法并排"),
    "no_history": ("this conversation is not kept: {problem}", "这次对话不会保存：{problem}"),
    "saved_to": ("written to {path}", "已写入 {path}"),
    "exists": ("{path} is there already; name another file", "{path} 已经存在，请换一个文件名"),
    "renamed": ("called {title} now", "已改名为 {title}"),
    "deleted": ("deleted", "已删除"),
    "delete_again": ("press again to delete “{title}”", "再按一次即删除“{title}”"),
    "nothing_found": ("nothing is found for {words}", "没有找到：{words}"),
    "nothing_found_ask": (
        "{words} stands nowhere here; Enter asks it about this section",
        "这里没有找到：{words}；按回车就这一节提这个问题",
    ),
    "answer_word": ("the answer", "回答"),
    "quote_word": ("the quote with its source", "引文及出处"),
    "all_word": ("the conversation", "整个对话"),
    # --- filters
    "interview": ("interview", "访谈"),
    "speaker": ("speaker", "说话人"),
    "tag": ("tag", "标签"),
    "since": ("since", "自"),
    "until": ("until", "至"),
    "language": ("language", "语言"),
    "role": ("role", "类别"),
    "no_date": (
        "{value} is no date; write 2024, 2024-05 or 2024-05-01",
        "{value} 不是日期；请写成 2024、2024-05 或 2024-05-01",
    ),
    "dates_cross": ("since {since} is later than until {until}", "{since} 晚于 {until}"),
    "no_such_interview": ("there is no interview {value}", "没有 {value} 这篇访谈"),
    "no_such_speaker": ("nobody called {value} speaks", "没有叫 {value} 的说话人"),
    "no_such_tag": ("nothing is tagged {value}", "没有 {value} 这个标签"),
    "nearest_names": ("nearest: {names}", "最接近的是：{names}"),
    "there_is": ("there is: {names}", "现有：{names}"),
    "clause": ("; ", "；"),
    "comma": (", ", "、"),
    "cleared": ("nothing is left out any more", "已取消全部筛选"),
    # --- the line of keys
    "key_help": ("help", "帮助"),
    "key_evidence": ("evidence", "出处"),
    "key_interviews": ("interviews", "访谈"),
    "key_history": ("history", "历史"),
    "key_copy": ("copy", "复制"),
    "key_stop": ("stop", "停止"),
    "key_quit": ("quit", "退出"),
    # --- help and commands
    "help": ("Help", "帮助"),
    "keys": ("Keys", "按键"),
    "commands": ("Commands", "命令"),
    # --- pages
    "page_history": ("Conversations", "以前的对话"),
    "page_interviews": ("Interviews", "访谈"),
    "page_read": ("Reading", "阅读访谈"),
    "page_help": ("Help", "帮助"),
    "type_history": ("Search what was asked and said…", "搜索问过和答过的话……"),
    "type_interviews": ("Title, name, tag or date…", "标题、人名、标签或日期……"),
    "type_read": ("Find here; Enter asks about this section…", "在此查找；按回车就这一节提问……"),
    "type_help": ("Find a key or a command…", "查找按键或命令……"),
    "type_rename": ("New name, then Enter; Esc leaves it", "输入新名称后按回车；Esc 取消"),
    "type_export": (
        "File to write, .md or .json, then Enter; Esc leaves it",
        "要写入的文件（.md 或 .json），按回车；Esc 取消",
    ),
    "key_resume": ("open", "继续"),
    "key_rename": ("rename", "改名"),
    "key_export": ("export", "导出"),
    "key_delete": ("delete", "删除"),
    "key_everywhere": ("all", "全部"),
    "key_back": ("back", "返回"),
    "key_read": ("read", "阅读"),
    "key_keep": ("ask only this", "只问这篇"),
    "key_speaker": ("ask only a speaker", "只问某人"),
    "key_ask": ("ask", "就此提问"),
    "key_sections": ("sections", "章节"),
    "key_layout": ("layout", "版式"),
    "key_quote": ("copy", "复制"),
    "key_next": ("next", "下一段"),
    "here": ("this collection", "本资料库"),
    "everywhere": ("all collections", "所有资料库"),
    "turn": ("1 question", "1个问题"),
    "turns": ("{count} questions", "{count}个问题"),
    "found_talks": ("{count}", "{count}个"),
    "found_turns": ("{count} found", "找到{count}处"),
    "of_all": ("{count} of {all}", "{count} / {all}篇"),
    "in_title": ("title", "标题"),
    "in_question": ("question", "问题"),
    "in_answer": ("answer", "回答"),
    "in_quote": ("quote", "引文"),
    "nothing_kept": ("no conversation is kept yet", "还没有保存过对话"),
    "history_off": (
        "no conversations are kept: the history is switched off or cannot be opened",
        "没有保存对话：历史记录已关闭或无法打开",
    ),
    "kept_to": ("from now on, questions are kept to: {what}", "此后的问题只限于：{what}"),
    "choose_speaker": (
        "Whom to ask? Enter keeps to them; Esc leaves it",
        "只问谁？按回车确定；Esc 取消",
    ),
    "no_speaker": ("this interview names no speakers", "这篇访谈没有标明说话人"),
    "no_interview": ("there is no interview {name} any more", "{name} 这篇访谈已不在资料库中"),
    "place_read": ("§{section} · ¶{place} of {count}", "§{section} · 第{place}段，共{count}段"),
    "place_found": ("{place} of {count} found", "第{place}处，共{count}处"),
    "ask_section": ("About “{heading}”: ", "关于“{heading}”："),
    "untitled_section": ("(no heading)", "（无标题）"),
    # --- help
    "about_desk": (
        "You are at the conversation. Type a question and press Enter. Each sentence of the"
        " answer ends in the numbers of the paragraphs it stands on; Alt and the number brings"
        " that paragraph up.",
        "这里是对话。输入问题后按回车。回答里每句话末尾的编号是它所依据的段落；"
        "按 Alt 加编号即可打开该段。",
    ),
    "about_history": (
        "You were among earlier conversations. What you type is looked for in questions, answers"
        " and quotes, in either language; Enter goes on with the conversation.",
        "你刚才在查看以前的对话。输入的词会在问题、回答和引文里查找，中英文均可；"
        "按回车继续那次对话。",
    ),
    "about_interviews": (
        "You were among the interviews. What you type leaves those whose title, speakers, tags,"
        " date or name has all the words; Enter opens one to read.",
        "你刚才在浏览访谈。输入的词用来筛选标题、说话人、标签、日期和文件名；按回车打开阅读。",
    ),
    "about_read": (
        "You were reading an interview. What you type is found in both languages, Enter goes to"
        " the next place; with nothing typed, or what stands nowhere, Enter asks about the"
        " section on screen.",
        "你刚才在阅读访谈。输入的词会在两种语言里查找，按回车到下一处；"
        "没输入或没找到时，按回车就屏幕上的这一节提问。",
    ),
    "marks": ("What the marks mean", "符号的含义"),
    "mark_supported": (
        "supported: the paragraphs it cites say so",
        "有依据：所引段落确实这样说",
    ),
    "mark_partly": (
        "supported in part: read the reason below the sentence",
        "部分有依据：原因写在这句话下面",
    ),
    "mark_unsupported": (
        "NOT supported: the paragraphs do not say so; do not rely on it",
        "没有依据：所引段落没有这样说，请勿采信",
    ),
    "mark_unverifiable": (
        "cannot be checked, as an opinion or a comparison",
        "无法核对，例如评价或比较",
    ),
    "mark_number": ("the paragraph a sentence stands on", "这句话所依据的段落"),
    "mark_letter": (
        "a paragraph that only comes near the question",
        "只是与问题相近的段落",
    ),
    "prompt_keys": ("In the prompt", "输入框"),
    "input_method": ("Typing Chinese", "中文输入"),
    "input_method_1": (
        "Commands may be typed with an input method on: the full-width slash and the Chinese"
        " enumeration comma begin one too, and every command has a Chinese name.",
        "开着输入法也能输入命令：／ 和 、 与 / 一样，命令都有中文名，例如 ／帮助。",
    ),
    "input_method_2": (
        "Committing a word with Enter does not send the question; the next Enter does.",
        "用回车上屏不会发送问题，再按一次回车才发送。",
    ),
    "input_method_3": (
        "Deleting and jumping by words stops at Chinese words too. If words come out as garbage,"
        " run: interviews doctor",
        "按词删除和移动也认得中文词。如果输入的文字变成乱码，请运行：interviews doctor",
    ),
    "search_scripts": (
        "Searching takes Simplified and Traditional characters for the same; two suffice.",
        "搜索不分简体和繁体，两个字就够。",
    ),
    "pages": ("In lists", "列表"),
    "prompt_submit": ("send the question", "发送问题"),
    "prompt_newline": ("break the line", "换行"),
    "prompt_complete": ("take the completion", "采用补全"),
    "prompt_up": ("up; at the top, the question before", "上移；在首行时取回上一个问题"),
    "prompt_down": ("down; at the end, the question after", "下移；在末行时取回下一个问题"),
    "prompt_word_left": ("a word back", "后退一个词"),
    "prompt_word_right": ("a word on", "前进一个词"),
    "prompt_line_start": ("start of the line", "行首"),
    "prompt_line_end": ("end of the line", "行尾"),
    "prompt_delete_word_left": ("delete the word before", "删除前一个词"),
    "prompt_delete_word_right": ("delete the word after", "删除后一个词"),
    "prompt_delete_to_start": ("delete to the start of the line", "删到行首"),
    "prompt_kill": ("delete to the end of the line", "删到行尾"),
    "prompt_undo": ("undo", "撤销"),
    "prompt_redo": ("redo", "重做"),
    "prompt_copy": ("copy what is selected", "复制选中的文字"),
    "prompt_paste": ("paste", "粘贴"),
    "key_cite": ("open the paragraph of that number", "打开该编号的段落"),
    "key_palette": ("all commands, to choose from", "命令面板"),
    "key_scroll": ("scroll, or point at another", "滚动或选择"),
    "key_ends": ("the first, the last", "最前、最后"),
}


class Labels:
    """Says labels in a language, which may be changed while others hold this."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, name: str, /, **values: object) -> str:
        """Return a label's words; braces in values stay as they are.

        For a number `{count}`, `{count_s}` is the s of an English plural.

        Raises:
            KeyError: there is no such label, or it needs a value that is not given.
        """
        words = _LABELS[name][0 if self.language == "en" else 1]
        if not values:
            return words
        plurals = {f"{k}_s": "" if v == 1 else "s" for k, v in values.items() if isinstance(v, int)}
        return words.format(**values, **plurals)


def labels(language: Language) -> Labels:
    """Return what says labels in a language."""
    return Labels(language)


def names() -> list[str]:
    """Return the names of all labels."""
    return list(_LABELS)


def both(name: str) -> tuple[str, str]:
    """Return a label as it stands in English and in Chinese."""
    return _LABELS[name]
