-- wrk's script for pages that tell what was seen: each message is of a page view of its own, from
-- one of many networks. Arguments: a file with the two halves of a message, one a line, between
-- which its id stands; the origin; what every id of this run begins with.
local halves, headers, start, n = {}, {}, "", 0

function init(args)
  for line in io.lines(args[1]) do halves[#halves + 1] = line end
  for network = 1, 40000 do
    headers[network] = {
      ["Content-Type"] = "text/plain;charset=UTF-8",
      ["Origin"] = args[2],
      ["Sec-Fetch-Site"] = "same-origin",
      ["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
      ["X-Forwarded-For"] = string.format("%d.%d.%d.9", 11 + network % 80, network % 251, network % 241),
    }
  end
  start = args[3]
end

function request()
  n = n + 1
  local half = 2 * (n % (#halves / 2)) + 1
  local body = halves[half] .. start .. string.format("%012d", n) .. halves[half + 1]
  return wrk.format("POST", nil, headers[n % #headers + 1], body)
end
