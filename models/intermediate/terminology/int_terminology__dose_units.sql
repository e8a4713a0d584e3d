-- Units of dose are compared whole, so that a text of them is joined by its key.
{{ dose_unit_keys() }}
