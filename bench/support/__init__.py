"""What the benches of pages and imports share. Not a bench: `bench.run` runs the modules beside this folder."""
