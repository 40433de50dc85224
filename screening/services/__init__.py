"""Needs and referrals: what would help the person and who offers it, apart from any case, charge or finding."""

from screening.services.circumstances import Wishes, may_be_minor
from screening.services.directory import Directory, Listing, PackStamp
from screening.services.hsds import to_hsds
from screening.services.load import load_directory, load_needs
from screening.services.matching import offer
from screening.services.needs import Need, NeedKind, NeedVocabulary, Why, needs_from
from screening.services.referrals import NoneAvailable, Offer, Referrals, SetAside
from screening.services.terms import Access, Check, Gender, NeedCode, Urgency

__all__ = [
    "Access", "Check", "Directory", "Gender", "Listing", "Need", "NeedCode", "NeedKind", "NeedVocabulary",
    "NoneAvailable", "Offer", "PackStamp", "Referrals", "SetAside", "Urgency", "Why", "Wishes",
    "load_directory", "load_needs", "may_be_minor", "needs_from", "offer", "to_hsds",
]  # fmt: skip
