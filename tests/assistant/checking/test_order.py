import pytest

from assistant.checking.order import wrong_order

ENGLISH = "Her father lost the farm in the flood. Then the family opened a bakery in town."
CHINESE = "她父亲在洪水里丢了农场。后来一家人在镇上开了面包店。"
BACK = "一家人在镇上开了面包店。在那之前，她父亲在洪水里丢了农场。"


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("The father lost the farm after the family opened a bakery.", ENGLISH),
        ("After the family opened a bakery, the father lost the farm.", ENGLISH),
        ("The family opened a bakery before the father lost the farm.", ENGLISH),
        ("开了面包店以后，父亲丢了农场。", CHINESE),
        ("他们先开了面包店，后来丢了农场。", CHINESE),
        ("他们先开了面包店，后来丢了农场。", BACK),
        ("The father lost the farm after the family opened a bakery.", CHINESE),
    ],
)
def test_events_turned_round_are_found(claim: str, text: str) -> None:
    found = wrong_order(claim, text)

    assert found is not None
    assert found.code == "order"


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("The family opened a bakery after the father lost the farm.", ENGLISH),
        ("丢了农场以后，他们开了面包店。", CHINESE),
        ("他们先丢了农场，后来开了面包店。", BACK),
        ("The father lost the farm.", ENGLISH),
        ("The mayor resigned after the strike.", ENGLISH),
    ],
)
def test_the_told_order_passes_and_what_is_not_told_is_left_alone(claim: str, text: str) -> None:
    assert wrong_order(claim, text) is None
