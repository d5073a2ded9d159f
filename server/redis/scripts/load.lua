-- What a replica reads of a space. ARGV: keys of values; none: all.
-- → { version (0: there is no such space), generation, { key, "<version> <text>", … } }
local version, generation = unpack(redis.call('HMGET', meta, 'version', 'generation'))
if not generation then return { '0', '0', {} } end
if #ARGV == 0 then return { version, generation, redis.call('HGETALL', values) } end
local found = {}
for _, key in ipairs(ARGV) do
  local value = redis.call('HGET', values, key)
  if value then
    found[#found + 1] = key
    found[#found + 1] = value
  end
end
return { version, generation, found }
