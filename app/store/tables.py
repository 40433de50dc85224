"""Every module that has tables, so that the metadata is whole."""

from app.store import accounts, anchors, audit, grants, holds, installation, judgements, screenings

ALL = (accounts, anchors, audit, grants, holds, installation, judgements, screenings)
