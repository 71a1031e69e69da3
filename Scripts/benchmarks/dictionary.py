def fill(n):
    by_int = {}
    by_text = {}
    for i in range(n):
        by_int[i * 7 % 1_000_003] = i
    for i in range(n):
        by_text[f"key{i}"] = i
    total = 0
    for i in range(n):
        total += by_int[i * 7 % 1_000_003]
    for i in range(n):
        total += by_text[f"key{i}"]
    return total


print(fill(1_000_000))
