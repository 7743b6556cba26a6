"""How commands name, in the office's words, what the tables name in English."""

from paywall.accounts.orders import AWAITING, CANCELLED, DISPUTED, PAID, PARTIAL, REFUNDED
from paywall.accounts.providers import IMPORTED, NOBODY_PAYS, OFFLINE, STRIPE

ORDERS = {
    AWAITING: "à payer",
    PARTIAL: "payée en partie",
    PAID: "payée",
    REFUNDED: "remboursée",
    DISPUTED: "contestée",
    CANCELLED: "annulée",
}
"""How an order stands, in the order in which it may."""

PROVIDERS = {
    OFFLINE: "virement ou chèque",
    STRIPE: "carte",
    IMPORTED: "payé ailleurs",
    NOBODY_PAYS: "offert",
}
"""How something is paid."""
