"""The verbs: open a case, advance it, record what happened, read what a handler sees."""
