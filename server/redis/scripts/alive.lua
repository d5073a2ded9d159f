-- Who is alive. Changes nothing. KEYS: vm:replicas. ARGV: after how many ms without a word a replica is gone.
-- → { id, name, files, ms of 1970 when it last spoke, … }
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local alive, all = {}, redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local is_read, name, files, _, seen = pcall(cmsgpack.unpack, all[i + 1])
  is_read = is_read and type(name) == 'string' and type(files) == 'string' and type(seen) == 'number'
  if is_read and math.abs(now - seen) <= tonumber(ARGV[1]) then
    for _, fact in ipairs({ all[i], name, files, string.format('%.0f', seen) }) do alive[#alive + 1] = fact end
  end
end
return alive
