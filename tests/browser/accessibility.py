"""axe-core in the page: every violation with its rule and place."""

from playwright.sync_api import Page

_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_RUN = """async (rules) => (await axe.run(document, {runOnly: rules})).violations.map(
    (found) => `${found.id}: ${found.nodes.map((node) => node.target.join(" ")).join(" | ")}`)"""


def violations(page: Page, axe_source: str) -> list[str]:
    """What axe finds wrong on the page as it stands."""
    page.evaluate(axe_source)
    found: list[str] = page.evaluate(_RUN, list(_RULES))
    return found
