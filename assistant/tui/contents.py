"""The sections of the interview that is read, to go to one of them."""

from collections.abc import Sequence

from assistant.chat.labels import Say
from assistant.chat.listings import section_line
from assistant.tui.listed import Listed
from index.records import Section


class Contents(Listed, can_focus=False):
    """Sections by their own headings; the one that is read is pointed at."""

    DEFAULT_CSS = """
    Contents {
        width: 30; border-right: solid $panel; text-wrap: nowrap; text-overflow: ellipsis;
    }
    Contents.chosen { border-right: thick $accent; }
    """

    def __init__(self) -> None:
        super().__init__(id="sections")
        self._sections: Sequence[Section] = ()

    def fill(self, sections: Sequence[Section], say: Say) -> None:
        """Show the sections that have something to read."""
        self._sections = [section for section in sections if section.paragraphs]
        self.show([[section_line(each, say)] for each in self._sections], 0)

    @property
    def chosen(self) -> Section | None:
        """The section that is pointed at."""
        return self._sections[self.highlighted] if self.highlighted is not None else None

    def follow(self, section: Section) -> None:
        """Point at a section that is read."""
        self.highlighted = next(n for n, each in enumerate(self._sections) if each is section)
