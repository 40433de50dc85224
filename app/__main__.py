"""Starts the command `voi` with no more of the program than the call needs."""

import gc
import sys


def main() -> None:
    gc.disable()  # what is made while the program starts stays: there is nothing to collect yet
    from screening.cli_screen import run_plain  # noqa: PLC0415 - not before the line above

    done = run_plain(sys.argv[1:])
    if done is not None:
        sys.exit(done)
    from app.commands import app  # noqa: PLC0415 - a plain screening needs no parser of arguments

    gc.enable()
    app()


if __name__ == "__main__":
    main()
