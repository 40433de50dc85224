"""Runs the jobs in a thread of the one service that has the SQLite file to itself."""

import threading
import time
from collections.abc import Sequence
from types import TracebackType

import structlog

from app.jobs.tasks import JOBS, Job, Place

_log = structlog.get_logger()


class Thread:
    """Runs every job at its pace until it is left. A job that fails is logged and tried again at its next turn."""

    def __init__(self, place: Place, jobs: Sequence[Job] = JOBS) -> None:
        self._place = place
        self._jobs = jobs
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def __enter__(self) -> "Thread":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        due = {job.name: time.monotonic() + min(job.seconds, 5) for job in self._jobs}
        while not self._stop.wait(0.5):
            for job in self._jobs:
                if time.monotonic() >= due[job.name] and not self._stop.is_set():
                    run_one(job, self._place)
                    due[job.name] = time.monotonic() + job.seconds


def run_one(job: Job, place: Place) -> None:
    """One turn of one job."""
    try:
        done = job.run(place)
    except Exception as error:  # noqa: BLE001 - one job that fails must not end the others
        _log.warning("job_failed", job=job.name, kind=type(error).__name__)
        return
    if done:
        _log.info("job", job=job.name, done=done)
