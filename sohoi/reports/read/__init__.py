"""What is asked about papers and reports: which can be written, what stands in one, who owes which, what was signed."""
