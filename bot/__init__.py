"""The shell: Slack, time, wiring and the command line around the domain."""
