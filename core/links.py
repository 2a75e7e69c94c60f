"""Links to other hosts: which are government's, and how the others are left through a notice.

Web sites of the government tell a reader who leaves for a host outside government (国办发〔2017〕47号).
The notice's address is signed: nobody can make one of these sites recommend a host of their choosing.
"""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

_signer = Signer(salt="leaving")


def host_of(address: str) -> str | None:
    """The host of an http or https address; None for anything else, also for what is no address at all."""
    try:
        # Browsers read a backslash as a slash, Python doesn't: https://a.example\@b.gov.cn is a.example's.
        parts = urlsplit(address.replace("\\", "/"))
        return parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:
        return None


def is_government(host: str) -> bool:
    """Whether a host is the group's own or one of government's (`GOVERNMENT_HOSTS`, each with all hosts below)."""
    return any(
        host == known or host.endswith(f".{known}") for known in (settings.BASE_HOST, *settings.GOVERNMENT_HOSTS)
    )


def is_external(address: str) -> bool:
    """Whether an address leads to a host outside government."""
    host = host_of(address)
    return host is not None and not is_government(host)


def signature(address: str) -> str:
    return _signer.signature(address)


def outbound(address: str) -> str:
    """Where a link to an address should lead: straight, or to the notice in the language in use."""
    if not is_external(address):
        return address
    return f"{reverse('leaving')}?{urlencode({'to': address, 'signature': signature(address)})}"


def signed_target(address: str, given_signature: str) -> str | None:
    """The address of a notice's link, None unless these sites signed it and it is a web address."""
    try:
        _signer.unsign(f"{address}:{given_signature}")
    except BadSignature:
        return None
    return address if host_of(address) else None
