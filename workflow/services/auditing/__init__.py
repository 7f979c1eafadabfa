"""What an auditor is handed beside a proof pack: the stand-alone verifier and its description."""
