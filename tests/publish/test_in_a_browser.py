"""The report of the default survey in a browser: reachable, readable, and fetching nothing."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import browser_site
import pytest

from analysis.publish import first_page

SCHEMES, WIDTHS = ("light", "dark"), (375, 1280)

#: Rules of axe that depend on colours; in the second scheme nothing else can differ.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

#: Where the keyboard walks: a page of each kind.
KINDS = ("index", "01_clean_responses", "03_preferred_vs_used", "district_watford", "search",
         "methods", "changes")  # fmt: skip

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

REACHABLE = """[...document.querySelectorAll("a[href], summary, input, [tabindex='0']")]
    .filter((each) => each.checkVisibility({contentVisibilityProperty: true})).length"""

FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  const all = [...document.querySelectorAll("*")];
  return {
    place: all.indexOf(at), tag: at.tagName, name: at.className, text: at.textContent.slice(0, 60),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}"""

SCREEN = """[...document.querySelectorAll(".screen, .notice")].map((each) => {
  const box = each.getBoundingClientRect();
  return {top: box.top, bottom: box.bottom};
})"""

FOLDED = """[...document.querySelectorAll("details")].filter((each) =>
  each.checkVisibility() &&
  !each.lastElementChild.checkVisibility({contentVisibilityProperty: true})).length"""


@pytest.fixture(scope="module")
def browser() -> Iterator:
    with browser_site.chromium() as started:
        yield started


@pytest.fixture(scope="module")
def site(browser, tmp_path_factory) -> Path:
    return browser_site.render_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def tab(browser) -> Iterator[Callable]:
    """Give a tab of a scheme and width, one for all tests."""
    tabs = {}

    def give(scheme: str = "light", width: int = 1280, height: int = 900):
        key = scheme, width, height
        if key not in tabs:
            size = {"width": width, "height": height}
            tabs[key] = browser.new_context(viewport=size, color_scheme=scheme).new_page()
        return tabs[key]

    yield give
    for each in tabs.values():
        each.context.close()


def _violations(page, **options: object) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    options = {"resultTypes": ["violations"], **options}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_page_has_a_fault_of_accessibility_or_is_wider_than_the_screen(site, tab, scheme, width):
    page, faults = tab(scheme, width), {}
    for path in sorted(site.glob("*.html")):
        page.goto(path.as_uri())
        found = _violations(page, **(COLOURS if scheme == "dark" else {}))
        wider = page.evaluate(WIDER)
        faults[path.name] = found + [f"{wider} px wider than the screen"] * (wider > 0)
    assert len(faults) >= 20
    assert {name: found for name, found in faults.items() if found} == {}


def test_axe_sees_a_fault_that_is_planted(site, tab, tmp_path):
    text = (site / "index.html").read_text("utf-8")
    planted = tmp_path / "planted.html"
    wrong = '<p style="color: #aaa; background: #fff">Pale</p><img src="data:,"><table id="wide">'
    wrong += f"<tr><td>{'x' * 900}</td></tr></table>"
    wrong += "<style>td { white-space: nowrap; overflow-wrap: normal }</style>"
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    planted.write_text(text.replace("</main>", f"{wrong}</main>"), "utf-8")
    page = tab()
    page.goto(planted.as_uri())
    assert {each.split(":")[0] for each in _violations(page)} >= {"color-contrast", "image-alt"}
    assert page.evaluate(WIDER) > 0


def test_nothing_is_fetched_but_the_page_and_nothing_fails(site, browser):
    context = browser.new_context()
    page, asked, said = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in sorted(site.glob("*.html")):
        page.goto(path.as_uri())
    beside = [url for url in asked if not url.startswith(("file://", "data:"))]
    assert len(asked) >= 20
    assert (beside, said) == ([], [])
    assert {Path(url).suffix for url in asked if url.startswith("file:")} == {".html"}
    page.set_content("<img src='https://example.org/a.png'>")
    assert "https://example.org/a.png" in asked  # what is fetched is seen
    context.close()


def _walk(page) -> list[dict]:
    """Press Tab until the walk is over, and give where it stopped."""
    stops: list[dict] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or (stops and stop["place"] == stops[0]["place"]):
            break
        stops.append(stop)
    return stops


def _hidden_stops(stops: list[dict]) -> list[str]:
    return [stop["text"] for stop in stops if not (stop["ring"] and stop["seen"])]


@pytest.mark.parametrize("stem", KINDS)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(site, tab, stem):
    page = tab()
    page.goto((site / f"{stem}.html").as_uri())
    stops = _walk(page)
    assert stops[0]["name"] == "skip"
    assert _hidden_stops(stops) == []
    assert len({stop["place"] for stop in stops}) == page.evaluate(REACHABLE)
    if stem == "03_preferred_vs_used":
        assert {"A", "SUMMARY", "DIV"} <= {stop["tag"] for stop in stops}


def test_faults_of_keyboard_paper_and_screen_that_are_planted_are_seen(site, browser, tmp_path):
    text = (site / "index.html").read_text("utf-8")
    style = (
        "<style>.bare:focus-visible { outline: none } .screen { margin-top: 300px } "
        "@media print { .shut p { display: none } }</style>"
    )
    wrong = '<a class="bare" href="#a">No ring</a><a tabindex="-1" href="#b">Not reached</a>'
    wrong += '<details class="shut"><summary>Fold</summary><p>Folded</p></details>'
    planted = tmp_path / "planted.html"
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    planted.write_text(text.replace("</main>", f"{style}{wrong}</main>"), "utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(planted.as_uri())
    assert max(box["bottom"] for box in page.evaluate(SCREEN)) > 900
    stops = _walk(page)
    assert _hidden_stops(stops) == ["No ring"]
    assert len({stop["place"] for stop in stops}) == page.evaluate(REACHABLE) - 1
    page.emulate_media(media="print")
    assert page.evaluate(FOLDED) == 1
    context.close()


def test_the_skip_link_leads_to_the_content_and_a_fold_opens_by_key(site, tab):
    page = tab()
    page.goto((site / "03_preferred_vs_used.html").as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.focus("details.code summary")
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('details.code').open")


@pytest.mark.parametrize("stem", KINDS)
def test_at_200_per_cent_the_text_is_whole_and_nothing_scrolls_sideways(site, tab, stem):
    texts = []
    for size in ((1280, 900), (640, 450)):
        page = tab("light", *size)
        page.goto((site / f"{stem}.html").as_uri())
        assert page.evaluate(WIDER) <= 0
        texts.append(page.inner_text("main").split())
    assert sorted(texts[0]) == sorted(texts[1])


@pytest.mark.parametrize("stem", ["index", "03_preferred_vs_used", "district_watford"])
def test_on_paper_nothing_is_folded_or_wider_than_the_page(site, browser, stem):
    context = browser.new_context(viewport={"width": 720, "height": 1000})
    page = context.new_page()
    page.goto((site / f"{stem}.html").as_uri())
    page.emulate_media(media="print")
    assert page.evaluate(FOLDED) == 0
    assert page.evaluate(WIDER) <= 0
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 1
    context.close()


def test_the_first_page_is_one_screen(site, tab):
    page = tab()
    page.goto((site / "index.html").as_uri())
    assert all(box["top"] >= 0 and box["bottom"] <= 900 for box in page.evaluate(SCREEN))
    sizes = page.evaluate(
        "[...document.querySelectorAll('.screen p')].map((x) => getComputedStyle(x).fontSize)"
    )
    assert min(float(size.removesuffix("px")) for size in sizes) >= 15


def test_the_first_page_is_one_screen_with_links_to_two_comparisons(site, tab):
    pages = [(f"waves_{year}.html", f"{year} and 2023 compared") for year in (2019, 2021)]
    linked = site / "linked.html"
    html = (site / "index.html").read_text("utf-8")
    linked.write_text(first_page.with_compared(html, pages), "utf-8")
    page = tab()
    page.goto(linked.as_uri())
    boxes, links = page.evaluate(SCREEN), page.locator(".links a[href^=waves_]").count()
    linked.unlink()
    assert links == 2
    assert all(box["bottom"] <= 900 for box in boxes)


def test_the_site_and_its_first_page_are_small(site):
    """The notebooks beside the pages, which no page loads or links, are not counted."""
    assert (site / "index.html").stat().st_size < 300_000
    files = [path for path in site.rglob("*") if path.is_file() and path.suffix != ".ipynb"]
    assert sum(path.stat().st_size for path in files) < 12_000_000


def test_words_are_found_and_lead_to_where_they_stand(site, tab):
    page = tab()
    page.goto((site / "search.html").as_uri())
    page.keyboard.press("Tab")
    page.get_by_label("Words to look for").fill("front counter")
    hits = page.locator("#hits a")
    assert re.fullmatch(r"\d+ places?.*", page.inner_text("[role=status]"))
    assert hits.count() >= 2
    assert all(
        "front counter" in each.lower() or "…" in each
        for each in page.locator("#hits span").all_inner_texts()
    )
    address = hits.first.get_attribute("href")
    hits.first.click()
    assert page.url.endswith(address)
    anchor = address.partition("#")[2]
    assert not anchor or page.evaluate("(id) => !!document.getElementById(id)", anchor)


def test_words_that_are_nowhere_find_nothing_and_markup_is_text(site, tab):
    page = tab()
    page.goto((site / "search.html").as_uri())
    box = page.get_by_label("Words to look for")
    box.fill("<img src=x onerror=alert(1)>")
    assert page.inner_text("[role=status]") == "0 places"
    assert page.locator("#hits li").count() == 0
    box.fill("")
    assert page.inner_text("[role=status]") == ""


def test_without_scripts_the_search_page_says_so_and_lists_headings(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "search.html").as_uri())
    assert "needs JavaScript" in page.inner_text("main")
    assert not page.is_visible("#search")
    assert page.locator("main li a").count() >= 50
    context.close()
