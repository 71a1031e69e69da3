local function fill(n)
  local by_int, by_text = {}, {}
  for i = 0, n - 1 do by_int[i * 7 % 1000003] = i end
  for i = 0, n - 1 do by_text["key" .. i] = i end
  local total = 0
  for i = 0, n - 1 do total = total + by_int[i * 7 % 1000003] end
  for i = 0, n - 1 do total = total + by_text["key" .. i] end
  return total
end
print(fill(1000000))
