"""Takes the README's pictures from a review that has been written: the top of the overview, in each language.

python scripts/take_pictures.py build/review
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from acuerdo.core.text import LANGS

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZE = {"width": 1280, "height": 1500}


def main() -> None:
    """Writes ``docs/images/review.png`` and ``review.es.png``."""
    review = Path(sys.argv[1]).resolve()
    browser_file = next(path for path in BROWSERS if Path(path).exists())
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_file, args=list(QUIET))
        page = browser.new_page(viewport={"width": SIZE["width"], "height": SIZE["height"]})
        for lang in LANGS:
            page.goto((review / lang / "index.html").as_uri())
            page.screenshot(path=IMAGES / ("review.png" if lang == "en" else f"review.{lang}.png"))
        browser.close()


if __name__ == "__main__":
    main()
