"""Use cases of trainings, attendance and duties."""
