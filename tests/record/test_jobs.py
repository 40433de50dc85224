"""Jobs are done by the clock: by a thread with SQLite, through one queue with PostgreSQL, and once a turn."""

import threading

import pytest

from app.jobs.in_process import Thread
from app.jobs.on_postgres import Worker, queue_of
from app.jobs.tasks import JOBS, Job, Place


@pytest.fixture
def place(app, clock):
    return Place(app.state.sides, app.state.packs, app.state.archive, clock)


def test_the_thread_runs_jobs_and_outlives_one_that_fails(place):
    ran = threading.Event()

    def fails(place):
        raise RuntimeError("this one always fails")

    def runs(place):
        ran.set()
        return 1

    with Thread(place, [Job("fails", 0, fails), Job("runs", 0, runs)]):
        assert ran.wait(10)


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_two_workers_share_one_queue(database, place):
    turns, done = [], threading.Event()

    def run(place):
        turns.append(threading.current_thread().name)
        done.set()
        return 1

    job = Job("shared", 24 * 60 * 60, run)
    with Worker(database, place, [job]), Worker(database, place, [job]):
        queue = queue_of(database, place, [job])
        sync = queue.with_connector(queue.connector.get_sync_connector())
        with sync.open():
            sync.configure_task("shared").defer(timestamp=1)
        assert done.wait(20)
    assert len(turns) == 1


def test_the_jobs_have_names_of_their_own():
    assert len({job.name for job in JOBS}) == len(JOBS)
