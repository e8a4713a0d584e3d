"""The same models by DuckDB and by Spark."""
