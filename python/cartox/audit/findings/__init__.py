"""What the audit says: verdicts, readings, claims, and the findings made of them."""
