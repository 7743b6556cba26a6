"""What an ad's brief and a page have in common."""

from plugins.ads.matching.choice import Match, Reason
from plugins.ads.matching.explanation import Explanation
from plugins.ads.matching.matching import Matching

__all__ = ["Explanation", "Match", "Matching", "Reason"]
