"""The register: women and their households, where they belong and since when, and who looked at what."""

from sohoi.people.models.acts import Correction, Link, NumberRequest, Transfer
from sohoi.people.models.households import Household, HouseholdStatus, Rating, Status
from sohoi.people.models.lists import SavedList
from sohoi.people.models.members import Member, Membership, Photo, Role, Standing, StandingKind, Vanished
from sohoi.people.models.privacy import Consent, DataRequest, Ending, Export, Reading, Wish

__all__ = [
    "Consent", "Correction", "DataRequest", "Ending", "Export", "Household", "HouseholdStatus", "Link", "Member",
    "Membership", "NumberRequest", "Photo", "Rating", "Reading", "Role", "SavedList",
    "Standing", "StandingKind", "Status", "Transfer", "Vanished", "Wish",
]  # fmt: skip
