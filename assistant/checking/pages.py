"""Checked sentences → text for people and values for JSON; pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.checking.records import CheckedSentence
from assistant.records import Verdict
from assistant.render import printable, source_line
from assistant.values import SCHEMA, source_values
from assistant.wrapping import wrapped
from index.language import detect_language
from index.records import Language

VERDICTS: Mapping[Language, Mapping[Verdict, str]] = {
    "en": {
        "supported": "supported",
        "partly": "partly supported",
        "unsupported": "not supported",
        "unverifiable": "cannot be checked",
    },
    "zh": {
        "supported": "有依据",
        "partly": "部分有依据",
        "unsupported": "没有依据",
        "unverifiable": "无法核对",
    },
}
MARKS: Mapping[Verdict, str] = {
    "supported": "✓",
    "partly": "~",
    "unsupported": "✗",
    "unverifiable": "?",
}


def checked_values(checked: Sequence[CheckedSentence]) -> dict[str, Any]:
    """Return a checked draft as `check --json` gives it."""
    return {
        "schema": SCHEMA,
        "counts": counts(checked),
        "sentences": [sentence_values(sentence) for sentence in checked],
    }


def sentence_values(sentence: CheckedSentence) -> dict[str, Any]:
    """Return one sentence with its verdict and where it stands."""
    check = sentence.check
    return {
        "text": sentence.claim.text,
        "citations": [*sentence.claim.markers, *sentence.claim.paragraphs],
        "verdict": check.verdict,
        "reasons": [{"code": reason.code, "words": reason.words} for reason in check.reasons],
        "differs": list(check.differs),
        "quote": check.quote,
        "language": check.language,
        "source": source_values(sentence.source) if sentence.source else None,
    }


def counts(checked: Sequence[CheckedSentence]) -> dict[str, int]:
    """Return how many sentences came to each verdict, all four named."""
    found = Counter(sentence.check.verdict for sentence in checked)
    return {verdict: found[verdict] for verdict in MARKS}


def checked_page(checked: Sequence[CheckedSentence]) -> str:
    """Return a checked draft as `check` prints it: sentence, verdict, reasons, source, words."""
    return printable("\n\n".join(_block(sentence) for sentence in checked))


def _block(sentence: CheckedSentence) -> str:
    check = sentence.check
    language = detect_language(sentence.claim.text)
    lines = [wrapped(f"{MARKS[check.verdict]} {sentence.claim.text}")]
    why = "; ".join(reason.words for reason in check.reasons)
    verdict = VERDICTS[language][check.verdict]
    lines.append(wrapped(f"{verdict}: {why}" if why else verdict, indent="  "))
    if sentence.source is not None:
        lines.append(f"  {source_line(sentence.source, language)}")
        if check.quote:
            lines.append(wrapped(check.quote, indent="    "))
    return "\n".join(lines)
