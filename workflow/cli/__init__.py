"""The command line: `license-desk` and what each command needs around it."""
