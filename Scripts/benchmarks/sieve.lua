local function sieve(limit)
  local is_prime = {}
  for i = 1, limit do is_prime[i] = true end
  local count = 0
  for i = 2, limit do
    if is_prime[i] then
      count = count + 1
      for k = i * i, limit, i do is_prime[k] = false end
    end
  end
  return count
end
print(sieve(5000000))
