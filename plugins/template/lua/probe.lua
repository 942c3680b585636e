-- @NAME@: a probe for Pandect. In a pack:
--   probe: {@NAME@: {files: "docs/*.md", pattern: "[Rr]eviewed by .+"}}
-- It looks for a passage in files and says where it stands.
local function line_of(text, place)
  local line, at = 1, 1
  while true do
    local newline = string.find(text, "\n", at, true)
    if newline == nil or newline >= place then return line end
    line, at = line + 1, newline + 1
  end
end

local function run(settings)
  if type(settings) ~= "table" or type(settings.files) ~= "string" or type(settings.pattern) ~= "string" then
    error("the probe @NAME@ needs `files` and `pattern`")
  end
  match(settings.pattern, "")  -- stops here if it is no pattern
  local seen = {}
  for _, file in ipairs(files.glob(settings.files)) do
    local text = files.read(file.path)
    local found = text ~= nil and match(settings.pattern, text) or nil
    if found then
      seen[#seen + 1] = {file = file.path, line = line_of(text, found.first), text = found.text}
    end
  end
  return {state = #seen > 0 and "shown" or "absent", looked_for = settings.files, seen = seen}
end

plugin{
  name = "@NAME@", version = "0.1.0", abi = 1, summary = "Looks for a passage in files.",
  probes = {{name = "@NAME@", summary = "A passage stands in a file.", run = run}},
}
