-- @NAME@: a fact derivation for Pandect. An organisation has an establishment where it has its
-- seat: it proposes the one from the other.
local function derive(facts)
  local stated = facts.organisation and facts.organisation.facts or {}
  local seat = stated["org.seat"]
  if seat == nil or seat.value == nil or stated["org.establishments"] ~= nil then return {} end
  return {{
    subject = "organisation", fact = "org.establishments", values = {seat.value}, set = true,
    confidence = 0.9, note = "the seat (org.seat) is one",
  }}
end

plugin{
  name = "@NAME@", version = "0.1.0", abi = 1, summary = "Derives establishments.",
  derivations = {{name = "@NAME@", summary = "An establishment from the seat.", derive = derive}},
}
