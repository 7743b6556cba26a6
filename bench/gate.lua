-- wrk's script for readers: each request carries the next of the cookies in a file, one a line.
local cookies, n = {}, 0

function init(args)
  for line in io.lines(args[1]) do cookies[#cookies + 1] = { ["Cookie"] = line } end
end

function request()
  n = n % #cookies + 1
  return wrk.format("GET", nil, cookies[n])
end
