"""What people do with plans: programme, scheduling, sealing."""
