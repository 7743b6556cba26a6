"""Who takes the money, as orders, subscriptions and payments name it in the tables."""

OFFLINE = "offline"
"""The reader pays by transfer or cheque, the treasurer says what came."""
STRIPE = "stripe"
"""A card is charged, and charged again where the subscription renews."""
IMPORTED = "import"
"""What was paid elsewhere, before its reader had an account here."""
NOBODY_PAYS = "none"
"""What is given."""

TAKE_NOTHING = frozenset({OFFLINE, IMPORTED, NOBODY_PAYS})
"""Those that take no money by themselves."""
