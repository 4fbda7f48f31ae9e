"""Pure judgement: dossiers and dated rules in, findings out."""
