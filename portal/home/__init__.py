"""Today, help, and the health check: composed of the other rooms."""
