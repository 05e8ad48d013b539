"""What a page allows itself: nothing from elsewhere, its own style, the script that it names."""

import base64
import hashlib
import re

#: What stands for the policy of a page until the page is made: it names what the page holds.
PENDING = "policy-of-this-page"

#: What every page forbids: to fetch, to be told another address for its links, to send forms.
_FORBIDDEN = "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:"


def with_policy(html: str) -> str:
    r"""Put the content security policy of a page into it, as strict as the page allows.

    Parameters
    ----------
    html : str
        A complete page, with `PENDING` where its policy belongs.

    Returns
    -------
    str
        The page. Its style sheets are named by their digests, as are scripts that run. Style
        attributes are allowed where it has some, as drawings do. `style-src` is for browsers that
        do not know the two kinds apart.

    Examples
    --------
    >>> page = f'<meta content="{PENDING}"><style>a</style><p>All.'
    >>> print(with_policy(page).replace("; ", ";\n"))
    <meta content="default-src 'none';
    base-uri 'none';
    form-action 'none';
    img-src data:;
    style-src 'unsafe-inline';
    style-src-elem 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=';
    style-src-attr 'none'"><style>a</style><p>All.
    """
    styles = re.findall(r"<style>(.*?)</style>", html, flags=re.S)
    scripts = re.findall(r"<script>(.*?)</script>", html, flags=re.S)
    attributes = "'unsafe-inline'" if re.search(r"<[^>]*\sstyle=", html) else "'none'"
    allowed = [_FORBIDDEN, "style-src 'unsafe-inline'"]
    allowed += [f"style-src-elem {_named(styles)}", f"style-src-attr {attributes}"]
    allowed += [f"script-src {_named(scripts)}"] * bool(scripts)
    return html.replace(PENDING, "; ".join(allowed), 1)


def _named(texts: list[str]) -> str:
    return " ".join(f"'{digest(each)}'" for each in dict.fromkeys(texts)) or "'none'"


def digest(text: str) -> str:
    """Name a script or a style sheet as a content security policy does.

    Parameters
    ----------
    text : str
        What stands between its tags.

    Returns
    -------
    str
        Its SHA-256 in base64.

    Examples
    --------
    >>> digest("")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    found = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(found).decode('ascii')}"
