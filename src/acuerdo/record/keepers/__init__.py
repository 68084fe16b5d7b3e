"""Ways of keeping a private key outside the folder of the node: one file each."""
