-- What the server told of before its epoch changed, and has not since.
SELECT no FROM record WHERE version < 0
