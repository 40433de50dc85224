"""Every module that has tables, so that the metadata is whole."""

from app.store import accounts, audit, grants, installation, judgements, screenings

ALL = (accounts, audit, grants, installation, judgements, screenings)
