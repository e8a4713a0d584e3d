"""What is checked: every figure against the others of its table."""
