from datetime import UTC, timedelta, timezone

import pytest

from assistant.history.labels import when, when_everywhere

EVENING = "2024-05-01T20:30:00.125Z"


@pytest.mark.parametrize(
    ("hours", "shown"), [(0, "2024-05-01 20:30"), (8, "2024-05-02 04:30"), (-5, "2024-05-01 15:30")]
)
def test_a_time_is_shown_where_one_sits(hours: int, shown: str) -> None:
    assert when(EVENING, timezone(timedelta(hours=hours))) == shown


def test_in_a_file_that_travels_it_is_the_same_everywhere() -> None:
    assert when_everywhere(EVENING) == f"{when(EVENING, UTC)} UTC" == "2024-05-01 20:30 UTC"
