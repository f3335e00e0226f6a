"""What a governance committee needs: every statement with what it rests on, drawn together from pages, rules and findings."""
