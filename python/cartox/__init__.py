"""From the raw records of a CAR-T center to a toxicity study's figures."""
