"""From the raw records of a CAR-T centre to a toxicity study's figures."""
