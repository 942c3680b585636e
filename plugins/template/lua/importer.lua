-- @NAME@: an importer for Pandect. It reads files `*.aicard` with one `fact: answer` a line and
-- proposes each as a fact of the system.
local function recognises(path, head)
  return match("\\.aicard$", path) and 80 or 0
end

local function read(file)
  local proposals, at, line, counted = {}, 1, 1, 1
  while true do
    local found = match("(?m)^([a-z][a-z0-9_.]*):[ \\t]*([^\\r\\n]*[^ \\t\\r\\n])", file.bytes, at)
    if not found then return proposals end
    while true do
      local newline = string.find(file.bytes, "\n", counted, true)
      if newline == nil or newline >= found.first then break end
      line, counted = line + 1, newline + 1
    end
    proposals[#proposals + 1] = {
      subject = "system", fact = found.groups[1], values = {found.groups[2]}, class = "extracted",
      confidence = 0.8, file = file.path, line = line, sign = "aicard-line",
    }
    at = found.last + 1
  end
end

plugin{
  name = "@NAME@", version = "0.1.0", abi = 1, summary = "Reads cards with one fact a line.",
  importers = {{name = "@NAME@", summary = "Cards of one line a fact.", limit = 1048576,
                recognises = recognises, read = read}},
}
