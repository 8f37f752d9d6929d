"""What may change about papers and reports: their files and codes, and the steps of a report."""
