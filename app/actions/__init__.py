"""What people do: each act checks who acts, changes rows, and notes an audit event, in one transaction."""
