-- The printed figures in the order of the seed, each with the cell of the results that answers it.
select
    figures.figure_id,
    figures.section,
    figures.description,
    figures.study_group,
    figures.statistic,
    figures.reported,
    figures.decimals,
    figures.denominator,
    figures.unit,
    figures.rowid + 1 as figure_order,
    sources.result_table,
    sources.variable,
    sources.level,
    sources.study_group as source_group,
    sources.statistic as source_column
from seeds.reported_figures as figures
left join seeds.figure_sources as sources on figures.figure_id = sources.figure_id
order by figures.rowid
