from collections.abc import Iterable

import pytest

from assistant.chat.commands import COMMANDS, Kind, Order, Unknown, complete_order, read_order

PEOPLE = [("Gu Nanzhi", "2022, 2025"), ("顾南枝", "2022"), ("Ruth Amadi", "2023")]


def people(kind: Kind) -> Iterable[tuple[str, str]]:
    return PEOPLE if kind == "speaker" else []


@pytest.mark.parametrize(
    ("typed", "name", "argument"),
    [
        ("/help", "help", ""),
        ("／help", "help", ""),
        ("、help", "help", ""),
        ("、帮助", "help", ""),
        ("/ｈｅｌｐ", "help", ""),
        (" /speaker  Gu Nanzhi ", "speaker", "Gu Nanzhi"),
        ("／说话人　顾南枝", "speaker", "顾南枝"),
        ("/SINCE 2024", "since", "2024"),
        ("/語言 zh", "language", "zh"),
    ],
)
def test_a_command_is_read_in_either_language(typed: str, name: str, argument: str) -> None:
    order = read_order(typed)

    assert isinstance(order, Order)
    assert (order.command.name, order.argument) == (name, argument)


@pytest.mark.parametrize(
    "typed", ["What is it?", "那2024年呢？", "", "  ", "、然后呢？", "and/or?"]
)
def test_a_question_is_no_command(typed: str) -> None:
    assert read_order(typed) is None


@pytest.mark.parametrize(
    ("typed", "name"), [("/hlep", "hlep"), ("／帮", "帮"), ("/usr/bin", "usr/bin")]
)
def test_what_is_no_command_is_said_to_be_none(typed: str, name: str) -> None:
    assert read_order(typed) == Unknown(name)


def test_names_and_keys_are_given_once() -> None:
    names = [name for command in COMMANDS for name in (command.name, command.alias)]
    keys = [command.key for command in COMMANDS if command.key]

    assert len(set(names)) == len(names)
    assert len(set(keys)) == len(keys)


def test_a_beginning_is_completed_to_commands() -> None:
    assert [each.text for each in complete_order("/int", "en", people)] == [
        "/interviews",
        "/interview ",
        "/interface ",
    ]
    assert "/访谈 " in [each.text for each in complete_order("/访", "zh", people)]


def test_an_argument_is_completed_to_what_is_there() -> None:
    assert [each.text for each in complete_order("/speaker nan", "en", people)] == [
        "/speaker Gu Nanzhi"
    ]
    assert [each.shown for each in complete_order("、说话人 顾", "zh", people)] == ["顾南枝"]
    assert [each.shown for each in complete_order("/speaker 2022", "en", people)] == [
        "Gu Nanzhi",
        "顾南枝",
    ]


@pytest.mark.parametrize("typed", ["", "hello", "/nothing x", "/help me", "/speaker x\ny"])
def test_nothing_else_is_completed(typed: str) -> None:
    assert complete_order(typed, "en", people) == []
