-- Adds what requests have left, in order. One batch of a replica at a time: its lane is enough to guard it.
-- ARGV: lane, number, until when, how many requests a journal keeps, how many sessions are kept; then of each entry: kind
-- (request, session, count, consumer, value), key, text.
-- → { number of the newest request }
local first = result_of_first()
if first then return first end

use()
local sequence = usable(redis.call('HGET', meta, 'sequence'), 'sequence')
local before = sequence
local written = {}
for at = 6, #ARGV, 3 do
  local kind, key, text = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  if kind == 'request' then
    sequence = sequence + 1
    redis.call('XADD', journal, whole(sequence) .. '-0', 'e', text)
    written[journal] = ARGV[4]
  elseif kind == 'session' then
    redis.call('XADD', sessions, '*', 's', text)
    written[sessions] = ARGV[5]
  elseif kind == 'count' then
    add_to_count(key, text)
  elseif kind == 'lost' then
    redis.call('HINCRBY', meta, 'lost', text)
  elseif kind == 'consumer' then
    make_room(requests)
    redis.call('HINCRBY', requests, key, 1)
    written[requests] = true
  elseif redis.call('HEXISTS', values, key) == 0 and redis.call('HLEN', values) < most_fields then
    redis.call('HSET', values, key, next_version() .. ' ' .. text)
    written[values] = true
  end
end
if sequence > before then redis.call('HSET', meta, 'sequence', whole(sequence)) end
for key, most in pairs(written) do
  if most ~= true then redis.call('XTRIM', key, 'MAXLEN', most) end
  keep(key)
end
return done({ whole(sequence) })
