-- A case for each queue, on both sides of each border.
local function of(id, facts, queue)
  local stated = {["org.acts_as_business"] = true, ["decision.about_individuals"] = false,
                  ["system.generative"] = false, ["house.people_affected"] = 10}
  for name, value in pairs(facts) do stated[name] = value end
  local expect = {["house.owner"] = true}
  for _, tier in ipairs{"quick", "full", "board"} do
    expect["house.queue_" .. tier] = tier == queue
    expect["house.review_" .. tier] = tier == queue and "due" or "not_applicable"
  end
  case{id = id, title = id, source = "https://intranet.example/hr-7", facts = stated, expect = expect}
end

of("forecast", {}, "quick")
of("drafts", {["system.generative"] = true}, "quick")
of("crowd-of-9999", {["system.generative"] = true, ["house.people_affected"] = 9999}, "quick")
of("crowd-of-10000", {["system.generative"] = true, ["house.people_affected"] = 10000}, "full")
of("advice", {["decision.about_individuals"] = true, ["decision.significant_effect"] = false,
              ["system.generative"] = true}, "full")
of("hiring", {["decision.about_individuals"] = true, ["decision.significant_effect"] = true,
              ["house.people_affected"] = 20000}, "board")

-- Where a fact is open, the queue is settled only if it makes no difference.
case{
  id = "open-but-settled", title = "Open, and no matter", source = "https://intranet.example/hr-7",
  facts = {["org.acts_as_business"] = true, ["decision.about_individuals"] = true,
           ["decision.significant_effect"] = true, ["house.people_affected"] = 20000},
  expect = {["house.queue_board"] = true, ["house.queue_full"] = false},
}
case{
  id = "open", title = "Open", source = "https://intranet.example/hr-7",
  facts = {["org.acts_as_business"] = true, ["decision.about_individuals"] = true,
           ["decision.significant_effect"] = true, ["house.people_affected"] = 10},
  expect = {["house.queue_board"] = {value = "unknown", missing = {"system.generative"}},
            ["house.queue_quick"] = false},
}
case{
  id = "the-day-before", title = "Before the rules", source = "https://intranet.example/hr-7",
  as_of = "2026-01-31",
  facts = {["org.acts_as_business"] = true, ["decision.about_individuals"] = false,
           ["system.generative"] = false, ["house.people_affected"] = 10},
  expect = {["house.queue_quick"] = false, ["house.review_quick"] = "upcoming"},
}
case{
  id = "the-first-day", title = "The first day", source = "https://intranet.example/hr-7",
  as_of = "2026-02-01",
  facts = {["org.acts_as_business"] = true, ["decision.about_individuals"] = false,
           ["system.generative"] = false, ["house.people_affected"] = 10},
  expect = {["house.owner"] = true, ["house.queue_quick"] = true, ["house.review_quick"] = "due"},
}
case{
  id = "hobby", title = "Nobody owns it", source = "https://intranet.example/hr-7",
  facts = {["org.acts_as_business"] = false, ["decision.about_individuals"] = false,
           ["system.generative"] = false, ["house.people_affected"] = 10},
  expect = {["house.owner"] = false, ["house.review_quick"] = "not_applicable"},
}
