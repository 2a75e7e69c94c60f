"""What tests read from a PDF: its words as Poppler gives them back, where they stand, and what it says of itself."""

import re
import subprocess
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader

A3 = (297, 420)


@dataclass(frozen=True)
class PlacedWord:
    """A word with its page's size and the edges of its box, in points from the upper left."""

    text: str
    page: tuple[float, float]
    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_on_the_page(self) -> bool:
        width, height = self.page
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


def pdftotext(pdf: bytes, *options: str) -> str:
    result = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return result.stdout.decode()


def squeezed(text: str) -> str:
    """A text without its spaces and ends of lines, of which a page adds some."""
    return re.sub(r"\s+", "", text)


def words(pdf: bytes, *options: str) -> str:
    """All that a PDF says in the order in which it is set, squeezed."""
    return squeezed(pdftotext(pdf, "-raw", *options))


def words_of_pages(pdf: bytes) -> list[str]:
    """What each page says, squeezed."""
    return [squeezed(page) for page in pdftotext(pdf, "-raw").split("\f")[:-1]]


def placed_words(pdf: bytes) -> list[PlacedWord]:
    """Every word with its place."""
    html = pdftotext(pdf, "-bbox")
    body = ElementTree.fromstring(html[html.index("<doc>") : html.index("</doc>") + len("</doc>")])
    return [
        PlacedWord(
            word.text or "",
            (float(page.attrib["width"]), float(page.attrib["height"])),
            *(float(word.attrib[edge]) for edge in ("xMin", "yMin", "xMax", "yMax")),
        )
        for page in body
        for word in page
    ]


def sizes_in_millimetres(pdf: bytes) -> set[tuple[int, int]]:
    """Width and height of the pages."""
    boxes = [page.mediabox for page in PdfReader(BytesIO(pdf)).pages]
    return {(round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) for box in boxes}


def language_of(pdf: bytes) -> str:
    return str(PdfReader(BytesIO(pdf)).root_object["/Lang"])


def title_of(pdf: bytes) -> str:
    return str(PdfReader(BytesIO(pdf)).metadata.title)


def fonts_in(pdf: bytes) -> dict[str, bool]:
    """The fonts without the mark of a subset, and whether each is embedded as one (a mark, and a file)."""
    found = {}
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            name = str(descendant["/BaseFont"])
            mark = re.match(r"/[A-Z]{6}\+", name)
            plain = re.sub(r"^/([A-Z]{6}\+)?", "", name).removesuffix("-Identity-H")
            found[plain] = bool(mark) and "/FontFile3" in descendant["/FontDescriptor"]
    return found


def claims_accessibility(pdf: bytes) -> bool:
    """Whether it is tagged and says that it keeps to PDF/UA-1; typst doesn't set what breaks the standard."""
    root = PdfReader(BytesIO(pdf)).root_object
    return bool(root["/MarkInfo"]["/Marked"]) and b"pdfuaid:part>1<" in root["/Metadata"].get_data()


def tags_in(pdf: bytes) -> list[tuple[str, str]]:
    """The tags in the order of reading, each with its title."""

    def below(node: Any) -> list[tuple[str, str]]:
        node = node.get_object()
        if isinstance(node, list):
            return [tag for each in node for tag in below(each)]
        if not isinstance(node, dict):
            return []
        own = [(str(node["/S"]).removeprefix("/"), str(node.get("/T", "")))] if "/S" in node else []
        return own + (below(node["/K"]) if "/K" in node else [])

    return below(PdfReader(BytesIO(pdf)).root_object["/StructTreeRoot"])
