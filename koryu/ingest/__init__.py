"""What arrives as a file and becomes a record: through the same rules and the same entries as everything else."""
