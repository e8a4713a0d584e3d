-- The analytes by number, with how many ways there are to write a result of each.
create table counted_analytes as
select
    analytes.*,
    row_number() over (order by analytes.analyte) as analyte_number,
    (select count(*) from writings where writings.analyte = analytes.analyte) as n_writings
from analytes
order by analytes.analyte
