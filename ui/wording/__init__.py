"""What a person reads on the screen, in Chinese (the source) or English.

>>> _("{count} 个条款", count=3)
'3 个条款'
"""

from ui.wording.catalogue import _, choose_language, language, later, n_, speaking
from ui.wording.errors import sentence
from ui.wording.formats import date_text, day_text, duration_text, figure_text, instant_text, limit_text, share_text

__all__ = [
    "_",
    "choose_language",
    "date_text",
    "day_text",
    "duration_text",
    "figure_text",
    "instant_text",
    "language",
    "later",
    "limit_text",
    "n_",
    "sentence",
    "share_text",
    "speaking",
]
