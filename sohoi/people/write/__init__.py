"""What may change in the register, one file per noun. Those that a kind names as its writer take deeds."""
