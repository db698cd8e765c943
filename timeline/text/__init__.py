"""What is written: letters, words, vocabulary, clauses."""
