"""Mail: written in the transaction of what it tells, and sent by a task, never lost."""
