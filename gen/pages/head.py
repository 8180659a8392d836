"""Elements for the head of pages that need more than every page has."""

from markupsafe import Markup


def assets(base: str, *names: str) -> str:
    """Return the elements that load files of `docs/assets`: `css/browse.css`, `js/browse.js`.

    Args:
        base: the way from the page to the site's root.
        names: below `assets/`, by their suffix a style sheet or a module.
    """
    forms = {
        "css": Markup('<link rel="stylesheet" href="{}assets/{}">'),
        "js": Markup('<script type="module" src="{}assets/{}"></script>'),
    }
    return str(Markup("").join(forms[name.rpartition(".")[2]].format(base, name) for name in names))


def feed(base: str, address: str, title: str) -> str:
    """Return the element by which browsers and feed readers find a page's feed."""
    # The second word keeps Material's script away, which takes a sole "alternate" for a translation of the site.
    element = Markup('<link rel="alternate feed" type="application/atom+xml" href="{}{}" title="{}">')
    return str(element.format(base, address, title))
