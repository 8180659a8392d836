"""Elements for the head of pages that need more than every page has."""

from gen.text.html import filled


def assets(base: str, *names: str) -> str:
    """Return the elements that load files of `docs/assets`: `css/browse.css`, `js/browse.js`.

    Args:
        base: the way from the page to the site's root.
        names: below `assets/`, by their suffix a style sheet or a module.
    """
    forms = {
        "css": '<link rel="stylesheet" href="%sassets/%s">',
        "js": '<script type="module" src="%sassets/%s"></script>',
    }
    return "".join(filled(forms[name.rpartition(".")[2]], base, name) for name in names)


def feed(base: str, address: str, title: str) -> str:
    """Return the element by which browsers and feed readers find a page's feed."""
    # The second word keeps Material's script away, which takes a sole "alternate" for a translation of the site.
    element = '<link rel="alternate feed" type="application/atom+xml" href="%s%s" title="%s">'
    return filled(element, base, address, title)
