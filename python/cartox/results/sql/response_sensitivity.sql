-- How many cohort patients change group under each definition of resolution, and what the share would be if all of whom nobody
-- knows had failed, or had responded.
select
    definitions.definition,
    definitions.description,
    definitions.definition = $response_definition as is_study_definition,
    count(labels.patient_id) as n_patients,
    count(*) filter (where labels.outcome = 'responder') as n_responders,
    count(*) filter (where labels.outcome = 'non_responder') as n_non_responders,
    count(*) filter (where labels.outcome = 'not_evaluable') as n_not_evaluable,
    100.0 * count(*) filter (where labels.outcome = 'responder')
    / nullif(count(*) filter (where labels.outcome in ('responder', 'non_responder')), 0) as percent_responders,
    100.0 * count(*) filter (where labels.outcome = 'responder') / nullif(count(labels.patient_id), 0)
        as percent_if_all_failed,
    100.0 * count(*) filter (where labels.outcome in ('responder', 'not_evaluable')) / nullif(count(labels.patient_id), 0)
        as percent_if_all_responded,
    count(*) filter (where labels.outcome = 'responder' and cohort.study_group != 'responder') as n_become_responders,
    count(*) filter (where labels.outcome = 'non_responder' and cohort.study_group != 'non_responder')
        as n_become_non_responders,
    count(*) filter (where labels.is_dead_unresolved) as n_died_unresolved,
    count(*) filter (where labels.outcome is distinct from cohort.study_group) as n_changed,
    count(*) filter (where labels.outcome in ('responder', 'non_responder')) as n_evaluable
from seeds.response_definitions as definitions
left join marts.response_labels as labels on definitions.definition = labels.definition
left join marts.cohort as cohort on labels.patient_id = cohort.patient_id
group by definitions.definition, definitions.description, definitions.rowid
order by definitions.rowid
