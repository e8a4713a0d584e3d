-- How cells are read. The script goes on with words, records, texts, results and days, from the landed text of laboratory
-- results to record_dispositions (its laboratory rows), lab_results and lab_daily_grid. It reads the views raw_lab_results,
-- rejected_records, known_patients and treated_patients, the seeds as tables, and the variables of the study. Each distinct text
-- is read once, and windows run over the few records that share their id or their draw.

create temp macro trimmed(cell) as nullif(
    trim(cell, e' \t\n\f\r' || chr(160) || chr(8199) || chr(8239) || chr(65279)), ''
);

-- The same, where texts differ from row to row: one pattern tells that there is nothing to trim.
create temp macro trimmed_of_many(cell) as case
    when regexp_matches(cell, '^[!-~]+( [!-~]+)*$') then cell else trimmed(cell)
end;

create temp macro folded(cell) as lower(regexp_replace(trimmed(cell), '\s+', ' ', 'g'));

create temp macro plain_letters(words) as replace(replace(replace(replace(
    translate(lower(words), 'àáâãäåçèéêëìíîïñòóôõöøùúûüýÿšžµμ²³', 'aaaaaaceeeeiiiinoooooouuuuyyszuu23'),
    'ß', 'ss'
), 'æ', 'ae'), 'œ', 'oe'), '%', ' percent ');

create temp macro plain_words(words) as nullif(
    trim(regexp_replace(regexp_replace(regexp_replace(
        plain_letters(words), '[^a-z0-9]+', ' ', 'g'
    ), '([a-z])([0-9])', '\1 \2', 'g'), '([0-9])([a-z])', '\1 \2', 'g')),
    ''
);

create temp macro signed_number(figures) as case
    when regexp_matches(figures, '^[+-]?(\d{1,30}([.]\d*)?|[.]\d+)(e[+-]?\d{1,2})?$') then try_cast(figures as double)
end;

create temp macro charted_number(figures) as case
    when not contains(figures, ',') then signed_number(figures)
    when regexp_matches(figures, '^[+-]?[1-9]\d{0,2}(,\d{3})+([.]\d*)?$') then signed_number(replace(figures, ',', ''))
end;

create temp macro unit_of(cell) as regexp_replace(translate(lower(cell), 'µμ', 'uu'), '\s+', '', 'g');

create temp macro is_moment(cell) as regexp_matches(
    cell, '^\d{4}-\d{2}-\d{2}([ T]([01]\d|2[0-3]):\d{2}(:\d{2}([.]\d{1,9})?)?)?$'
);

create temp macro moment(cell) as case
    when
        is_moment(cell)
        and year(try_cast(replace(cell, 'T', ' ') as timestamp))
        between getvariable('first_year') and getvariable('last_year')
        then try_cast(replace(cell, 'T', ' ') as timestamp)
end;

create temp macro with_signs(cell) as regexp_replace(
    regexp_replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    regexp_replace(folded(cell), '^(less than or equal to|=<|≤) *', '<='),
                    '^(greater than or equal to|=>|≥) *', '>='
                ),
                concat(
                    '^(less than|below|under|kleiner(?: als| dan)?|unter|minder dan|lager dan',
                    '|inf[eé]rieure? [aà]|inferiore? a|minore di|menor (?:de|que)) *'
                ), '<'
            ),
            concat(
                '^(greater than|more than|above|over|gr(?:ö|oe)(?:ß|ss)er(?: als)?|über|ueber|groter dan|meer dan|hoger dan',
                '|sup[eé]rieure? [aà]|superiore? a|maggiore di|mayor (?:de|que)) *'
            ), '>'
        ),
        '^([<>]=?) +', '\1'
    ),
    '^= *', ''
);
