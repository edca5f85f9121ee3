"""What can go wrong with the history."""

from index.errors import InterviewsError


class HistoryError(InterviewsError):
    """The history cannot be opened, read, written or trusted; an answer does without it."""

    exit_code = 5


class NoConversationError(HistoryError):
    """The history has no such conversation, or no longer; everything else of it can be used."""
