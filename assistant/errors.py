"""What can go wrong with a model, one class per thing a caller can do about it.

    InterviewsError
    └── ModelError                  it failed, broke off, or answered with something not understood
        ├── ModelUnreachableError   nobody answers at the address
        ├── ModelRateLimitError     it takes no more requests for now, or for this account
        ├── ModelTimeoutError       it was silent too long
        └── ModelRefusedError       the key, the model's name, the size or the content is refused
            └── ToolsRefusedError   it takes no tools; it may be asked again without

Text that had come before a failure stays valid. No message holds a key.
"""

from index.errors import InterviewsError


class ModelError(InterviewsError):
    """The model failed, broke off, or answered with something that is not understood."""

    exit_code = 8


class ModelUnreachableError(ModelError):
    """Nobody answers at the model's address."""


class ModelRateLimitError(ModelError):
    """The address takes no more requests for now, or the account's quota is used up."""

    exit_code = 9


class ModelTimeoutError(ModelError):
    """The model was silent for longer than it may be."""

    exit_code = 10


class ModelRefusedError(ModelError):
    """The address refuses the key, the model's name, the size of the talk, or its content."""

    exit_code = 11


class ToolsRefusedError(ModelRefusedError):
    """The model takes no tools; the plain-text protocol remains."""
