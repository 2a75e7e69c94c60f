"""Over a slow line a page comes piece by piece, and nothing that its reader sees moves when the next one comes."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Semaphore, Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser import Group
from tests.pages import HOST, PAGES, Kind
from tests.test_budgets import READ_TO_THE_END, WATCH

pytestmark = pytest.mark.browser

PIECE_BYTES = 2_000
KINDS = [kind for kind in PAGES if kind.name in {"home", "articles", "guide", "guide-compare"}]
ELEMENTS = "document.getElementsByTagName('*').length"


def pieces_of(page: bytes) -> list[bytes]:
    """A page cut in pieces: its head, then pieces that each hold an element for the browser to make."""
    body = page.index(b"<body")
    return [page[:body], *(page[start : start + PIECE_BYTES] for start in range(body, len(page), PIECE_BYTES))]


@contextmanager
def slow_line(address: str, released: Semaphore) -> Iterator[int]:
    """The port of a server that passes on what `address` serves, of a page as many pieces as were released."""
    host = urlsplit(address).netloc

    class SlowLine(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            upstream = HTTPConnection("127.0.0.1", urlsplit(address).port)
            upstream.request("GET", self.path, headers={"Host": host})
            response = upstream.getresponse()
            body = response.read()
            kind = response.headers["Content-Type"]
            self.send_response(response.status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if kind.startswith("text/html"):
                for piece in pieces_of(body):
                    released.acquire()
                    self.wfile.write(piece)
            else:
                self.wfile.write(body)
            upstream.close()

        def log_message(self, *args: object) -> None:
            """Say nothing: pytest's output is no log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), SlowLine)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def read_piece_by_piece(tab: Page, address: str, released: Semaphore) -> None:
    """Open an address, and let each next piece come when the browser has taken in the one before."""
    released.release()
    tab.goto(address, wait_until="commit")
    seen = 0
    while tab.evaluate("document.readyState") == "loading":
        tab.wait_for_function(f"seen => document.readyState !== 'loading' || {ELEMENTS} > seen", arg=seen, polling=20)
        seen = tab.evaluate(ELEMENTS)
        released.release()
    tab.wait_for_load_state()


@pytest.mark.parametrize(("language", "width"), [("zh-hans", 1440), ("en", 390)])
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_page_that_comes_in_pieces_does_not_move(demo_group: Group, kind: Kind, language: str, width: int) -> None:
    visitor = demo_group.visitor(viewport={"width": width, "height": 900})
    visitor.add_init_script(WATCH)
    tab = visitor.new_page()
    path = ("/en" if language == "en" else "") + kind.path()
    released = Semaphore(0)
    with slow_line(demo_group.url(HOST, path), released) as port:
        read_piece_by_piece(tab, f"http://{HOST}.localhost:{port}{path}", released)
        moved = tab.evaluate(READ_TO_THE_END)
    assert moved == 0, [str(mover)[:200] for mover in tab.evaluate("window.movers")]
    visitor.close()
