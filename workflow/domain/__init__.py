"""The words and the pure rules: no database, no clock, no input or output."""
