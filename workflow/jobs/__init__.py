"""Jobs: the relay, the worker and the clockwork that runs behind the desk."""
