"""Turns the duties that a judgement found into tasks, takes their proof, and reminds an office before their time is up."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.access import Data, Permission, Role
from app.actions.reading import Cursor, Kept, alone, reach
from app.actions.work import Work
from app.errors import ConflictError, NotFoundError
from app.store import audit
from app.store import duties as store
from app.store.base import new_id
from app.store.duties import IN_CHARGE, DutyDone, DutyReminder, DutyState, DutyTask
from app.store.outbox import post
from app.store.screenings import FirstNoted, ScreeningHead, lock_head
from screening import Screening
from screening.rules.finding import DutyFinding

HALF, LAST_HOUR, OVERDUE = "half", "last_hour", "overdue"


def keep_tasks(work: Work, head: ScreeningHead, result: Screening) -> None:
    """Brings the tasks of a screening up to its newest judgement. What was done stays done."""
    noted = work.db.get(FirstNoted, head.screening_id)
    noticed_at = noted.noticed_at if noted else None
    tasks = {(one.jurisdiction, one.duty): one for one in store.list_tasks(work.db, head.screening_id)}
    found = {(one.jurisdiction, one.id): one for one in result.duties}
    for name, duty in found.items():
        if name not in tasks:
            task = DutyTask(id=new_id(), screening_id=head.screening_id, raised_at=work.now)
            task.jurisdiction, task.duty, task.state = duty.jurisdiction, duty.id, DutyState.IF
            work.db.add(task)
            tasks[name] = task
        _bring_up(tasks[name], duty, head.judgement_id, noticed_at)
    for name in tasks.keys() - found.keys():
        if tasks[name].state != DutyState.DONE:
            tasks[name].state = DutyState.ENDED
    work.db.flush()


def _bring_up(
    task: DutyTask, duty: DutyFinding, judgement_id: UUID | None, noticed_at: datetime | None
) -> None:
    if task.state == DutyState.DONE or judgement_id is None:
        return
    task.judgement_id, task.state = judgement_id, DutyState(duty.state)
    task.who, task.says, task.do, task.citation = duty.who, duty.says, duty.do, duty.citation
    task.within_hours, task.noticed_at = duty.within_hours, noticed_at
    runs = task.state is DutyState.DUE and noticed_at and duty.within_hours is not None
    task.due_at = noticed_at + timedelta(hours=duty.within_hours or 0) if runs and noticed_at else None


def do_duty(work: Work, task_id: UUID, proof: str) -> None:
    """Records that a duty was done, with its proof. ConflictError where it was done already."""
    work.require(Permission.DUTY_DO)
    task = _task(work, task_id)
    lock_head(work.db, task.screening_id)
    kept = reach(work, task.screening_id)
    work.db.refresh(task)
    if task.state == DutyState.DONE:
        raise ConflictError("This duty was done already.")
    task.state = DutyState.DONE
    done = DutyDone(
        task_id=task.id,
        screening_id=task.screening_id,
        office_id=work.actor.office_id,
        account_id=work.actor.account_id,
        sealed=kept.key.seal(proof, f"duty/{task.id}"),
        at=work.now,
    )
    work.db.add(done)
    work.db.flush()
    work.note("duty:do", "duty", task.id, {"screening": str(task.screening_id)})


def page(
    work: Work, states: Sequence[DutyState], *, limit: int, after: Cursor | None
) -> tuple[list[dict[str, object]], Cursor | None]:
    """One page of the duties that the actor's office is in charge of, soonest first, and where the next begins."""
    work.require(Permission.DUTY_READ)
    rows = store.page(
        work.db, work.actor.office_id, alone(work), work.now, states=states, limit=limit + 1, after=after
    )
    tasks = [row[0] for row in rows[:limit]]
    work.note("duty:list", "duty", None, {"count": len(tasks)})
    last = tasks[-1] if len(rows) > limit else None
    return lines(work.db, tasks), (last.due_at or store.NO_CLOCK, last.id) if last else None


def read_duty(work: Work, task_id: UUID) -> dict[str, object]:
    """One duty, with the proof where the actor's office gave it or sees what was decided."""
    work.require(Permission.DUTY_READ)
    task = _task(work, task_id)
    kept = reach(work, task.screening_id)
    work.note("duty:read", "duty", task.id, {"screening": str(task.screening_id)})
    return {**lines(work.db, [task])[0], "proof": _proof(work, kept, task)}


def open_duties(work: Work, screening_id: UUID) -> list[DutyTask]:
    """The duties of a screening that are due and not done."""
    return [one for one in store.list_tasks(work.db, screening_id) if one.state == DutyState.DUE]


def due_reminders(db: Session, now: datetime) -> int:
    """Reminds the offices that owe duties whose half time, last hour or end has come; once for each of the three.

    A reminder is a row, an event in the outbox (`duty-due`) and one in the audit log; past the end it goes to the office's
    supervisors. Several processes may do this at once: each reminder is written by one of them. Gives their number.
    """
    return sum(_remind(db, task, now) for task in store.running_tasks(db))


def _remind(db: Session, task: DutyTask, now: datetime) -> int:
    due = [name for name, at in _thresholds(task).items() if at <= now]
    office_id = store.office_owing(db, task, now) if due else None
    if office_id is None:
        return 0
    written = [name for name in due if store.remind(db, _reminder(task, name, office_id, now))]
    if written:
        post(db, "duty-due", "duty", task.id, office_id=office_id, at=now)
        tag = "duty:escalate" if OVERDUE in written else "duty:remind"
        detail = {"screening": str(task.screening_id), "thresholds": written}
        audit.record(db, audit.Happening(office_id, now, tag, "duty", task.id, detail=detail))
    return len(written)


def _thresholds(task: DutyTask) -> dict[str, datetime]:
    if task.due_at is None or task.noticed_at is None:
        return {}
    half = task.noticed_at + (task.due_at - task.noticed_at) / 2
    return {HALF: half, LAST_HOUR: task.due_at - timedelta(hours=1), OVERDUE: task.due_at}


def _reminder(task: DutyTask, threshold: str, office_id: UUID, now: datetime) -> dict[str, object]:
    return {
        "task_id": task.id,
        "threshold": threshold,
        "screening_id": task.screening_id,
        "office_id": office_id,
        "role": Role.SUPERVISOR.value if threshold == OVERDUE else None,
        "at": now,
    }


def _task(work: Work, task_id: UUID) -> DutyTask:
    """A duty of a screening that the actor's office is in charge of; any other is not there."""
    task = store.get_task(work.db, task_id)
    kept = reach(work, task.screening_id) if task else None
    if task is None or kept is None or not kept.eyes.reach.intersection(IN_CHARGE):
        raise NotFoundError("There is no such duty.")
    return task


def _proof(work: Work, kept: Kept, task: DutyTask) -> str | None:
    (done,) = store.done_of(work.db, [task.id]) or (None,)
    if done and (done.office_id == work.actor.office_id or kept.eyes.sees(Data.DECISIONS)):
        return kept.key.open(done.sealed, f"duty/{task.id}")
    return None


def lines(db: Session, tasks: Sequence[DutyTask]) -> list[dict[str, object]]:
    """Duties as they are listed: what is owed, by whom, until when, and whether it was done."""
    ids = [one.id for one in tasks]
    done = {one.task_id: one for one in store.done_of(db, ids)}
    reminders: dict[UUID, list[DutyReminder]] = {}
    for one in store.reminders_of(db, ids):
        reminders.setdefault(one.task_id, []).append(one)
    return [_line(one, done.get(one.id), reminders.get(one.id, ())) for one in tasks]


def _line(task: DutyTask, done: DutyDone | None, reminders: Iterable[DutyReminder]) -> dict[str, object]:
    return {
        "id": str(task.id),
        "screening": str(task.screening_id),
        "judgement": str(task.judgement_id),
        "jurisdiction": task.jurisdiction,
        "duty": task.duty,
        "who": task.who,
        "says": task.says,
        "do": task.do,
        "citation": task.citation,
        "state": DutyState(task.state).value,
        "within_hours": task.within_hours,
        "noticed_at": task.noticed_at.isoformat() if task.noticed_at else None,
        "due_at": task.due_at.isoformat() if task.due_at else None,
        "done": {"at": done.at.isoformat(), "by": str(done.account_id)} if done else None,
        "reminders": [
            {"threshold": one.threshold, "at": one.at.isoformat(), "to": one.role} for one in reminders
        ],
    }
