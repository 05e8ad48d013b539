"""How soon the first page of a report is painted: run `python -m analysis report` before it."""

import shutil

from playwright.sync_api import sync_playwright

from analysis import paths, survey

RUNS = 3

PAINTED = "performance.getEntriesByName('first-contentful-paint').map((each) => each.startTime)"


def seconds(address: str) -> list[float]:
    """Open a page some times, each in a new tab, and give the seconds to its first paint."""
    found = []
    with sync_playwright() as driver:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for _ in range(RUNS):
            page = browser.new_page()
            page.goto(address)
            page.wait_for_function(f"{PAINTED}.length > 0")
            found += [each / 1000 for each in page.evaluate(PAINTED)]
            page.close()
        browser.close()
    return found


if __name__ == "__main__":
    index = paths.REPORTS / survey.load().name / "index.html"
    found = seconds(index.as_uri())
    print(f"first contentful paint of {index.name}: best of {len(found)} {min(found):.2f} s")
