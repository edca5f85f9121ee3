"""A count and what is counted → English words of it."""


def counted(count: int, noun: str) -> str:
    """Return the count and its noun: `1 interview`, `0 interviews`, `2 interviews`.

    Args:
        count: how many there are.
        noun: the word for one of them; its plural must be made by an s.
    """
    return f"{count} {noun}{'' if count == 1 else 's'}"
