"""The command line: parses words, calls the workspace, prints the answer. It computes nothing itself."""
