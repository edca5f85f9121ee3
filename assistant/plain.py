"""Frozen records ↔ the plain values of JSON, by their declared types; nothing of a record is lost.

Reading is strict: what does not fit the declared types is not a record.
"""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")


def to_plain(value: Any) -> Any:
    """Return a record, or what a field of one holds, as values that JSON knows."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: to_plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(inner) for inner in value]
    return value


def from_plain(kind: type[Record], values: Any) -> Record:
    """Return the record that `to_plain` made these values of.

    Raises:
        ValueError: they are not what such a record becomes.
    """
    read: Record = _read(kind, values, kind.__name__)
    return read


def _read(kind: Any, value: Any, where: str) -> Any:
    origin = get_origin(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _read_record(kind, value, where)
    if origin in (Union, types.UnionType):
        return _read_either(get_args(kind), value, where)
    if origin is tuple:
        return _read_tuple(get_args(kind), value, where)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _read_mapping(get_args(kind), value, where)
    if kind is float:
        return float(_expect(type(value) in (int, float), value, where))
    allowed = get_args(kind) if origin is Literal else ()
    return _expect(kind is Any or value in allowed or type(value) is kind, value, where)


def _read_mapping(kinds: tuple[Any, ...], value: Any, where: str) -> Any:
    _expect(isinstance(value, dict), value, where)
    of_keys, of_values = kinds
    return {_read(of_keys, k, where): _read(of_values, v, where) for k, v in value.items()}


def _read_record(kind: Any, value: Any, where: str) -> Any:
    _expect(isinstance(value, dict), value, where)
    declared = _declared(kind)
    optional = {
        f.name for f in fields(kind) if f.default is not MISSING or f.default_factory is not MISSING
    }
    _expect(declared.keys() - optional <= value.keys() <= declared.keys(), sorted(value), where)
    return kind(
        **{name: _read(declared[name], inner, f"{where}.{name}") for name, inner in value.items()}
    )


def _read_either(kinds: tuple[Any, ...], value: Any, where: str) -> Any:
    if value is None and type(None) in kinds:
        return None
    others = [kind for kind in kinds if kind is not type(None)]
    for kind in others:
        try:
            return _read(kind, value, where)
        except ValueError:
            continue
    raise ValueError(f"{where}: {value!r} does not fit")


def _read_tuple(kinds: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    _expect(isinstance(value, list), value, where)
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_read(kinds[0], inner, where) for inner in value)
    _expect(len(kinds) == len(value), value, where)
    return tuple(_read(kind, inner, where) for kind, inner in zip(kinds, value, strict=True))


def _expect(fits: bool, value: Any, where: str) -> Any:
    if not fits:
        raise ValueError(f"{where}: {value!r} does not fit")
    return value


@cache
def _declared(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
