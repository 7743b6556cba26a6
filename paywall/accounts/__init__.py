"""What readers have, and all that can happen to it: pure rules, and uses of the store."""
