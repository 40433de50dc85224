"""What people held and did beside the findings: overrides, an advocate's view, a qualified assessment, dispositions."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import ERASABLE, Base, Moment


class View(StrEnum):
    """How an advocate stands to the findings."""

    CONCUR = "concur"
    DISSENT = "dissent"
    NO_VIEW = "no_view"


class Assessed(StrEnum):
    """What a qualified person found who assessed the young person, or that none could."""

    SUPPORTED = "supported"
    NOT_SUPPORTED = "not_supported"
    OPEN = "open"
    NOT_DONE = "not_done"


class Did(StrEnum):
    """What was done with a charge."""

    REFERRED = "referred"
    DIVERTED = "diverted"
    DECLINED = "declined"
    DISMISSED = "dismissed"
    DEFERRED = "deferred"
    CHARGED = "charged"
    PLEA_OFFERED = "plea_offered"
    TRIED = "tried"
    SENTENCED = "sentenced"


PROCEEDS = frozenset({Did.CHARGED, Did.PLEA_OFFERED, Did.TRIED, Did.SENTENCED})
"""What goes on with a charge, and so departs from a protection that bars it."""


class Override(Base):
    """A person's disagreement with a finding, with a reason; the finding stays as it was found."""

    __tablename__ = "override"
    __table_args__ = (Index(None, "screening_id"), ERASABLE)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"))
    judgement_id: Mapped[UUID] = mapped_column(ForeignKey("judgement.id"))
    charge: Mapped[str] = mapped_column(Text)
    protection: Mapped[str] = mapped_column(Text)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class AdvocateView(Base):
    """What an advocate says to the findings. `label` tells whether that advocate can promise to keep a confidence."""

    __tablename__ = "advocate_view"
    __table_args__ = (Index(None, "screening_id"), ERASABLE)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"))
    judgement_id: Mapped[UUID] = mapped_column(ForeignKey("judgement.id"))
    view: Mapped[View] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(20))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class QualifiedAssessment(Base):
    """Whether a qualified person assessed the young person, with what outcome, or why not."""

    __tablename__ = "qualified_assessment"
    __table_args__ = (Index(None, "screening_id"), ERASABLE)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"))
    judgement_id: Mapped[UUID] = mapped_column(ForeignKey("judgement.id"))
    outcome: Mapped[Assessed] = mapped_column(String(20))
    assessed_on: Mapped[date | None]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class Disposition(Base):
    """What was done with a charge, with the alternatives considered. `departs_from` names the bar it goes against."""

    __tablename__ = "disposition"
    __table_args__ = (Index(None, "screening_id"), ERASABLE)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"))
    judgement_id: Mapped[UUID] = mapped_column(ForeignKey("judgement.id"))
    charge: Mapped[str] = mapped_column(Text)
    did: Mapped[Did] = mapped_column(String(20))
    departs_from: Mapped[str | None] = mapped_column(String(40))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class SignOff(Base):
    """Another person's word on a disposition that departs from a bar; it is given once."""

    __tablename__ = "sign_off"
    __table_args__ = (Index(None, "screening_id"), ERASABLE)

    disposition_id: Mapped[UUID] = mapped_column(ForeignKey("disposition.id"), primary_key=True)
    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"))
    agrees: Mapped[bool]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class LeftOpen(Base):
    """Why a screening was closed although a duty or the assessment was still open. `subject` names which."""

    __tablename__ = "left_open"
    __table_args__ = (ERASABLE,)

    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screening.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(60), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)


def list_overrides(db: Session, screening_id: UUID) -> Sequence[Override]:
    query = select(Override).where(Override.screening_id == screening_id)
    return db.scalars(query.order_by(Override.at, Override.id)).all()


def list_views(db: Session, screening_id: UUID) -> Sequence[AdvocateView]:
    query = select(AdvocateView).where(AdvocateView.screening_id == screening_id)
    return db.scalars(query.order_by(AdvocateView.at, AdvocateView.id)).all()


def list_assessments(db: Session, screening_id: UUID) -> Sequence[QualifiedAssessment]:
    query = select(QualifiedAssessment).where(QualifiedAssessment.screening_id == screening_id)
    return db.scalars(query.order_by(QualifiedAssessment.at, QualifiedAssessment.id)).all()


def list_dispositions(db: Session, screening_id: UUID) -> Sequence[tuple[Disposition, SignOff | None]]:
    """Every disposition with the word of the other person where there is one, oldest first."""
    query = (
        select(Disposition, SignOff)
        .outerjoin(SignOff, SignOff.disposition_id == Disposition.id)
        .where(Disposition.screening_id == screening_id)
    )
    return [(row[0], row[1]) for row in db.execute(query.order_by(Disposition.at, Disposition.id)).all()]


def list_left_open(db: Session, screening_id: UUID) -> Sequence[LeftOpen]:
    query = select(LeftOpen).where(LeftOpen.screening_id == screening_id)
    return db.scalars(query.order_by(LeftOpen.subject)).all()
