SELECT max((SELECT coalesce(max(no), 0) FROM record), indexed) + 1 FROM progress
