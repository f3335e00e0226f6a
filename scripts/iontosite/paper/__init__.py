"""Paper handouts, made from the site's own pages: one source, so that a changed number changes both."""
