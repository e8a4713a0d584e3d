-- Every word of every vocabulary as it is compared, with the concept that it names.
{{ vocabulary_words(vocabulary_names()) }}
