"""A few lines of SVG by hand, for pictures that are not charts of values on axes."""

from __future__ import annotations

from html import escape


def element(name: str, inner: str = "", **attributes: str | float | None) -> str:
    """One element; an underscore in an attribute's name stands for a hyphen, a None leaves it out.

    >>> element("circle", r=3.0, stroke_width=1)
    '<circle r="3" stroke-width="1"/>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def words(text: str, x: float, *, y: float, **attributes: str | float | None) -> str:
    """A text at a place."""
    return element("text", escape(text), x=x, y=y, **attributes)


def lines(text: str, *, room: float, letter: float) -> list[str]:
    """A text broken between words where it does not fit.

    Args:
        room: Width of a line, in pixels.
        letter: Width of a letter on average.

    >>> lines("one two three", room=50, letter=6.5)
    ['one two', 'three']
    """
    found = [""]
    for word in text.split():
        if found[-1] and (len(found[-1]) + 1 + len(word)) * letter > room:
            found.append(word)
        else:
            found[-1] = f"{found[-1]} {word}".strip()
    return found


def picture(width: float, height: float, *, inner: str) -> str:
    """A whole picture, sized by the page."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_value(width)} {_value(height)}">{inner}</svg>'


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else f"{value:.1f}".rstrip("0").rstrip(".")
