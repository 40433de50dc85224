"""Duties that a screening raised, as tasks with a time, a responsible role, a proof and reminders."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    ForeignKey,
    Index,
    LargeBinary,
    Row,
    String,
    Text,
    UniqueConstraint,
    exists,
    func,
    select,
    tuple_,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.access import OfficeKind
from app.store.accounts import Office
from app.store.base import ERASABLE, Base, Moment, insert_or_leave
from app.store.grants import Grant, Reach, held_by, in_force
from app.store.screenings import ScreeningHead

NO_CLOCK = datetime(9999, 1, 1, tzinfo=UTC)
"""Where a task without a clock stands among those that have one: last."""

IN_CHARGE = (Reach.OWN, Reach.SUBMITTED)
"""The grants of offices that owe what a screening raises: whose it is, and whom it was submitted to."""


class DutyState(StrEnum):
    """`due`: its trigger is shown; `if`: it may yet be; `ended`: later facts took the trigger away; `done`: done."""

    DUE = "due"
    IF = "if"
    ENDED = "ended"
    DONE = "done"


class DutyTask(Base):
    """One duty of one screening as it stands by the newest judgement. The judgements themselves say how it came to be."""

    __tablename__ = "duty_task"
    __table_args__ = (
        UniqueConstraint("screening_id", "jurisdiction", "duty"),
        Index(None, "state", "due_at"),
        {"info": {"erasable": True}},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"))
    judgement_id: Mapped[UUID] = mapped_column(ForeignKey("judgement.id"))
    jurisdiction: Mapped[str] = mapped_column(String(10))
    duty: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(String(40))
    says: Mapped[str] = mapped_column(Text)
    do: Mapped[str] = mapped_column(Text)
    citation: Mapped[str] = mapped_column(Text)
    within_hours: Mapped[int | None]
    state: Mapped[DutyState] = mapped_column(String(10))
    noticed_at: Mapped[datetime | None] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    raised_at: Mapped[datetime] = mapped_column(Moment)


class DutyDone(Base):
    """That a duty was done, by whom and when, with the proof sealed."""

    __tablename__ = "duty_done"
    __table_args__ = (Index(None, "screening_id"), ERASABLE)

    task_id: Mapped[UUID] = mapped_column(ForeignKey("duty_task.id"), primary_key=True)
    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"))
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)


class DutyReminder(Base):
    """That an office was reminded of a duty at a threshold of its clock; once for each."""

    __tablename__ = "duty_reminder"
    __table_args__ = (Index(None, "screening_id"), ERASABLE)

    task_id: Mapped[UUID] = mapped_column(ForeignKey("duty_task.id"), primary_key=True)
    threshold: Mapped[str] = mapped_column(String(20), primary_key=True)
    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"))
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    role: Mapped[str | None] = mapped_column(String(40))
    """Whom it goes to: the office's supervisors once the time has passed; None: whoever works on the screening."""
    at: Mapped[datetime] = mapped_column(Moment)


def get_task(db: Session, task_id: UUID) -> DutyTask | None:
    return db.get(DutyTask, task_id)


def list_tasks(db: Session, screening_id: UUID) -> Sequence[DutyTask]:
    query = select(DutyTask).where(DutyTask.screening_id == screening_id)
    return db.scalars(query.order_by(DutyTask.jurisdiction, DutyTask.duty)).all()


def running_tasks(db: Session) -> Sequence[DutyTask]:
    """The duties that are due on a clock and not done, in screenings that are not closed, soonest first."""
    query = (
        select(DutyTask)
        .join(ScreeningHead, ScreeningHead.screening_id == DutyTask.screening_id)
        .where(DutyTask.state == DutyState.DUE, DutyTask.due_at.is_not(None), ScreeningHead.state != "closed")
    )
    return db.scalars(query.order_by(DutyTask.due_at, DutyTask.id)).all()


def remind(db: Session, row: dict[str, object]) -> bool:
    """Writes a reminder; False where there is one for this threshold, whoever wrote it."""
    return insert_or_leave(db, DutyReminder, row)


def reminders_of(db: Session, tasks: Iterable[UUID]) -> Sequence[DutyReminder]:
    query = select(DutyReminder).where(DutyReminder.task_id.in_(tasks))
    return db.scalars(query.order_by(DutyReminder.at, DutyReminder.threshold)).all()


def done_of(db: Session, tasks: Iterable[UUID]) -> Sequence[DutyDone]:
    return db.scalars(select(DutyDone).where(DutyDone.task_id.in_(tasks))).all()


def offices_in_charge(db: Session, screening_id: UUID, now: datetime) -> dict[UUID, OfficeKind]:
    """The offices that owe what a screening raises, with their kinds, the one it was submitted to last at the end."""
    query = (
        select(Office.id, Office.kind)
        .join(Grant, Grant.office_id == Office.id)
        .where(Grant.screening_id == screening_id, Grant.reach.in_(IN_CHARGE), in_force(now))
    )
    rows = db.execute(query.order_by(Grant.granted_at, Grant.id)).all()
    return {row[0]: OfficeKind(row[1]) for row in rows}


def office_owing(db: Session, task: DutyTask, now: datetime) -> UUID | None:
    """The office that owes a duty: the one of its kind among those in charge, else the newest. None: no one reaches it."""
    offices = offices_in_charge(db, task.screening_id, now)
    kind = {"law_enforcement": OfficeKind.POLICE, "prosecutor": OfficeKind.PROSECUTOR}.get(task.who)
    of_kind = [office for office, its in offices.items() if its is kind]
    return next(reversed(of_kind or list(offices)), None)


def page(
    db: Session,
    office_id: UUID,
    account_id: UUID | None,
    now: datetime,
    *,
    states: Sequence[DutyState],
    limit: int,
    after: tuple[datetime, UUID] | None = None,
) -> Sequence[Row[DutyTask]]:
    """One page of the duties that an office is in charge of, soonest first; those without a clock last."""
    mine = exists().where(
        Grant.screening_id == DutyTask.screening_id,
        Grant.office_id == office_id,
        Grant.reach.in_(IN_CHARGE),
        *held_by(account_id),
        in_force(now),
    )
    due = func.coalesce(DutyTask.due_at, NO_CLOCK, type_=Moment)
    query = select(DutyTask).where(mine, DutyTask.state.in_(states))
    if after:
        query = query.where(tuple_(due, DutyTask.id) > tuple_(*after))
    return db.execute(query.order_by(due, DutyTask.id).limit(limit)).all()
