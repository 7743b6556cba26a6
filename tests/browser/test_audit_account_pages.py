"""The service's own pages: valid, and no violation of axe's rules, in both languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from account_reader import AccountReader, account_reader
from auditors import AXE, VNU, check, need
from demo_site import DemoSite
from playwright.sync_api import Browser
from test_account_pages import NAMES
from test_audit_accessibility import SCHEMES, VIEWPORTS, violations

pytestmark = pytest.mark.audit
LANGUAGES = ("fr", "en")


@pytest.fixture(scope="module")
def reader(browser: Browser, site: DemoSite) -> Iterator[AccountReader]:
    need(AXE)
    with account_reader(browser, site) as reader:
        yield reader


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_the_service_breaks_no_rule_of_axe(
    reader: AccountReader, language: str, name: str
) -> None:
    context, path = reader.where(name)
    page = context.new_page()
    page.goto(f"/abonnement/tarifs/?langue={language}")
    page.goto(path)
    assert page.locator("html").get_attribute("lang") == language
    for viewport in VIEWPORTS:
        page.set_viewport_size(viewport)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == [], f"{scheme}, {viewport['width']} px"
    page.close()


def test_every_page_of_the_service_is_valid_html(reader: AccountReader, tmp_path: Path) -> None:
    need(VNU, java=True)
    for language in LANGUAGES:
        for context in (reader.context, reader.stranger):
            context.request.get(f"/abonnement/tarifs/?langue={language}")
        for name in NAMES:
            if (language, name) == ("en", "outbox"):
                continue  # its messages are in their readers' language, which is no mistake
            context, path = reader.where(name)
            text = context.request.get(path).text()
            assert f'<html lang="{language}">' in text
            (tmp_path / f"{language}-{name}.html").write_text(text, "utf-8")
        wrong = reader.context.request.post(
            "/abonnement/",
            form={"formule": "x", "moyen": "x", "debut": "x"},
            headers={"origin": reader.site.address},
        )
        assert wrong.status == 422
        (tmp_path / f"{language}-wrong.html").write_text(wrong.text(), "utf-8")
    verdict = check("--skip-non-html", paths=[tmp_path])
    assert verdict.complaints == []
    assert len(verdict.read) == 2 * (len(NAMES) + 1) - 1
