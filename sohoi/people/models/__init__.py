"""The register: women and their households, where they belong and since when, and who looked at what."""

from sohoi.people.models.acts import Correction, Link, Transfer
from sohoi.people.models.households import Household, HouseholdStatus, Rating, Status
from sohoi.people.models.members import Member, Membership, Photo, Role, Standing, StandingKind
from sohoi.people.models.privacy import Consent, DataRequest, Export, Reading, Wish

__all__ = [
    "Consent", "Correction", "DataRequest", "Export", "Household", "HouseholdStatus", "Link", "Member",
    "Membership", "Photo", "Rating", "Reading", "Role", "Standing", "StandingKind", "Status", "Transfer", "Wish",
]  # fmt: skip
