"""How orders are paid: what every provider can do, the two that there are, and their accounts."""
