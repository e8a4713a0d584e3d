"""Import files for BI tools: the commonest questions as charts of one dashboard."""

from cartox.dashboards.metabase import write_metabase
from cartox.dashboards.superset import write_superset

__all__ = ["write_metabase", "write_superset"]
