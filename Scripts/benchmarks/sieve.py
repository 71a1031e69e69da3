def sieve(limit):
    is_prime = [True] * (limit + 1)
    count = 0
    for i in range(2, limit + 1):
        if is_prime[i]:
            count += 1
            for k in range(i * i, limit + 1, i):
                is_prime[k] = False
    return count


print(sieve(5_000_000))
