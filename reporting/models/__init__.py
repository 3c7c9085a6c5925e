"""What is stored of what is made from the rooms above."""

from reporting.models.packs import Pack, PackTemplate

__all__ = ["Pack", "PackTemplate"]
