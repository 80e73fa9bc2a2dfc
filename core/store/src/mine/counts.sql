SELECT kind, count(*) FROM record GROUP BY kind ORDER BY kind
