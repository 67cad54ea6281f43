"""The pages in the order of the work; the one list that navigation, steps and tests share."""

from dataclasses import dataclass
from typing import Final

__all__ = ["PAGES", "PageSpec", "following", "page"]

_VIEWS = "workforce/ui/views"


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page.

    Attributes:
        path: Name in the address, also the key of the page.
        title: Title in navigation and browser tab.
        icon: Material icon.
        purpose: The question that the page answers.
    """

    path: str
    title: str
    icon: str
    purpose: str

    @property
    def file(self) -> str:
        """The page's script, relative to the project root."""
        return f"{_VIEWS}/{self.path.replace('-', '_')}.py"


PAGES: Final = (
    PageSpec("start", "Start", ":material/home:", "What this is and where to begin."),
    PageSpec("data", "Data", ":material/upload_file:", "Which people and posts is this about?"),
    PageSpec(
        "where-we-are", "Where we are", ":material/my_location:", "What do we have and lose today?"
    ),
    PageSpec(
        "where-we-are-heading",
        "Where we are heading",
        ":material/trending_up:",
        "What happens if we change nothing?",
    ),
    PageSpec(
        "apprenticeships",
        "Apprenticeships",
        ":material/school:",
        "How many skilled people would we grow?",
    ),
    PageSpec("levers", "Levers", ":material/tune:", "What would make more people stay?"),
    PageSpec(
        "posts-and-hiring",
        "Posts and hiring",
        ":material/work:",
        "Which posts come or go, and how are they filled?",
    ),
    PageSpec(
        "results", "Results", ":material/insights:", "What does the whole plan change, how surely?"
    ),
    PageSpec(
        "method-and-assurance",
        "Method and assurance",
        ":material/verified:",
        "How far can these figures be trusted?",
    ),
)


def page(path: str) -> PageSpec:
    """Return a page by its path (`KeyError` if there is none)."""
    for each in PAGES:
        if each.path == path:
            return each
    raise KeyError(path)


def following(path: str) -> PageSpec | None:
    """Return the page after `path` in the order of the work, `None` after the last."""
    index = PAGES.index(page(path)) + 1
    return PAGES[index] if index < len(PAGES) else None
