"""One parsed line of a set → what is wrong with it, each in a few words; pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from evals.matching import contains, find_one_value
from evals.records import Kind, Unanswerable
from index.records import LANGUAGES

KINDS: tuple[str, ...] = get_args(Kind)
UNANSWERABLE: tuple[str, ...] = get_args(Unanswerable)
PARAGRAPH = re.compile(r".+:[0-9a-f]{8}(?:-\d+)?")
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
PLACE = ("interview", "section", "paragraph")
FIELDS = {**REQUIRED, **OPTIONAL}
NAMES = {str: "text", dict: "an object", bool: "true or false", list: "a list", type(None): "null"}


def problems_of(values: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a line; what it means is looked at once its shape is right."""
    return list(_shape(values)) or list(_meaning(values))


def _shape(values: Mapping[str, Any]) -> Iterator[str]:
    for name in values:
        if name not in FIELDS:
            yield f"there is no field {name!r}"
    for name, kinds in FIELDS.items():
        yield from _field(values, name, kinds)
    if isinstance(values.get("question"), dict):
        yield from _both(values["question"], "question")
    for place, turn in enumerate(_items(values, "history"), start=1):
        for part in ("question", "answer"):
            said = turn.get(part) if isinstance(turn, dict) else None
            yield from _both(said, f"{part} of turn {place}")
    if not all(isinstance(group, list) and _are_texts(group) for group in _items(values, "same")):
        yield "'same' must be a list of lists of gold paragraphs, two or more in each"
    if not all(_is_place(place) for place in _items(values, "where")):
        yield "'where' must be a list of objects with interview, section and paragraph"
    for place, nugget in enumerate(_items(values, "nuggets"), start=1):
        yield from _nugget_shape(nugget, f"nugget {place}")


def _field(values: Mapping[str, Any], name: str, kinds: tuple[type, ...]) -> Iterator[str]:
    if name not in values:
        if name in REQUIRED:
            yield f"the field {name!r} is missing"
    elif type(values[name]) not in kinds:
        yield f"{name!r} must be {' or '.join(NAMES[kind] for kind in kinds)}"
    elif name in {"gold", "also", "forbidden"} and not _are_texts(values[name]):
        yield f"{name!r} must be a list of texts that are not empty"


def _is_place(place: object) -> bool:
    return isinstance(place, dict) and [type(place.get(name)) for name in PLACE] == [str, int, int]


def _nugget_shape(nugget: object, where: str) -> Iterator[str]:
    if not isinstance(nugget, dict):
        yield f"{where} must be an object"
        return
    for name in nugget.keys() - {"en", "zh", "vital", "value"}:
        yield f"{where} has no field {name!r}"
    for language in LANGUAGES:
        forms = nugget.get(language)
        if not isinstance(forms, list) or not forms or not _are_texts(forms):
            yield f"{where} needs a list of accepted forms in {language!r}"
    if not isinstance(nugget.get("vital"), bool):
        yield f"'vital' of {where} must be true or false"
    value = nugget.get("value")
    if value is None:
        return
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        yield f"'value' of {where} must be null or an object with 'kind' and 'text'"
    elif find_one_value(value["text"]) is None:
        yield f"'value' of {where} holds no single value: {value['text']!r}"


def _meaning(values: Mapping[str, Any]) -> Iterator[str]:
    cited = [*values["gold"], *values.get("also", [])]
    if not ID.fullmatch(values["id"]):
        yield "the id must be lower-case letters, digits and dashes"
    if values["kind"] not in KINDS:
        yield f"there is no kind {values['kind']!r}; there are: {', '.join(KINDS)}"
    yield from (_answerable if values["answerable"] else _unanswerable)(values)
    for paragraph in cited:
        if not PARAGRAPH.fullmatch(paragraph):
            yield f"{paragraph!r} is not a paragraph id (<interview>:<anchor>)"
    for paragraph in sorted({name for name in cited if cited.count(name) > 1}):
        yield f"{paragraph} stands twice in gold and also"
    yield from _groups(values)
    if values.get("where") and len(values["where"]) != len(values["gold"]):
        yield "'where' must have one place for each gold paragraph"
    if values["kind"] == "followup" and not values.get("history"):
        yield "a followup without history"
    for phrase in values.get("forbidden", []):
        yield from _forbidden_in_forms(phrase, values["nuggets"])


def _groups(values: Mapping[str, Any]) -> Iterator[str]:
    for group in values.get("same", []):
        if len(group) < 2 or not set(group) <= set(values["gold"]):
            yield "'same' must be a list of lists of gold paragraphs, two or more in each"


def _answerable(values: Mapping[str, Any]) -> Iterator[str]:
    if values["unanswerable"] is not None:
        yield "answerable, yet 'unanswerable' is not null"
    if not values["gold"]:
        yield "answerable without gold"
    if not any(nugget["vital"] for nugget in values["nuggets"]):
        yield "answerable without a vital nugget"


def _unanswerable(values: Mapping[str, Any]) -> Iterator[str]:
    if values["unanswerable"] not in UNANSWERABLE:
        yield f"'unanswerable' must be one of: {', '.join(UNANSWERABLE)}"
    for name in ("gold", "nuggets", "speaker"):
        if values[name]:
            yield f"unanswerable with {name}"


def _forbidden_in_forms(phrase: str, nuggets: list[dict[str, Any]]) -> Iterator[str]:
    for form in (form for nugget in nuggets for language in LANGUAGES for form in nugget[language]):
        if contains(phrase, form) and contains(form, phrase):
            yield f"forbidden {phrase!r} is also an accepted form"


def _both(value: object, where: str) -> Iterator[str]:
    for language in LANGUAGES:
        text = value.get(language) if isinstance(value, dict) else None
        if not isinstance(text, str) or not text.strip():
            yield f"the {where} is missing in {language!r}"


def _items(values: Mapping[str, Any], name: str) -> list[Any]:
    return values[name] if isinstance(values.get(name), list) else []


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(value, str) and value.strip() for value in values)
