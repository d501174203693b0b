"""The domain: what is asked, how a round runs, what the answers come to. No Slack, no database."""
