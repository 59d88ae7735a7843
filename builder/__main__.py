"""How the program begins, as `catalogue`, `python build.py` or `python -m builder`."""

from __future__ import annotations

import signal


def main() -> None:
    """Runs the program; what ends it while its libraries are loaded, which nothing can be said with yet, ends it."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from builder import cli

    cli.main()


if __name__ == "__main__":
    main()
