"""Serves one of two applications for the service benchmark until its standard input closes."""

import gc
import json
import logging
import socket
import sys
import threading
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request, Response
from pydantic import SecretStr
from starlette.types import ASGIApp

from app.logs import configure_logs
from app.main import create_app
from app.settings import Settings


def echo(answers: list[str]) -> FastAPI:
    """Takes a case and gives back the screening that was made of it before: the same two bodies, nothing between."""
    app = FastAPI(openapi_url=None)
    bodies = [one.encode() for one in answers]

    @app.post("/echo/{number}")
    async def given(number: int, request: Request) -> Response:
        await request.body()
        return Response(bodies[number], media_type="application/json")

    return app


def main(kind: str, folder: Path) -> None:
    app: ASGIApp
    if kind == "echo":
        app = echo(json.loads((folder / "answers.json").read_text(encoding="utf-8")))
    else:
        configure_logs("info")
        app = create_app(Settings(database_url=SecretStr(f"sqlite:///{folder}/voi.db")))
        gc.freeze()  # as `voi serve` does
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, server_header=False))
    threading.Thread(target=lambda: _until_closed(server), daemon=True).start()
    (folder / f"{kind}.port").write_text(str(listener.getsockname()[1]), encoding="utf-8")
    server.run([listener])


def _until_closed(server: uvicorn.Server) -> None:
    """Whoever started this holds its standard input open: when that ends, so does the server."""
    sys.stdin.read()
    server.should_exit = True


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
