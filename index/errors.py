"""What can go wrong in the world outside, one class per thing a caller can do about it.

    InterviewsError            one clear line: what failed, on what, what to do
    ├── UsageError             the call or the configuration is wrong
    ├── InputError             a transcript cannot be read; the others of the same call can
    ├── StoreError             the store cannot be opened, written or trusted
    │   ├── EmptyStoreError    nothing was indexed yet
    │   └── StoreVersionError  written by another version, another embedder, or another program
    └── EmbedderError          the embedder gave no vectors, or wrong ones

Our own mistakes are ValueError and TypeError and are never caught here.
"""


class InterviewsError(Exception):
    """Base of all failures that are not a bug of ours; its text is one line for a person."""

    exit_code = 1


class UsageError(InterviewsError):
    """The call or the configuration is wrong."""

    exit_code = 2


class InputError(InterviewsError):
    """A transcript cannot be read or holds nothing to cite."""

    exit_code = 4


class StoreError(InterviewsError):
    """The store cannot be opened, written or trusted."""

    exit_code = 5


class EmptyStoreError(StoreError):
    """Nothing was indexed yet."""


class StoreVersionError(StoreError):
    """The store was written by another version, another embedder, or another program."""


class EmbedderError(InterviewsError):
    """The embedder could not be reached or answered with something that is not vectors."""

    exit_code = 6
