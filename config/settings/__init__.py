"""What the office may change without a programmer: shapes, dated values, reading and loading."""
