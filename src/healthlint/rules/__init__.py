"""What is looked for: rule files, lexicons, phrase patterns, and the pack that holds them compiled."""
