-- House rules HR-7: every use of AI that we run waits in one of three queues before people meet it.

fact{
  fact = "house.people_affected", scope = "deployment", type = "integer",
  question = text{en = "About how many people does it concern in a year?",
                  ko = "한 해에 대략 몇 명에게 영향을 미칩니까?",
                  zh = "一年大约涉及多少人？"},
}

concept{
  concept = "house.owner", kind = "role",
  title = text{en = "Owner of the use", ko = "활용 책임 부서", zh = "用途负责部门"},
  rules = {{id = "owner", cite = "house:sec-1", from = "2026-02-01", when = "org.acts_as_business"}},
}

-- Section 2 counts points, which reads better as a sum than as a condition. The board sees a use of
-- three points or more, the review group one of two, a colleague any other.
local function points(facts)
  local sum = 0
  if facts["decision.about_individuals"] then sum = sum + 1 end
  if facts["decision.significant_effect"] then sum = sum + 1 end
  if facts.many then sum = sum + 1 end
  if facts["system.generative"] then sum = sum + 1 end
  return sum
end

local asked = {"decision.about_individuals", "decision.significant_effect", "system.generative"}
local lowest = {quick = 0, full = 2, board = 3}
local highest = {quick = 1, full = 2, board = 4}

each(data "tiers.yaml", function(row, number)
  local tier = row.tier
  predicate{
    predicate = "house.points_of_" .. tier,
    facts = asked,
    where = {many = "house.people_affected >= 10_000"},
    test = function(facts)
      local sum = points(facts)
      return lowest[tier] <= sum and sum <= highest[tier]
    end,
  }
  concept{
    concept = "house.queue_" .. tier, kind = "classification", severity = row.severity,
    title = text{en = "Queue: " .. row.reviewer.en,
                 ko = "대기열: " .. row.reviewer.ko,
                 zh = "队列：" .. row.reviewer.zh},
    rules = {{id = "queue-" .. tier, cite = "house:sec-2:row-" .. number, from = "2026-02-01",
              when = "house.points_of_" .. tier}},
  }
  obligation{
    obligation = "house.review_" .. tier,
    cite = "house:sec-3:row-" .. number,
    owed_by = "house.owner",
    when = "house.queue_" .. tier,
    from = "2026-02-01",
    no_exceptions = true,
    severity = row.severity,
    title = text{en = "Review by " .. row.reviewer.en,
                 ko = row.reviewer.ko .. "의 심사",
                 zh = "由" .. row.reviewer.zh .. "审查"},
    duty = text{
      en = ("The owner must have the use reviewed by %s and allow %d working days for it.")
        :format(row.reviewer.en, row.working_days),
      ko = ("책임 부서는 %s의 심사를 받고 이를 위해 %d영업일을 두어야 한다.")
        :format(row.reviewer.ko, row.working_days),
      zh = ("负责部门应当将该用途提交%s审查，并为此预留%d个工作日。")
        :format(row.reviewer.zh, row.working_days)},
    evidence = {{id = "review-record", kind = "record",
                 title = text{en = "Record of the review", ko = "심사 기록", zh = "审查记录"}}},
  }
  provision{id = "house:sec-2:row-" .. number, title = "Points of the queue " .. tier, disposition = "encoded"}
  provision{id = "house:sec-3:row-" .. number, title = "Reviewer of the queue " .. tier, disposition = "encoded"}
end)

provision{id = "house:sec-1", title = "Who owns a use", disposition = "encoded"}
provision{id = "house:sec-4", title = "Purpose", disposition = "context"}
