"""The ways on from the builder and its theme: other builders, run on the same staged pages and compared page by page."""
