"""What the cooperation caused: questions fixed beforehand in a contract, and answered by machine."""
