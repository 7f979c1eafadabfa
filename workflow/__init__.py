"""License Desk: cases, law, clocks and trail of an agency that files telecom license procedures."""
