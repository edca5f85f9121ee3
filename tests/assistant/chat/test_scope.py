from assistant.chat.scope import Scope, scope_of


def test_filters_of_the_same_name_add_up_where_several_may_be_set() -> None:
    scope = Scope().with_chip("speaker", "顾南枝").with_chip("speaker", "Ruth Amadi")

    assert list(scope) == [("speaker", "顾南枝"), ("speaker", "Ruth Amadi")]
    assert scope.flags()["speakers"] == ("顾南枝", "Ruth Amadi")
    assert scope.shown() == {"speaker": "顾南枝, Ruth Amadi"}


def test_a_later_filter_replaces_one_of_which_there_is_only_one() -> None:
    scope = Scope().with_chip("since", "2020").with_chip("tag", "tea").with_chip("since", "2024")

    assert list(scope) == [("tag", "tea"), ("since", "2024")]
    assert scope.flags()["since"] == "2024"


def test_a_filter_is_set_once_and_taken_away() -> None:
    scope = Scope().with_chip("tag", "茶").with_chip("tag", "茶")

    assert list(scope) == [("tag", "茶")]
    assert not scope.without_chip("tag", "茶")


def test_flags_of_the_command_line_become_chips() -> None:
    flags = {"interviews": ("a", "b"), "speakers": (), "tags": (), "since": "2024", "until": None}

    scope = scope_of(flags)

    assert list(scope) == [("interview", "a"), ("interview", "b"), ("since", "2024")]
    assert scope.flags()["interviews"] == ("a", "b")
    assert scope_of(scope.flags()) == scope
