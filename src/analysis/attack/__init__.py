"""What an attacker could work out from all that is published."""
