import pytest

from assistant.chat.pastes import BEGIN, END, PasteGuard

CASES = {
    "keys": ("a\x1b[A\x1b字", "a\x1b[A\x1b字"),
    "a paste": (f"a{BEGIN}粘贴{END}b", f"a{BEGIN}粘贴{END}b"),
    "escapes in a paste": (f"{BEGIN}红\x1b[31m\r{END}\x1b[A", f"{BEGIN}红[31m\r{END}\x1b[A"),
    "half an end": (f"{BEGIN}a\x1b[20x\x1b[201{END}", f"{BEGIN}a[20x[201{END}"),
    "a beginning in a paste": (f"{BEGIN}a{BEGIN}b{END}", f"{BEGIN}a[200~b{END}"),
    "two pastes": (f"{BEGIN}一\x1b{END}\x1b{BEGIN}二{END}", f"{BEGIN}一{END}\x1b{BEGIN}二{END}"),
    "an end alone": (f"a{END}b", f"a{END}b"),
}


@pytest.mark.parametrize(("sent", "read"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_only_pastes_lose_their_escapes(sent: str, read: str, size: int) -> None:
    guard = PasteGuard()
    assert "".join(guard.feed(sent[i : i + size]) for i in range(0, len(sent), size)) == read


def test_a_lone_escape_is_not_kept_waiting() -> None:
    assert PasteGuard().feed("\x1b") == "\x1b"
