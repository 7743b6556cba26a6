from pathlib import Path

import pytest
from page_views import Counter
from paywall_clock import Clock


@pytest.fixture
def counter(tmp_path: Path, clock: Clock) -> Counter:
    return Counter(tmp_path, clock)
