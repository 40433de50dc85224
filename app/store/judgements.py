"""What was found, kept so that it reads the same years later: facts, condition values, results, and the packs themselves."""

import zlib
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    distinct,
    exists,
    func,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import ERASABLE, INSERT_ONLY, Base, Json, Moment, insert_or_leave
from app.store.screenings import ScreeningHead


class PackArchive(Base):
    """The files of all packs of one day, so that a finding can be read with the law it was made by."""

    __tablename__ = "pack_archive"
    __table_args__ = (INSERT_ONLY,)

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    files: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Judgement(Base):
    """One run of the rules over a version of a screening, for one reader. `sealed` is the whole `screening.v1`."""

    __tablename__ = "judgement"
    __table_args__ = (Index(None, "screening_id", "version"), ERASABLE)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"))
    version: Mapped[int]
    reader: Mapped[str] = mapped_column(String(20))
    as_of: Mapped[date]
    engine: Mapped[str] = mapped_column(String(20))
    packs: Mapped[list[dict[str, str]]] = mapped_column(Json)
    archive: Mapped[str] = mapped_column(ForeignKey("pack_archive.digest"))
    hidden: Mapped[list[str]] = mapped_column(Json)
    """Entries of the packs used that were withdrawn then, as `US-TN/us-tn-39-13-513-d`."""
    flag: Mapped[str] = mapped_column(String(40))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)


class JudgedCharge(Base):
    """The bounds of one charge, and the truth of every condition of its pack (one byte each, in the pack's order)."""

    __tablename__ = "judged_charge"
    __table_args__ = (Index(None, "screening_id"), ERASABLE)

    judgement_id: Mapped[UUID] = mapped_column(ForeignKey("judgement.id"), primary_key=True)
    charge: Mapped[str] = mapped_column(Text, primary_key=True)
    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"))
    result: Mapped[str] = mapped_column(String(40))
    at_least: Mapped[str] = mapped_column(String(40))
    at_most: Mapped[str] = mapped_column(String(40))
    conditions: Mapped[bytes] = mapped_column(LargeBinary)


class JudgedFact(Base):
    """One fact as the rules read it. `low` and `high` are a truth (0 no, 1 unknown, 2 yes), a number or a day as an ordinal.

    `charge` is empty for facts about the person. What rests on own statements or health is kept sealed.
    """

    __tablename__ = "judged_fact"
    __table_args__ = (Index(None, "screening_id"), ERASABLE)

    judgement_id: Mapped[UUID] = mapped_column(ForeignKey("judgement.id"), primary_key=True)
    charge: Mapped[str] = mapped_column(Text, primary_key=True)
    fact: Mapped[str] = mapped_column(Text, primary_key=True)
    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"))
    low: Mapped[int | None]
    high: Mapped[int | None]
    codes: Mapped[str | None] = mapped_column(Text)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


class JudgedFinding(Base):
    """What one protection means for one charge; `truths` has one byte an element (0 no, 1 unknown, 2 yes)."""

    __tablename__ = "judged_finding"
    __table_args__ = (
        ForeignKeyConstraint(
            ["judgement_id", "charge"], ["judged_charge.judgement_id", "judged_charge.charge"]
        ),
        Index(None, "screening_id"),
        Index(None, "protection"),
        ERASABLE,
    )

    judgement_id: Mapped[UUID] = mapped_column(primary_key=True)
    charge: Mapped[str] = mapped_column(Text, primary_key=True)
    protection: Mapped[str] = mapped_column(Text, primary_key=True)
    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"))
    mechanism: Mapped[str] = mapped_column(String(40))
    result: Mapped[str] = mapped_column(String(40))
    truths: Mapped[bytes] = mapped_column(LargeBinary)
    number: Mapped[int] = mapped_column(SmallInteger)


class Withdrawal(Base):
    """An entry of the law that an editor took out at once, or put back; screenings that used it are said to be stale."""

    __tablename__ = "withdrawal"
    __table_args__ = (INSERT_ONLY,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    jurisdiction: Mapped[str] = mapped_column(String(10))
    protection: Mapped[str] = mapped_column(Text)
    withdrawn: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)


def archive_is_kept(db: Session, digest: str) -> bool:
    return db.scalar(select(exists().where(PackArchive.digest == digest))) or False


def add_archive(db: Session, digest: str, files: bytes, at: datetime) -> None:
    """Adds an archive unless another process has just done so."""
    insert_or_leave(db, PackArchive, {"digest": digest, "files": files, "created_at": at})


def get_judgement(db: Session, judgement_id: UUID) -> Judgement | None:
    return db.get(Judgement, judgement_id)


def find_judgement(db: Session, screening_id: UUID, version: int) -> Judgement | None:
    """The judgement of one version."""
    return db.scalar(
        select(Judgement).where(Judgement.screening_id == screening_id, Judgement.version == version)
    )


def list_judgements(db: Session, screening_id: UUID) -> Sequence[Judgement]:
    """All judgements of a screening, oldest first."""
    query = select(Judgement).where(Judgement.screening_id == screening_id)
    return db.scalars(query.order_by(Judgement.version, Judgement.at)).all()


def count_using(db: Session, protection: str) -> int:
    """How many screenings have a newest judgement with a finding of this protection."""
    query = select(func.count(distinct(ScreeningHead.screening_id))).join(
        JudgedFinding, JudgedFinding.judgement_id == ScreeningHead.judgement_id
    )
    return db.scalar(query.where(JudgedFinding.protection == protection)) or 0


def charges_of(db: Session, judgement_id: UUID) -> Sequence[JudgedCharge]:
    query = select(JudgedCharge).where(JudgedCharge.judgement_id == judgement_id)
    return db.scalars(query.order_by(JudgedCharge.charge)).all()


def findings_of(db: Session, judgement_id: UUID) -> Sequence[JudgedFinding]:
    query = select(JudgedFinding).where(JudgedFinding.judgement_id == judgement_id)
    return db.scalars(query.order_by(JudgedFinding.charge, JudgedFinding.number)).all()


def facts_of(db: Session, judgement_id: UUID) -> Sequence[JudgedFact]:
    query = select(JudgedFact).where(JudgedFact.judgement_id == judgement_id)
    return db.scalars(query.order_by(JudgedFact.charge, JudgedFact.fact)).all()


def unpacked(conditions: bytes) -> bytes:
    """The truth of every condition of a pack, one byte each, as they were packed."""
    return zlib.decompress(conditions) if conditions else b""


def list_withdrawals(db: Session) -> Sequence[Withdrawal]:
    """Every withdrawal and restoring, oldest first."""
    return db.scalars(select(Withdrawal).order_by(Withdrawal.at, Withdrawal.id)).all()


def withdrawn_now(db: Session) -> frozenset[tuple[str, str]]:
    """The entries that are withdrawn, as jurisdiction and id."""
    state: dict[tuple[str, str], bool] = {}
    for row in list_withdrawals(db):
        state[row.jurisdiction, row.protection] = row.withdrawn
    return frozenset(entry for entry, withdrawn in state.items() if withdrawn)
