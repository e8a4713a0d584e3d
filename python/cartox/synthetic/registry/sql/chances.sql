-- Chance without a state: a number from 0 to 1 for a patient, a topic and a place, the same whenever it is asked for.
-- Hashes of two topics differ by a constant alone: the outer hash parts them.
create macro drawn(patient, topic, place := 0) as (
    cast((hash(hash(getvariable('seed'), patient, topic, place)) >> 11) as double) / 9007199254740992.0
);

create macro picked(items, chance) as items[1 + cast(floor(len(items) * chance) as integer)];

create macro whole_between(low, high, chance) as low + cast(floor((high - low + 1) * chance) as integer);

-- A number that is normally distributed (Box and Muller).
create macro bell(patient, topic, place := 0) as (
    sqrt(-2 * ln(1 - drawn(patient, topic || ' radius', place))) * cos(2 * pi() * drawn(patient, topic || ' angle', place))
);

create macro time_text(moment) as strftime(moment, '%Y-%m-%d %H:%M');

create macro on_day(infused_at, study_day, minutes) as
    date_trunc('day', infused_at) + to_days(study_day) + to_minutes(minutes);

-- How a record stands among the records: alone, twice the same, or two of one id.
create macro appearances(chance, repeated, conflicting, corrected) as
    case
        when chance < repeated then ['as it is', 'as it is']
        when chance < repeated + conflicting then ['as it is', 'other']
        when chance < repeated + conflicting + corrected then ['mistaken', 'corrected']
        else ['as it is']
    end;
