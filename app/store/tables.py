"""Every module that has tables, so that the metadata is whole."""

from app.store import (
    accounts,
    anchors,
    audit,
    decisions,
    disclosures,
    duties,
    grants,
    holds,
    installation,
    judgements,
    matters,
    outbox,
    screenings,
)

ALL = (
    accounts,
    anchors,
    audit,
    decisions,
    disclosures,
    duties,
    grants,
    holds,
    installation,
    judgements,
    matters,
    outbox,
    screenings,
)
