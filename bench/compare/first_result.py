"""What a browser is sent from opening a site to the first result of a search, compressed, nothing cached."""

from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from bench.browser import launched
from bench.compare.contenders import Contender
from bench.compare.papers import Paper
from bench.serving import served

QUESTIONS = 3


def questions(papers: list[Paper]) -> list[str]:
    """Return the two longest words of some titles."""
    chosen = papers[:: max(1, len(papers) // QUESTIONS)][:QUESTIONS]
    return [" ".join(sorted((w for w in paper.title.split() if w.isalpha()), key=len)[-2:]) for paper in chosen]


def bytes_to_first_result(contender: Contender, site: Path, asked: list[str]) -> int:
    """Return the median over some questions of the bytes sent."""
    found = []
    with served({"peer": site}) as server, launched() as browser:
        for question in asked:
            server.sent.clear()
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            context.set_default_timeout(120_000)
            page = context.new_page()
            page.goto(server.address("peer"), wait_until="networkidle")
            if contender.field:
                page.click(contender.field)
            else:
                _open(page)
            page.keyboard.type(question, delay=40)
            page.locator(contender.result).first.wait_for()
            page.wait_for_load_state("networkidle")
            found.append(sum(server.sent.values()))
            context.close()
    return round(median(found))


def _open(page: Page) -> None:
    """Press the key of the search until something has the focus: on a busy machine scripts come late."""
    for _ in range(100):
        page.keyboard.press("/")
        page.wait_for_timeout(200)
        if page.evaluate("() => document.activeElement !== document.body"):
            return
