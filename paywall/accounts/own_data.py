"""Everything that is held about a reader, in clear words, for the reader as for the office."""

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session as DatabaseSession

from paywall.accounts.rights import rights_of, state_of
from paywall.accounts.traces import traces_of
from paywall.store.schema import (
    Change,
    Feed,
    Mail,
    Order,
    Reader,
    Session,
    SignIn,
    Subscription,
)

Data = dict[str, Any]

_ABOUT = (
    "Everything this service holds about you. Left out are what signs you in (only digests of it "
    "are kept) and the text of messages, which may hold a key; instants are in UTC, amounts in "
    "cents."
)


def export_of(db: DatabaseSession, reader: Reader, now: datetime) -> Data:
    """Everything held about somebody: values that JSON can write, instants in ISO 8601."""
    rights = rights_of(reader, now)
    return {
        "about": _ABOUT,
        "exported_at": _at(now),
        "reader": {
            "number": reader.id,
            "email": reader.email,
            "name": reader.name,
            "language": reader.language,
            "postal_address": reader.post,
            "account_created_at": _at(reader.created_at),
            "erased_at": _at(reader.erased_at),
        },
        "may_read": {
            "everything_now": rights.everything,
            "what_was_published": [
                {"from": _at(s.starts_at), "until": _at(s.ends_at)} for s in rights.stretches
            ],
            "issues": sorted(rights.issues),
        },
        "subscriptions": [_subscription(s, now) for s in reader.subscriptions],
        "issues_bought": [
            {"issue": p.issue, "bought_at": _at(p.bought_at), "withdrawn_at": _at(p.withdrawn_at)}
            for p in reader.purchases
        ],
        "orders": [_order(order) for order in reader.orders],
        **_use(db, reader),
        "changes": _changes(db, reader),
    }


def _subscription(subscription: Subscription, now: datetime) -> Data:
    return {
        "number": subscription.id,
        "plan": subscription.plan,
        "price_class": subscription.price_class,
        "price_of": subscription.grid_from.isoformat(),
        "amount_cents": subscription.amount_cents,
        "state": state_of(subscription, now).value,
        "renews": subscription.renews,
        "complimentary": subscription.complimentary,
        "paid_through": subscription.provider,
        "reference_there": subscription.provider_ref,
        "created_at": _at(subscription.created_at),
        "cancelled_at": _at(subscription.cancelled_at),
        "open_after_failed_payment_until": _at(subscription.grace_until),
        "periods": [
            {"from": _at(p.starts_at), "until": _at(p.ends_at), "withdrawn_at": _at(p.withdrawn_at)}
            for p in subscription.periods
        ],
        "pauses": [
            {"from": _at(p.starts_at), "until": _at(p.ends_at)} for p in subscription.pauses
        ],
    }


def _order(order: Order) -> Data:
    return {
        "reference": order.reference,
        "plan": order.plan,
        "issue": order.issue,
        "price_class": order.price_class,
        "price_of": order.grid_from.isoformat(),
        "amount_cents": order.amount_cents,
        "vat_permille": order.vat_permille,
        "currency": order.currency,
        "renews": order.renews,
        "wanted_from": _at(order.starts_at),
        "paid_through": order.provider,
        "reference_there": order.provider_ref,
        "page_it_was_ordered_from": order.return_to,
        "status": order.status,
        "ordered_at": _at(order.created_at),
        "ordered_again_at": _at(order.asked_again_at),
        "paid_at": _at(order.paid_at),
        "payments": [
            {
                "amount_cents": p.amount_cents,
                "received_at": _at(p.received_at),
                "reference": p.reference,
            }
            for p in order.payments
        ],
    }


def _use(db: DatabaseSession, reader: Reader) -> Data:
    """Browsers, feeds and messages."""
    sessions = db.scalars(select(Session).where(Session.reader_id == reader.id))
    feeds = db.scalars(select(Feed).where(Feed.reader_id == reader.id))
    sent = traces_of(db, reader)
    mails = db.scalars(select(Mail).where(sent.letters).order_by(Mail.id))
    return {
        "sessions": [
            {
                "device": s.device,
                "began_at": _at(s.created_at),
                "last_seen_at": _at(s.seen_at),
                "ends_at": _at(s.ends_at),
                "ended_at": _at(s.ended_at),
            }
            for s in sessions
        ],
        "private_feeds": [
            {"created_at": _at(f.created_at), "revoked_at": _at(f.revoked_at)} for f in feeds
        ],
        "sign_ins_asked_for": [
            {
                "purpose": s.purpose,
                "email": s.email,
                "page": s.next_path,
                "keeps_the_feed": s.keeps_feed,
                "asked_at": _at(s.created_at),
                "used_at": _at(s.used_at),
            }
            for s in db.scalars(select(SignIn).where(sent.sign_ins))
        ],
        "messages": [
            {"subject": m.subject, "written_at": _at(m.created_at), "sent_at": _at(m.sent_at)}
            for m in mails
        ],
    }


def _changes(db: DatabaseSession, reader: Reader) -> list[Data]:
    """The lines of the audit log about it, or by it."""
    subjects = [
        f"{row.__tablename__}:{row.id}"
        for row in (reader, *reader.subscriptions, *reader.purchases, *reader.orders)
    ]
    subjects += [f"period:{p.id}" for s in reader.subscriptions for p in s.periods]
    about = or_(Change.subject.in_(subjects), Change.who == f"reader:{reader.id}")
    return [
        {"at": _at(c.at), "what": c.what, "of": c.subject, "before": c.before, "after": c.after}
        for c in db.scalars(select(Change).where(about).order_by(Change.id))
    ]


def _at(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
