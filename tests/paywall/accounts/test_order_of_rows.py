"""What a reader has is read in the order in which they had it, whatever was changed since."""

from datetime import timedelta

from books import Books

from paywall.store.schema import Order, Purchase, Reader, Subscription

RELATED = ("subscriptions", "orders", "purchases")


def test_a_change_of_the_first_leaves_it_the_first(books: Books) -> None:
    """PostgreSQL writes a changed row elsewhere, and reads rows as they lie."""
    with books.on("2027-01-31") as unit:
        books.paid(unit, plan="digital")
        books.paid(unit, plan="monthly")
        for issue in ("812-lumiere", "813-mouvement"):
            books.paid(unit, issue=issue)
    with books.on("2027-02-01") as unit:
        unit.db.get_one(Subscription, 1).renews = True
        unit.db.get_one(Order, 1).status = "refunded"
        unit.db.get_one(Purchase, 1).bought_at += timedelta(seconds=1)
    with books.database.read() as db:
        reader = db.query(Reader).one()
        found = {name: [row.id for row in getattr(reader, name)] for name in RELATED}
    assert found == {"subscriptions": [1, 2], "orders": [1, 2, 3, 4], "purchases": [1, 2]}
