"""How gunicorn runs: the settings that `manage.py serve` and an operator's own start share (a gunicorn configuration file)."""

import multiprocessing
import os
import signal
import threading
from typing import Any

wsgi_app = "core.wsgi:application"
# Threads answer while others wait for the disk; one more process than cores would only wait for a core.
workers = int(os.environ.get("WEB_CONCURRENCY", min(multiprocessing.cpu_count(), 4)))
threads = 4
timeout = 60
graceful_timeout = 20
loglevel = "warning"
control_socket_disable = True


def when_ready(server: Any) -> None:
    """End with `manage.py serve`, however that ends: kill -9 leaves it no time to say so."""
    if "YIZHAN_SERVE" in os.environ:
        threading.Thread(target=end_with_parent, args=(int(os.environ["YIZHAN_SERVE"]),), daemon=True).start()


def end_with_parent(parent: int) -> None:
    """Wait (a thread) until another process is this one's parent, then stop like on SIGTERM."""
    never = threading.Event()
    while os.getppid() == parent:
        never.wait(1.0)
    os.kill(os.getpid(), signal.SIGTERM)
