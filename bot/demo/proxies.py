"""Slack's SDK takes a proxy from the environment, even for what stays on this computer."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")


@contextmanager
def without_proxies() -> Iterator[None]:
    """Hide them for a while."""
    kept = {name: os.environ.pop(name) for name in PROXIES if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)
