SELECT kind, id FROM record WHERE base IS NULL AND version >= 0 AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.record = record.no)
LIMIT 1
