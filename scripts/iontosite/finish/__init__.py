"""Stage 4: adds to the builder's output what a builder cannot. It reads the library and the tree, and writes only the tree."""
