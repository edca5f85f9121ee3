"""What can go wrong with the history."""

from index.errors import InterviewsError


class HistoryError(InterviewsError):
    """The history cannot be opened, read, written or trusted; an answer does without it."""

    exit_code = 5
