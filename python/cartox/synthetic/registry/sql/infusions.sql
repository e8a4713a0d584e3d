-- The infusions: that of the study, and an earlier or a later one where the story has it.
with infused as (
    select
        *,
        unnest(
            case story
                when 'earlier_car_t' then ['earlier', 'first']
                when 'retreated' then ['first', 'later']
                when 'never_infused' then []
                else ['first']
            end
        ) as turn
    from people
),

timed as (
    select
        *,
        case turn
            when 'earlier' then infused_at - to_days(whole_between(200, 500, drawn(number, 'earlier')))
            when 'later' then infused_at + to_days(whole_between(200, 500, drawn(number, 'later')))
            else infused_at
        end as time_of_turn
    from infused
),

appearing as (
    select
        *,
        unnest(appearances(drawn(number, 'infusion twice'), 0.005, 0, 0)) as appearance
    from timed
)

select
    'INF-' || lpad(cast(number as varchar), 8, '0') || '-' || left(turn, 1) as infusion_id,
    case
        when drawn(number, 'infusion of nobody') < 0.001 then 'REG-X' || number
        else patient_id
    end as patient_id,
    case
        when story = 'infusion_time_unreadable'
            then picked(
                [strftime(infused_at, '%d.%m.%Y %H:%M'), strftime(infused_at, '%Y-%m-%dT%H:%M:00Z'), '9999-12-31 00:00'],
                drawn(number, 'unreadable')
            )
        when drawn(number, 'letter between') < 0.1 then replace(time_text(time_of_turn), ' ', 'T')
        else time_text(time_of_turn)
    end as infused_at,
    case
        when turn = 'earlier' then 'ide-cel'
        when turn = 'later' then 'Breyanzi'
        when story = 'product_unknown' then 'CD22 CAR T cells, lot 7'
        when story = 'product_against_bcma' then 'Carvykti'
        when story = 'mantle_cell_lymphoma' then 'Tecartus'
        when story = 'multiple_myeloma' then 'Abecma'
        when infused_at > timestamp '2021-02-08' and drawn(number, 'product') < 0.25
            then picked(getvariable('liso_cel'), drawn(number, 'product word'))
        when infused_at > timestamp '2018-05-08' and drawn(number, 'product') > 0.9
            then picked(getvariable('tisa_cel'), drawn(number, 'product word'))
        else picked(getvariable('axi_cel'), drawn(number, 'product word'))
    end as product,
    case story
        when 'mantle_cell_lymphoma' then 'Mantle cell lymphoma'
        when 'follicular_lymphoma' then 'Follicular lymphoma'
        when 'acute_leukemia' then 'B-ALL'
        when 'multiple_myeloma' then picked(['Multiple myeloma', 'MM'], drawn(number, 'indication'))
        else picked(getvariable('lymphomas'), drawn(number, 'indication'))
    end as indication,
    case
        when turn = 'earlier' or story = 'clinical_trial' then 'Clinical trial'
        when story = 'expanded_access' then 'expanded access'
        when story = 'care_setting_unknown' then picked(['off protocol', 'compassionate', ''], drawn(number, 'setting'))
        else picked(['standard of care', 'Standard Of Care', ' standard of care'], drawn(number, 'setting'))
    end as care_setting,
    time_text(lymphodepletion_at) as lymphodepletion_started_at,
    cast((cast(infused_at as date) + cast(last_inpatient_day as integer)) as varchar) as discharged_on,
    picked(['1', '2', '2', '2', '3', '3', '4', '', '2.5'], drawn(number, 'lines')) as prior_lines,
    picked(['refractory', 'Refractory', 'relapsed', 'Responding', ''], drawn(number, 'status')) as disease_status,
    picked(['I', 'II', 'III', 'IIIB', 'iv', 'IV', 'IVB', '4', ''], drawn(number, 'stage')) as ann_arbor_stage,
    picked(['0', '1', '1', '2', ''], drawn(number, 'ecog')) as ecog,
    picked(['0', '0', '1', '2', ''], drawn(number, 'extranodal')) as extranodal_sites,
    picked(['0', '1', '2', '3', '4', '5', '', '', '7'], drawn(number, 'ipi')) as ipi
from appearing
