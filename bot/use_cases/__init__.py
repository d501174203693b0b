"""What the bot does for people: synchronous, Slack-free, one transaction each."""
