"""One parsed line of a set → what is wrong with it, each in a few words; pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from evals.both import problems_of_both, problems_of_languages
from evals.matching import contains, find_one_value
from evals.records import Kind, Unanswerable
from evals.wrong import shown
from index.records import LANGUAGES

KINDS: tuple[str, ...] = get_args(Kind)
UNANSWERABLE: tuple[str, ...] = get_args(Unanswerable)
PARAGRAPH = re.compile(r".+:[0-9a-f]{8}(?:-\d+)?")
MAX_ID = 80
"""Characters; reports put ids into lines and tables."""
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
REQUIRED: Mapping[str, tuple[type, ...]] = {
    "id": (str,),
    "kind": (str,),
    "question": (dict,),
    "answerable": (bool,),
    "unanswerable": (str, type(None)),
    "gold": (list,),
    "nuggets": (list,),
    "speaker": (str, type(None)),
}
OPTIONAL: Mapping[str, tuple[type, ...]] = {
    "also": (list,),
    "same": (list,),
    "forbidden": (list,),
    "note": (str,),
    "history": (list,),
    "where": (list,),
}
TURN = ("question", "answer")
PLACE = ("interview", "section", "paragraph")
VALUE = ("kind", "text")
FIELDS = {**REQUIRED, **OPTIONAL}
NAMES = {str: "text", dict: "an object", bool: "true or false", list: "a list", type(None): "null"}


def problems_of(values: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a line; what it means is looked at once its shape is right."""
    return list(_shape(values)) or list(_meaning(values))


def _shape(values: Mapping[str, Any]) -> Iterator[str]:
    for name in values:
        if name not in FIELDS:
            yield f"there is no field {shown(name)}; there are: {', '.join(FIELDS)}"
    for name, kinds in FIELDS.items():
        yield from _field(values, name, kinds)
    if isinstance(values.get("question"), dict):
        yield from problems_of_both(values["question"], "question")
    for place, turn in enumerate(_items(values, "history"), start=1):
        yield from _turn_shape(turn, f"turn {place}")
    if not all(isinstance(group, list) and _are_texts(group) for group in _items(values, "same")):
        yield "'same' must be a list of lists of gold paragraphs, two or more in each"
    if not all(_is_place(place) for place in _items(values, "where")):
        yield "'where' must be a list of objects with interview, section and paragraph, no more"
    for place, nugget in enumerate(_items(values, "nuggets"), start=1):
        yield from _nugget_shape(nugget, f"nugget {place}")


def _field(values: Mapping[str, Any], name: str, kinds: tuple[type, ...]) -> Iterator[str]:
    if name not in values:
        if name in REQUIRED:
            yield f"the field {name!r} is missing; it must be there, even if empty"
    elif type(values[name]) not in kinds:
        yield f"{name!r} must be {' or '.join(NAMES[kind] for kind in kinds)}"
    elif name in {"gold", "also", "forbidden"} and not _are_texts(values[name]):
        yield f"{name!r} must be a list of texts that are not empty"


def _is_place(place: object) -> bool:
    if not isinstance(place, dict) or place.keys() != set(PLACE):
        return False
    return [type(place[name]) for name in PLACE] == [str, int, int]


def _turn_shape(turn: object, where: str) -> Iterator[str]:
    if not isinstance(turn, dict):
        yield f"{where} of 'history' must be an object with question and answer"
        return
    for name in turn:
        if name not in TURN:
            yield f"{where} has no field {shown(name)}; there are: {', '.join(TURN)}"
    for part in TURN:
        yield from problems_of_both(turn.get(part), f"{part} of {where}")


def _nugget_shape(nugget: object, where: str) -> Iterator[str]:
    if not isinstance(nugget, dict):
        yield f"{where} must be an object"
        return
    for name in nugget:
        if name not in {*LANGUAGES, "vital", "value"}:
            yield f"{where} has no field {shown(name)}; there are: en, zh, vital, value"
    for language in LANGUAGES:
        forms = nugget.get(language)
        if not isinstance(forms, list) or not forms or not _are_texts(forms):
            yield f"{where} needs a list of accepted forms in {language!r}"
    if not isinstance(nugget.get("vital"), bool):
        yield f"'vital' of {where} must be true or false"
    if nugget.get("value") is not None:
        yield from _value_shape(nugget["value"], where)


def _value_shape(value: object, where: str) -> Iterator[str]:
    if (
        not isinstance(value, dict)
        or value.keys() != set(VALUE)
        or not _are_texts([*value.values()])
    ):
        yield f"'value' of {where} must be null or an object with 'kind' and 'text', no more"
    elif find_one_value(value["text"]) is None:
        yield f"'value' of {where} holds no single value: {shown(value['text'])}"


def _meaning(values: Mapping[str, Any]) -> Iterator[str]:
    cited = [*values["gold"], *values.get("also", [])]
    if not ID.fullmatch(values["id"]):
        yield "the id must be lower-case letters, digits and dashes"
    if len(values["id"]) > MAX_ID:
        yield f"the id has {len(values['id']):,} characters; {MAX_ID} are the most"
    if values["kind"] not in KINDS:
        yield f"there is no kind {shown(values['kind'])}; there are: {', '.join(KINDS)}"
    yield from (_answerable if values["answerable"] else _unanswerable)(values)
    for paragraph in cited:
        if not PARAGRAPH.fullmatch(paragraph):
            yield (
                f"{shown(paragraph)} is not a paragraph id (<interview>:<anchor>);"
                " see: interviews show INTERVIEW"
            )
    for paragraph in sorted({name for name in cited if cited.count(name) > 1}):
        yield f"{shown(paragraph)} stands twice in gold and also; leave it in one place"
    yield from _groups(values)
    if values.get("where") and len(values["where"]) != len(values["gold"]):
        yield "'where' must have one place for each gold paragraph"
    yield from _talk(values)
    for phrase in values.get("forbidden", []):
        yield from _forbidden_in_forms(phrase, values["nuggets"])


def _talk(values: Mapping[str, Any]) -> Iterator[str]:
    history = values.get("history", [])
    if values["kind"] == "followup" and not history:
        yield "a followup without history; give the turns before it, or another kind"
    if values["kind"] in KINDS and values["kind"] != "followup" and history:
        yield "history is for the kind 'followup' only; leave it out, or make it that kind"
    yield from problems_of_languages(values["question"], "question")
    for place, turn in enumerate(history, start=1):
        yield from problems_of_languages(turn["question"], f"question of turn {place}")


def _groups(values: Mapping[str, Any]) -> Iterator[str]:
    for group in values.get("same", []):
        if len(group) < 2 or not set(group) <= set(values["gold"]):
            yield "'same' must be a list of lists of gold paragraphs, two or more in each"


def _answerable(values: Mapping[str, Any]) -> Iterator[str]:
    if values["unanswerable"] is not None:
        yield "answerable, yet 'unanswerable' is not null; change one of the two"
    if not values["gold"]:
        yield "answerable without gold; name its paragraphs, or make it unanswerable"
    if not any(nugget["vital"] for nugget in values["nuggets"]):
        yield "answerable without a vital nugget; give one fact 'vital': true"


def _unanswerable(values: Mapping[str, Any]) -> Iterator[str]:
    if values["unanswerable"] not in UNANSWERABLE:
        yield f"'unanswerable' must be one of: {', '.join(UNANSWERABLE)}"
    for name in ("gold", "nuggets", "speaker"):
        if values[name]:
            yield f"unanswerable with {name}; leave it empty (null for the speaker)"


def _forbidden_in_forms(phrase: str, nuggets: list[dict[str, Any]]) -> Iterator[str]:
    for form in (form for nugget in nuggets for language in LANGUAGES for form in nugget[language]):
        if contains(phrase, form) and contains(form, phrase):
            yield f"forbidden {shown(phrase)} is also an accepted form; drop one of the two"


def _items(values: Mapping[str, Any], name: str) -> list[Any]:
    return values[name] if isinstance(values.get(name), list) else []


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(value, str) and value.strip() for value in values)
