"""The file of offers: all that is wrong in it is told at once, with its place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from paywall.errors import OffersError
from paywall.offers.file import read_offers

SOLD = Path("content/offers.yaml")
Spoil = Callable[[dict[str, Any]], object]


def refusal(tmp_path: Path, spoil: Spoil) -> str:
    offers = yaml.safe_load(SOLD.read_text("utf-8"))
    spoil(offers)
    file = tmp_path / "offers.yaml"
    file.write_text(yaml.safe_dump(offers, allow_unicode=True), "utf-8")
    with pytest.raises(OffersError) as refused:
        read_offers(file)
    return str(refused.value)


def double_a_plan(offers: dict[str, Any]) -> None:
    offers["plans"].append(offers["plans"][0])


def double_a_grid(offers: dict[str, Any]) -> None:
    offers["grids"].append(offers["grids"][0])


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda o: o["plans"].clear(), "il faut au moins une formule"),
        (lambda o: o["classes"].pop(), "doit valoir pour tous"),
        (double_a_plan, "« digital » deux fois"),
        (double_a_grid, "deux grilles du 2026-01-01"),
        (lambda o: o.update(vat_permille=2100), "vat_permille : 21 pour 2,1 %"),
        (lambda o: o.update(currency="euro"), "currency : trois capitales"),
        (lambda o: o["plans"][0].update(name="Numérique"), "« Numérique » : au plus 40 lettres"),
        (lambda o: o["plans"][0].update(months=0), "digital.months : au moins 1"),
        (lambda o: o["plans"][0]["label"].pop("en"), "digital.label : il manque « en »"),
        (lambda o: o["grids"][0]["plans"].update(or_={}), "pas de formule « or_ »"),
        (
            lambda o: o["grids"][0]["plans"]["digital"].pop("student"),
            "grille du 2026-01-01, digital : pas de prix pour « student »",
        ),
        (
            lambda o: o["grids"][0]["plans"]["digital"].update(king=1),
            "grille du 2026-01-01, digital : pas de classe « king »",
        ),
        (
            lambda o: o["grids"][0]["plans"]["digital"].update(student=-1),
            "« student » : -1 centimes",
        ),
        (lambda o: o.update(grace_days="bientôt"), "grace_days : il faut un nombre entier"),
        (
            lambda o: o["grids"][0]["plans"]["digital"].update(public="52 €"),
            "grids.1.plans.digital.public : il faut un nombre entier",
        ),
        (
            lambda o: o["grids"][0].update(starts_on="bientôt"),
            "grids.1.starts_on : il faut une date comme 2027-01-01",
        ),
        (lambda o: o["classes"][0].update(student="oui"), "classes.1.student : il faut « true »"),
        (lambda o: o["plans"][1].pop("months"), "plans.2 : il manque « months »"),
        (lambda o: o.pop("currency"), "le fichier : il manque « currency »"),
        (lambda o: o.update(grids="aucune"), "grids : il faut une liste"),
        (lambda o: o.update(monnaie="EUR"), "le fichier : champ inconnu « monnaie »"),
        (lambda o: o["classes"][4].update(dues_payed=True), "classes.5 : champ inconnu « dues_pay"),
        (lambda o: o["classes"][4].pop("dues_paid"), "« friend-dues » ne demande rien"),
        (
            lambda o: o["grids"][0]["plans"]["digital"].update(student=48_000_000),
            "« student » : 48000000 centimes",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, spoil: Spoil, told: str) -> None:
    said = refusal(tmp_path, spoil)
    assert told in said
    assert said.startswith(f"{tmp_path / 'offers.yaml'} : ")


def test_everything_is_told_at_once(tmp_path: Path) -> None:
    def spoil(offers: dict[str, Any]) -> None:
        offers.update(currency="euro", vat_permille=2100)

    assert len(refusal(tmp_path, spoil).splitlines()) == 2


def test_no_file_and_no_yaml_are_told(tmp_path: Path) -> None:
    with pytest.raises(OffersError, match="il n’y a pas de fichier d’offres"):
        read_offers(tmp_path / "none.yaml")

    bad = tmp_path / "bad.yaml"
    bad.write_text("currency: EUR\nplans: [\n", "utf-8")
    with pytest.raises(OffersError, match=r"bad\.yaml : ligne 3 : YAML illisible : "):
        read_offers(bad)
    sold = SOLD.read_text("utf-8")
    bad.write_text(sold.replace("starts_on: 2027-01-01", "starts_on: 2027-02-30"), "utf-8")
    with pytest.raises(OffersError, match=r"grids\.2\.starts_on : il faut une date"):
        read_offers(bad)
    bad.write_text(f"{sold}currency: USD\n", "utf-8")
    with pytest.raises(OffersError, match=r"ligne \d+ : .*« currency » est écrit deux fois"):
        read_offers(bad)
    bad.write_text("", "utf-8")
    with pytest.raises(OffersError, match="le fichier : il faut une suite de champs"):
        read_offers(bad)
    bad.write_bytes("dues: {fr: été}".encode("cp1252"))
    with pytest.raises(OffersError, match="n’est pas en UTF-8"):
        read_offers(bad)
