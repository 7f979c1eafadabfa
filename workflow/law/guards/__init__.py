"""The guards by theme: every module's `GUARDS` is picked up by the catalogue."""
