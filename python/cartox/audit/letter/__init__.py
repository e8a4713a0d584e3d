"""The forms in which the audit is handed over: terminal, JSON, Markdown, Word."""
