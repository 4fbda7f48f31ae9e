"""Rights of a person over what is held of them: to have it, restrict it, have it erased; and how long it is kept."""
