"""Loading data sets: files that become records, by the same rules and with the same entries as everything else."""
