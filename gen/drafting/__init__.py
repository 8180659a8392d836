"""From facts to a draft record: its id, its venue, its likely topics, its YAML."""
