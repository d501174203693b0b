"""What people see: values in, Block Kit out. No Slack calls, no database, no decisions."""
