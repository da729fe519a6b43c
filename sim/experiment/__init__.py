"""Many runs: worker processes, the runner that feeds them, and the folder that keeps what they found."""
