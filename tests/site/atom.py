"""What the Atom Syndication Format (RFC 4287) demands of a feed, rule by rule, each with its section in the RFC."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"

# Which elements may stand in which, and how often: at least, at most.
_ANY, _MAYBE, _ONE, _SOME = (0, 1_000_000), (0, 1), (1, 1), (1, 1_000_000)
_CHILDREN: dict[str, dict[str, tuple[int, int]]] = {
    "feed": {  # 4.1.1
        "author": _ANY,
        "category": _ANY,
        "contributor": _ANY,
        "generator": _MAYBE,
        "icon": _MAYBE,
        "id": _ONE,
        "link": _ANY,
        "logo": _MAYBE,
        "rights": _MAYBE,
        "subtitle": _MAYBE,
        "title": _ONE,
        "updated": _ONE,
        "entry": _ANY,
    },
    "entry": {  # 4.1.2
        "author": _ANY,
        "category": _ANY,
        "content": _MAYBE,
        "contributor": _ANY,
        "id": _ONE,
        "link": _ANY,
        "published": _MAYBE,
        "rights": _MAYBE,
        "source": _MAYBE,
        "summary": _MAYBE,
        "title": _ONE,
        "updated": _ONE,
    },
    "author": {"name": _ONE, "uri": _MAYBE, "email": _MAYBE},  # 3.2
    "contributor": {"name": _ONE, "uri": _MAYBE, "email": _MAYBE},  # 3.2
}
# Attributes beside xml:base and xml:lang (section 2): all that there may be, and those that there must be.
_ATTRIBUTES: dict[str, tuple[set[str], set[str]]] = {
    "title": ({"type"}, set()),  # 3.1
    "summary": ({"type"}, set()),  # 3.1
    "subtitle": ({"type"}, set()),  # 3.1
    "rights": ({"type"}, set()),  # 3.1
    "content": ({"type", "src"}, set()),  # 4.1.3
    "category": ({"term", "scheme", "label"}, {"term"}),  # 4.2.2
    "generator": ({"uri", "version"}, set()),  # 4.2.4
    "link": ({"href", "rel", "type", "hreflang", "title", "length"}, {"href"}),  # 4.2.7
}
_TEXT_TYPES = {"text", "html"}  # 3.1.1; xhtml would have children, and we write none
_DATE = re.compile(  # 3.3: RFC 3339 with capital T and Z
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)"
)
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")  # section 2: RFC 3066
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(;.*)?")  # 4.2.7.3
_NO_IRI = re.compile(r"[\s<>\"{}|\\^`]")  # RFC 3987, 2.2: what stands in no IRI


def faults(document: bytes) -> list[str]:
    """What a feed does that RFC 4287 forbids, or leaves out that it demands; each with the rule's section."""
    try:
        root = etree.fromstring(document)
    except etree.XMLSyntaxError as error:
        return [f"2: not well-formed: {error}"]
    if root.tag != f"{ATOM}feed":
        return [f"4.1.1: the root is {root.tag}"]
    return [fault for rule in _RULES for fault in rule(root)]


def _name(element: etree._Element) -> str:
    return str(element.tag).removeprefix(ATOM)


def _elements(root: etree._Element) -> Iterator[etree._Element]:
    return (element for element in root.iter() if isinstance(element.tag, str))


def _children(root: etree._Element) -> Iterator[str]:
    for element in _elements(root):
        name = _name(element)
        allowed = _CHILDREN.get(name, {})
        found = Counter(map(_name, element))
        yield from (f"4.1.1, 4.1.2, 3.1: <{child}> in <{name}>" for child in found if child not in allowed)
        for child, (least, most) in allowed.items():
            if not least <= found[child] <= most:
                yield f"4.1.1, 4.1.2, 3.2: <{name}> has {found[child]} <{child}>"
        if allowed and ((element.text or "").strip() or any((child.tail or "").strip() for child in element)):
            yield f"2: text between the elements of <{name}>"


def _order(root: etree._Element) -> Iterator[str]:
    names = list(map(_name, root))
    if names != sorted(names, key=lambda name: name == "entry"):
        yield "4.1.1: metadata behind an entry"


def _attributes(root: etree._Element) -> Iterator[str]:
    for element in _elements(root):
        name = _name(element)
        allowed, demanded = _ATTRIBUTES.get(name, (set(), set()))
        given = {str(attribute) for attribute in element.attrib} - {f"{XML}base", f"{XML}lang"}
        yield from (f"4.2: attribute {attribute} of <{name}>" for attribute in given - allowed)
        yield from (f"4.2: <{name}> without {attribute}" for attribute in demanded - given)
        language = element.get(f"{XML}lang")
        if language is not None and not _LANGUAGE.fullmatch(language):
            yield f"2: language {language}"


def _authors(root: etree._Element) -> Iterator[str]:
    entries = root.findall(f"{ATOM}entry")
    if root.find(f"{ATOM}author") is None and not (
        entries and all(e.find(f"{ATOM}author") is not None for e in entries)
    ):
        yield "4.1.1: neither the feed nor each of its entries has an author"
    for person in (*root.iter(f"{ATOM}author"), *root.iter(f"{ATOM}contributor")):
        if not person.findtext(f"{ATOM}name", "").strip():
            yield "3.2.1: a person without a name"


def _texts(root: etree._Element) -> Iterator[str]:
    for name in ("title", "summary", "subtitle", "rights"):
        for element in root.iter(f"{ATOM}{name}"):
            if element.get("type", "text") not in _TEXT_TYPES:
                yield f"3.1.1: <{name}> of type {element.get('type')}"
    yield from ("4.2.14: an empty title" for e in root.iter(f"{ATOM}title") if not (e.text or "").strip())


def _dates(root: etree._Element) -> Iterator[str]:
    for name in ("updated", "published"):
        for element in root.iter(f"{ATOM}{name}"):
            if not _DATE.fullmatch(element.text or ""):
                yield f"3.3: <{name}> is {element.text}"


def _ids(root: etree._Element) -> Iterator[str]:
    ids = [element.text or "" for element in root.iter(f"{ATOM}id")]
    yield from (f"4.2.6: the ID {id} is no absolute IRI" for id in ids if not urlsplit(id).scheme or _NO_IRI.search(id))
    yield from (f"4.1.1: the ID {id} {times} times" for id, times in Counter(ids).items() if times > 1)


def _links(root: etree._Element) -> Iterator[str]:
    for element in root.iter(f"{ATOM}link"):
        href, rel, media_type = element.get("href", ""), element.get("rel", "alternate"), element.get("type")
        if not href or _NO_IRI.search(href) or not urlsplit(href).netloc:
            yield f"4.2.7.1: a link to {href or 'nothing'}"
        if not re.fullmatch(r"[A-Za-z][\w.+-]*", rel) and not urlsplit(rel).scheme:
            yield f"4.2.7.2: the relation {rel}"
        if media_type is not None and not _MEDIA_TYPE.fullmatch(media_type):
            yield f"4.2.7.3: the media type {media_type}"
    if not root.findall(f"{ATOM}link[@rel='self']"):
        yield "4.1.1: no link to the feed itself"
    for holder in (root, *root.findall(f"{ATOM}entry")):
        links = [link for link in holder.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
        twice = Counter((link.get("type"), link.get("hreflang")) for link in links)
        yield from (f"4.1.1, 4.1.2: {times} alternates of {kind}" for kind, times in twice.items() if times > 1)
        if holder is not root and not links and holder.find(f"{ATOM}content") is None:
            yield "4.1.2: an entry with neither content nor an alternate"


def _categories(root: etree._Element) -> Iterator[str]:
    yield from ("4.2.2.1: an empty term" for category in root.iter(f"{ATOM}category") if not category.get("term"))


_RULES: tuple[Callable[[etree._Element], Iterator[str]], ...] = (
    _children,
    _order,
    _attributes,
    _authors,
    _texts,
    _dates,
    _ids,
    _links,
    _categories,
)
