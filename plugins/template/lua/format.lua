-- @NAME@: a report format for Pandect (`pandect check --format @NAME@`). It writes one line for
-- each duty that is due.
local function render(assessment, options)
  local lines = {}
  for _, subject in ipairs(assessment.subjects or {}) do
    for _, duty in ipairs(subject.obligations or {}) do
      if duty.status == "due" then
        lines[#lines + 1] = "- " .. subject.id .. ": " .. duty.title .. "\n"
      end
    end
  end
  return table.concat(lines)
end

plugin{
  name = "@NAME@", version = "0.1.0", abi = 1, summary = "Lists what is due.",
  formats = {{name = "@NAME@", summary = "A line for each duty due.", extension = "txt", render = render}},
}
