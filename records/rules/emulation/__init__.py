"""Points, totals, classes, ranks and quotas."""
