"""Runs the jobs of several services through one queue in PostgreSQL, so that each turn is taken by one of them."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType

import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.schema import SchemaManager
from sqlalchemy import make_url

from app.jobs.in_process import run_one
from app.jobs.tasks import JOBS, MINUTE, Job, Place

SCHEMA = "jobs"
"""The queue's own tables stand in a schema of their own, beside ours."""

_log = structlog.get_logger()


def queue_of(url: str, place: Place, jobs: Sequence[Job] = JOBS) -> App:
    """The queue with one task for each job."""
    address = (
        make_url(url).set(drivername="postgresql").update_query_dict({"options": f"-csearch_path={SCHEMA}"})
    )
    queue = App(
        connector=PsycopgConnector(
            conninfo=address.render_as_string(hide_password=False), min_size=1, max_size=3
        )
    )
    for job in jobs:
        queue.periodic(cron=_cron(job))(queue.task(name=job.name, queueing_lock=job.name)(_task(job, place)))
    return queue


def schema_sql() -> str:
    """The queue's tables, for the migration that makes them."""
    return SchemaManager.get_schema()


class Worker:
    """Takes turns from the queue in a thread of its own until it is left."""

    def __init__(self, url: str, place: Place, jobs: Sequence[Job] = JOBS) -> None:
        self._queue = queue_of(url, place, jobs)
        self._loop = asyncio.new_event_loop()
        self._task: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def __enter__(self) -> "Worker":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(lambda: self._task.cancel() if self._task else None)
        self._thread.join(timeout=10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._task = self._loop.create_task(self._work())
        with suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._task)
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    async def _work(self) -> None:
        """Works, and comes back a while after the database was away."""
        while True:
            try:
                async with self._queue.open_async():
                    await self._queue.run_worker_async(
                        install_signal_handlers=False, concurrency=1, shutdown_graceful_timeout=5
                    )
            except Exception as error:  # noqa: BLE001 - whatever ends the worker, jobs have to go on
                _log.warning("jobs_interrupted", kind=type(error).__name__)
            await asyncio.sleep(5)


def _task(job: Job, place: Place) -> Callable[[int], None]:
    def run(timestamp: int) -> None:  # noqa: ARG001 - the queue names the turn it gives
        run_one(job, place)

    return run


def _cron(job: Job) -> str:
    """How often, in whole minutes, hours or days."""
    minutes = max(job.seconds // MINUTE, 1)
    if minutes < 60:
        return f"*/{minutes} * * * *"
    return "7 * * * *" if minutes < 24 * 60 else "37 3 * * *"
