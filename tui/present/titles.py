"""Titles of the settings as screens and commands show them."""

from __future__ import annotations

from config.i18n import language
from records.services.office import Office


def role_title(office: Office, role: str) -> str:
    """A role's title in the language in use; the code itself where the settings do not know it."""
    found = office.settings.roles.roles.get(role)
    return found.title.in_language(language()) if found else role


def level_title(office: Office, level: str) -> str:
    """A level's title in the language in use; the code itself where the settings do not know it."""
    found = office.settings.levels.levels.get(level)
    return found.title.in_language(language()) if found else level
