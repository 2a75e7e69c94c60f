"""Links that leave government, and the signed notice in front of them."""

from urllib.parse import parse_qs, urlsplit

import pytest
from wagtail.rich_text import expand_db_html

from core.links import is_external, outbound, signed_target


@pytest.mark.parametrize(
    ("address", "external"),
    [
        ("https://www.example.com/", True),
        ("http://evilgov.cn/", True),
        ("https://gov.cn.example.com/", True),
        (r"https://example.com\@www.gov.cn/", True),
        ("https://www.gov.cn@example.com/", True),
        ("HTTPS://EXAMPLE.COM/", True),
        ("https://www.sc.gov.cn/a?b=c", False),
        ("http://chengdu.localhost:8000/", False),
        ("/news/", False),
        ("mailto:a@example.com", False),
        ("#top", False),
        ("", False),
        ("http://[broken", False),
    ],
)
def test_which_hosts_are_outside_government(address: str, external: bool) -> None:
    assert is_external(address) is external
    assert (outbound(address) == address) is not external


def test_own_list_of_government_hosts(settings) -> None:
    settings.GOVERNMENT_HOSTS = ["police.example"]
    assert not is_external("https://www.police.example/")
    assert is_external("https://www.gov.cn/")


def test_only_what_these_sites_signed_is_a_target() -> None:
    query = parse_qs(urlsplit(outbound("https://example.com/?a=1&b=:2")).query)
    assert signed_target(query["to"][0], query["signature"][0]) == "https://example.com/?a=1&b=:2"
    assert signed_target("https://example.com/", query["signature"][0]) is None
    assert signed_target("https://example.com/", "") is None


def test_links_of_a_text_lead_through_the_notice() -> None:
    html = expand_db_html(
        '<a href="https://example.com/?a=1&amp;b=2">out</a><a href="https://www.gov.cn/">in</a><a href="#a">here</a>'
    )
    assert '<a href="/leaving/?to=https%3A%2F%2Fexample.com%2F%3Fa%3D1%26b%3D2&amp;signature=' in html
    assert html.count("/leaving/") == 1
    assert '<a href="https://www.gov.cn/">' in html
    assert '<a href="#a">' in html
