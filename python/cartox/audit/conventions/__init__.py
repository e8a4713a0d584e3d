"""How p-values are computed: every convention by the name of the programs that print it."""
