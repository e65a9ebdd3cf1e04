"""What a family has bought: plans, subscriptions and the quota of exams in a billing period."""
