"""Screenings as they are kept: who opened them, their charges, every response ever given, and where they stand now."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Connection,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.errors import NotFoundError
from app.store.base import ERASABLE, INSERT_ONLY, Base, Moment

ALIAS_GONE = "Erased"


class State(StrEnum):
    """How far a screening is. A closed one is never judged again: it is re-opened as the next of its chain."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    CLOSED = "closed"


class Matter(Base):
    """One matter with several persons, each screened alone: co-accused and other victims. It links and says no more."""

    __tablename__ = "matter"
    __table_args__ = (INSERT_ONLY,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    reference: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)


class PersonFile(Base):
    """One person in one office, under an alias or the office's own reference; a name stands sealed in a screening."""

    __tablename__ = "person_file"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    alias: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Screening(Base):
    """One sitting about one person. `previous_id` is the one it was re-opened from; `case_token` links across offices."""

    __tablename__ = "screening"
    __table_args__ = (Index(None, "person_id"), Index(None, "matter_id"), INSERT_ONLY)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person_file.id"))
    matter_id: Mapped[UUID | None] = mapped_column(ForeignKey("matter.id"))
    previous_id: Mapped[UUID | None] = mapped_column(ForeignKey("screening.id"))
    case_token: Mapped[str] = mapped_column(String(40), unique=True)
    stage: Mapped[str] = mapped_column(String(40))
    opened_at: Mapped[datetime] = mapped_column(Moment)
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))


class ScreeningHead(Base):
    """Where a screening stands now. It says nothing that its rows do not say, and is locked while they grow."""

    __tablename__ = "screening_head"

    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"), primary_key=True)
    version: Mapped[int]
    state: Mapped[State] = mapped_column(String(20))
    stage: Mapped[str] = mapped_column(String(40))
    judgement_id: Mapped[UUID | None]
    flag: Mapped[str | None] = mapped_column(String(40))
    changed_at: Mapped[datetime] = mapped_column(Moment)


class Step(Base):
    """One change of a screening: the version it made, by whom, when and of what kind."""

    __tablename__ = "step"
    __table_args__ = (INSERT_ONLY,)

    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(40))
    state: Mapped[State] = mapped_column(String(20))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class DataKeyRow(Base):
    """The wrapped key of a screening. Removing this row is what makes sealed content unreadable for ever.

    An advocate's statement and the notes on a person have such a key too: `screening_id` is then the id of those.
    """

    __tablename__ = "data_key"

    screening_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(20))
    data: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Erasure(Base):
    """What is left of a screening that was sealed or expunged: that it was done, on what basis, and which key is gone."""

    __tablename__ = "erasure"
    __table_args__ = (INSERT_ONLY,)

    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    basis: Mapped[str] = mapped_column(Text)
    key_digest: Mapped[bytes] = mapped_column(LargeBinary)
    account_id: Mapped[UUID | None]
    at: Mapped[datetime] = mapped_column(Moment)


class Frame(Base):
    """A case file without its responses, sealed: day, stage, birth, place, needs, name where one is needed."""

    __tablename__ = "frame"
    __table_args__ = (ERASABLE,)

    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ChargeRow(Base):
    """A charge as it stood in one version of the frame, in columns, so that a new law can be held against all of them."""

    __tablename__ = "charge"
    __table_args__ = (
        ForeignKeyConstraint(["screening_id", "version"], ["frame.screening_id", "frame.version"]),
        Index(None, "jurisdiction", "section"),
        ERASABLE,
    )

    screening_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    jurisdiction: Mapped[str] = mapped_column(String(10))
    section: Mapped[str | None] = mapped_column(Text)
    offense_class: Mapped[str | None] = mapped_column(String(40))
    grade: Mapped[str | None] = mapped_column(Text)
    date_from: Mapped[date | None]
    date_to: Mapped[date | None]
    mode: Mapped[str | None] = mapped_column(String(20))
    status: Mapped[str | None] = mapped_column(String(20))


class ResponseRow(Base):
    """One response, never changed. Its value is plain or sealed; `replaces` names the one it takes the place of."""

    __tablename__ = "response"
    __table_args__ = (
        CheckConstraint("(value IS NULL) <> (sealed IS NULL)", name="plain_or_sealed"),
        Index(None, "screening_id", "version"),
        ERASABLE,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"))
    version: Mapped[int]
    item: Mapped[str] = mapped_column(Text)
    charge: Mapped[str | None] = mapped_column(Text)
    value: Mapped[str | None] = mapped_column(Text)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    source: Mapped[str | None] = mapped_column(String(20))
    questionnaire: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    replaces: Mapped[UUID | None]
    carried_from: Mapped[UUID | None]


class FirstNoted(Base):
    """When a credible indicator was first noted, by what was recorded then. It is set once and cannot be moved."""

    __tablename__ = "first_noted"
    __table_args__ = (INSERT_ONLY,)

    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"), primary_key=True)
    noticed_at: Mapped[datetime] = mapped_column(Moment)
    source: Mapped[str | None] = mapped_column(String(20))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)


def find_screening(db: Session, screening_id: UUID) -> Screening | None:
    return db.get(Screening, screening_id)


def lock_head(db: Session, screening_id: UUID) -> ScreeningHead:
    """Where the screening stands, locked until the end of the work, so that two changes come one after the other."""
    head = db.get(ScreeningHead, screening_id, with_for_update=True, populate_existing=True)
    if head is None:
        raise NotFoundError("There is no such screening.")
    return head


def get_head(db: Session, screening_id: UUID) -> ScreeningHead:
    head = db.get(ScreeningHead, screening_id)
    if head is None:
        raise NotFoundError("There is no such screening.")
    return head


def find_key(db: Session, screening_id: UUID) -> DataKeyRow | None:
    return db.get(DataKeyRow, screening_id)


def newest_frame(db: Session, screening_id: UUID, version: int | None = None) -> Frame | None:
    """The frame as of a version, or the newest."""
    query = select(Frame).where(Frame.screening_id == screening_id)
    if version is not None:
        query = query.where(Frame.version <= version)
    return db.scalar(query.order_by(Frame.version.desc()).limit(1))


def list_responses(db: Session, screening_id: UUID, version: int | None = None) -> Sequence[ResponseRow]:
    """Every response up to a version, in the order in which they were given."""
    query = select(ResponseRow).where(ResponseRow.screening_id == screening_id)
    if version is not None:
        query = query.where(ResponseRow.version <= version)
    return db.scalars(query.order_by(ResponseRow.version, ResponseRow.id)).all()


def list_steps(db: Session, screening_id: UUID) -> Sequence[Step]:
    return db.scalars(select(Step).where(Step.screening_id == screening_id).order_by(Step.version)).all()


def forget_aliases(db: Session | Connection) -> None:
    """The alias of a person goes with the last of their screenings that could be read."""
    theirs = Screening.person_id == PersonFile.id
    readable = exists().where(theirs, DataKeyRow.screening_id == Screening.id)
    erased = exists().where(theirs, Erasure.screening_id == Screening.id)
    db.execute(update(PersonFile).where(erased, ~readable).values(alias=ALIAS_GONE))


def closed_screenings(
    db: Session, office_id: UUID, limit: int
) -> list[tuple[Screening, ScreeningHead, Sequence[ChargeRow]]]:
    """Closed screenings of an office that can still be read, longest closed first, each with its newest charges."""
    query = (
        select(Screening, ScreeningHead)
        .join(ScreeningHead, ScreeningHead.screening_id == Screening.id)
        .join(DataKeyRow, DataKeyRow.screening_id == Screening.id)
        .where(Screening.office_id == office_id, ScreeningHead.state == State.CLOSED)
        .order_by(ScreeningHead.changed_at, Screening.id)
        .limit(limit)
    )
    return [(row[0], row[1], newest_charges(db, row[0].id)) for row in db.execute(query).all()]


def newest_charges(db: Session, screening_id: UUID) -> Sequence[ChargeRow]:
    """The charges of the newest frame."""
    newest = select(func.max(Frame.version)).where(Frame.screening_id == screening_id).scalar_subquery()
    query = select(ChargeRow).where(ChargeRow.screening_id == screening_id, ChargeRow.version == newest)
    return db.scalars(query.order_by(ChargeRow.id)).all()


def chain_of(db: Session, person_id: UUID) -> Sequence[Screening]:
    """All screenings of one person in one office, oldest first."""
    return db.scalars(
        select(Screening).where(Screening.person_id == person_id).order_by(Screening.opened_at)
    ).all()
