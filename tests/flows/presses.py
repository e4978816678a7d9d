"""How often a person presses on the page, counted by the page itself."""

from dataclasses import dataclass
from typing import Self

from playwright.async_api import Page

_COUNTS = """() => {
    window.presses = 0;
    const count = (event) => { window.presses += event.isTrusted && !event.repeat; };
    for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, count, true);
}"""


@dataclass(frozen=True)
class Presses:
    """Every press of the mouse and of a key since it began.

    The browser tells of them, so that no press of a test goes uncounted. What `fill` writes is not pressed: a story
    that is counted types nothing.
    """

    page: Page

    @classmethod
    async def begin(cls, page: Page) -> Self:
        """Count from here on, until the page is loaded anew."""
        await page.evaluate(_COUNTS)
        return cls(page)

    async def so_far(self) -> int:
        """How many there were."""
        return int(await self.page.evaluate("window.presses"))
