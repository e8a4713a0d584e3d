"""The same models built where the records lie in a cluster; what is published comes back into a DuckDB file."""

from cartox.warehouse.spark.build import build_on_spark, require_spark

__all__ = ["build_on_spark", "require_spark"]
