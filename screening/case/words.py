"""The closed vocabularies of the case file, one word a meaning; values are the words people write."""

from enum import StrEnum


class Stage(StrEnum):
    """Where in a case the screening takes place; it steers words and duties, never law."""

    STOP = "stop"
    ARREST = "arrest"
    CUSTODY_INTAKE = "custody_intake"
    INVESTIGATION = "investigation"
    CHARGING = "charging"
    PLEA = "plea"
    TRIAL = "trial"
    SENTENCING = "sentencing"
    POST_CONVICTION = "post_conviction"


class Status(StrEnum):
    """How far one charge has come; it opens and closes law (relief only after conviction)."""

    CONSIDERED = "considered"
    ARRESTED = "arrested"
    CHARGED = "charged"
    ADJUDICATED = "adjudicated"
    CONVICTED = "convicted"


class Mode(StrEnum):
    """In which way the person is said to be liable."""

    PRINCIPAL = "principal"
    ACCOMPLICE = "accomplice"
    CONSPIRACY = "conspiracy"
    ATTEMPT = "attempt"
    SOLICITATION = "solicitation"


class OffenseClass(StrEnum):
    """What kind of offense a charge is: the first six are topics, the last four severities."""

    PROSTITUTION = "prostitution"
    PROSTITUTION_BUYING = "prostitution_buying"
    CSE = "cse"
    SEX_TRAFFICKING = "sex_trafficking"
    LABOR_TRAFFICKING = "labor_trafficking"
    OTHER = "other"
    STATUS = "status"
    MISDEMEANOR = "misdemeanor"
    NONVIOLENT_FELONY = "nonviolent_felony"
    VIOLENT_FELONY = "violent_felony"


class Source(StrEnum):
    """Where a response comes from; own statements are withheld from charging output until cleared."""

    OBSERVED = "observed"
    RECORD = "record"
    DEVICE = "device"
    THIRD_PARTY = "third_party"
    OWN_STATEMENT = "own_statement"


class Answer(StrEnum):
    """Answers to any item; all but yes and no are unknown to the rules and differ only in the record."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"
    NOT_ASKED = "not_asked"
    DECLINED = "declined"
    NOT_APPLICABLE = "not_applicable"


class ItemKind(StrEnum):
    """What an item may be answered with, beside the answers that fit every item."""

    BOOL = "bool"
    NUMBER = "number"
    DATE = "date"
    CODE = "code"
    CODES = "codes"
