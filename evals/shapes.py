"""Values read from JSON → records, every part of the type that the record says."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from sys import float_info
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from evals.wrong import shown

NUMBER = (int, float)
UNIONS = (UnionType, Union)
"""What `X | None` comes to: the second where X is a `Literal`."""


class ShapeError(ValueError):
    """A value is not what is due at its place; says where and what."""


def decode(value: object, due: Any, where: str) -> Any:
    """Return a JSON value as the type that is due: records from objects, tuples from lists.

    Args:
        value: as `json.loads` gives it.
        due: a record, `tuple[X, ...]`, `Mapping[str, X]`, a `Literal`, a union of None and one
            other type, or a plain type.
        where: what the value is called in a complaint: `rows[3].answer`; "" for the whole.

    Raises:
        ShapeError: it is of another type, or lacks a field, or has one too many.
    """
    parts = get_args(due)
    if is_dataclass(due):
        return _record(value, due, where)
    if get_origin(due) in UNIONS:
        (other,) = (part for part in parts if part is not NoneType)
        return None if value is None else decode(value, other, where)
    if get_origin(due) is tuple:
        listed = _of(value, list, where)
        return tuple(decode(v, parts[0], f"{where}[{n}]") for n, v in enumerate(listed))
    if get_origin(due) is Mapping:
        named = _of(value, dict, where)
        return {name: decode(v, parts[1], f"{where}.{shown(name)}") for name, v in named.items()}
    if get_origin(due) is Literal:
        if value not in parts:
            raise ShapeError(f"{where} is none of {', '.join(map(str, parts))}")
        return value
    return _of(value, NUMBER if due is float else due, where)


def _record(value: object, due: Any, where: str) -> Any:
    values = _of(value, dict, where)
    hints = _hints(due)
    for name in values:
        if name not in hints:
            raise ShapeError(f"{where or 'it'} has no field {shown(name)}")
    for field in fields(due):
        has_default = field.default is not MISSING or field.default_factory is not MISSING
        if field.name not in values and not has_default:
            raise ShapeError(f"{where or 'it'} lacks {field.name!r}")
    at = f"{where}." if where else ""
    return due(**{name: decode(v, hints[name], f"{at}{name}") for name, v in values.items()})


def _of(value: object, kind: Any, where: str) -> Any:
    # Truth values are numbers to Python, and to nobody who reads a file.
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise ShapeError(f"{where or 'it'} is of another type")
    if kind == NUMBER and not -float_info.max <= value <= float_info.max:
        raise ShapeError(f"{where} is no finite number")
    return value


@cache
def _hints(record: type) -> dict[str, Any]:
    return get_type_hints(record)
