-- A part of the journal. ARGV: the number behind which it begins, how many requests at most.
-- → { number of the newest, of the newest when it was last cleared, how often it was, how many were lost, { { "<number>-0", { e, entry } }, … } }
local generation, sequence, cleared_to, clears, lost =
  unpack(redis.call('HMGET', meta, 'generation', 'sequence', 'cleared_to', 'clears', 'lost'))
if not generation then return { '0', '0', '0', '0', {} } end
return {
  sequence or '0', cleared_to or '0', clears or '0', lost or '0',
  redis.call('XRANGE', journal, '(' .. ARGV[1] .. '-0', '+', 'COUNT', ARGV[2]),
}
