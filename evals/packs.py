"""A public pack of questions (a folder with `docs/` and `questions.jsonl`) → questions of ours.

Each line asks in one language. Its gold is a section of a document, or ranges of its turns.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from assistant.records import Source
from evals.records import Corpus, Nugget, Question, Unanswerable
from index.errors import UsageError
from index.fold import fold
from index.records import LANGUAGES, Language

DOCS = "docs"
KINDS: Mapping[str, Unanswerable] = {
    "dropped": "near_miss",  # what surrounds the paragraph that was left out is still there
    "near_miss": "near_miss",
    "absent": "absent",
    "off_topic": "off_topic",
}


def read_pack(folder: Path, corpus: Corpus) -> tuple[Question, ...]:
    """Return the questions of a pack whose gold the corpus has; those without any are left out.

    Raises:
        UsageError: the folder is no pack, or gold is not where it says.
    """
    path = folder / "questions.jsonl"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        values = [json.loads(line) for line in lines if line.strip()]
    except OSError as error:
        raise UsageError(f"{folder} is not a pack: {path.name}: {error.strerror}") from error
    except ValueError as error:
        raise UsageError(f"{path} is not one JSON object a line: {error}") from error
    documents = _documents(corpus.sources.values())
    questions = [_question(value, documents) for value in values]
    return tuple(question for question in questions if question is not None)


def _documents(sources: Iterable[Source]) -> dict[str, list[Source]]:
    """Return the paragraphs of each file, by its name, in order."""
    documents: dict[str, list[Source]] = {}
    for source in sources:
        documents.setdefault(Path(source.interview.path).name, []).append(source)
    return documents


def _question(value: Mapping[str, Any], documents: Mapping[str, list[Source]]) -> Question | None:
    language: Language = value["lang"]
    answerable = value.get("answerable", bool(value["doc"]))
    gold = _gold(value, documents) if answerable else []
    if answerable and not gold:
        return None
    answers = {
        name: tuple(value.get("answers_by_lang", {}).get(name) or value["answers"])
        for name in LANGUAGES
    }
    line = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return Question(
        id=value["id"],
        kind="fact",
        texts={language: value["question"]},
        unanswerable=None if answerable else KINDS.get(value.get("kind", ""), "absent"),
        gold=tuple(source.paragraph.id for source in gold),
        nuggets=(Nugget(answers, vital=True),) if answerable and all(answers.values()) else (),
        speaker=None,
        digest=hashlib.sha256(line.encode()).hexdigest()[:16],
    )


def _gold(value: Mapping[str, Any], documents: Mapping[str, list[Source]]) -> list[Source]:
    """Return the gold paragraphs; none when the line has no gold at all.

    Raises:
        UsageError: the document, or the text that begins the gold, is not in the corpus.
    """
    heads = {fold(head) for head in value.get("gold_head", {}).values()}
    document = documents.get(value["doc"], [])
    if value.get("gold_spans"):
        places = {n for first, last in value["gold_spans"] for n in range(first, last + 1)}
        return [source for place, source in enumerate(document) if place in places]
    if value.get("section_index") is None:
        return []
    # Text before the first heading is section 0 here; packs count headings from 0.
    section = [s for s in document if s.section == value["section_index"] + 1]
    found = [source for source in section if _begins(source, heads)] or section
    if not found:
        raise UsageError(f"question {value['id']}: its gold is not in {value['doc']}")
    return found


def _begins(source: Source, heads: set[str]) -> bool:
    texts = [fold(text) for text in source.paragraph.texts.values()]
    return any(text.startswith(head) for text in texts for head in heads)
