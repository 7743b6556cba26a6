"""Numbers that no table holds are numbers of nothing."""

from collections.abc import Callable

import pytest
from accounts_browser import Browser, Mailbox

BIG = ("2147483647", "2147483648", "999999999999999999", "9" * 30)


@pytest.mark.parametrize("number", BIG)
@pytest.mark.parametrize(
    "path",
    [
        "/flux/images/{}/AAAAAAAAAAAAAAAAAAAAAA/images/0/x.jpg",
        "/compte/abonnement/{}/resilier/",
        "/compte/abonnement/{}/suspendre/",
    ],
)
def test_a_number_that_no_table_holds_is_not_found(
    browser: Callable[[], Browser], mailbox: Mailbox, path: str, number: str
) -> None:
    ana = browser()
    ana.sign_in("ana@example.org", mailbox)
    assert ana.get(path.format(number)).status_code == 404


@pytest.mark.parametrize("number", [*BIG, "-1", "1e3", "0x1", "٣", " 1", "1\n"])
def test_a_device_that_is_no_number_of_theirs_signs_nobody_out(
    browser: Callable[[], Browser], mailbox: Mailbox, number: str
) -> None:
    ana = browser()
    ana.sign_in("ana@example.org", mailbox)
    assert ana.post("/compte/appareils/", {"appareil": number}).status_code == 303
    assert ana.get("/compte/").status_code == 200
