"""The answers, one module per subject; every module declares its rows as `ROWS`."""
