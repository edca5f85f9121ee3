"""A whole reply that a model put into a fence, or into JSON of its own → the prose in it.

Only what is plainly the answer is taken out: the field that is named so, with the numbers it names
as its citations. Anything else stays as it was written, and fails the check as it should.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from index.sentences import split_sentences

ANSWERS = (
    *("answer", "final_answer", "response", "reply", "text", "content", "message", "output"),
    *("result", "sentences", "sentence", "claims", "claim", "答案", "回答", "回复", "内容", "句子"),
)
"""Names of the field that is the answer, the surest first."""
CITATIONS = ("citations", "citation", "sources", "source", "references", "evidence", "引用", "出处")
MISSING = ("not_found", "missing", "未找到")

# A line that ends in a colon may announce what is wrapped.
_LEAD = re.compile(r"\A\s*[^\n`~{\[]{1,90}[:：][ \t]*\n\s*(?=[`~{\[])")
_FENCED = re.compile(r"\A\s*(`{3,}|~{3,})[^\n`~]*\n(?P<inside>.*?)\n?[ \t]*\1\s*\Z", re.DOTALL)
# Reasoning that is not the answer. Of some models only its end is heard: it began in their prompt.
_THOUGHT = r"(?:think|thinking|thoughts?|reasoning|reflection|analysis|scratchpad)"
_THOUGHTS = re.compile(
    rf"<(?P<kind>{_THOUGHT})>.*?</(?P=kind)>|\A(?:(?!<{_THOUGHT}>).)*?</{_THOUGHT}>|<{_THOUGHT}>.*\Z",
    re.DOTALL,
)
_MARKED = re.compile(r"[\[【［〔]\s*\d")


def unwrapped(text: str) -> str:
    """Return the prose of a reply that is wrapped as a whole; any other as it is."""
    bare = _LEAD.sub("", text)
    fenced = _FENCED.match(bare)
    inside = fenced["inside"] if fenced and fenced[1] not in fenced["inside"] else bare
    said = _said(_parsed(inside))
    if said is not None:
        return said
    return inside if inside is not bare else text


def without_thoughts(text: str) -> str:
    """Return a reply without the reasoning in it that is marked as such, closed or not."""
    return _THOUGHTS.sub("", text)


def _parsed(text: str) -> Any:
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _said(value: Any) -> str | None:
    """Return what a value says, a line each; None when no part of it is plainly the answer."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        said = [_said(each) for each in value]
        return "\n".join(filter(None, said)) if said and None not in said else None
    return _said_by(value) if isinstance(value, dict) else None


def _said_by(fields: dict[str, Any]) -> str | None:
    named = {name.strip().lower().replace(" ", "_"): value for name, value in fields.items()}
    field = next((name for name in ANSWERS if name in named), None)
    missing = next((named[name] for name in MISSING if named.get(name)), None)
    if field is None and missing is None:
        return None
    said = _said(named[field]) if field is not None and named[field] is not None else ""
    if said is None:
        return None
    lines = [_cited(said, named)] if said.strip() else []
    lines += [f"NOT FOUND: {missing}"] if isinstance(missing, str) else []
    return "\n".join(lines)


def _cited(said: str, named: dict[str, Any]) -> str:
    """Return one sentence with the numbers that stand beside it; several share none out."""
    if _MARKED.search(said) or len(split_sentences(said)) != 1:
        return said
    cited = next((named[name] for name in CITATIONS if name in named), None)
    marks = "".join(f"[{number}]" for number in dict.fromkeys(_numbers(cited)))
    return f"{said} {marks}".rstrip()


def _numbers(value: Any) -> Iterator[int]:
    if type(value) is int:
        yield value
    elif isinstance(value, str):
        yield from map(int, re.findall(r"\d{1,3}", value))
    elif isinstance(value, list):
        for each in value:
            yield from _numbers(each)
    elif isinstance(value, dict):
        yield from _numbers(next((value[n] for n in ("number", "id", "index") if n in value), None))
