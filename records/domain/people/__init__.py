"""A person as the papers say, and all that is known of one."""
