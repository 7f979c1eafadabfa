"""What the law says: frozen literals with citations; `catalogue` is the only way in."""
