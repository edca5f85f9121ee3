"""One fault each: changes of a reply that make a right answer wrong; pure."""

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.records import Citation, Sentence, Source
from evals.altered import answered, refuse
from evals.policies import answer_always
from evals.records import Corpus, Reply
from index.records import Language, Paragraph
from index.sentences import split_sentences

PADDING = "It is worth saying that there is of course much more to be said about this. " * 13
"""Some 200 words that say nothing."""

Change = Callable[[Reply], Reply]
_DIGIT = re.compile(r"\d+|[一二三四五六七八九]")
_NUMBER_WORDS = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b")


def faults(corpus: Corpus) -> dict[str, Change]:
    """Return the faults by name, as changes of a reply."""
    order = list(corpus.sources.values())
    place = {source.paragraph.id: i for i, source in enumerate(order)}

    def moved(source: Source, steps: int) -> Source:
        return order[(place[source.paragraph.id] + steps) % len(order)]

    return {
        "a number swapped": lambda reply: _say(reply, swap_number),
        "a negation slipped in": lambda reply: _say(reply, negate),
        "quotes paraphrased": lambda reply: _say(reply, paraphrase, quotes=True),
        "quotes cut short": lambda reply: _say(reply, cut_short, quotes=True),
        "padded by 200 words": pad,
        "citations shifted by one paragraph": lambda reply: shift(reply, moved),
        "the next paragraph quoted": lambda reply: quote_next(reply, moved),
        "the host's words as the guest's": lambda reply: quote_host(reply, moved),
        "another speaker named": rename_speakers,
        "a forged marker": forge_marker,
        "one language dropped": drop_chinese,
        "an answer in the wrong language": switch_language,
        "evidence order shuffled": shuffle,
        "everything answered": answer_everything,
        "everything refused": refuse,
        "half the answer left out": leave_out_half,
    }


# --- faults in what is said


def _say(reply: Reply, change: Callable[[str], str], *, quotes: bool = False) -> Reply:
    """Change the words of every sentence, and of the quotes under them if asked."""
    answer = reply.answer
    sentences = tuple(replace(s, text=change(s.text)) for s in answer.sentences)
    citations = answer.citations
    if quotes:
        citations = tuple(replace(c, quote=change(c.quote)) for c in citations)
    return replace(reply, answer=replace(answer, sentences=sentences, citations=citations))


def swap_number(text: str) -> str:
    """Put another number where the first one stands."""
    text = _NUMBER_WORDS.sub("thirteen", text, count=1)
    return _DIGIT.sub(lambda m: "七十七" if len(m[0].encode()) == 3 else f"{m[0]}7", text, count=1)


def negate(text: str) -> str:
    """Turn the sentence into its opposite, clumsily."""
    if text.isascii():
        return f"It is not true that {text}"
    return f"并非{text}"


def paraphrase(text: str) -> str:
    """Say nearly the same in other words: what a quote must never be."""
    half = len(text) // 2
    return f"{text[half:].strip()} {text[:half].strip()}"


def cut_short(text: str) -> str:
    """Keep the first few characters; they are still verbatim."""
    return text[:8]


def pad(reply: Reply) -> Reply:
    """Append words that say nothing and cite what was cited."""
    sentences = reply.answer.sentences
    if not sentences:
        return reply
    padding = Sentence(PADDING, sentences[-1].citations, "supported")
    return replace(reply, answer=replace(reply.answer, sentences=(*sentences, padding)))


def leave_out_half(reply: Reply) -> Reply:
    """Keep every other sentence, and half of an only one."""
    sentences = reply.answer.sentences
    if len(sentences) == 1:
        text = sentences[0].text
        sentences = (replace(sentences[0], text=text[: len(text) // 2]),)
    return replace(reply, answer=replace(reply.answer, sentences=sentences[::2]))


def switch_language(reply: Reply) -> Reply:
    """Say the same paragraphs' words in the other language, where they have it."""
    other: Language = "en" if reply.answer.language == "zh" else "zh"
    return _requote(reply, lambda source: source, other)


# --- faults in what it stands on


def shift(reply: Reply, moved: Callable[[Source, int], Source]) -> Reply:
    """Point every citation at the paragraph after the one that was quoted."""
    citations = tuple(replace(c, source=moved(c.source, 1)) for c in reply.answer.citations)
    return replace(reply, answer=replace(reply.answer, citations=citations))


def quote_next(reply: Reply, moved: Callable[[Source, int], Source]) -> Reply:
    """Quote, word for word, the paragraph after the right one."""
    return _requote(reply, lambda source: moved(source, 1), reply.answer.language)


def quote_host(reply: Reply, moved: Callable[[Source, int], Source]) -> Reply:
    """Quote what was said before, under the name of who spoke after."""

    def before(source: Source) -> Source:
        said = moved(source, -1)
        return replace(said, paragraph=replace(said.paragraph, speaker=source.paragraph.speaker))

    return _requote(reply, before, reply.answer.language)


def rename_speakers(reply: Reply) -> Reply:
    """Give every quote to somebody else."""
    return _recite(reply, lambda p: replace(p, speaker=f"not {p.speaker}"))


def forge_marker(reply: Reply) -> Reply:
    """Let the last sentence point to a source that is not there."""
    sentences = reply.answer.sentences
    if not sentences:
        return reply
    last = replace(sentences[-1], citations=(*sentences[-1].citations, 99))
    return replace(reply, answer=replace(reply.answer, sentences=(*sentences[:-1], last)))


def drop_chinese(reply: Reply) -> Reply:
    """Lose every paragraph that has no English text."""
    kept = {c.number for c in reply.answer.citations if "en" in c.source.paragraph.texts}
    hits = tuple(hit for hit in reply.hits if "en" in hit.paragraph.texts)
    sentences = tuple(s for s in reply.answer.sentences if kept & set(s.citations))
    citations = tuple(c for c in reply.answer.citations if c.number in kept)
    shrunk = replace(reply, hits=hits)
    return answered(shrunk, sentences, citations) if sentences else refuse(shrunk)


def shuffle(reply: Reply) -> Reply:
    """Give what was found and cited in the reverse order."""
    answer = replace(reply.answer, sentences=reply.answer.sentences[::-1])
    return Reply(answer, reply.hits[::-1])


def answer_everything(reply: Reply) -> Reply:
    """Say something where the program declined."""
    return answer_always(reply) if reply.answer.outcome == "abstained" else reply


def _requote(reply: Reply, choose: Callable[[Source], Source], language: Language) -> Reply:
    """Cite chosen paragraphs instead, and say their first sentences."""
    citations = []
    for citation in reply.answer.citations:
        source = choose(citation.source)
        texts = source.paragraph.texts
        spoken = language if language in texts else next(iter(texts))
        start, end = split_sentences(texts[spoken])[0]
        citations.append(Citation(citation.number, source, texts[spoken][start:end], spoken))
    by_number = {c.number: c.quote for c in citations}
    sentences = tuple(
        replace(s, text=" ".join(by_number.get(n, "") for n in s.citations))
        for s in reply.answer.sentences
    )
    answer = replace(reply.answer, citations=tuple(citations), sentences=sentences)
    return replace(reply, answer=answer)


def _recite(reply: Reply, change: Callable[[Paragraph], Paragraph]) -> Reply:
    citations = tuple(
        replace(c, source=replace(c.source, paragraph=change(c.source.paragraph)))
        for c in reply.answer.citations
    )
    return replace(reply, answer=replace(reply.answer, citations=citations))
