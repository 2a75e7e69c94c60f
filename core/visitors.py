"""Where a request comes from."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of the visitor, for the throttle of log-ins (`AXES_CLIENT_IP_CALLABLE`).

    Believes as many entries of X-Forwarded-For, counted from the end, as there are trusted proxies
    (`TRUSTED_PROXIES`): what stands before them anybody may write. An entry that is no address
    counts as none, and the request as coming from the proxy.
    """
    nearest = request.META.get("REMOTE_ADDR", "")
    if not settings.TRUSTED_PROXIES:
        return nearest
    forwarded = [entry.strip() for entry in request.headers.get("X-Forwarded-For", "").split(",") if entry.strip()]
    believed = forwarded[-settings.TRUSTED_PROXIES :]
    try:
        return str(ip_address(believed[0])) if believed else nearest
    except ValueError:
        return nearest
