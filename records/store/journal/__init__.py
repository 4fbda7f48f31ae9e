"""Lines on disk: the journal, its snapshots, its index and its one writer."""
