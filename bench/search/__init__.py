"""Known-item search beside its peers, and what it moves over the network."""
