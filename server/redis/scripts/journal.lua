-- A part of the journal, of 4 MB or one request at least. ARGV: the number behind which it begins, how many requests
-- at most.
-- → { number of the newest, of the newest when it was last cleared, how often it was, how many were lost, { { "<number>-0", { e, entry } }, … } }
local most_bytes, at_once = 4 * 1024 * 1024, 16
local generation, sequence, cleared_to, clears, lost =
  unpack(redis.call('HMGET', meta, 'generation', 'sequence', 'cleared_to', 'clears', 'lost'))
if not generation then return { '0', '0', '0', '0', {} } end

local most, part, bytes, last = tonumber(ARGV[2]), {}, 0, ARGV[1] .. '-0'
local function read()
  while #part < most do
    local entries = redis.call('XRANGE', journal, '(' .. last, '+', 'COUNT', math.min(at_once, most - #part))
    for _, entry in ipairs(entries) do
      for _, text in ipairs(entry[2]) do bytes = bytes + #text end
      if bytes > most_bytes and #part > 0 then return end
      part[#part + 1] = entry
      last = entry[1]
    end
    if #entries < at_once then return end
  end
end
read()
return { sequence or '0', cleared_to or '0', clears or '0', lost or '0', part }
