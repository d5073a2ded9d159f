-- The vendor's example request for wrk, of another consumer and another account each time, so that no server could
-- answer from memory. After "--" its kind: plain, close (a new connection each), large (a body of 64 KB), huge (of 512
-- KB), spaces (a thousand of them), renewed (of a hundred consumers, another account each time) or again (of a hundred
-- consumers, each with its own account).

local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

local body_head = [[{"consumer_metadata":{"account_name":"SpaceX ]]
local body_tail = [[","user_name":"Elon Musk","email":"elon@musk.com","image":"https://www.spacex.com/static/images/share.jpg"},"redirect_uri":"https://mysaas.com/dashboard","settings":{"unified_apis":["crm"],"hide_resource_settings":false,"sandbox_mode":false,"isolation_mode":false,"session_length":"30m","show_logs":true,"show_suggestions":false,"show_sidebar":true,"auto_redirect":false,"hide_guides":false,"allow_actions":["delete","disconnect","reauthorize","disable"]},"theme":{"favicon":"https://res.cloudinary.com/apideck/icons/intercom","primary_color":"#286efa","privacy_url":"https://compliance.apideck.com/privacy-policy","sidepanel_background_color":"#286efa","sidepanel_text_color":"#FFFFFF","terms_url":"https://www.termsfeed.com/terms-conditions/957c85c1b089ae9e3219c83eff65377e","vault_name":"Intercom"}]]
local head, count, kind = "", 0, "plain"

function init(arguments)
  kind = arguments[1] or "plain"
  local count_of_notes = ({ large = 630, huge = 5150 })[kind]
  if count_of_notes then
    local notes = {}
    for i = 1, count_of_notes do notes[i] = string.format('"note %03d %s"', i, string.rep("x", 90)) end
    body_tail = body_tail .. ',"custom_consumer_settings":{"notes":[' .. table.concat(notes, ",") .. "]}"
  end
  body_tail = body_tail .. "}"
  head = "/vault/sessions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Bearer sk_live_bench\r\n"
    .. "x-apideck-app-id: dSBdXd2H6Mqwfg0atXHXYcysLJE9qyn1VwBtXHX\r\n"
    .. (kind == "close" and "Connection: close\r\n" or "")
    .. "Content-Length: " .. (#body_head + 7 + #body_tail) .. "\r\nx-apideck-consumer-id: consumer-" .. number .. "-"
end

function request()
  count = (count + 1) % 10000000  -- seven digits, or the length stated in the head is wrong
  local few = string.format("%07d", count % 100)
  local id = string.format("%07d", count)
  local consumer = (kind == "again" or kind == "renewed") and few or id
  local account = kind == "again" and few or id
  local prefix = kind == "spaces" and "POST /@space-" .. count % 1000 or "POST "
  return prefix .. head .. consumer .. "\r\n\r\n" .. body_head .. account .. body_tail
end
