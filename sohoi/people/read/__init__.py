"""What is asked of the register, one file per noun. Writes nothing."""
