"""What did happen: functions take a session first and never commit."""
